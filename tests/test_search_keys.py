"""Words as the index knows them: the same in Python, which writes it, and in the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import serve, visit
from playwright.sync_api import Browser
from sites import build_site, trial_text

from trialpages.search.drug_names import apart, joined
from trialpages.search.keys import (
    abbreviations_in,
    keys_of,
    name_of,
    numbered_in,
    singular,
)
from trialpages.search.short_forms import short_forms
from trialpages.search.weights import Field, worths

TEXTS = (
    "Anaemia, leukaemia and oesophageal tumours in paediatric haematology",
    "AK-104 (AK104-303), Crohn's disease, 2.5 mg of TGF-β1 and IL‑6",
    "Łódź Tromsø Diyarbakır Große Straße Ångström naïve Œdème",
    "ALS, MS and T2D; HFpEF; COVID-19",
    "randomised hospitalisation analysed centre labelled programme enrolment",
    "胃がんの患者に対する研究 โรคเบาหวาน 당뇨병 환자 диабет",
    "BMI 23-50 kg/m2, 2.5–3, 10.1186/1471-2350-11-122, x²-2",
    "Type II diabetes, stage IV, grades III and IV, type-2, type Ib, Class V",
    "x² ½ ⅷ ١٢ 10^9/L ≥18 µg",
)


@pytest.mark.browser
def test_the_page_makes_the_same_keys(tmp_path: Path, browser: Browser) -> None:
    build_site(tmp_path, {"trials/NCT00000001.md": trial_text()}, search=True)
    with (
        serve(tmp_path / "site") as address,
        visit(browser, address) as tab,
    ):
        tab.page.goto(f"{address}search.html")
        made = tab.page.evaluate(
            """async (texts) => {
              const { wordsOf, nameOf } = await trialpagesSearch.keys();
              return texts.map((text) => [wordsOf(text).flatMap(
                ({ parts, whole, short }) => [...parts, whole, short].filter(Boolean)),
                nameOf(text)]);
            }""",
            list(TEXTS),
        )
    assert made == [[list(keys_of(text)), name_of(text)] for text in TEXTS]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("anaemia", "anemia"),
        ("oestrogen", "estrogen"),
        ("tumour", "tumor"),
        ("randomisation", "randomization"),
        ("diarrhoea", "diarrhea"),
        ("orthopaedics", "orthopedics"),
        ("discectomy", "diskectomy"),
        ("Łódź", "Lodz"),
        ("Große", "Grosse"),
        ("behavioural", "behavioral"),
        ("fibre", "fiber"),
        ("disk", "disc"),
        ("phaeochromocytoma", "pheochromocytoma"),
        ("spirochaete", "spirochete"),
        ("goitre", "goiter"),
        ("neurone", "neuron"),
        ("valacyclovir", "valaciclovir"),
        ("cyclosporine", "ciclosporin"),
        ("beclomethasone", "beclometasone"),
        ("specialities", "specialties"),
    ],
)
def test_two_spellings_are_one_key(one: str, other: str) -> None:
    assert list(keys_of(one)) == list(keys_of(other))


@pytest.mark.parametrize(("one", "other"), [("23-50", "2350"), ("2.5", "25")])
def test_numbers_beside_each_other_are_no_third(one: str, other: str) -> None:
    assert other not in keys_of(one)


def test_plurals_and_what_only_looks_like_one() -> None:
    plurals = ("allergies", "cancers", "biopsies", "stresses", "virus", "sepsis", "ms", "loss")
    assert [singular(key) for key in plurals] == [
        "allergy", "cancer", "biopsy", "stress", "virus", "sepsis", "ms", "loss",
    ]  # fmt: skip


def test_a_short_form_is_known_where_it_is_explained() -> None:
    text = "non-small cell lung cancer (NSCLC), in Paris (France), see Table (A), 5 mg (QD)"
    assert list(short_forms(text)) == [("NSCLC", "non-small cell lung cancer")]


def test_names_of_a_treatment_are_joined_but_classes_are_not() -> None:
    treatments = [
        ("Sildenafil citrate 50 mg", "Viagra®"),
        ("Tadalafil", "Cialis", "placebo"),
        ("Placebo", "saline"),
        ("Aspirin and clopidogrel", "Plavix"),
        *((drug, "Immunosuppressant") for drug in ("Abc", "Def", "Ghi", "Jkl")),
    ]
    names = joined([treatments])
    assert names["viagra"] == {"sildenafil"}
    assert names["sildenafil"] == {"viagra"}
    assert names["cialis"] == {"tadalafil"}
    assert not names.keys() & {"placebo", "saline", "plavix", "immunosuppressant"}


def test_what_is_a_treatment_by_itself_is_another_name_only_where_two_records_say_so() -> None:
    drugs = ("Cisplatin", "Paclitaxel", "Prednisolone", "AK104", "Keytruda")
    own: list[list[tuple[str, ...]]] = [[(drug,)] for drug in drugs]
    listed: list[list[tuple[str, ...]]] = [
        [("Tiragolumab", "Cisplatin", "Paclitaxel", "RG6058")],
        [("Glucocorticoids", "Prednisolone")],
        [("Cadonilimab", "AK104")],
        [("Pembrolizumab", "Keytruda")],
    ]
    names = joined([*own, *listed])
    assert names == {
        **{"tiragolumab": {"rg6058"}, "rg6058": {"tiragolumab"}},
        **{"cadonilimab": {"ak104"}, "ak104": {"cadonilimab"}},
    }
    names = joined([*own, *listed, [("Keytruda", "pembrolizumab")]])
    assert names["keytruda"] == {"pembrolizumab"}


def test_who_names_a_treatment_by_any_of_its_sure_names_says_so_of_the_others() -> None:
    records: list[list[tuple[str, ...]]] = [
        [("Keytruda",)],
        [("MK-3475",)],
        [("Pembrolizumab", "Keytruda")],
        [("Pembrolizumab", "Keytruda")],
        [("Pembrolizumab", "MK-3475")],
        [("MK-3475", "Keytruda", "Pembrolizumab")],
    ]
    assert joined(records[:-1])["keytruda"] == {"pembrolizumab"}
    assert joined(records)["keytruda"] == {"pembrolizumab", "mk 3475"}


def test_a_misspelt_partner_is_no_other_name() -> None:
    listed: list[list[tuple[str, ...]]] = [[("Adagrasib", "Pemrolizumab")], [("Pembrolizumab",)]]
    assert not joined(listed)
    both: list[list[tuple[str, ...]]] = [[("Methotrexate", "Emthexat", "Emthexate")]]
    assert joined([*both, [("Emthexate", "Methotrexate")]])["emthexat"] == {"methotrexate"}


def test_of_partners_that_are_mostly_treatments_of_their_own_no_name_is_sure() -> None:
    own: list[list[tuple[str, ...]]] = [[(drug,)] for drug in ("Busulfan", "Cytarabine")]
    assert not joined([*own, [("ATG", "Busulfan", "Cytarabine", "MeCCNU")]])
    many = ("Platinol", "Platosin", "Platinex")
    listed: list[list[tuple[str, ...]]] = [[("Cisplatin", "Busulfan", "Cytarabine", *many)]]
    assert joined([*own, *listed])["cisplatin"] == {"platinol", "platosin", "platinex"}


def test_two_things_of_the_table_are_never_one_treatment() -> None:
    records: list[list[tuple[str, ...]]] = [[("Everolimus 10 mg", "CapOx/GemOx", "RAD001")]]
    table = {"everolimus": {0}, "rad001": {0}, "^capox": {1}, "^gemox": {2}}
    told = apart(records, set(), set(), table, {})
    assert joined(records, told)["everolimus"] == {"rad001"}


def test_conditions_kinds_and_everyday_words_are_no_names_of_a_treatment() -> None:
    records: list[list[tuple[str, ...]]] = [
        [("Neratinib tablets", "Epilepsy", "Nerlynx")],
        [("Omalizumab", "Anti-IgE antibody,humanized monoclonal", "Xolair")],
        [("Candesartan", "Angiotensin II receptor blocker", "Atacand")],
        [("Rituximab (R)", "Induction phase")],
        [("Enoxaparin sodium",)],
        [("LMWH", "Enoxaparin", "Dalteparin")],
    ]
    said = {
        word: range(11) for word in ("induction", "phase", "humanized", "monoclonal", "nerlynx")
    }
    told = apart(records, {"epilepsy", "candesartan"}, {"dalteparin"}, {"nerlynx": {0}}, said)
    assert joined(records, told) == {
        **{"neratinib": {"nerlynx"}, "nerlynx": {"neratinib"}},
        **{"omalizumab": {"xolair"}, "xolair": {"omalizumab"}},
        **{"candesartan": {"atacand"}, "atacand": {"candesartan"}},
    }


def test_a_word_is_worth_most_where_it_says_what_the_trial_is_about() -> None:
    found = worths(
        [
            (Field.TITLE, "Asthma"),
            (Field.EXCLUSION, "cancer of the lung"),
            (Field.PROSE, "sleep sleep sleep"),
        ]
    )
    assert found["asthma"] > found["sleep"] > found["cancer"] > 0


def test_what_is_part_of_a_code_or_an_authors_initials_is_no_abbreviation() -> None:
    assert list(abbreviations_in("Of GLP-1 RA, IL6-RA and RA")) == ["^glp", "^il6", "^ra"]
    cited = "Smith RA, O'Neill-Day B. Walking with PTEN in MS. Lancet 2011."
    found = worths([(Field.REFERENCES, cited)])
    assert {key for key in found if key.startswith("^")} == {"^pten", "^ms"}
    assert found.keys() >= {"smith", "day"} and not found.keys() & {"ra", "b"}
    closed_up = worths([(Field.REFERENCES, "Bryan C.J., Rudd MD.Brief therapy")])
    assert closed_up.keys() == {"bryan", "rudd", "brief", "therapy"}


def test_a_gall_bladder_is_no_bladder() -> None:
    for text in ("Gall Bladder cancer", "gall-bladder cancer"):
        assert set(keys_of(text)) == {"gall", "gallbladder", "cancer"}


def test_a_number_is_one_in_both_writings_and_belongs_to_its_word() -> None:
    assert name_of("Type II Diabetes") == name_of("type 2 diabetes")
    assert name_of("iv infusion, vitamin K i") == "iv infusion vitamin k i"
    said = "Stage IIIb, stages I/II, grade 2-3 or class IV; type 2, type Ia; stage 4. A stage 2.5"
    assert list(numbered_in(said)) == [
        *("stage3", "stage1", "stage2", "grade2", "grade3", "class4", "type2", "type1", "stage4"),
    ]
    assert list(numbered_in("Stages IIB/C, III, and IV")) == ["stage2", "stage3", "stage4"]
    assert not list(numbered_in("a prototype 2, stage i.v., grade it, type vitamin, stage 25"))

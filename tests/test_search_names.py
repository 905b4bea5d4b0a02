"""What a name is worth in a trial, and which trials another name of it finds."""

from __future__ import annotations

import re
from array import array

from sites import PROJECT

from trialpages.search.also_called import AlsoCalled
from trialpages.search.facts import SearchFacts
from trialpages.search.lay_words import read_lay_words
from trialpages.search.names import named
from trialpages.search.organs import FORMS
from trialpages.search.weights import Field, in_steps, is_said
from trialpages.search.weights import worths as worths_of


def worths(postings: array[int]) -> dict[int, int]:
    return {posting >> 8: posting & 255 for posting in postings}


def test_a_drug_is_found_by_each_name_where_prose_alone_says_another() -> None:
    rows = [
        SearchFacts(url="a", title="A", treatments=(("Sildenafil", "Viagra"),)),
        SearchFacts(url="b", title="B"),
    ]
    words = {"sildenafil": [0 << 8 | 199, 1 << 8 | 39]}
    found = named(rows, (), words).postings
    assert set(worths(found["viagra="])) == {0, 1}
    assert worths(found["viagra="])[1] < 39


def test_one_condition_of_very_many_is_worth_less() -> None:
    many = tuple(f"condition {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    rows = [
        SearchFacts(url="a", title="A", conditions=("Asthma",)),
        SearchFacts(url="b", title="B", conditions=("Asthma", *many)),
    ]
    found = worths(named(rows, ()).postings["asthma="])
    assert found[1] < 0.7 * found[0]


def test_a_name_in_the_title_too_is_worth_more() -> None:
    rows = [
        SearchFacts(url="a", title="Walking", conditions=("Asthma",)),
        SearchFacts(url="b", title="Walking with asthma", conditions=("Asthma",)),
    ]
    found = worths(named(rows, ()).postings["asthma="])
    assert found[1] > found[0]


def test_a_lay_name_finds_what_few_are_about_where_prose_says_it() -> None:
    rows = [SearchFacts(url=letter, title="Walking") for letter in "abc"]
    words = {"hemorrhoids": [1 << 8 | 39], "piles": [2 << 8 | 39]}
    found = named(rows, [("hemorrhoids", "piles")], words)
    assert set(worths(found.postings["pile="])) == {1}
    assert found.others["pile="] == ["hemorrhoid"]
    assert found.aside == {"pile=": "hemorrhoids"}
    many = [SearchFacts(url=str(at), title="Of hemorrhoids") for at in range(10)]
    found = named([*rows, *many], [("hemorrhoids", "piles")], words)
    assert set(worths(found.postings["pile="])) == set(range(3, 13))
    assert not found.aside


def test_a_meaning_of_a_short_form_leads_to_no_other_meaning_of_it() -> None:
    rows = [
        SearchFacts(url="a", title="A", short_forms=(("MI", "motivational interviewing"),)),
        SearchFacts(url="b", title="After myocardial infarction"),
        SearchFacts(url="c", title="On motivational interviewing"),
    ]
    found = named(rows, [("myocardial infarction", "heart attack", "MI")])
    assert set(worths(found.postings["heart attack="])) == {1}
    assert set(worths(found.postings["myocardial infarction="])) == {1}
    assert set(worths(found.postings["^mi="])) == {1, 2}


def test_a_short_abbreviation_means_a_thing_where_the_record_says_that_in_full() -> None:
    rows = [
        SearchFacts(url="a", title="Of RA"),
        SearchFacts(url="b", title="RA against rest"),
        SearchFacts(url="c", title="RA again"),
        SearchFacts(url="d", title="Numb", short_forms=(("RA", "regional anesthesia"),)),
    ]
    full = {"rheumatoid": [1 << 8 | 20, 2 << 8 | 20], "arthritis": [1 << 8 | 20, 2 << 8 | 20]}
    words = {**full, "regional": [2 << 8 | 20], "anesthesia": [2 << 8 | 20], "^ra": [0 << 8 | 20]}
    found = named(rows, [("rheumatoid arthritis", "RA")], words)
    assert set(worths(found.postings["rheumatoid arthritis="])) == {1}
    assert {0, 1, 2} <= set(worths(found.postings["^ra="]))


def test_an_abbreviation_that_everybody_knows_needs_no_words_where_it_means_one_thing() -> None:
    rows = [SearchFacts(url="a", title="By MRI"), SearchFacts(url="b", title="Of COPD")]
    lay = [("magnetic resonance imaging", "MRI"), ("chronic obstructive lungs", "COPD")]
    found = named(rows, lay).postings
    assert set(worths(found["magnetic resonance imaging="])) == {0}
    assert set(worths(found["chronic obstructive lung="])) == {1}
    rows.append(SearchFacts(url="c", title="C", short_forms=(("MRI", "mental rest index"),)))
    assert "magnetic resonance imaging=" not in named(rows, lay).postings


def test_what_is_not_the_thing_is_not_said_to_be_it() -> None:
    said = (
        ("small cell lung cancer", "Non-small cell lung cancer"),
        ("eclampsia", "Pre-eclampsia"),
        ("bladder cancer", "Gall bladder cancer"),
    )
    rows = [
        SearchFacts(url=url, title="Rest", conditions=(condition,))
        for pair in said
        for url, condition in zip("ab", pair, strict=True)
    ]
    found = named(rows, ()).postings
    for at, (name, _) in enumerate(said):
        assert set(worths(found[f"{name}="])) == {2 * at}


def test_an_abbreviation_is_no_word_of_the_same_letters() -> None:
    rows = [
        SearchFacts(url="a", title="An add-on for adults"),
        SearchFacts(url="b", title="Adults with ADD"),
        SearchFacts(url="c", title="Attention deficit", conditions=("ADD",)),
        SearchFacts(url="d", title="ADD-ON DRUGS FOR EVERYBODY"),
    ]
    found = named(rows, [("attention deficit disorder", "ADHD", "ADD")])
    assert set(worths(found.postings["^adhd="])) == {1, 2}


def test_a_lay_name_is_known_without_its_article_and_with_it_where_a_record_says_so() -> None:
    rows = [SearchFacts(url="a", title="Deep vein thrombosis")]
    lay = [("deep vein thrombosis", "blood clot in the leg")]
    found = named(rows, lay).postings
    assert set(worths(found["blood clot in leg="])) == {0}
    assert "blood clot in the leg=" not in found
    rows.append(SearchFacts(url="b", title="A blood clot in the leg"))
    found = named(rows, lay).postings
    for name in ("blood clot in leg=", "blood clot in the leg="):
        assert set(worths(found[name])) == {0, 1}


def test_spanish_is_asked_by_the_english_names_that_records_say() -> None:
    rows = [SearchFacts(url=at, title="Prostate cancer") for at in "ab"]
    lay = [("prostatic neoplasms", "prostate cancer"), ("myocardial infarction", "MI")]
    english = named(rows, lay).asked["es"].english
    assert english["cancer prostata"] == ("prostate cancer",)
    assert english["infarto"] == ("myocardial infarction",)
    german = named(rows, read_lay_words()).asked["de"].english
    assert german["mangelernahrung"] == ("malnutrition", "undernutrition")


def test_an_abbreviation_is_not_what_the_record_says_it_is_not() -> None:
    rows = [
        SearchFacts(url="a", title="MI counselling", short_forms=(("MI", "mental illness"),)),
        SearchFacts(
            url="b", title="After MI", short_forms=(("MI", "acute myocardial infarction"),)
        ),
        SearchFacts(url="c", title="Women and MI"),
    ]
    found = named(rows, [("myocardial infarction", "heart attack", "MI")])
    assert set(worths(found.postings["heart attack="])) == {1}
    assert set(worths(found.postings["^mi="])) == {0, 1, 2}


def test_units_and_parts_of_codes_are_no_abbreviations() -> None:
    titles = (
        "Aspirin 10 MG",
        "Aspirin 1.5MG/ML",
        "MG-K10 in asthma",
        "Generalised MG",
        "In MG-ADL",
    )
    rows = [SearchFacts(url=title, title=title) for title in titles]
    found = named(rows, [("myasthenia gravis", "MG")])
    assert set(worths(found.postings["myasthenia gravis="])) == {3, 4}


def test_names_are_worth_whole_steps_as_words_are() -> None:
    rows = [SearchFacts(url="a", title="A", conditions=("Asthma", *"bcdefghijkl"))]
    assert worths(named(rows, []).postings["asthma="]) == {0: in_steps(210)}


def test_an_abbreviation_leads_to_no_looser_words_of_one_record() -> None:
    short_forms = [
        *[("HRT", "hormone replacement therapy")] * 2,
        ("HRT", "hormonal therapy"),
        ("ESWT", "extracorporeal shock wave therapy"),
        ("ESWT", "extracorporeal shock wave therapy"),
        ("ESWT", "extracorporeal shockwave therapy"),
    ]
    rows = [
        *(
            SearchFacts(url=str(at), title="A", short_forms=(one,))
            for at, one in enumerate(short_forms)
        ),
        SearchFacts(url="a", title="Hormonal therapy"),
        SearchFacts(url="b", title="Hormone replacement therapy"),
        SearchFacts(url="c", title="Extracorporeal shockwave therapy"),
    ]
    found = named(rows, ()).postings
    assert set(worths(found["^hrt="])) == {7}
    assert set(worths(found["^eswt="])) == {8}


def test_a_name_behind_a_word_that_makes_it_another_thing_is_none() -> None:
    conditions = (
        "Ocular Hypertension",
        "Pulmonary arterial hypertension",
        "Hypertension, arterial",
        "Hypertension, Portal",
    )
    rows = [SearchFacts(url=one, title="Rest", conditions=(one,)) for one in conditions]
    rows.append(SearchFacts(url="e", title="Rest", conditions=("Arterial hypertension",)))
    found = named(rows, [("hypertension", "high blood pressure", "arterial hypertension")]).postings
    assert set(worths(found["high blood pressure="])) == {2, 4}
    assert set(worths(found["ocular hypertension="])) == {0}


def test_what_kind_a_treatment_is_is_no_name_of_it() -> None:
    rows = [
        SearchFacts(url="a", title="A", treatments=(("Dietary supplement", "Milk", "Nut cream"),)),
        SearchFacts(url="b", title="B", interventions=("Dietary supplement",)),
    ]
    assert "nut=" not in named(rows, ()).postings


def test_a_name_with_an_organ_is_found_by_both_forms_of_it_where_both_are_names() -> None:
    rows = [
        SearchFacts(url="a", title="A", conditions=("Pancreas Cancer",)),
        SearchFacts(url="b", title="B", conditions=("Pancreatic Cancer",)),
        SearchFacts(url="c", title="C", conditions=("Pulmonary Hypertension",)),
    ]
    found = named(rows, [("pancreatic neoplasms", "pancreatic cancer")])
    for name in "pancrea cancer=", "pancreatic cancer=", "pancreatic neoplasm=":
        assert set(worths(found.postings[name])) == {0, 1}
    assert "lung hypertension=" not in found.postings
    assert "pulmonary hypertension=" not in found.others


def test_page_and_index_know_the_same_forms_of_organs() -> None:
    script = (PROJECT / "theme/search/37-cancers.js").read_text(encoding="utf-8")
    forms = script.split("const FORMS = `")[1].split("`")[0]
    assert {tuple(one.split()) for one in re.split(r"[,\n]", forms)} == set(FORMS)


def test_a_word_that_only_somebody_is_called_is_told_from_others() -> None:
    found = worths_of([(Field.NAMES, "John Stone"), (Field.SUMMARY, "John runs")])
    assert {word: is_said(worth) for word, worth in found.items()} == {
        "john": True,
        "stone": False,
        "runs": True,
    }


def test_a_lay_word_of_everyday_leads_to_the_thing_and_the_thing_not_to_it() -> None:
    rows = [
        SearchFacts(url="a", title="Epilepsy at night", conditions=("Seizure disorder",)),
        SearchFacts(url="b", title="Fit for surgery", conditions=("Cough",)),
    ]
    lay = [("epilepsy", "seizure disorder", "fits")]
    words = {"epilepsy": [39], "fits": [1 << 8 | 39], "fit": [1 << 8 | 39]}
    found = named(rows, lay, words)
    for name in ("epilepsy=", "seizure disorder=", "fit="):
        assert set(worths(found.postings[name])) == {0}
    assert "fit" not in found.others["epilepsy="] and "epilepsy" in found.others["fit="]
    assert "fits" not in AlsoCalled(lay).names(rows[1])
    assert "fits" in AlsoCalled(lay).names(rows[0])

"""Each registry's numbers as that registry writes them, and the names of files made of them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from sites import PROJECT, build_site, trial_text

from trialpages.editor.scaffold import new_trial
from trialpages.problems import CallFailure
from trialpages.records.checks import check_trial
from trialpages.records.model import RegistryId, to_trial
from trialpages.records.registry_numbers import (
    REGISTRIES,
    as_written,
    file_name,
    is_address_of,
    registry_of,
)
from trialpages.trial.registry import study_page

NUMBERS = {
    "NCT06494995": "ClinicalTrials.gov",
    "ISRCTN12345678": "ISRCTN",
    "2023-505613-24-00": "CTIS",
    "2013-000615-24": "EU Clinical Trials Register",
    "DRKS00012345": "DRKS",
    "ACTRN12605000003640": "ANZCTR",
    "ACTRN12621000001842p": "ANZCTR",
    "RBR-6wgxt9": "ReBEC",
    "ChiCTR2400080001": "ChiCTR",
    "ChiCTR-IOR-15006678": "ChiCTR",
    "KCT0001234": "CRIS",
    "CTRI/2024/01/061234": "CTRI",
    "RPCEC00000123": "RPCEC",
    "IRCT20150101020514N7": "IRCT",
    "jRCT2031230001": "jRCT",
    "jRCTs031230001": "jRCT",
    "ITMCTR2024000123": "ITMCTR",
    "LBCTR2023095432": "LBCTR",
    "NL-OMON54321": "OMON",
    "NL9876": "NTR",
    "NTR1234": "NTR",
    "PACTR202401234567890": "PACTR",
    "PER-012-19": "REPEC",
    "SLCTR/2023/012": "SLCTR",
    "TCTR20240101001": "TCTR",
    "UMIN000012345": "UMIN",
    "JapicCTI-142471": "JapicCTI",
    "JMA-IIA00078": "JMACCT",
    "HKUCTR-2345": "HKUCTR",
    "HKUCTR-12": "HKUCTR",
    "EUCTR2013-000615-24-BE": "EU Clinical Trials Register",
    "EUCTR2016-004489-24-Outside-EU/EEA": "EU Clinical Trials Register",
}


def test_there_is_a_number_of_each_registry() -> None:
    assert {registry_of(number) for number in NUMBERS} == set(REGISTRIES)


@pytest.mark.parametrize(("number", "registry"), NUMBERS.items())
def test_a_number_is_known_and_taken_as_its_registry_writes_it(number: str, registry: str) -> None:
    found = registry_of(number)
    assert found is not None
    assert registry in found.name
    assert msgspec.convert(number, RegistryId) == number
    for other in (number.lower(), number.upper(), file_name(number)):
        assert as_written(other) == number


@pytest.mark.parametrize("number", NUMBERS)
def test_a_file_of_that_number_is_in_order(number: str) -> None:
    fields = {"nct_id": number, "brief_title": "A", "overall_status": "COMPLETED"}
    trial = to_trial({**fields, "study_type": "OBSERVATIONAL"})
    path = f"content/trials/{file_name(number)}.md"
    assert [
        problem.code for problem in check_trial(trial, path) if problem.severity == "error"
    ] == []


def test_a_number_written_otherwise_is_told_how_to_be_written() -> None:
    fields = {"nct_id": "JRCT2031230001", "brief_title": "A", "overall_status": "COMPLETED"}
    trial = to_trial({**fields, "study_type": "OBSERVATIONAL"})
    problem = next(check_trial(trial, "content/trials/JRCT2031230001.md"))
    assert (problem.code, problem.severity) == ("number", "error")
    assert "`nct_id: jRCT2031230001`" in problem.hint


@pytest.mark.parametrize("number", ["../../etc/1234", "/etc/passwd1234", "a1234\n", "NCT 1234567"])
def test_no_number_leads_out_of_its_folder(number: str) -> None:
    try:
        taken = msgspec.convert(number, RegistryId)
    except msgspec.ValidationError:
        return
    assert "/" not in file_name(taken)
    assert "." not in file_name(taken)


@pytest.mark.parametrize("number", ["jRCT2031230001", "CTRI/2024/01/061234", "RBR-6wgxt9"])
def test_the_page_shows_the_number_and_is_named_after_it(tmp_path: Path, number: str) -> None:
    name = file_name(number)
    build_site(tmp_path, {f"trials/{name}.md": trial_text(number)})
    page = (tmp_path / f"site/trials/{name}.html").read_text("utf-8")
    assert number in page
    assert f"trials/{name}.html" in (tmp_path / "site/trials/index.html").read_text("utf-8")
    assert (tmp_path / f"site/trials/{name}.json").exists()


def test_a_number_without_its_registrys_letters_names_no_starter_file(tmp_path: Path) -> None:
    with pytest.raises(CallFailure) as failed:
        new_trial(tmp_path, "07011550", "A", ".md")
    assert "did you mean NCT07011550?" in failed.value.problems[0].hint
    assert not (tmp_path / "trials").exists()


def test_a_starter_file_keeps_the_capitals_of_its_registry(tmp_path: Path) -> None:
    path = new_trial(tmp_path, "jrct2031230001", "A", ".md")
    assert path.name == "jRCT2031230001.md"
    assert "nct_id: jRCT2031230001" in path.read_text("utf-8")


PAGES = {
    "2013-000615-24": "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{}",
    "DRKS00012345": "https://drks.de/search/en/trial/{}",
    "ACTRN12605000003640": "https://www.anzctr.org.au/{}.aspx",
    "RBR-6wgxt9": "https://ensaiosclinicos.gov.br/rg/{}",
    "RPCEC00000123": "https://rpcec.sld.cu/en/trials/{}-En",
    "jRCTs031230001": "https://jrct.mhlw.go.jp/en-latest-detail/{}",
    "TCTR20240101001": "https://www.thaiclinicaltrials.org/show/{}",
}
PARTS = {
    "EUCTR2013-000615-24-BE": PAGES["2013-000615-24"].format("2013-000615-24"),
    "NL-OMON54321": "https://onderzoekmetmensen.nl/en/trial/54321",
    "SLCTR/2023/012": "https://slctr.lk/trials/slctr-2023-012",
}


@pytest.mark.parametrize(
    ("number", "page"), [*((one, page.format(one)) for one, page in PAGES.items()), *PARTS.items()]
)
def test_a_number_leads_to_its_page_where_the_address_follows(number: str, page: str) -> None:
    assert study_page(number) == page
    assert study_page(number.lower()) == page
    assert is_address_of(page, number)


@pytest.mark.parametrize("number", ["ChiCTR2400080001", "CTRI/2024/01/061234", "PER-012-19"])
def test_a_number_whose_page_is_called_otherwise_leads_nowhere(number: str) -> None:
    assert study_page(number) == ""


def test_other_numbers_on_a_page_lead_to_their_registries(tmp_path: Path) -> None:
    other = "secondary_id_infos: [{id: DRKS00012345, type: REGISTRY}, {id: NORTH-7}, {type: OTHER}]"
    text = trial_text().replace("---\n\n##", f"{other}\n---\n\n##")
    build_site(tmp_path, {"trials/NCT00000001.md": text})
    page = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    assert '<a href="https://drks.de/search/en/trial/DRKS00012345"' in page
    assert ">NORTH-7</a>" not in page and "NORTH-7" in page


_SEARCH = (PROJECT / "theme/search/55-ids.js").read_text("utf-8")
_SEARCHED = re.findall(r"(?:const NCT = |\[)/(\^.*\$)/i?[,;]", _SEARCH)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_search_knows_a_number_that_no_trial_here_has(number: str) -> None:
    assert any(re.fullmatch(one.replace(r"\/", "/"), number, re.IGNORECASE) for one in _SEARCHED)

"""What looks like one word and is two; what looks like a registry's address and is none."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import AS_OF
from test_sentences import ENGLISH, renderer

from trialpages.records.checks import check_trial
from trialpages.records.model import RecordSource, Trial
from trialpages.records.vocabulary import Status, StudyType
from trialpages.text.hosts import hosts_said
from trialpages.text.spelling import folded
from trialpages.text.unseen_signs import check_unseen
from trialpages.text.weblinks import web_url
from trialpages.trial.registry import registry_page, source_page
from trialpages.trial.views import Context, TrialPage

_UNSEEN = "\u00ad\u115f\u200b\u2060\u3164\ufeff\ufff9\ufffb\U0001d173\U000e0001\U000e0041"


@pytest.mark.parametrize("sign", _UNSEEN)
def test_a_sign_that_nobody_sees_makes_no_other_term_and_is_warned_of(sign: str) -> None:
    assert folded(f"Mig{sign}raine{sign}") == folded("migraine")
    (problem,) = check_unseen(f"a\nb {sign}\n", "a.md")
    assert problem.severity == "warning"
    assert problem.where is not None
    assert (problem.where.line, problem.where.column) == (2, 3)
    assert f"U+{ord(sign):04X}" in problem.message


@pytest.mark.parametrize("sign", "\u200c\u200d\u2800\u2d7f\ufe0f\U000e0100")
def test_a_joiner_among_letters_that_it_doesnt_join_makes_no_other_term(sign: str) -> None:
    assert folded(f"Mig{sign}raine") == folded("migraine")
    assert [one.code for one in check_unseen(f"Mig{sign}raine", "a.md")] == ["unseen-sign"]
    assert [*hosts_said(f"nhs.{sign}uk")] == ["nhs.uk"]


@pytest.mark.parametrize("word", ["M\u0456graine", "\u0421\u041e\u0420\u0410", "\u041212"])
def test_a_word_with_letters_that_look_like_others_is_warned_of(word: str) -> None:
    (problem,) = check_unseen(f"conditions:\n  - {word}\n", "a.md")
    assert problem.where is not None
    assert (problem.code, problem.where.line, problem.where.column) == ("look-alike", 2, 5)


@pytest.mark.parametrize(
    "text",
    [
        "мигрень",
        "рак сахар",
        "TNFα и IL-6",
        "β-blocker",
        "COVID-19 у детей",
        "می‌خواهم",
        "क्‍ष 1️⃣ ❤️ 👩‍⚕️",
    ],
)
def test_other_scripts_are_not(text: str) -> None:
    assert not list(check_unseen(text, "a.md"))


def _trial(number: str, url: str) -> Trial:
    return Trial(
        nct_id=number,
        brief_title="Rest",
        overall_status=Status.COMPLETED,
        study_type=StudyType.OBSERVATIONAL,
        source=RecordSource(url=url),
    )


@pytest.mark.parametrize(
    ("number", "url", "is_own"),
    [
        ("NCT01234567", "https://clinicaltrials.gov/study/NCT01234567", True),
        ("NCT01234567", "https://clinicaltrials.gov.evil.example/", False),
        ("NCT01234567", "https://clinicaltrials.gov/study/NCT07654321", False),
        ("ISRCTN12345678", "https://www.isrctn.com/ISRCTN12345678", True),
        ("DRKS00000001", "https://drks.de/search/en/trial/DRKS00000001", True),
        ("KCT0000001", "https://trialsearch.who.int/Trial2.aspx?TrialID=KCT0000001", True),
        ("DRKS00000001", "https://evil.example/DRKS00000001", False),
        ("HOSPITAL-1", "https://hospital.example/1", True),
    ],
)
def test_a_source_elsewhere_is_not_shown_as_the_registrys(
    number: str, url: str, is_own: bool
) -> None:
    trial = _trial(number, url)
    codes = {one.code for one in check_trial(trial, f"content/trials/{number}.md")}
    assert ("foreign-source" not in codes) is is_own
    assert (registry_page(trial) != url) is (not is_own)
    assert bool(source_page(trial)) is is_own
    page = TrialPage(trial, Context(ENGLISH, "", AS_OF, {}, with_results=False))
    template = renderer(part='{% import "_macros.html" as m %}{% include "_source.html" %}')
    shown = LexborHTMLParser(template.fill("part.html", "part.html", page, trial=trial))
    assert [row.text().strip() for row in shown.css("dd")] == [url]
    assert [link.attributes["href"] for link in shown.css("dd a")] == [url] * is_own


@pytest.mark.parametrize(
    "text", ["see nhs.uk now", "nhs。uk", "the nhs。uk site", "nhs‧uk", "nhs·uk"]
)
def test_a_host_in_the_words_of_a_link_is_seen(text: str) -> None:
    assert [*hosts_said(text)] == ["nhs.uk"]


def test_no_page_links_to_port_0() -> None:
    assert web_url("https://nhs.uk:0/") == web_url("https://nhs.uk:00/") == ""
    assert web_url("https://nhs.uk:80/")

"""What is asked in the site's language, where records are in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import serve, visit
from playwright.sync_api import Browser, expect
from sites import build_site
from test_search_answers import found, record

from trialpages.search.asked import TONGUES
from trialpages.search.keys import keys_of_runs
from trialpages.search.lay_words import read_lay_words, read_names_in

QUESTION = Path(__file__).parents[1] / "theme/search/35-question.js"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "piedras en los riñones", "piedra en el riñón"),
        ("es", "diente", "dientes"),
        ("es", "ataques al corazón", "Ataque de corazón"),
        ("es", "tumores", "tumor"),
        ("fr", "calculs rénaux", "calcul renaux"),
        ("fr", "rétention d'eau", "rétention de l’eau"),
        ("fr", "la grippe", "Grippes"),
        ("de", "hohen Blutdruck", "hoher Blutdruck"),
        ("de", "Krampfader", "Krampfadern"),
        ("ar", "الربو", "ربو"),
        ("ar", "السكتة الدماغية", "سكته دماغيه"),
    ],
)
def test_forms_of_a_name_are_one_key(language: str, one: str, other: str) -> None:
    assert TONGUES[language].key(one) == TONGUES[language].key(other) != ""


def test_words_of_another_meaning_are_no_forms() -> None:
    assert TONGUES["ar"].key("آلام") != TONGUES["ar"].key("أم")


def idle_words() -> dict[str, set[str]]:
    """By language, what a page leaves out of a question."""
    text = QUESTION.read_text("utf-8").partition("const IDLE")[2].partition("};")[0]
    return {code: set(words.split()) for code, words in re.findall(r"(\w+): `([^`]+)`", text)}


def test_a_name_lacks_the_words_that_a_question_does() -> None:
    english = idle_words()["en"]
    for language, tongue in TONGUES.items():
        idle = idle_words()[language]
        assert tongue.small - {"d"} <= idle | english, language  # an article's: 35-question.js
        for _, *names in read_names_in(language):
            for name in names:
                keys = list(keys_of_runs(name))
                parted = set(keys) - tongue.small if tongue.blanks else {name}
                assert not parted & (idle | english), name
                assert not {keys[0], keys[-1]} & tongue.small, name


def test_each_name_of_a_language_is_of_one_thing() -> None:
    known = {name.lower() for names in read_lay_words() for name in names}
    for language, tongue in TONGUES.items():
        of: dict[str, str] = {}
        for formal, *names in read_names_in(language):
            assert formal.isascii() and formal in known | UNTOLD, formal
            for name in names:
                assert of.setdefault(tongue.key(name), formal) == formal, name


_UNTOLD = """adolescent birth blood bone brain breast bronchitis child cough ear eye heart hip
infant kidney knee liver lung pain pregnant prostate skin smoking stomach surgery tumor"""
UNTOLD = frozenset({*_UNTOLD.split(), "rheumatic diseases"})
"""What has one name in English."""

CONTENT: dict[str, str | bytes] = {
    "site.yaml": "languages: [en, fr, de, zh-Hans, ar]\nurl: https://t.example.org/\ntitle: T\n",
    "trials/NCT00000001.md": record(
        1, "Steps after a heart attack", "Rest.", "conditions: [Myocardial Infarction]"
    ),
    "trials/NCT00000002.md": record(2, "Air", "Breathe.", "conditions: [Asthma]"),
    "trials/NCT00000003.md": record(3, "Salt", "Less.", "conditions: [Hypertension]"),
    "trials/NCT00000004.md": record(
        4, "Walks", "Daily.", "conditions: [Breast Neoplasms]\nmaximum_age: 17 Years"
    ),
}
ASKED = {
    "fr": {
        "crise cardiaque": [1],
        "j'ai eu une crise cardiaque": [1],
        "Essais cliniques pour l'asthme": [2],
        "cancer du sein": [4],
        "asthme sans hypertension": [2],
        "on m'a diagnostiqué un asthme la semaine dernière": [2],
    },
    "de": {
        "Herzinfarkt": [1],
        "neu diagnostiziert: Asthma, vor 3 Wochen": [2],
        "Studien zu hohem Blutdruck": [3],
        "Brustkrebs": [4],
    },
    "zh-Hans": {
        "心肌梗死": [1],
        "我患有高血压": [3],
        "最近被诊断为高血压": [3],
        "乳腺癌患者的临床试验": [4],
    },
    "ar": {
        "نوبة قلبية": [1],
        "تم تشخيصي الربو قبل 3 أسابيع": [2],
        "الربو": [2],
        "تجارب سريرية لدي ارتفاع ضغط الدم": [3],
    },
}


@pytest.mark.browser
def test_a_lay_word_of_the_sites_language_finds_the_english_one(
    browser: Browser, tmp_path: Path
) -> None:
    build_site(tmp_path, CONTENT, search=True)
    with serve(tmp_path / "site", "/") as address, visit(browser, address) as tab:
        for language, asked in ASKED.items():
            tab.page.goto(f"{address}{language}/search.html")
            for words, numbers in asked.items():
                assert found(tab, words) == numbers, words
            found(tab, next(iter(asked)))
            name = tab.page.locator(".card-note [lang=en], .card-note")
            expect(name.first).to_contain_text(re.compile("myocardial|heart attack", re.IGNORECASE))

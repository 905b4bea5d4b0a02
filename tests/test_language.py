"""The site's language: complete strings, and Babel's dates, numbers and plural forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from sites import PROJECT
from test_vocabulary import ENUMERATIONS
from whole_languages import WHOLE, wanted

from trialpages.language.site_language import Language, forms, read_language
from trialpages.language.translation import check_language, in_short
from trialpages.problems import ContentFailure
from trialpages.records.ages import read_age
from trialpages.records.model import DateStruct, PartialDate
from trialpages.records.vocabulary import InterventionType, Phase, Status

FOLDER = PROJECT / "templates/strings"
FILES = {f"strings/{path.name}": path.read_text("utf-8") for path in FOLDER.glob("*.yaml")}
ENGLISH = read_language("en", FILES)
OTHERS = sorted({name.split("/")[1].removesuffix(".yaml") for name in FILES} - {"en"})
FORMS = re.compile(r"_(zero|one|two|few|many|other)$")
COUNTED = {key.removesuffix("_other") for key in ENGLISH.words if key.endswith("_other")}
COUNTED = {key for key in COUNTED if f"{key}_one" in ENGLISH.words}

each_other_language = pytest.mark.parametrize("code", OTHERS)
each_whole_language = pytest.mark.parametrize("code", WHOLE)
each_language = pytest.mark.parametrize("code", ["en", *WHOLE])


def plain(words: Mapping[str, str]) -> set[str]:
    return {key for key in words if FORMS.sub("", key) not in COUNTED}


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w*)\}", text))


def test_whole_languages_are_there() -> None:
    assert set(WHOLE) <= set(OTHERS)


def test_whole_languages_have_every_word() -> None:
    """A word that is new waits for its translators; it is there before a release."""
    if lines := [*wanted()]:
        pytest.skip(f"wanted before a release: {'; '.join(lines)}")


@each_whole_language
def test_no_string_is_superfluous(code: str) -> None:
    language = read_language(code, FILES)
    words = language.words
    assert plain(words) == plain(ENGLISH.words)
    assert {FORMS.sub("", key) for key in words.keys() - plain(words)} == COUNTED


@each_language
def test_every_plural_form_of_the_language_is_there(code: str) -> None:
    words = read_language(code, FILES).words
    plural = forms(code).plural
    needed = {plural(number) for number in range(1000)}
    possible = needed | {plural(10**power) for power in range(10)} | {"other"}
    for key in COUNTED:
        found = {form for form in possible if f"{key}_{form}" in words}
        assert needed <= found, key
        assert {name for name in words if FORMS.sub("", name) == key} == {
            f"{key}_{form}" for form in found
        }


@each_other_language
def test_placeholders_are_those_of_the_english_string(code: str) -> None:
    words = read_language(code, FILES).words
    for key, text in words.items():
        english = ENGLISH.words.get(key) or ENGLISH.words[FORMS.sub("_other", key)]
        needed = placeholders(english)
        if key.endswith(("_zero", "_one", "_two")) and "{n}" not in text:
            needed = [name for name in needed if name != "n"]  # the number may be a word
        assert placeholders(text) == needed, key


@each_whole_language
def test_every_value_of_the_registry_has_its_word(code: str) -> None:
    vocabulary = read_language(code, FILES).vocabulary
    values = {
        f"{name}.{value.value}": value for name, found in ENUMERATIONS.items() for value in found
    }
    assert vocabulary.keys() == values.keys()
    for name, (label, meaning) in vocabulary.items():
        assert label, name
        assert bool(meaning) == bool(values[name].meaning), name
        assert meaning == "" or meaning[-1] in ".。", name
    for found in ENUMERATIONS.values():
        labels = [vocabulary[f"{found.__name__}.{value.value}"][0] for value in found]
        assert len(set(labels)) == len(labels), f"two values of {found.__name__} read alike"


NEVER_WRITTEN = {
    "de": "[”\"']",
    "es": "[“”]",
    "fr": r"(?<![\u00a0\u202f])[:;!?»](?=\s|$)|«(?!\u00a0)|[“”']",
}
"""Signs as another language writes them: quotation marks, and in French what has no narrow space
before it."""


@pytest.mark.parametrize(("code", "wrong"), NEVER_WRITTEN.items())
def test_signs_are_written_as_the_language_writes_them(code: str, wrong: str) -> None:
    language = read_language(code, FILES)
    labels = (text for said in language.vocabulary.values() for text in said)
    texts = (text.replace("'self'", "") for text in (*language.words.values(), *labels))
    found = [text for text in texts if re.search(wrong, text)]
    assert not found


def test_templates_leave_the_signs_after_words_to_the_language() -> None:
    """Its colon, semicolon and percent sign are words: `{{ t.verified }}{{ t.colon }}`."""
    pages = {path.name: path.read_text("utf-8") for path in PROJECT.glob("templates/*.html")}
    sign = re.compile(r"\bt\.\w+ \}\}(?:</\w+>)?[:;]|\}\}%(?!\})")
    found = {name: sign.findall(text) for name, text in pages.items() if sign.search(text)}
    assert not found


def test_the_guide_to_translating_tells_of_every_language_that_is_shipped() -> None:
    guide = (PROJECT / "docs/translating.md").read_text("utf-8")
    told = re.findall(r"^\| [^|]+ \| `([\w-]+)` \| whole \|", guide, re.MULTILINE)
    assert told == ["en", *WHOLE]


def test_english_shows_the_registrys_own_words() -> None:
    assert ENGLISH.vocabulary == {}
    assert ENGLISH.label(Status.RECRUITING) == "Recruiting"
    assert ENGLISH.registry_word(Status.RECRUITING) == ""
    spanish = read_language("es", FILES)
    assert spanish.label(Status.UNKNOWN) == "Estado desconocido"
    assert spanish.registry_word(Status.UNKNOWN) == "Unknown status"
    assert spanish.phase((Phase.PHASE1, Phase.PHASE2)) == "Fase 1/Fase 2"


LOCALES = ("en_001", "en_US", "es_419", "es_ES", "ar", "de", "fr", "pl", "pt_BR", "zh_Hans")


@pytest.mark.parametrize("locale", LOCALES)
def test_dates_are_babels(locale: str) -> None:
    language = Language(locale.replace("_", "-"), {})
    for month in range(1, 13):
        day = date(2024, month, 3)
        assert language.date_text(f"2024-{month:02}-03") == format_date(day, "long", locale)
        expected = format_skeleton("yMMMM", day, locale=locale)
        assert language.date_text(f"2024-{month:02}") == expected
    assert language.date_text("2024") == "2024"


@each_language
def test_words_that_run_the_other_way_say_so(code: str) -> None:
    language = read_language(code, FILES)
    assert language.direction == Locale.parse(code, sep="-").text_direction
    for other in {"en", *WHOLE} - {code}:
        turned = Locale.parse(other, sep="-").text_direction != language.direction
        assert (" dir=" in language.attribute(other)) == turned, other
        assert f' lang="{other}"' in language.attribute(other)
    assert language.attribute(code) == ""


@each_language
def test_a_script_is_given_each_form_that_a_number_takes(code: str) -> None:
    language = read_language(code, FILES)
    for key in COUNTED:
        given = language.in_forms(key, "said")
        for number in range(101):
            assert f' data-said-{forms(code).plural(number)}="' in given, key


def test_years_of_age_may_have_a_word_of_their_own() -> None:
    chinese = read_language("zh-Hans", FILES)
    assert (chinese.age(read_age("18 Years")), chinese.duration("18 Years")) == ("18岁", "18年")


def test_a_code_takes_the_words_of_each_wider_one() -> None:
    files = FILES | {"strings/zh-Hans-SG.yaml": "nav_home: 首页甲\n"}
    here = read_language("zh-Hans-SG", files)
    assert (here.words["nav_home"], here.words["no"]) == ("首页甲", "否")
    assert here.lacking == read_language("zh-Hans", FILES).lacking


def test_dates_and_numbers_in_two_languages() -> None:
    spanish = read_language("es", FILES)
    assert ENGLISH.date("2024-07-03") == '<time datetime="2024-07-03">3 July 2024</time>'
    assert spanish.date("2024-07") == '<time datetime="2024-07">julio de 2024</time>'
    started = DateStruct(date=PartialDate("2024-07-03"))
    assert "3 de julio de 2024" in spanish.date_struct(started)
    assert ENGLISH.number(1148) == spanish.number(1148) == "1,148"
    assert read_language("es-ES", FILES).number(12148) == "12.148"
    assert spanish.count(1, "sites") == "1 lugar"
    assert spanish.count(1_000_000, "people") == "1,000,000 de personas"
    assert spanish.count(1_000_000, "sites") == "1,000,000 lugares"
    assert spanish.count(0, "people") == "0 personas"


def test_durations_are_the_records_own_in_english_and_counted_elsewhere() -> None:
    spanish = read_language("es", FILES)
    for text, expected in (("18 Years", "18 años"), ("1 Month", "1 mes"), ("1 Year", "1 año")):
        assert ENGLISH.duration(text) == text
        assert spanish.duration(text) == expected


@pytest.mark.parametrize(
    ("code", "said"), [("xx", "there is no templates/strings/xx.yaml"), ("tlh", "no templates")]
)
def test_an_unknown_language_is_refused(code: str, said: str) -> None:
    with pytest.raises(ContentFailure) as failure:
        read_language(code, FILES)
    problem = failure.value.problems[0]
    assert said in problem.message
    assert "en, es" in (problem.hint or "")


# --- strings files of a site's own --------------------------------------------------------------


def test_a_strings_file_may_hold_only_what_differs() -> None:
    ours = read_language("en", FILES | {"own/strings/en.yaml": "search_button: Go\n"})
    assert ours.words["search_button"] == "Go"
    assert ours.words["nav_trials"] == ENGLISH.words["nav_trials"]
    mexican = read_language("es-MX", FILES | {"strings/es-MX.yaml": 'yes: "Simón"\n'})
    spanish = read_language("es", FILES)
    assert (mexican.words["yes"], mexican.words["no"]) == ("Simón", spanish.words["no"])
    assert mexican.lacking == spanish.lacking
    assert ours.lacking == ()
    assert mexican.label(Status.RECRUITING) == spanish.label(Status.RECRUITING)


def test_what_a_language_lacks_is_english_and_told_all_at_once() -> None:
    italian = 'yes: Sì\nsites_other: "{n} sedi"\nvocabulary: {Status: {RECRUITING: Recluta}}\n'
    files = FILES | {"strings/it.yaml": italian}
    language = read_language("it", files)
    assert (language.words["yes"], language.words["no"]) == ("Sì", "No")
    assert language.label(Status.RECRUITING) == "Recluta"
    assert language.label(Status.COMPLETED) == "Completed"
    assert language.count(1, "sites") == "1 sedi", "not one language's form beside another's"
    [problem] = check_language("it", files)
    assert problem.severity == "warning"
    assert problem.where and problem.where.path == "templates/strings/it.yaml"
    words = set(re.findall(r"[\w-]+", "\n".join(problem.details)))
    forms_of_each = {f"{key}_{form}" for key in COUNTED for form in ("one", "other")}
    assert (plain(ENGLISH.words) | forms_of_each) - words == {"yes", "sites_other"}
    assert f"{len(language.lacking)} texts" in problem.message
    assert any(line.startswith("Every page (") for line in problem.details)
    assert f"vocabulary.Status ({len(Status) - 1}):" in problem.details
    assert "vocabulary.Status.RECRUITING" not in language.lacking
    assert all(len(line) < 120 for line in problem.details)


def test_a_build_says_how_much_a_language_lacks_and_where_that_is_listed() -> None:
    [whole] = check_language("it", FILES | {"strings/it.yaml": "yes: Sì\n"})
    short = in_short(whole)
    assert (short.message, short.details) == (whole.message, ())
    assert "`check` lists" in short.hint


def test_a_plural_form_that_a_language_needs_is_missed_and_another_is_named() -> None:
    polish = 'sites_one: "{n} m"\nsites_few: "{n} m"\nsites_other: "{n} m"\nsites_two: "{n}"\n'
    files = FILES | {"strings/pl.yaml": polish}
    lacking = read_language("pl", files).lacking
    assert [one for one in lacking if FORMS.sub("", one) == "sites"] == ["sites_many"]
    (found,) = (one for one in check_language("pl", files) if one.code == "unknown-words")
    assert "`two`" in found.message and "`sites_few`" in found.hint
    assert found.where and (found.where.line, found.where.length) == (4, 9)


def test_values_that_the_registry_does_not_have_are_named_with_their_lines() -> None:
    wrong = """vocabulary:
  Status:
    RECRUTING: Recluta
    completed: Finito
  Statuss:
    COMPLETED: Finito
    SUSPENDED: Sospeso
"""
    problems = list(check_language("it", FILES | {"strings/it.yaml": wrong}))
    first, small, second = (one for one in problems if one.code == "unknown-value")
    assert (first.severity, first.hint) == ("warning", "did you mean `RECRUITING`?")
    assert small.hint == "did you mean `COMPLETED`?"
    assert (second.severity, second.hint) == ("warning", "did you mean `Status`?")
    assert first.where and (first.where.line, first.where.column) == (3, 5)
    assert second.where and (second.where.line, second.where.column) == (5, 3)


def test_what_a_page_fills_in_is_missed_and_values_called_alike_are_told() -> None:
    polish = "trials_one: badanie\ntrials_other: badań\nvocabulary:\n  Status:\n"
    polish += "    RECRUITING: Trwa\n    COMPLETED: trwa\n"
    problems = check_language("pl", FILES | {"strings/pl.yaml": polish})
    lost, alike = (one for one in problems if one.code in ("lost-words", "same-label"))
    assert lost.where and (lost.where.line, "`{n}`" in lost.message) == (2, True)
    assert alike.where and (alike.where.line, "`RECRUITING`" in alike.message) == (6, True)


def test_all_faults_of_a_strings_file_are_told_with_their_lines() -> None:
    wrong = 'yes: [a]\nsites_other: "{m} sedi"\nvocabulary:\n  Status:\n    RECRUITING: [a]\n'
    problems = list(check_language("it", FILES | {"strings/it.yaml": wrong}))
    assert [p.where and p.where.line for p in problems] == [1, 5, 2]
    assert {p.severity for p in problems} == {"error"}
    assert "{m}" in problems[2].message and problems[2].hint == "it may name {n}"
    for whole in ("vocabulary: [a]\n", "vocabulary: {Status: a}\n"):
        assert list(check_language("it", FILES | {"strings/it.yaml": whole}))


def test_words_that_no_page_says_are_told() -> None:
    own = {"own/strings/en.yaml": "serch_button: Go\nmotto: Ask us\n"}
    [first, second] = check_language("en", FILES | own)
    assert first.hint == "did you mean `search_button`?"
    assert second.where and second.where.line == 2
    [only] = check_language("en", FILES | own | {"home.html": "{{ t.motto }}"})
    assert only == first


def test_a_word_that_no_page_says_is_underlined() -> None:
    files = FILES | {"strings/it.yaml": "nav_trials: Studi\nnav_serch: Cerca\n"}
    (found,) = (one for one in check_language("it", files) if one.code == "unknown-words")
    assert found.severity == "warning"
    assert found.where
    assert (found.where.line, found.where.column, found.where.length) == (2, 1, 9)


@each_language
def test_what_a_kind_of_intervention_means_names_no_placebo(code: str) -> None:
    """It stands in open-label trials too, in which nobody gets one."""
    placebo = re.compile("placebo|sham|simulad|faux|schein|安慰|假|وهمي|صوري", re.IGNORECASE)
    language = read_language(code, FILES)
    assert not [one for one in InterventionType if placebo.search(language.meaning(one))]

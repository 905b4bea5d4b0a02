"""The words of the theme and the forms of dates, numbers and plurals, in the site's language.

The forms are Babel's (Unicode CLDR). They are asked for once a language and not once a date: a
call of Babel's own costs as much as a small page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.front_matter import YamlError, read_yaml
from trialpages.records.model import DateStruct
from trialpages.records.places import yaml_problem
from trialpages.records.vocabulary import Phase, Vocabulary

RECORD_LANGUAGE = "en"
"""The language of a record that doesn't say otherwise under `lang`: the registry's."""

_WIDEST = {"en": "en_001", "es": "es_419"}
"""Where a language is named without a country: the forms that most of its readers share."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How a language writes dates and numbers, and which plural form a number takes."""

    days: tuple[str, ...]
    """For each month, a day of it: `{day} de julio de {year}`."""
    months: tuple[str, ...]
    """`julio de {year}`."""
    number: Callable[[int], str]
    plural: Callable[[int], str]
    """CLDR's category: zero, one, two, few, many or other."""


@cache
def forms(code: str) -> Forms:
    """The forms of a language (BCP 47). Raises LookupError where CLDR doesn't know it."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import format_decimal

    try:
        locale = Locale.parse(_WIDEST.get(code, code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise LookupError(f"{code} is no language that dates and numbers are known for") from None
    return Forms(
        days=_by_month(locale.date_formats["long"].format, locale),
        months=_by_month(locale.datetime_skeletons["yMMMM"].format, locale),
        number=lru_cache(4096)(lambda number: str(format_decimal(number, locale=locale))),
        plural=lru_cache(4096)(lambda number: str(locale.plural_form(number))),
    )


def _by_month(pattern: str, locale: Any) -> tuple[str, ...]:
    """A pattern of CLDR's with the name of each month put in, and `{day}` and `{year}` left open.

    The names of its fields are those of Unicode TR 35: `MMMM` within a date, `LLLL` by itself.
    """
    within, alone = locale.months["format"]["wide"], locale.months["stand-alone"]["wide"]
    open_parts = {"d": "{day}", "dd": "{day:0>2}", "y": "{year}"}
    return tuple(
        pattern % (open_parts | {"MMMM": within[month], "LLLL": alone[month]})
        for month in range(1, 13)
    )


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code (BCP 47), the theme's words by key, the registry's words in it."""

    code: str
    words: Mapping[str, str]
    vocabulary: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """`Status.RECRUITING` -> label and meaning, where they aren't the registry's own."""

    def count(self, number: int, key: str) -> str:
        """`3 sites`: the words `<key>_one`, `<key>_other` …, with the number in them."""
        form = f"{key}_{forms(self.code).plural(number)}"
        words = self.words[form] if form in self.words else self.words[f"{key}_other"]
        return words.format(n=self.number(number))

    def number(self, number: int) -> str:
        return forms(self.code).number(number)

    def date(self, text: str) -> Markup:
        """A partial date as it would be spoken, in an element a machine can read too."""
        return _date_element(self.code, text)

    def date_text(self, text: str) -> str:
        return _date_text(self.code, text)

    def date_struct(self, value: DateStruct) -> Markup:
        """A date with the word that says whether it has happened."""
        said = f" ({self.label(value.type)})" if value.type else ""
        return _date_element(self.code, value.date, said)

    def duration(self, text: str) -> str:
        """A registry duration, `18 Years`, in this language; in English its very words."""
        if self.code.partition("-")[0] == RECORD_LANGUAGE:
            return text
        number, _, unit = text.partition(" ")
        return self.count(int(number), f"duration_{unit.removesuffix('s').lower()}")

    def label(self, value: Vocabulary) -> str:
        """The registry's word for a value, in this language."""
        return self.vocabulary[_name(value)][0] if self.vocabulary else value.label

    def meaning(self, value: Vocabulary) -> str:
        """What a value means in plain words; empty where it explains itself."""
        return self.vocabulary[_name(value)][1] if self.vocabulary else value.meaning

    def registry_word(self, value: Vocabulary) -> str:
        """The registry's own word, where the label is another."""
        return value.label if self.label(value) != value.label else ""

    def attribute(self, code: str | None) -> Markup:
        """` lang="en"` for words in the language `code` (the registry's where it is None), so that
        a screen reader speaks them right; nothing where it is this very language."""
        code = code or RECORD_LANGUAGE
        same = code.partition("-")[0] == self.code.partition("-")[0]
        return Markup("") if same else Markup(' lang="{}"').format(code)

    def phase(self, phases: tuple[Phase, ...]) -> str:
        """`Phase 1/Phase 2`, or '' for a record without a phase."""
        return "/".join(map(self.label, phases))


def _name(value: Vocabulary) -> str:
    return f"{type(value).__name__}.{value.value}"


@lru_cache(maxsize=1 << 15)
def _date_element(code: str, text: str, said: str = "") -> Markup:
    return Markup('<time datetime="%s">%s</time>%s') % (text, _date_text(code, text), said)


def _date_text(code: str, text: str) -> str:
    year, _, rest = text.partition("-")
    if not rest:
        return year
    month, _, day = rest.partition("-")
    patterns = forms(code).days if day else forms(code).months
    return patterns[int(month) - 1].format(day=int(day or 0), year=year)


# --- strings/<code>.yaml ------------------------------------------------------------------------


def read_language(code: str, templates: Mapping[str, str]) -> Language:
    """The words of `strings/<code>.yaml` among the templates, or those of `strings/es.yaml` for
    `es-MX`. Raises ContentFailure."""
    name = _file_of(code, templates)
    try:
        forms(code)
        words, _ = read_yaml(templates[name])
    except YamlError as error:
        raise ContentFailure(yaml_problem(error, templates[name], f"templates/{name}", 1)) from None
    except LookupError as error:
        hint = "set `language` in site.yaml to a code such as en or es-MX"
        raise ContentFailure(Problem("no-language", "error", str(error), None, hint)) from None
    vocabulary = words.pop("vocabulary", {})
    said = _Words({key: str(value) for key, value in words.items()})
    said.file = f"templates/{name}"
    return Language(code, said, _flat(vocabulary))


class _Words(dict[str, str]):
    """The words of one file; asking for one it lacks is the content's fault."""

    file = ""

    def __missing__(self, key: str) -> str:
        message = f"`{key}` is missing, which the pages need"
        hint = "copy its line from the file that is shipped, and translate it"
        raise ContentFailure(Problem("no-word", "error", message, Where(self.file), hint))


def _file_of(code: str, templates: Mapping[str, str]) -> str:
    name = f"strings/{code}.yaml"
    for found in (name, f"strings/{code.partition('-')[0]}.yaml"):
        if found in templates:
            return found
    known = sorted(path.split("/")[1][:-5] for path in templates if path.startswith("strings/"))
    hint = "set `language` in site.yaml to one of: " + ", ".join(known)
    raise ContentFailure(
        Problem("no-strings", "error", f"there is no templates/{name}", None, hint)
    )


def _flat(vocabulary: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """`Status: {RECRUITING: [label, meaning]}` by one name; a lone text is a label."""
    return {
        f"{kind}.{value}": (said, "") if isinstance(said, str) else (said[0], said[1])
        for kind, values in vocabulary.items()
        for value, said in values.items()
    }

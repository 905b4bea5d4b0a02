"""The words of the theme and the forms of dates, numbers and plurals, in the site's language.

The forms are Babel's (Unicode CLDR). They are asked for once a language and not once a date: a
call of Babel's own costs as much as a small page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup, escape

from trialpages.language.cldr import country_in, country_names, direction, knows_country, locale
from trialpages.language.strings import (
    StringsFile,
    any_number,
    layers,
    no_strings,
    registry_values,
    without_number,
)
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.ages import Age, read_age
from trialpages.records.countries import country_name
from trialpages.records.model import DateStruct
from trialpages.records.vocabulary import Phase, Vocabulary

_MOMENT = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d(:\d\d)?)?", re.ASCII)

RECORD_LANGUAGE = "en"
"""The language of a record that doesn't say otherwise under `lang`: the registry's."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How a language writes dates and numbers, and which plural form a number takes."""

    days: tuple[str, ...]
    """For each month, a day of it: `{day} de julio de {year}`."""
    months: tuple[str, ...]
    """`julio de {year}`."""
    number: Callable[[float], str]
    plural: Callable[[int], str]
    """CLDR's category: zero, one, two, few, many or other."""
    plurals: frozenset[str]
    """Those that the language has."""


@cache
def forms(code: str) -> Forms:
    """The forms of a language (BCP 47). Raises LookupError where CLDR doesn't know it."""
    from babel.numbers import format_decimal

    known = locale(code)
    return Forms(
        days=_by_month(known.date_formats["long"].format, known),
        months=_by_month(known.datetime_skeletons["yMMMM"].format, known),
        number=lru_cache(4096)(lambda number: str(format_decimal(number, locale=known))),
        plural=lru_cache(4096)(lambda number: str(known.plural_form(number))),
        plurals=known.plural_form.tags | {"other"},
    )


def _by_month(pattern: str, locale: Any) -> tuple[str, ...]:
    """A pattern of CLDR's with the name of each month put in, and `{day}` and `{year}` left open.

    The names of its fields are those of Unicode TR 35: `MMMM` within a date, `LLLL` by itself.
    """
    within, alone = locale.months["format"]["wide"], locale.months["stand-alone"]["wide"]
    open_parts = {"d": "{day}", "dd": "{day:0>2}", "y": "{year}"}
    return tuple(
        pattern % (open_parts | {"M": month, "MMMM": within[month], "LLLL": alone[month]})
        for month in range(1, 13)
    )


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code (BCP 47), the theme's words by key, the registry's words in it."""

    code: str
    words: Mapping[str, str]
    vocabulary: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """`Status.RECRUITING` -> label and meaning, where they aren't the registry's own."""
    lacking: tuple[str, ...] = ()
    """The keys of the words that no strings file of the language has: English stands for them, or
    the form for other numbers."""
    file: str = ""
    """The name of the strings file that says most of this very language."""

    def count(self, number: int, key: str, of: int = 0, date: str = "") -> str:
        """`3 sites`: the words `<key>_one`, `<key>_other` …, with the number in them.

        `of`: out of how many, for words that say `{all}`; `date`: as of when, for `{date}`.
        """
        form = f"{key}_{forms(self.code).plural(number)}"
        words = self.words[form] if form in self.words else self.words[f"{key}_other"]
        return words.format(n=self.number(number), all=self.number(of), date=date)

    def in_forms(self, key: str, name: str) -> Markup:
        """` data-<name>-one="…" data-<name>-other="…"`: a counted phrase in each form that the
        language has, for a script that counts (by Intl.PluralRules, which are CLDR's too)."""
        others = self.words[f"{key}_other"]
        of_form = Markup(' data-{}-{}="{}"').format
        there_are = sorted(forms(self.code).plurals)
        return Markup("").join(
            of_form(name, form, self.words.get(f"{key}_{form}", others)) for form in there_are
        )

    def number(self, number: int) -> str:
        return forms(self.code).number(number)

    def date(self, text: str) -> Markup:
        """A partial date as it would be spoken, in an element a machine can read too."""
        return _date_element(self.code, text)

    def moment(self, text: str) -> Markup:
        """The day of `2025-08-04T20:30`, the whole for machines; another text as it is."""
        if not _MOMENT.fullmatch(text):
            return escape(text)
        shown = _date_text(self.code, text[:10])
        return Markup('<time datetime="%s">%s</time>') % (text, shown)

    def file_size(self, size: int) -> str:
        """`2.4 MB`, `431 kB`, `12 bytes`: SI's prefixes, as the registry counts."""
        if size < 1000:
            return self.count(size, "bytes")
        thousands = round(size / 1e3)
        if thousands < 1000:
            return f"{self.number(thousands)} kB"
        return f"{forms(self.code).number(round(size / 1e6, 1))} MB"

    def document_type(self, short: str) -> str:
        """What `Prot_SAP` stands for (registry: typeAbbrev); empty where a part isn't known."""
        parts = [self.words.get(f"document_type_{part.lower()}", "") for part in short.split("_")]
        said = ", ".join(parts) if all(parts) else ""
        return said[:1].upper() + said[1:]

    def date_text(self, text: str) -> str:
        return _date_text(self.code, text)

    def date_struct(self, value: DateStruct) -> Markup:
        """A date with the word that says whether it has happened."""
        said = f" ({self.label(value.type)})" if value.type else ""
        return _date_element(self.code, value.date, said)

    def age(self, age: Age) -> str:
        """`18 Years` in this language; in English the record's very words, as all that can't be
        read are. Years of age have a word of their own: Chinese, for one, says 岁 and not 年."""
        return self._span(age, "age" if age.unit == "Year" else "duration")

    def duration(self, text: str) -> str:
        """The same of a registry's duration."""
        return self._span(read_age(text), "duration")

    def _span(self, span: Age, kind: str) -> str:
        if span.number is None or self.code.partition("-")[0] == RECORD_LANGUAGE:
            return span.words
        return self.count(span.number, f"{kind}_{span.unit.lower()}")

    def country(self, name: str) -> str:
        """The one name of a country in this language, whichever of its names a record has."""
        return country_in(self.code, name)

    def knows_country(self, name: str) -> bool:
        """Whether that name is in this language, and not the record's word for want of one."""
        return knows_country(self.code, name)

    def country_names(self, name: str) -> tuple[str, ...]:
        """All that it is called in this language and in records, for whoever types one of them."""
        return country_names(self.code, name) if name else ()

    def country_translated(self, name: str) -> str:
        """The same, and nothing where that is the registry's name."""
        here = self.country(name)
        return here if here != country_name(name) else ""

    def label(self, value: Vocabulary) -> str:
        """The registry's word for a value, in this language."""
        return self._said(value)[0]

    def meaning(self, value: Vocabulary) -> str:
        """What a value means in plain words; empty where it explains itself."""
        return self._said(value)[1]

    def _said(self, value: Vocabulary) -> tuple[str, str]:
        own = (value.label, value.meaning)
        return self.vocabulary.get(_name(value), own) if self.vocabulary else own

    def registry_word(self, value: Vocabulary) -> str:
        """The registry's own word, where the label is another."""
        return value.label if self.label(value) != value.label else ""

    def attribute(self, code: str | None) -> Markup:
        """` lang="en"` for words in the language `code` (the registry's where it is None), so that
        a screen reader speaks them right; with ` dir="ltr"` where they run the other way than the
        page, which also keeps them apart from what stands around them (HTML: an element with `dir`
        is isolated). Nothing where it is this very language."""
        code = code or RECORD_LANGUAGE
        if code.partition("-")[0] == self.code.partition("-")[0]:
            return Markup("")
        way = direction(code)
        turned = Markup(' dir="{}"').format(way) if way != self.direction else ""
        return Markup(' lang="{}"{}').format(code, turned)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as its letters run."""
        return direction(self.code)

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
    `es-MX`. Each file may hold only what differs: the site's own stands over the shipped one, a
    country's over its language's, and English under all. Raises ContentFailure with every fault."""
    names = layers(code, templates)
    if not names:
        raise ContentFailure(no_strings(code, templates))
    try:
        forms(code)
    except LookupError as error:
        hint = "set `language` in site.yaml to a code such as en or es-MX"
        raise ContentFailure(Problem("no-language", "error", str(error), None, hint)) from None
    below = layers(RECORD_LANGUAGE, templates)
    files = {
        name: StringsFile.read(name, templates[name]) for name in dict.fromkeys((*below, *names))
    }
    english = {key: words for name in below for key, words in files[name].words.items()}
    said = {key: words for name in names for key, words in files[name].words.items()}
    problems = [problem for name in names for problem in files[name].problems(english)]
    if problems:
        raise ContentFailure(*problems)
    vocabulary = {key: words for name in names for key, words in files[name].vocabulary.items()}
    others = {key: words for key, words in english.items() if any_number(key) not in said}
    lacking = tuple(_lacking(code, english, said, vocabulary))
    return Language(code, _Words(others | said), vocabulary, lacking, files[names[-1]].path)


class _Words(dict[str, str]):
    """The words of a language; asking for one that no strings file has is the content's fault."""

    def __missing__(self, key: str) -> str:
        message = f"no strings file has the word `{key}`"
        where = Where(f"templates/strings/{RECORD_LANGUAGE}.yaml")
        raise ContentFailure(Problem("no-word", "error", message, where, f"add a line `{key}: …`"))


def _lacking(
    code: str, english: Mapping[str, str], said: Mapping[str, str], vocabulary: Collection[str]
) -> Iterator[str]:
    """What a language leaves unsaid: keys of words, and values of the registry's."""
    if code.partition("-")[0] == RECORD_LANGUAGE:
        return
    needed = dict.fromkeys((*map(forms(code).plural, _USUAL), "other"))
    for key in english:
        stem = without_number(key)
        if not {f"{stem}_one", f"{stem}_other"} <= english.keys():
            yield from (key,) if key not in said else ()
        elif key == f"{stem}_other":
            of_phrase = (f"{stem}_{form}" for form in needed)
            yield from (one for one in of_phrase if one not in said)
    for kind, values in registry_values().items():
        names = (f"{kind}.{value}" for value in values)
        yield from (f"vocabulary.{name}" for name in names if name not in vocabulary)


_USUAL = range(101)
"""Numbers whose plural forms a language has to have; some have one for millions or fractions."""

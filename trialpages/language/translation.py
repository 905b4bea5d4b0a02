"""What is wrong with the words of a site's language, and what they leave to English.

Asked by the build and by `check` alike; words as they are shipped are never asked.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from trialpages.language.site_language import RECORD_LANGUAGE, forms, read_language
from trialpages.language.strings import (
    StringsFile,
    any_number,
    layers,
    registry_values,
    without_number,
)
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.explain import Fault
from trialpages.records.places import fault_problem
from trialpages.text.meant import closest

_ENGLISH = f"strings/{RECORD_LANGUAGE}.yaml"
_WIDTH = 100


def check_language(code: str, templates: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with the words of a language that a site has strings files for, and what these
    leave to English, all of it listed; nothing for words as they are shipped."""
    names = layers(code, templates)
    if names in ([], [_ENGLISH]):
        return
    try:
        language = read_language(code, templates)
    except ContentFailure as failure:
        yield from failure.problems
        return
    for name in names:
        yield from superfluous(StringsFile.read(name, templates[name]), code, templates)
    if language.lacking:
        count = len(language.lacking)
        says = "1 text of this language is" if count == 1 else f"{count} texts of this language are"
        message = f"{says} missing; pages have English there, or another number's form"
        hint = f"translate {'it' if count == 1 else 'them'} from templates/{_ENGLISH}"
        listed = tuple(_listed(language.lacking, templates.get(_ENGLISH, "")))
        yield Problem(_UNTRANSLATED, "warning", message, Where(language.file), hint, listed)


_UNTRANSLATED = "untranslated"


def in_short(problem: Problem) -> Problem:
    """A problem as the build says it: what is missing of a language `check` alone lists."""
    if problem.code != _UNTRANSLATED:
        return problem
    return replace(problem, details=(), hint=f"{problem.hint}; `check` lists what is missing")


# --- what is missing ----------------------------------------------------------------------------

_HEADING = re.compile(r"# --- (.+?)(?:\.| ---|$)")
_KEY = re.compile(r"[\w-]+(?=:)")


def _listed(lacking: Iterable[str], english: str) -> Iterator[str]:
    """What a language lacks, under the headings of the English file and by enumeration."""
    headings = _headings(english)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in lacking:
        of_registry, _, value = key.rpartition(".")
        group = of_registry or headings.get(any_number(key), "") or "Others"
        groups[group].append(value)
    for group, keys in groups.items():
        yield f"{group} ({len(keys)}):"
        listed = textwrap.wrap(", ".join(keys), _WIDTH, break_on_hyphens=False)
        yield from (f"  {line}" for line in listed)


def _headings(english: str) -> dict[str, str]:
    """By key, the heading that it stands under in the English file."""
    found, heading = {}, ""
    for line in english.split("\n"):
        if begins := _HEADING.match(line):
            heading = begins[1]
        elif key := _KEY.match(line):
            found[key[0]] = heading
    return found


# --- what is said by nobody ---------------------------------------------------------------------


def superfluous(file: StringsFile, code: str, templates: Mapping[str, str]) -> Iterator[Problem]:
    """The words of a file that no page can say or that say too little, each at its line."""
    shipped = templates.get(_ENGLISH, "")
    known = StringsFile.read(_ENGLISH, shipped).words if shipped else {}
    found = (
        *_unknown_words(file, known, templates),
        *_unknown_forms(file, known, code),
        *_unknown_values(file),
        *_unfilled(file, known),
        *_called_alike(file),
    )
    lines = file.text.split("\n")
    for fault in found:
        problem = fault_problem(fault, file.marks, lines, file.path, 1)
        yield replace(problem, severity="warning")


def _unknown_words(
    file: StringsFile, known: Mapping[str, str], templates: Mapping[str, str]
) -> Iterator[Fault]:
    """Those that the shipped file hasn't and no template names."""
    unknown = [key for key in file.words if key not in known and any_number(key) not in known]
    pages = "\n".join(text for name, text in templates.items() if not name.endswith(".yaml"))
    said = set(re.findall(r"\w+", pages)) if unknown else set()
    for key in unknown:
        if key not in said and without_number(key) not in said:
            hint = _meant(key, known) or f"take it out, or see {_ENGLISH}"
            yield Fault((key,), "unknown-words", f"no page says `{key}`", hint, on_key=True)


def _unknown_forms(file: StringsFile, known: Mapping[str, str], code: str) -> Iterator[Fault]:
    """Counted phrases in a form that no number takes in this language."""
    there_are = forms(code).plurals
    for key in file.words:
        stem = without_number(key)
        form = key.removeprefix(f"{stem}_")
        if any_number(key) in known and key not in known and form not in there_are:
            message = f"no number takes the form `{form}` in the language `{code}`"
            written = ", ".join(f"`{stem}_{one}`" for one in sorted(there_are))
            yield Fault((key,), "unknown-words", message, f"it has {written}", on_key=True)


def _unknown_values(file: StringsFile) -> Iterator[Fault]:
    """The registry's words that it doesn't have."""
    known = registry_values()
    wrong = set()
    for kind, _, value in (name.partition(".") for name in file.vocabulary):
        if kind in known and value not in known[kind]:
            hint = _meant(value.upper(), known[kind]) or f"it has {', '.join(known[kind])}"
            message = f"the registry's `{kind}` has no value `{value}`"
            place = ("vocabulary", kind, value)
            yield Fault(place, "unknown-value", message, hint, on_key=True)
        elif kind not in known and kind not in wrong:
            wrong.add(kind)
            hint = _meant(kind, known) or "take it out, or see templates/strings/es.yaml"
            message = f"the registry has no enumeration `{kind}`"
            yield Fault(("vocabulary", kind), "unknown-value", message, hint, on_key=True)


_FILLED = re.compile(r"\{(\w+)\}")


def _unfilled(file: StringsFile, known: Mapping[str, str]) -> Iterator[Fault]:
    """Texts that lack what a page fills in, such as how many trials there are."""
    for key, text in file.words.items():
        english = known.get(key) or known.get(any_number(key), "")
        lost = {*_FILLED.findall(english)} - {*_FILLED.findall(text)}
        if key.endswith(("_zero", "_one", "_two")):
            lost -= {"n"}  # the number may be a word
        for name in sorted(lost):
            message = f"`{key}` has no `{{{name}}}`, which a page fills in"
            yield Fault((key,), "lost-words", message, f"write `{{{name}}}` where it belongs")


def _called_alike(file: StringsFile) -> Iterator[Fault]:
    """Values that a reader couldn't tell apart."""
    called: dict[tuple[str, str], str] = {}
    for name, (label, _) in file.vocabulary.items():
        kind, _, value = name.partition(".")
        other = called.setdefault((kind, label.casefold()), value)
        if other != value:
            message = f"{kind} `{value}` is called like `{other}`"
            yield Fault(("vocabulary", kind, value), "same-label", message, "give each its name")


def _meant(text: str, known: Iterable[str]) -> str:
    meant = closest(text, known, cutoff=0.7)
    return f"did you mean `{meant}`?" if meant else ""

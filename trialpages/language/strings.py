"""A strings file, `templates/strings/<code>.yaml`: the words of the theme in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from trialpages.problems import ContentFailure, Problem
from trialpages.records.explain import Fault
from trialpages.records.places import fault_problem, yaml_problems
from trialpages.records.unfit import unfit_faults
from trialpages.records.vocabulary import Vocabulary
from trialpages.text.files import OWN
from trialpages.text.front_matter import Marks, YamlError, read_yaml

_PLURAL = re.compile(r"_(?:zero|one|two|few|many|other)$")
_FIELD = re.compile(r"\{(\w*)\}")


def any_number(key: str) -> str:
    """The form of a counted phrase that every language has; another key as it is."""
    return _PLURAL.sub("_other", key)


def without_number(key: str) -> str:
    """`trials` of `trials_one`, as the pages call a counted phrase; another key as it is."""
    return _PLURAL.sub("", key)


def layers(code: str, templates: Mapping[str, str]) -> list[str]:
    """The names of the files that say the words of a language, the general ones first."""
    names = (f"{whose}strings/{one}.yaml" for one in narrowing(code) for whose in ("", OWN))
    return [name for name in names if name in templates]


def narrowing(code: str) -> list[str]:
    """`zh`, `zh-Hans`, `zh-Hans-CN`: a language, and what a code says of it further."""
    return list(accumulate(code.split("-"), "{}-{}".format))


def no_strings(code: str, templates: Mapping[str, str]) -> Problem:
    known = sorted(path.split("/")[1][:-5] for path in templates if path.startswith("strings/"))
    hint = "set `language` in site.yaml to one of: " + ", ".join(known)
    message = f"there is no templates/strings/{code}.yaml"
    return Problem("no-strings", "error", message, None, hint)


@dataclass(frozen=True, slots=True)
class StringsFile:
    path: str
    """As the messages call it: `templates/strings/fr.yaml`."""
    text: str
    words: Mapping[str, str]
    vocabulary: Mapping[str, tuple[str, str]]
    """The registry's words in this language: `Status.RECRUITING` -> label and meaning."""
    marks: Marks
    misshapen: tuple[Fault, ...]
    unfit: tuple[Fault, ...]
    """Words with characters that can't be published."""

    @classmethod
    @lru_cache(maxsize=16)  # a build asks for what is wrong with it, and then for its words
    def read(cls, name: str, text: str) -> StringsFile:
        """Raises ContentFailure for a text that is no YAML."""
        path = f"templates/{name.removeprefix(OWN)}"
        try:
            tree, marks = read_yaml(text)
        except YamlError as error:
            raise ContentFailure(*yaml_problems(error, text, path, 1)) from None
        words = {key: said for key, said in tree.items() if isinstance(said, str)}
        wrong = [_misshapen((key,)) for key in tree if key not in words and key != "vocabulary"]
        vocabulary: dict[str, tuple[str, str]] = {}
        for place, said in _values(tree.get("vocabulary", {})):
            if isinstance(said, str):  # a lone text is a label
                vocabulary[".".join(place)] = (said, "")
            elif isinstance(said, list) and [type(part) for part in said] == [str, str]:
                vocabulary[".".join(place)] = (said[0], said[1])
            else:
                wrong.append(_misshapen(("vocabulary", *place)))
        return cls(path, text, words, vocabulary, marks, tuple(wrong), tuple(unfit_faults(tree)))

    def problems(self, english: Mapping[str, str]) -> Iterator[Problem]:
        """What can't be said, among it words with a name in braces that no page fills in."""
        lines = self.text.split("\n")
        for fault in (*self.misshapen, *self.unfit, *self._unfilled(english)):
            yield fault_problem(fault, self.marks, lines, self.path, 1)

    def _unfilled(self, english: Mapping[str, str]) -> Iterator[Fault]:
        for key, said in self.words.items():
            known = _FIELD.findall(english.get(key) or english.get(any_number(key), said))
            unknown = [name for name in _FIELD.findall(said) if name not in known]
            if unknown:
                message = f"`{key}` names {{{unknown[0]}}}, which no page fills in"
                hint = "it may name " + ", ".join(f"{{{name}}}" for name in known)
                yield Fault((key,), "bad-strings", message, hint if known else "leave it out")


@cache
def registry_values() -> Mapping[str, tuple[str, ...]]:
    """The values of the registry's enumerations, by the names of these."""
    from trialpages.records import results_vocabulary

    of_registry = (Vocabulary.__module__, results_vocabulary.__name__)
    return {
        kind.__name__: tuple(value.value for value in kind)
        for kind in Vocabulary.__subclasses__()
        if kind.__module__ in of_registry
    }


def _values(vocabulary: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """`Status: {RECRUITING: [label, meaning]}`: each value by its place."""
    for kind, values in vocabulary.items() if isinstance(vocabulary, dict) else ():
        for value, said in values.items() if isinstance(values, dict) else ():
            yield (kind, value), said
        if not isinstance(values, dict):
            yield (kind,), None
    if not isinstance(vocabulary, dict):
        yield (), None


def _misshapen(place: tuple[str, ...]) -> Fault:
    hint = "write `key: words`"
    if place[0] == "vocabulary":
        hint = "write `VALUE: Label` or `VALUE: [Label, What it means.]` under its enumeration"
    return Fault(place, "bad-strings", f"`{place[-1]}` has no words", hint)

"""Codes and texts of R5: a CodeableConcept is the registry's words, and a code where one fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from trialpages.exports.fhir.types import CodeableConcept, Coding, Concepts, Label, Reference
from trialpages.records.vocabulary import Vocabulary

Code = tuple[str, str]
"""A code and its display text."""
Term = TypeVar("Term", bound=Vocabulary)

_HL7 = "http://hl7.org/fhir/"


def concept(text: str, system: str = "", code: Code | None = None) -> CodeableConcept:
    """The registry's words, and R5's code where there is one."""
    if code is None:
        return CodeableConcept(text=text)
    coding = Coding(system=_HL7 + system, code=code[0], display=code[1])
    return CodeableConcept(coding=(coding,), text=text)


def concepts(texts: Iterable[str | None]) -> Concepts:
    """A CodeableConcept of each text that there is."""
    return tuple(CodeableConcept(text=text) for text in texts if text)


def coded(system: str, codes: Mapping[Term, Code], term: Term | None) -> CodeableConcept | None:
    return concept(term.label, system, codes.get(term)) if term else None


def label(kind: Code, text: str) -> Label:
    return Label(type=concept(kind[1], "title-type", kind), value=text)


def named(text: str | None) -> Reference | None:
    """A Reference to what only its name is known of."""
    return Reference(display=text) if text else None


def as_markdown(text: str) -> str:
    """A plain text as CommonMark that reads the same, for R5's `markdown` elements."""
    line = " ".join(text.splitlines()).strip()
    return _LINE_START.sub(r"\1\\\2", _MARK.sub(r"\\\1", line))


_MARK = re.compile(r"([\\`*_\[\]<&])")
_LINE_START = re.compile(r"^(\d*)([-#>+=~.)])")

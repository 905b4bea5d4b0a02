"""Codes and texts of R5: a CodeableConcept is the registry's words, and a code where one fits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from trialpages.pages.plain_values import Json
from trialpages.records.vocabulary import Vocabulary

Code = tuple[str, str]
"""A code and its display text."""
Term = TypeVar("Term", bound=Vocabulary)

_HL7 = "http://hl7.org/fhir/"


def concept(text: str | None, system: str = "", code: Code | None = None) -> Json | None:
    """A CodeableConcept: the registry's words, and R5's code where there is one."""
    if not (text and text.strip()):
        return None
    if code is None:
        return {"text": text}
    coding = {"system": _HL7 + system, "code": code[0], "display": code[1]}
    return {"coding": [coding], "text": text}


def coded(system: str, codes: Mapping[Term, Code], term: Term | None) -> Json | None:
    return concept(term.label, system, codes.get(term)) if term else None


def label(kind: Code, text: str | None) -> Json | None:
    if not (text and text.strip()):
        return None
    return {"type": concept(kind[1], "title-type", kind), "value": text}


def as_markdown(text: str) -> str:
    """A plain text as CommonMark that reads the same, for R5's `markdown` elements."""
    line = " ".join(text.splitlines()).strip()
    line = re.sub(r"([\\`*_\[\]<&])", r"\\\1", line)
    return re.sub(r"^(\d*)([-#>+=~.)])", r"\1\\\2", line)

"""The EU Clinical Trials Register's forms, which aren't read: what they are and where else to look.

The register gives plain text, a member state after the other, and has taken no new trials since
2023. A trial that went on moved to EU CTIS, which gave it a number of its own and has its record.
"""

from __future__ import annotations

import re

from trialpages.importers.registry_json import Imported
from trialpages.importers.source import Content, Source
from trialpages.problems import ContentFailure, Problem, Where

_MESSAGE = "this is of the EU Clinical Trials Register, whose forms aren't read"
HINT = (
    "if the trial has moved to EU CTIS, its record is there, under a number of EU CTIS: import that"
)

TEXT = (
    re.compile(
        r"(?!.*NCT ID:)(?:[^\n]*\n){0,20}?\s*"
        r"(?:EudraCT Number:\s*\d{4}-\d{6}-\d\d|A\.1 Member State Concerned:)",
        re.DOTALL,
    ),
    _MESSAGE,
    HINT,
)
"""How its text begins, be it a summary or whole; of `other_kinds`."""


def _is_record(content: Content, _where: str) -> bool:
    """What ctrdata makes of that text."""
    return isinstance(content, dict) and "a2_eudract_number" in content


def _refuse(_content: Content, where: str) -> Imported:
    raise ContentFailure(Problem("other-form", "error", _MESSAGE, Where(where), HINT))


EUCTR = Source("a record of the EU Clinical Trials Register", _is_record, _refuse)

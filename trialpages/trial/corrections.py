"""What this site says otherwise than the registry, in the words the page uses for its fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from trialpages.changes.corrections import Correction as Told
from trialpages.changes.corrections import decode
from trialpages.changes.fields import top_field
from trialpages.language.site_language import Language
from trialpages.records.codes import as_meant
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Trial
from trialpages.trial.history import ShownChange, field_label, is_told, shown_change
from trialpages.trial.places import section_of

_MOST = 20
"""Changes of a field that are told; of more, how many there are."""


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    words: ShownChange
    """From what the registry says (`old`) to what this site says (`new`)."""
    is_earlier: bool
    """Whether this site has there what the registry said before."""
    is_former: bool
    """Whether the registry had said the old of what it has no more."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What this site says otherwise in a field and waits for a decision, or what doesn't wait."""

    label: str
    """What the page calls the field."""
    section: str
    """The id of the section where it stands."""
    is_open: bool
    """Whether nobody has decided yet which of both is right."""
    changes: tuple[ShownCorrection, ...] = ()
    """None where it isn't known what the registry says."""
    more: int = 0
    """How many others there are."""


def corrections(trial: Trial, encoded: bytes, language: Language) -> tuple[Correction, ...]:
    """What the page of a trial has to tell, field by field."""
    found: dict[tuple[str, bool], list[Told]] = {
        (note.field, True): [] for note in conflict_notes(trial)
    }
    for one in decode(encoded):
        if is_told(one.change):
            found.setdefault((top_field(one.change.field), one.is_open), []).append(one)
    return tuple(_correction(name, of, opened, language) for (name, opened), of in found.items())


def _correction(field: str, found: list[Told], is_open: bool, language: Language) -> Correction:
    shown = tuple(
        ShownCorrection(shown_change(as_meant(one.change), language), one.is_earlier, one.is_former)
        for one in found[:_MOST]
    )
    label = field_label(field, language) or field
    return Correction(label, section_of(field), is_open, shown, max(0, len(found) - _MOST))


def by_section(
    found: Iterable[Correction], sections: Collection[str]
) -> Mapping[str, tuple[Correction, ...]]:
    """Corrections by the section where each stands; of one without a section on the page, none."""
    grouped: dict[str, list[Correction]] = {}
    for one in found:
        if one.section in sections:
            grouped.setdefault(one.section, []).append(one)
    return {section: tuple(of) for section, of in grouped.items()}

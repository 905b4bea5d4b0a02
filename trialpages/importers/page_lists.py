"""The sections of a trial page that list things: related trials, arms, references, ids.

Each thing takes a few lines, told apart by their order. Where the order leaves a doubt, the lines
stay unplaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from msgspec.structs import replace

from trialpages.importers.page_fields import (
    Fields,
    Found,
    Lines,
    escape_notes,
    paragraphs,
    places,
    term,
)
from trialpages.importers.page_layout import Line
from trialpages.importers.page_pairs import Blocks, are_pairs
from trialpages.importers.page_pairs import blocks as _blocks
from trialpages.importers.page_pairs import flat as _flat
from trialpages.records.model import (
    ArmGroup,
    ImportNote,
    Intervention,
    OrgStudyId,
    Reference,
    RelatedTrial,
    SecondaryId,
)
from trialpages.records.vocabulary import (
    InterventionType,
    OrgStudyIdType,
    SecondaryIdType,
)


def read_conditions(lines: Lines, _: Fields) -> Found:
    conditions = tuple(line.text for line in lines)
    return Found({"conditions": conditions}, places(lines, "conditions"))


def read_references(lines: Lines, _: Fields) -> Found:
    references = tuple(Reference(citation=line.text) for line in lines)
    return Found({"references": references}, places(lines, "references.citation"))


# --- related trials -------------------------------------------------------------------------------

_TRIAL_ID = re.compile(r"NCT\d{8}", re.ASCII)


def read_related_trials(lines: Lines, known: Fields) -> Found:
    """Pairs of a title and an id."""
    related: list[RelatedTrial] = list(known.get("related_trials", ()))
    where: dict[int, str] = {}
    notes: list[ImportNote] = []
    for above, line in zip((None, *lines), lines, strict=False):
        if not _TRIAL_ID.fullmatch(line.text):
            continue
        titles = [above] if above and not _TRIAL_ID.fullmatch(above.text) else []
        trial = RelatedTrial(nct_id=line.text, title=titles[0].text if titles else None)
        if trial in related:
            notes.append(_listed_twice(trial))
        elif any(trial.nct_id == other.nct_id for other in related):
            continue  # another title for the same trial: not ours to choose
        else:
            related.append(trial)
        where |= places(titles, "related_trials.title") | places([line], "related_trials.nct_id")
    return Found({"related_trials": tuple(related)} if related else {}, where, tuple(notes))


def _listed_twice(trial: RelatedTrial) -> ImportNote:
    message = f"Our copy lists {trial.nct_id} twice; we show it once."
    return ImportNote(field="related_trials", code="duplicate", message=message)


# --- interventions and arms -----------------------------------------------------------------------


STUDY_GROUPS = "lines of Study Groups"
"""Where a reader finds the lines of that section: they tell interventions apart."""


def read_interventions(lines: Lines, known: Fields) -> Found:
    """Pairs of a name and a description. A single line can only be a name.

    With an odd one out, with types among them, or where a description could be one more name, we
    couldn't tell which line is which.
    """
    blocks = _blocks(lines)
    typed = any(term(InterventionType, line.text) for line in lines)
    if typed or (len(blocks) % 2 and len(blocks) > 1):
        return Found(notes=(_AMBIGUOUS,))
    pairs = tuple(zip(blocks[::2], blocks[1::2], strict=False))
    if not are_pairs(pairs, _blocks(known.get(STUDY_GROUPS, ()))):
        return Found(notes=(_AMBIGUOUS,))
    names = [block[0] for block in blocks[::2]]
    descriptions = [line for _, block in pairs for line in block]
    interventions = tuple(
        Intervention(name=name.text, description=paragraphs(block) if block else None)
        for name, block in zip_longest(names, blocks[1::2])
    )
    return Found(
        {"interventions": interventions},
        places(names, "interventions.name") | places(descriptions, "interventions.description"),
        escape_notes("interventions.description", descriptions),
    )


_AMBIGUOUS = ImportNote(
    field="interventions",
    code="ambiguous-intervention",
    message="In our copy the names of interventions and their descriptions can't be told apart.",
)


def read_study_groups(lines: Lines, known: Fields) -> Found:
    """The arms: a label, a description, then interventions just as their own section has them."""
    interventions: tuple[Intervention, ...] = known.get("interventions", ())
    arms = tuple(_arms(_blocks(lines), interventions))
    if any(arm.doubtful for arm in arms):
        return Found()
    clear = tuple(arm for arm in arms if arm.listed or len(arm.description) < 2)
    fields: dict[str, Any] = {"arm_groups": tuple(_arm_group(arm, interventions) for arm in clear)}
    if interventions:
        fields["interventions"] = tuple(
            replace(one, arm_group_labels=tuple(a.label.text for a in clear if at in a.listed))
            for at, one in enumerate(interventions)
        )
    descriptions = [line for arm in clear for line in _flat(arm.description)]
    notes = escape_notes("arm_groups.description", descriptions)
    return Found(fields, _arm_places(clear), notes + tuple(_arm_notes(clear)))


@dataclass(frozen=True, slots=True)
class _Arm:
    label: Line
    description: Blocks
    listed: tuple[int, ...]
    """Which interventions, by their place in the record."""
    listed_lines: Lines
    doubtful: bool
    """The label is also an intervention's, so it may be one more of the arm before."""


def _arms(blocks: Blocks, interventions: Sequence[Intervention]) -> Iterator[_Arm]:
    known = [_listed_at(blocks, at, interventions) for at in range(len(blocks))]
    known += [None, None, None]
    at = 0
    while at < len(blocks):
        label = at
        at += 1  # a label, even if it is an intervention's name
        while at < len(blocks) and known[at] is None:
            at += 1
        text_end = at
        listed: list[int] = []
        while (index := known[at]) is not None and index not in listed:
            width = 2 if interventions[index].description else 1
            if known[at + width] == index:
                break  # the next arm is called and described like its one intervention
            listed.append(index)
            at += width
        doubtful = label > 0 and known[label] is not None and known[label] != known[text_end]
        yield _Arm(
            blocks[label][0],
            _below(blocks[label], blocks[label + 1 : text_end]),
            tuple(listed),
            _flat(blocks[text_end:at]),
            doubtful,
        )


def _below(label: Lines, rest: Blocks) -> Blocks:
    """The description, with the list that may stand right below a label."""
    return (label[1:], *rest) if len(label) > 1 else rest


def _listed_at(blocks: Blocks, at: int, interventions: Sequence[Intervention]) -> int | None:
    """Which intervention stands in the block and, with its description, in the next."""
    for index, one in enumerate(interventions):
        if [line.text for line in blocks[at]] == [one.name] and (
            one.description is None or paragraphs(_flat(blocks[at + 1 : at + 2])) == one.description
        ):
            return index
    return None


def _arm_group(arm: _Arm, interventions: Sequence[Intervention]) -> ArmGroup:
    return ArmGroup(
        label=arm.label.text,
        description=paragraphs(_flat(arm.description)) or None,
        intervention_names=tuple(interventions[at].name or "" for at in arm.listed),
    )


def _arm_places(arms: Sequence[_Arm]) -> dict[int, str]:
    where: dict[int, str] = {}
    for arm in arms:
        where |= places([arm.label], "arm_groups.label")
        where |= places(_flat(arm.description), "arm_groups.description")
        where |= places(arm.listed_lines, "arm_groups.intervention_names")
    return where


def _arm_notes(arms: Sequence[_Arm]) -> Iterator[ImportNote]:
    for arm in arms:
        if len(arm.description) > 1:
            message = (
                f"In our copy the group “{arm.label.text}” has a description of several "
                "paragraphs; one of them could be the name of another group."
            )
            yield ImportNote(field="arm_groups", code="ambiguous-arm", message=message)


# --- identifiers ----------------------------------------------------------------------------------

_TYPE, _SOURCE = "Identifier Type: ", "Identifier Source: "


def read_identifiers(lines: Lines, _: Fields) -> Found:
    """An id, its type (`-` for none) and where it comes from, on three lines."""
    own: OrgStudyId | None = None
    others: list[SecondaryId] = []
    where: dict[int, str] = {}
    for value, kind, source in zip(lines, lines[1:], lines[2:], strict=False):
        labels = kind.text.startswith(_TYPE) and source.text.startswith(_SOURCE)
        if not labels or value.text.startswith((_TYPE, _SOURCE)):
            continue
        type_name, origin = kind.text.removeprefix(_TYPE), source.text.removeprefix(_SOURCE)
        if origin == "org_study_id" and own is None:
            own_type = term(OrgStudyIdType, type_name)
            own = OrgStudyId(id=value.text, type=own_type)
            where |= _id_places(value, kind, source, "org_study_id_info", own_type)
        elif origin == "secondary_id":
            other_type = term(SecondaryIdType, type_name)
            others.append(SecondaryId(id=value.text, type=other_type))
            where |= _id_places(value, kind, source, "secondary_id_infos", other_type)
    fields = {"org_study_id_info": own} if own else {}
    return Found({**fields, "secondary_id_infos": tuple(others)}, where)


def _id_places(
    value: Line, kind: Line, source: Line, path: str, known_type: object
) -> dict[int, str]:
    type_is_read = known_type is not None or kind.text == f"{_TYPE}-"
    return (
        places([value], f"{path}.id")
        | places([kind] if type_is_read else [], f"{path}.type")
        | places([source], path)
    )

"""The registry's enumerations: what the model decodes into and what pages print."""

import json
from pathlib import Path

import msgspec
import pytest

from trialpages.records import results_vocabulary, vocabulary
from trialpages.records.vocabulary import (
    ContactRole,
    DesignAllocation,
    Phase,
    Status,
    StudyType,
    Vocabulary,
)

ENUMERATIONS = {
    name: found
    for module in (vocabulary, results_vocabulary)
    for name, found in vars(module).items()
    if isinstance(found, type) and issubclass(found, Vocabulary) and found is not Vocabulary
}
OURS = (*list(ContactRole)[5:], StudyType.OTHER)
REGISTRY_FACTS = Path(__file__).parents[2] / "shared/corpus/enums.json"
# Where the registry has no label fit for print: codes, or words in lower case.
OUR_LABELS = {"AgencyClass", "AgreementRestrictionType", "ReferenceType", "BrowseLeafRelevance"}

each_enumeration = pytest.mark.parametrize(
    "enumeration", ENUMERATIONS.values(), ids=ENUMERATIONS.keys()
)


def test_every_enumeration_is_here() -> None:
    assert len(ENUMERATIONS) == 41
    assert sum(len(found) for found in ENUMERATIONS.values()) == 210 + len(OURS)


@each_enumeration
def test_members_are_complete(enumeration: type[Vocabulary]) -> None:
    assert len(enumeration) > 0
    # `__members__` counts aliases too: a value typed twice would hide a member.
    assert len(enumeration.__members__) == len(enumeration)
    assert "`" in (enumeration.__doc__ or ""), "the docstring names the registry's field"
    labels = [member.label for member in enumeration]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    for member in enumeration:
        assert member.name == member.value
        assert member.meaning == "" or (member.meaning[0].isupper() and member.meaning[-1] == ".")


@each_enumeration
def test_msgspec_round_trip(enumeration: type[Vocabulary]) -> None:
    values = [member.value for member in enumeration]
    members = msgspec.convert(values, list[enumeration])  # type: ignore[valid-type]
    assert members == list(enumeration)
    assert msgspec.to_builtins(members) == values
    encoded = msgspec.json.encode(members)
    assert json.loads(encoded) == values
    assert msgspec.json.decode(encoded, type=list[enumeration]) == members  # type: ignore[valid-type]


def test_msgspec_refuses_what_the_registry_does_not_have() -> None:
    for wrong in ("recruiting", "Recruiting", "", "NA"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, Status)


def test_a_label_belongs_to_a_field() -> None:
    assert Phase.NA.label == "Not Applicable"
    assert DesignAllocation.NA.label == "N/A"


def test_what_a_patient_asks_first_is_explained() -> None:
    unexplained = [m for found in (Status, Phase) for m in found if not m.meaning]
    assert unexplained == []


def test_same_as_the_registry() -> None:
    if not REGISTRY_FACTS.parent.is_dir():
        pytest.skip(f"the registry's own list isn't on this machine: no {REGISTRY_FACTS}")
    facts = json.loads(REGISTRY_FACTS.read_text(encoding="utf-8"))
    assert facts.keys() == ENUMERATIONS.keys()
    for name, fact in facts.items():
        ours = {member.value: member.label for member in ENUMERATIONS[name] if member not in OURS}
        theirs = {entry["value"]: entry["label"] for entry in fact["values"]}
        assert list(ours) == list(theirs), name
        if name not in OUR_LABELS:
            assert ours == theirs, name
        copied = {entry["definition"].rstrip(".") for entry in fact["values"]} - {""}
        assert not copied & {member.meaning.rstrip(".") for member in ENUMERATIONS[name]}, name

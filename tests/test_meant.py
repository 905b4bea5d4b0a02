"""What somebody who misspelt a value may have meant, and never what says the opposite."""

import pytest

from trialpages.records.explain import faults
from trialpages.records.vocabulary import ArmGroupType, Phase, Sex, Status
from trialpages.text.meant import closest, misspelt

STATUSES = [str(one.value) for one in Status]
PHASES = [str(one.value) for one in Phase]


@pytest.mark.parametrize(
    "text",
    ["not recruiting", "NON-RECRUITING", "unrecruiting", "no longer recruiting", "Not completed",
     "notrecruiting", "not enrolling by invitation", "recruiting or completed", "unavailable"],
)  # fmt: skip
def test_what_says_the_opposite_is_never_suggested(text: str) -> None:
    assert misspelt(text, STATUSES) == ""


@pytest.mark.parametrize(
    ("text", "values", "meant"),
    [
        ("Recruting", STATUSES, "RECRUITING"),
        ("active, not recruting", STATUSES, "ACTIVE_NOT_RECRUITING"),
        ("notyet-recruiting", STATUSES, "NOT_YET_RECRUITING"),
        ("enroling by invitaton", STATUSES, "ENROLLING_BY_INVITATION"),
        ("phase 2", PHASES, "PHASE2"),
        ("phase ii", PHASES, ""),
        ("phase 5", PHASES, ""),
        ("phase 1 or 2", PHASES, ""),
        ("femal", [str(one.value) for one in Sex], "FEMALE"),
        ("Female or male", [str(one.value) for one in Sex], ""),
        ("intervention", [str(one.value) for one in ArmGroupType], ""),
        ("no intervenion", [str(one.value) for one in ArmGroupType], "NO_INTERVENTION"),
        ("x" * 100_000, STATUSES, ""),
    ],
)
def test_a_value_is_meant_where_its_letters_alone_are_wrong(
    text: str, values: list[str], meant: str
) -> None:
    assert misspelt(text[:300], values) == meant
    assert misspelt(text, values) == meant


def test_a_value_that_nothing_is_like_is_told_with_all_there_are() -> None:
    (fault,) = faults("Female or male", Sex, ("sex",))
    assert fault.hint == "one of " + ", ".join(str(one.value) for one in Sex)


def test_the_name_most_alike_is_found_among_many() -> None:
    known = [f"Condition of kind number {number:04d} and more words" for number in range(1_900)]
    assert closest("Condition of kynd numbar 1234 and more wards", known) == known[1_234]


def test_few_of_many_names_are_compared_sign_by_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def compare(*asked: list[str], **_bounds: float) -> list[str]:
        compared.append(len(asked[1]))
        return []

    monkeypatch.setattr("difflib.get_close_matches", compare)
    closest("abc", [f"abd{number}" for number in range(1_900)])
    assert compared == [50]

"""Headings of criteria that no form knows: nothing is said of what may stand under one."""

from __future__ import annotations

import pytest

from trialpages.prose.criteria import criteria

PLACES = {
    "between lists": "{first} criteria:\n\n* Adult\n\n{line}\n\n* HIV",
    "between paragraphs": "{first} criteria:\n\nAdult\n\n{line}\n\nHIV",
    "an item": "{first} criteria:\n\n* Adult\n* {line}\n* HIV",
    "an item with its list": "{first} criteria:\n\n* Adult\n* {line}\n  * HIV",
    "nested behind an item": "{first} criteria:\n\n* Adult\n\n  {line}\n* HIV",
}
EXCLUDE = (
    *("EC:", "Ex clusion", "Ex-clusion criteria:", "Exelusion", "Execlusion Criteria"),
    *("Exc1usion criteria:", "E**x**clusion", "ᴇxᴄʟᴜsɪᴏɴ ᴄʀɪᴛᴇʀɪᴀ:", "Criteria against:"),
    *("Stop criteria:", "Nicht teilnehmen dürfen:", "Não podem participar:", "Critères de refus:"),
    *(
        "不纳入标准",
        "不符合条件",
        "禁忌症",
        "対象外",
        "Критерії виключення",
        "Критерии за изключване",
    ),
    *("Kriteriji isključenja:", "Tiêu chuẩn loại trừ:", "קריטריוני אי הכללה:", "เกณฑ์การคัดออก"),
    *("معیارهای خروج", "Kriteria eksklusi", "Dışlama kriterleri:", "معايير الاستبعاد:"),
    "Μη επιλέξιμοι:",
)
INCLUDE = (
    *("IC:", "In clusion", "Inc1usion criteria", "Критерії включення", "Критерии за включване"),
    *("Kriteriji uključenja:", "Tiêu chuẩn lựa chọn:", "קריטריוני הכללה:", "เกณฑ์การคัดเข้า"),
    *("معیارهای ورود:", "Kriteria inklusi", "Dahil edilme kriterleri:", "معايير الإدراج:"),
)


def kind_of_last(first: str, line: str, place: str) -> str:
    """The kind of the group that holds the last criterion."""
    return criteria(PLACES[place].format(first=first, line=line))[-1].kind


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("first", "line"),
    [*(("Inclusion", one) for one in EXCLUDE), *(("Exclusion", one) for one in INCLUDE)],
)
def test_below_a_heading_of_the_other_kind_the_first_kind_is_never_told(
    first: str, line: str, place: str
) -> None:
    assert kind_of_last(first, line, place) != first.lower()


@pytest.mark.parametrize("line", ["Not for you:", "Failed:", "SLE:", "高血压"])
def test_a_line_between_lists_that_nobody_can_place_leaves_its_group_unsure(line: str) -> None:
    assert kind_of_last("Inclusion", line, "between lists") == "other"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "line",
    [
        *("Renal:", "Laboratory values:", "Additional criteria:", "Healthy volunteers:"),
        *("Wash-out: two weeks", "Cohort 2:", "Occlusion of a vein", "Infusion", "β-blocker"),
    ],
)
def test_a_topic_or_a_title_leaves_its_group_as_it_is(line: str, place: str) -> None:
    assert kind_of_last("Inclusion", line, place) == "inclusion"

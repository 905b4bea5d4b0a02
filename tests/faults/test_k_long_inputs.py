"""Group K: what an attacker may write that is short and takes long to read or to compare."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import pytest
from versions import full_record, put

from faults import growing
from faults.counts import FULL
from faults.growing import SPELLINGS, Maker
from faults.rows import Row
from trialpages.changes.compare import changes
from trialpages.importers.other_kinds import other_text
from trialpages.importers.page_coverage import says_same
from trialpages.phases.as_it_came import says_imported
from trialpages.problems import Problem
from trialpages.prose.criteria import criteria
from trialpages.prose.criteria_exceptions import offers_choice
from trialpages.prose.criteria_scope import is_bare_title
from trialpages.prose.excess import check_excess
from trialpages.prose.markup import blocks
from trialpages.prose.remarks import explains
from trialpages.records.codes import markup_meant, plain_meant
from trialpages.records.model import ArmGroup, PartialDate, Trial
from trialpages.records.results import Results
from trialpages.records.trial_file import write_trial
from trialpages.search.drug_names import joined
from trialpages.settings.pictures import check_picture
from trialpages.text.bidi import closed, closed_markup
from trialpages.text.commonmark import TooDeep
from trialpages.text.hosts import check_hosts, hosts_said
from trialpages.text.pictures_in_text import check_pictures
from trialpages.updating.arrivals import Policy

_MOST = 2.4
"""How many times as much an input twice as long may take."""


# --- two versions of a record -------------------------------------------------------------------

Versions = Sequence[Any]


def _labels(*texts: str) -> list[dict[str, str]]:
    return [{"label": text} for text in texts]


COMPARED: Mapping[str, tuple[str, Callable[[int], Versions]]] = {
    "a sentence again and again": (
        "brief_summary",
        lambda n: ("A. " * n, "B. A. " * n),
    ),
    "two sentences in turn": ("brief_summary", lambda n: ("A. B. " * n, "A. A. B. B. " * n)),
    "every sentence elsewhere": (
        "brief_summary",
        lambda n: tuple(" ".join(f"N{k}." for k in range(n)[::way]) for way in (1, -1)),
    ),
    "long sentences": (
        "brief_summary",
        lambda n: (f"{'Ab' * n}. {'Ba' * n}.", f"{'AAbb' * (n // 2)}. {'ABba' * (n // 2)}."),
    ),
    "long labels": (
        "arm_groups",
        lambda n: (_labels("ab" * n, "ba" * n), _labels("aabb" * (n // 2), "abba" * (n // 2))),
    ),
}


@pytest.mark.parametrize("name", COMPARED)
def test_row_58_two_versions_are_compared_for_as_much_as_they_are_long(row: Row, name: str) -> None:
    field, made = COMPARED[name]
    date = PartialDate("2024-01-01")
    work = []
    for entries in (100, 200):
        old, new = made(entries)
        work.append(growing.steps(partial(changes, field, old, new, date))[0])
    row.reached(f"{name}: twice as long, {work[1] / work[0]:.1f} times the work")
    assert work[1] <= _MOST * work[0]


def test_row_58_a_sentence_again_and_again_is_told_truly(row: Row) -> None:
    """Where the effort ends, what differs is still told, and nothing else."""
    date = PartialDate("2024-01-01")
    old, new = ("Same. " * 500 + f"{word} here. " + "Same. " * 500 for word in ("Old", "New"))
    told = changes("brief_summary", old, new, date)
    assert [(one.old, one.new) for one in told] == [("Old here.", "New here.")]
    row.reached("one sentence of 1,001 that else are alike: told alone")


def test_row_58_a_file_that_is_there_is_compared_for_as_much_as_it_is_long(
    row: Row, tmp_path: Path
) -> None:
    """A file that an import leaves as it is: the lines that it would change are told."""
    work = []
    for lines in (600, 1200):
        content = tmp_path / str(lines)
        put(content, _of_lines(lines, 1))
        kept = partial(put, content, _of_lines(lines, -1), policy=Policy.NEW_ONLY)
        steps, (arrival,) = growing.steps(kept)
        assert [problem.code for problem in arrival.problems] == ["differs"]
        work.append(steps)
    row.reached(f"a file twice as long: {work[1] / work[0]:.1f} times the work")
    assert work[1] <= _MOST * work[0]


def _of_lines(lines: int, way: int) -> dict[str, Any]:
    words = "\n\n".join(f"* {'ab'[at % 2 == (way > 0)]}" for at in range(lines))
    return full_record(descriptionModule={"briefSummary": words})


# --- one text -----------------------------------------------------------------------------------

_LONG = 200_000
"""Each of these took minutes or for ever, for the square, the cube or the power of its length."""


def _criteria_of(text: str) -> None:
    assert [group.told for group in criteria(text)]


def _says_nothing(text: str) -> None:
    groups = criteria(f"Inclusion Criteria:\n\n{text}")
    assert [group.told for group in groups] == ["other"]


def _picture(inside: str) -> None:
    content = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()
    check_picture(content, "media/x.svg")


def _not_told(content: bytes) -> None:
    assert not says_imported(content)


def _other(text: str) -> None:
    assert other_text(text, "x.xml")


LONG: Mapping[str, Callable[[], object]] = {
    "blanks in a name of a treatment": lambda: joined([[("A" + " " * _LONG, "b")]]),
    "brackets in a name of a treatment": lambda: joined([[("A" + "( " * _LONG, "b")]]),
    "mailto again and again": lambda: [*check_hosts("http://\u00e9 " + "mailto:" * _LONG, "x")],
    "hosts on end in the text of a link": lambda: [*hosts_said("x.com" * 8_000)],
    "dots and blanks in the text of a link": lambda: [*hosts_said("x . " * 8_000)],
    "numbers in the text of a link": lambda: [*hosts_said("1.2." * 8_000)],
    "line ends and a sign of direction": lambda: closed_markup(f"\u202a{chr(10) * _LONG}a"),
    "ends of what was not begun": lambda: closed("\u202a" * _LONG + "\u2069" * _LONG),
    "blanks before a tag": lambda: plain_meant("<b" + " " * _LONG + "x"),
    "blanks in criteria before a tag": lambda: markup_meant("<p>A" + " " * _LONG + "x"),
    "a heading and blanks": lambda: _criteria_of("Inclusion Criteria" + " " * _LONG + ":\n\n* A"),
    "a heading and odd blanks": lambda: _criteria_of(
        "Inclusion Criteria" + "&nbsp;&#160;\u2003\t" * 3_000 + ":\n\n* A"
    ),
    "commas before a colon": lambda: _criteria_of(
        "Exclusion Criteria:\n\n* " + "a, " * 3_900 + "b:\n"
    ),
    "subjects of a sentence": lambda: _criteria_of(
        "Inclusion Criteria:\n\n* x " + "eligible " * 1_300 + ":\n"
    ),
    "brackets behind a group's name": lambda: is_bare_title("Group 2 " + "()" * _LONG + "x"),
    "points behind a group's name": lambda: is_bare_title("Group 2 " + "." * _LONG + "x"),
    "colons behind what something means": lambda: explains("A is defined as " + ":" * _LONG + "x"),
    "one word that something means": lambda: explains("menopaus" * 2_000 + " x"),
    "choices before a list": lambda: offers_choice(blocks("either " * _LONG + ". :\n\n* a\n* b")),
    "a paragraph longer than any": lambda: _says_nothing("either " * 28_000 + ". :\n\n* a\n* b"),
    "line ends in a record beside a page": lambda: says_same(
        "brief_summary", "\n" * _LONG + "x", "y"
    ),
    "pictures begun in a line": lambda: [*check_pictures(["![" * _LONG], 1, "x")],
    "remarks of XML": lambda: _other("<?xml ?>" + "<!---->" * 20_000),
    "a source with line ends of two signs": lambda: _not_told(b"source:" + b"\r\n  a: b" * 20_000),
    "a style of one word": lambda: _picture(f'<g style="{"a" * _LONG}()"/>'),
    "a style of blanks": lambda: _picture(f'<g style="fill:url({" " * _LONG}x)"/>'),
    "a sheet of remarks": lambda: _picture(f"<style>{'/*' * _LONG}</style>"),
    "a sheet without rules": lambda: _picture(f"<style>{'a ' * _LONG}(</style>"),
    "many rules for many shapes": lambda: _picture(
        "<style>" + "".join(f"g{{fill:url(#a{n})}}" for n in range(5_000)) + "</style>"
        '<linearGradient id="a1"/>' + "<g/>" * 20_000
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_row_58_a_long_text_is_read_at_once(row: Row, name: str) -> None:
    LONG[name]()
    row.reached(f"{name}: at once")


def test_row_58_styles_that_name_too_much_are_refused(row: Row) -> None:
    rules = "".join(f"g{{fill:url(#a{n})}}" for n in range(1_000))
    content = (
        f'<svg xmlns="http://www.w3.org/2000/svg"><style>{rules}</style>{"<g/>" * 1_000}</svg>'
    )
    (problem,) = check_picture(content.encode(), "media/x.svg")
    assert "styles give this picture more than 500,000 references" in problem.message
    row.reached("1,000 rules for each of 1,000 shapes: refused")


def test_row_58_texts_that_are_too_deep_are_placed_in_a_time_of_their_own(row: Row) -> None:
    """Whose lines are looked for is the hundred that are told, each by one look at the file."""
    work = []
    for many in (20, 150, 300):  # what is made once is made by the first
        deep = "A\n\n" + ">" * 40 + " x"
        arms = tuple(ArmGroup(label=f"Arm {n}", description=f"{deep}{n}") for n in range(many))
        trial = msgspec.structs.replace(_least(), arm_groups=arms)
        content = write_trial(trial).encode()
        steps, found = growing.steps(partial(_excess, trial, content))
        assert len(found) == many
        assert all(one.where.source.endswith(f"x{at}") for at, one in enumerate(found[:100]))
        work.append(steps)
    row.reached(f"twice as many texts too deep: {work[2] / work[1]:.1f} times the work")
    assert work[2] <= _MOST * work[1]


def _nothing_grows(_path: growing.Path, _around: int) -> bool:
    return False


def _least() -> Trial:
    made: Trial = Maker(_nothing_grows, 1, SPELLINGS["entries name nothing"]).make(Trial)
    return msgspec.structs.replace(made, nct_id="NCT00000001")


def _excess(trial: Trial, content: bytes) -> list[Problem]:
    return list(check_excess(trial, content, "x.md"))


# --- any field ----------------------------------------------------------------------------------

_PUMPS = (
    *(
        " ",
        "a",
        "A",
        "7",
        "\n",
        "\r\n",
        "\t",
        "(",
        "[",
        "<",
        "&",
        "*",
        "_",
        ",",
        ":",
        "-",
        "/",
        ".",
    ),
    *(
        "a. ",
        "A. ",
        "7 ",
        "a, ",
        ", ",
        "; ",
        "<b ",
        "<br> ",
        "*_",
        "**a",
        "- ",
        "\n- ",
        "\n1. ",
        "# ",
    ),
    *("> ", "[a](", "] (", "](", "&#", "&nbsp;", "http://", "mailto:", "www.", "a@", "(a) ", "1) "),
    *("Exclusion ", "inclusion: ", "criteria ", "except ", "not ", "or ", "may be ", "eligible "),
    *(
        "\u202a",
        "\u2069",
        "\u00a0",
        "\u00e9",
        "\u2265 ",
        "\u2013 ",
        "\u2022 ",
        "`",
        "\\",
        "|",
        "~",
        "=",
        "{{",
    ),
)
"""Signs and words of which patterns ask again and again."""
_SHORTER = 10_000


@pytest.mark.skipif(not FULL, reason="NOT RUN: no count tells what a pattern costs, only a clock")
@pytest.mark.parametrize("pump", _PUMPS if FULL else _PUMPS[:1])
def test_row_58_no_field_takes_more_than_it_is_long(row: Row, pump: str, tmp_path: Path) -> None:
    """Every text of a record and of its results, twice as long; all that is made of it. Held to
    the processor's clock, and so in the full run alone."""
    once, twice = (
        _seconds(pump * (signs // len(pump)), tmp_path) for signs in (_SHORTER, 2 * _SHORTER)
    )
    steep = {
        name: (once[name], taken)
        for name, taken in twice.items()
        if taken > _FELT and taken > 3 * once[name]
    }
    row.reached(
        f"{pump!r} in every field: {len(steep)} of {len(twice)} take more than 3 times as long"
    )
    assert steep == {}


_FELT = 1.0
"""Seconds below which growth isn't told from noise."""


def _seconds(text: str, folder: Path) -> dict[str, float]:
    """Of the processor, for each thing that is made of a record whose texts all hold this one."""
    maker = Maker(_nothing_grows, 1, lambda field, _: f"{field} {text} x")
    criteria = f"Inclusion Criteria {text}:\n\n* x {text} y\n\nExclusion Criteria:\n\n* {text}:\n"
    trial = msgspec.structs.replace(
        maker.make(Trial), nct_id="NCT00000001", eligibility_criteria=criteria
    )
    taken = {}
    for name, work in growing.makers(
        trial, maker.make(Results), growing.shipped_templates(), folder
    ):
        growing.forget()
        start = time.process_time()
        with _given_up_after(60), contextlib.suppress(TooDeep, StopIteration):
            work()
        taken[name] = time.process_time() - start
    return taken


@contextlib.contextmanager
def _given_up_after(seconds: int) -> Iterator[None]:
    """A pattern that takes for ever is left, and named by where it was."""

    def leave(_number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"{seconds} s were not enough at {frame}")

    before = signal.signal(signal.SIGALRM, leave)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)

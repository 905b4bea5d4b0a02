"""The pieces that a report is put together of: trials and their changes in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trialpages.changes.compare import WITHIN
from trialpages.changes.differing_words import from_difference
from trialpages.changes.history import UNDATED
from trialpages.keeping.findings import TrialName
from trialpages.keeping.markdown import plain
from trialpages.keeping.site import Leading
from trialpages.records.model import Change
from trialpages.trial.history import ShownChange
from trialpages.trial.places import section_of
from trialpages.updating.arrivals import Arrival
from trialpages.updating.telling import GONE, MOST_SIGNS, cut, english, whose

Told = tuple[Change, ShownChange]
"""A change, and how a page says it."""

MOST_TRIALS = 60
"""In a chapter that names trials alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes into a report whole, or not at all."""

    text: str
    trials: frozenset[str] = frozenset()
    """Which it tells of, by their numbers."""


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """Where links lead, and on which day and where it is written."""

    leading: Leading
    as_of: str
    """ISO."""
    written: bool
    """Whether the changes have been made; else they would be."""
    is_scheduled: bool = False
    """Whether a workflow writes it, which GitHub may stop running."""
    number: int = 1
    """The how many-th of its day it is."""
    again: str = ""
    """Of a report without news, the one whose news it tells once more: `the report of 1 May`."""
    last: str = ""
    """The report before; '' where there was none."""
    waited: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of what waits for a person, what earlier reports told, as `report_waiting` has it."""


# --- changes ------------------------------------------------------------------------------------


def lines_of(found: Iterable[Told], trial: TrialName, report: ReportFrame) -> list[str]:
    """Changes, those of one field on one line; of fields that changed alike too. A place of which
    several things changed has a line of its own, that names it once."""
    fields: dict[tuple[str, str], list[Told]] = {}
    for one, of in of_places(list(found)):
        fields.setdefault((one[1].label, of), []).append(one)
    alike: dict[str, list[str]] = {}
    for (_, of), told in fields.items():
        is_one = len(told) == 1
        said = _rest(*told[0], GONE) if is_one else led("", parts_told(told, GONE))
        label = _linked_label(told, trial, report, whole=is_one)
        alike.setdefault(said, []).append(f"{label}, {plain(of)}" if of else label)
    return [f"{', '.join(labels)}{said}" for said, labels in alike.items()]


def of_places(found: Sequence[Told]) -> Iterator[tuple[Told, str]]:
    """Each with the place of which it is, where several of one field are of that; it is then left
    out of the change itself."""
    of = [_place_of(shown) for _, shown in found]
    number = Counter((shown.label, place) for (_, shown), place in zip(found, of, strict=True))
    for (change, shown), place in zip(found, of, strict=True):
        if not place or number[shown.label, place] == 1:
            yield (change, shown), ""
            continue
        inside = (one.removeprefix(place).removeprefix(WITHIN) for one in shown.entries)
        yield (change, replace(shown, entries=tuple(filter(None, inside)))), place


def _place_of(shown: ShownChange) -> str:
    """Of one place, or one entry of another list, or of a contact there: `Charité, Berlin`."""
    places = {one.partition(WITHIN)[0] for one in shown.entries}
    are_different = len(set(shown.entries)) == len(shown.entries)  # two may be called alike
    return places.pop() if len(places) == 1 and are_different else ""


def _linked_label(
    told: Sequence[Told], trial: TrialName, report: ReportFrame, *, whole: bool
) -> str:
    """What the page calls what changed, `whole` with its part, and where it stands there."""
    shown = told[0][1]
    # Of what is gone the page may have no section any more.
    there = [section_of(one.field) for one, words in told if words.new or words.kind == "added"]
    label = label_of(shown) if whole else shown.label
    return link(label, trial, there[0] if there else "history", report)


def label_of(shown: ShownChange) -> str:
    return f"{shown.label}, {shown.part.lower()}" if shown.part else shown.label


def parts_told(found: Sequence[Told], gone: str) -> str:
    """Several changes of one field; a part is named where another one begins."""
    lines, last = list[str](), ""
    for change, shown in found:
        lines.append(part_told(change, shown, gone, after=last))
        last = shown.part
    return "; ".join(lines)


def led(head: str, said: str) -> str:
    """What is said under a head; what it is of stands before the colon."""
    return f"{head} {said}" if said.startswith("(") else f"{head}: {said}"


def part_told(change: Change, shown: ShownChange, gone: str, after: str = "") -> str:
    """A change of a field that is named already, and of the part `after` too."""
    part = "" if shown.part == after else shown.part.lower()
    return f"{part}{_rest(change, shown, gone)}".removeprefix(": ").lstrip()


def _rest(change: Change, shown: ShownChange, gone: str) -> str:
    of = plain(whose(change, shown))
    if not shown.kind:
        between = f" ({of})" if of else ""
        if shown.old is None:
            return f"{between}: **new** {quoted(shown.new)}"
        old, new = from_difference(shown.old, shown.new, MOST_SIGNS)
        return f"{between}: {quoted(old)} → **{quoted(new) if new else gone}**"
    is_new = shown.kind == "added"
    kind, value = ("added", shown.new) if is_new else (gone, shown.old)
    if not of:
        return f": **{kind}** {quoted(value)}"
    each = "each: " if len(shown.entries) > 1 else ""
    return f": **{kind}** {of}{f' ({each}{plain(cut(value))})' if value else ''}"


def days_of(changes: Sequence[Change]) -> str:
    """`between 27 August 2025 and 11 March 2026`: the days of the versions between which they lie,
    of which nobody here has seen more."""
    last = max(change.date for change in changes)
    first = min(change.after or "" for change in changes)
    if last == UNDATED:
        return "on a day that isn't known"
    said = english().date_text
    if first == last:
        return f"in another copy of the version of {said(last)}"
    return f"between {said(first)} and {said(last)}" if first else f"by {said(last)}"


def quoted(text: str | None) -> str:
    return f"“{plain(cut(text))}”" if text else "nothing"


# --- trials -------------------------------------------------------------------------------------


def entry(head: str, lines: Iterable[str]) -> str:
    return f"- {head}\n" + "".join(f"  - {line}\n" for line in lines)


def folded(head: str, lead: str, lines: Iterable[str]) -> str:
    """Lines, and what leads them, below a head that is all one needs to read: a click shows them,
    and so does reading on where it is read as text."""
    inside = "".join(f"  - {line}\n" for line in lines)
    fold = f"<details><summary>Details</summary>\n\n  {lead}:\n\n{inside}\n  </details>"
    return f"- {head}\n  {fold}\n"


def together(
    pieces: Sequence[Piece], said: str, names: Mapping[str, str], lead: str = ""
) -> Iterator[Piece]:
    """Trials below a line with their `names`, in as many folds as fit one by one."""
    left = list(pieces)
    while left:
        these = [left.pop(0)]
        while left and sum(len(one.text) for one in (*these, left[0])) < _MOST_FOLDED:
            these.append(left.pop(0))
        inside = "".join(f"  {line}\n" for one in these for line in one.text.splitlines())
        which = dict.fromkeys(names[trial] for one in these for trial in one.trials)
        head = f"{said}: {listed([*which], _MOST_AT_ONCE)}"
        lines = f"  {lead}\n\n{inside}" if lead else inside
        fold = f"<details><summary>Details</summary>\n\n{lines}\n  </details>"
        trials = frozenset(trial for one in these for trial in one.trials)
        yield Piece(f"- {head}\n  {fold}\n", trials)


_MOST_FOLDED = 10_000
"""Characters."""

_MOST_AT_ONCE = 12
"""Trials in a line; the fold below it has them all."""


def words(lines: Iterable[str]) -> int:
    """How many a person reads: those of a link's address aren't shown."""
    return len(_ADDRESS.sub("]", " ".join(lines)).split())


_ADDRESS = re.compile(r"\]\([^)\s]*\)")


def piece(trial: str, text: str) -> Piece:
    """Of one trial, by its number."""
    return Piece(text, frozenset({trial}))


def trial_of(arrival: Arrival, report: ReportFrame) -> str:
    if not arrival.trial_id:  # no trial could be made of it
        is_page = _PAGE.fullmatch(arrival.where)  # an address that we wrote
        return arrival.where if is_page else plain(arrival.where)
    return linked(named_of(arrival), report)


def again(arrival: Arrival, told: Collection[str], report: ReportFrame) -> str:
    """A trial by its number alone, where its title stands further up."""
    if arrival.trial_id in told:
        return named_by(named_of(arrival), report)
    return trial_of(arrival, report)


_PAGE = re.compile(r"https://[a-z.]+/[a-zA-Z0-9/-]+")


def mark_of(arrival: Arrival) -> str:
    """What is of no registry's data says so."""
    return " (a version imported from a file)" if arrival.from_file else ""


def named_of(arrival: Arrival) -> TrialName:
    return TrialName(arrival.trial_id, arrival.title, arrival.path)


def linked(trial: TrialName, report: ReportFrame) -> str:
    """A trial by its number, by which the whole report knows it, and as much of its title as one
    knows it by."""
    title = f" *{plain(_short(trial.title))}*" if trial.title else ""
    without = "" if report.leading(trial, "") else " (a draft: no page yet)"
    return f"{named_by(trial, report)}{without}{title}"


def named_by(trial: TrialName, report: ReportFrame) -> str:
    """Its number alone."""
    return link(trial.id, trial, "", report)


def _short(title: str) -> str:
    """Whole words; of a language that writes without spaces, signs."""
    if len(title) <= _MOST_TITLE:
        return title
    start = title[:_MOST_TITLE]
    whole = start.rpartition(" ")[0].rstrip(" ,;:–-")
    return f"{whole if len(whole) > _MOST_TITLE // 2 else start}…"


_MOST_TITLE = 44
"""Signs."""


def numbers(arrivals: Sequence[Arrival], report: ReportFrame) -> str:
    """The numbers of trials, each with its link."""
    return listed([named_by(named_of(one), report) for one in arrivals], MOST_TRIALS)


def listed(names: Sequence[str], most: int) -> str:
    more = len(names) - most
    return ", ".join([*names[:most], *([f"… and {more:,} more"] if more > 0 else [])])


def link(text: str, trial: TrialName, section: str, report: ReportFrame) -> str:
    """Words alone where there is no page to lead to."""
    address = report.leading(trial, section)
    return f"[{plain(text)}]({address})" if address else plain(text)


def since(report: ReportFrame) -> str:
    if not report.last:
        return "all that is noted on this machine, which knows of no earlier report"
    return f"what came since {report.last}"


def report_named(day: str, number: int) -> str:
    """`the report of 18 February 2026`, `report 2 of …` where there is another one of that day."""
    which = f"report {number:,}" if number > 1 else "the report"
    return f"{which} of {english().date_text(day)}"

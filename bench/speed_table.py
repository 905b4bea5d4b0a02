"""The measured times as Markdown: medians, ratios, and what they were measured on."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

SCENARIOS = {
    "cold": "cold",
    "nothing": "nothing changed",
    "trial": "one trial changed",
    "template": "one template changed",
    "seen": "watch: save to page seen",
    "disk": "watch: save to page on disk",
}
_WATCHED = ("seen", "disk")
BASE = "Hugo"
"""The peer that ratios are to."""


@dataclass(frozen=True, slots=True)
class Sample:
    count: int
    name: str
    search: bool
    what: str
    """A key of SCENARIOS; or `index`, plain Pagefind over a peer's site; or `tenth`, a cold build
    of a tenth of the trials, right before or after one of all."""
    seconds: float
    processor: float
    """Seconds, of all processes on all cores."""
    peak: float
    """MB."""


@dataclass(frozen=True, slots=True)
class Site:
    count: int
    name: str
    search: bool
    pages: int
    size: float
    """MB."""
    shown: float
    """The share of the texts looked for that its pages show."""

    @property
    def of(self) -> tuple[int, str, bool]:
        """What it is the site of: only one of each is told of."""
        return self.count, self.name, self.search


@dataclass(frozen=True, slots=True)
class Failure:
    count: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Results:
    """What a run has found so far; it grows as the run goes on."""

    corpus: str
    disk: str = ""
    """The kind of file system everything is written to."""
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    """Of the machine before anything was measured."""
    samples: list[Sample] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One generator at one size: medians in seconds by scenario, and its peak memory in MB."""

    name: str
    search: bool
    seconds: dict[str, float]
    processor: float
    """Seconds that a cold build takes of all cores together."""
    peak: float


def markdown(results: Results, *, main: bool = False) -> str:
    """All tables; or the main one alone, of the largest size that peers were measured at."""
    counts = sorted({sample.count for sample in results.samples})
    rows = {count: tuple(_rows(results, count)) for count in counts}
    if main:
        compared = [count for count in counts if _base(rows[count], search=False)]
        tables = [_table(count, rows[count]) for count in compared[-1:]]
        rounds = [_rounds(results, count) for count in compared[-1:]]
        return "\n\n".join([*tables, " ".join((*rounds, _machine(results)))])
    tables = [
        "\n\n".join((f"### {count:,} trials", _table(count, rows[count]), *_notes(results, count)))
        for count in counts
    ]
    return "\n\n".join([_machine(results), *tables, *_ratios(rows), _sizes(results)])


def put_between_marks(path: Path, text: str, by: str = "speed") -> None:
    """Put the text of bench/`by`.py where a Markdown file keeps a place for it, or at its end."""
    whole = path.read_text("utf-8") if path.exists() else ""
    begin, end = f"<!-- {by}: written by bench/{by}.py -->", f"<!-- /{by} -->"
    block = f"{begin}\n\n{text}\n\n{end}"
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    new, found = place.subn(lambda _: block, whole, count=1)
    path.write_text(new if found else f"{whole}{block}\n", encoding="utf-8")


# --- rows -----------------------------------------------------------------------------------------


def _rows(results: Results, count: int) -> Iterator[Row]:
    samples = [sample for sample in results.samples if sample.count == count]
    keys = dict.fromkeys((sample.name, sample.search) for sample in samples)
    plain = [_row(samples, name, search) for name, search in keys if not search]
    yield from sorted(plain, key=_place)
    searching = [_row(samples, name, search) for name, search in keys if search]
    indexed = [
        _with_index(row, samples)
        for row in plain
        if any(sample.name == row.name and sample.what == "index" for sample in samples)
    ]
    yield from sorted((*searching, *indexed), key=_place)


def _place(row: Row) -> tuple[bool, str]:
    return "trialpages" not in row.name, row.name.replace("Hugo", "")


def _row(samples: list[Sample], name: str, search: bool) -> Row:
    own = [sample for sample in samples if (sample.name, sample.search) == (name, search)]
    times = {
        what: median(found)
        for what in (*SCENARIOS, "tenth")
        if (found := [sample.seconds for sample in own if sample.what == what])
    }
    return Row(name, search, times, *_spent(own, "cold"))


def _spent(samples: list[Sample], what: str) -> tuple[float, float]:
    """Processor seconds and peak memory."""
    found = [sample for sample in samples if sample.what == what]
    if not found:
        return 0.0, 0.0
    return median(one.processor for one in found), median(one.peak for one in found)


def _with_index(row: Row, samples: list[Sample]) -> Row:
    """A peer with Pagefind after each of its builds."""
    own = [sample for sample in samples if sample.name == row.name and sample.what == "index"]
    index = median(sample.seconds for sample in own)
    builds = ((what, time) for what, time in row.seconds.items() if what not in _WATCHED)
    times = {what: time + index for what, time in builds}
    processor, peak = _spent(own, "index")
    name = f"{row.name}, then Pagefind"
    return Row(name, True, times, row.processor + processor, max(row.peak, peak))


def _base(rows: tuple[Row, ...], *, search: bool) -> Row | None:
    return next((row for row in rows if row.search == search and row.name.startswith(BASE)), None)


# --- tables ---------------------------------------------------------------------------------------


def _table(count: int, rows: tuple[Row, ...]) -> str:
    head = [f"{count:,} trials", *SCENARIOS.values(), "processor, cold", "peak memory, cold"]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for row in rows:
        base = _base(rows, search=row.search)
        cells = [_cell(row, base, what) for what in SCENARIOS]
        spent = f"{row.processor:.1f} s{_ratio(row.processor, base.processor if base else None)}"
        peak = f"{row.peak:,.0f} MB{_ratio(row.peak, base.peak if base else None)}"
        name = f"{row.name}, with search" if row.search and "Pagefind" not in row.name else row.name
        lines.append([name, *cells, spent, peak])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(row: Row, base: Row | None, what: str) -> str:
    seconds = row.seconds.get(what)
    if seconds is None:
        return "–"
    return f"{_seconds(seconds)}{_ratio(seconds, base.seconds.get(what) if base else None)}"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _ratio(value: float, base: float | None) -> str:
    return f" ({value / base:.2g} ×)" if base else ""


def _rounds(results: Results, count: int) -> str:
    cold = [one for one in results.samples if (one.count, one.what) == (count, "cold")]
    found = Counter((one.name, one.search) for one in cold).values()
    least, most = min(found, default=0), max(found, default=0)
    if most == 1:
        return "One round."
    return f"Medians of {most if least == most else f'{least} to {most}'} rounds."


def _notes(results: Results, count: int) -> Iterator[str]:
    yield _rounds(results, count)
    failures = [failure for failure in results.failures if failure.count == count]
    for failure in failures:
        yield f"{failure.name} is left out: {' '.join(failure.reason.split())}."


def _ratios(rows: dict[int, tuple[Row, ...]]) -> Iterator[str]:
    """What is compared with trialpages itself: a changed template, and ten times the trials."""
    lines = []
    ours = {(count, row.name): row for count in rows for row in rows[count] if _is_ours(row)}
    for (count, name), row in ours.items():
        cold, template = row.seconds.get("cold"), row.seconds.get("template")
        if cold and template:
            lines.append(
                [name, f"{count:,}", "one template changed ÷ cold", f"{template / cold:.2f}"]
            )
        smaller = ours.get((count // 10, name))
        tenth = row.seconds.get("tenth", smaller.seconds.get("cold") if smaller else None)
        if cold and tenth:
            beside = ", before and after" if "tenth" in row.seconds else ""
            what = f"cold ÷ 10 × (cold at {count // 10:,}{beside})"
            lines.append([name, f"{count:,}", what, f"{cold / (10 * tenth):.2f}"])
    if lines:
        head = [
            ["trialpages against itself", "trials", "ratio", ""],
            ["---", "---:", "---", "---:"],
        ]
        yield "\n".join(f"| {' | '.join(line)} |" for line in (*head, *lines))


def _is_ours(row: Row) -> bool:
    return row.name.startswith("trialpages") and not row.search


def _sizes(results: Results) -> str:
    lines = [["what was made", "trials", "pages", "MB", "texts found"], ["---", *["---:"] * 4]]
    for site in results.sites:
        name = f"{site.name}, with search" if site.search else site.name
        numbers = (f"{site.count:,}", f"{site.pages:,}", f"{site.size:,.1f}", f"{site.shown:.2%}")
        lines.append([name, *numbers])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# --- the machine ----------------------------------------------------------------------------------


def _machine(results: Results) -> str:
    today = datetime.now(UTC).date().isoformat()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    disk = f", files on {results.disk}" if results.disk else ""
    load = f"; the machine was not quiet (load {results.load:.1f})" if results.load > 0.5 else ""
    return (
        f"Measured on {today}; in brackets the ratio to {BASE}. "
        f"{results.corpus.capitalize()} as content. {os.cpu_count()} cores ({_processor()}), "
        f"{memory:.0f} GB{disk}, Linux {platform.release()}, "
        f"{_python()}{load}."
    )


def _python() -> str:
    """Version, and whose: a system's own is built with what its compiler learnt from trial runs
    (profile-guided optimisation), which one built by hand may lack."""
    version = f"Python {platform.python_version()}"
    if sys.base_prefix != "/usr":
        return f"{version}, not the system's own"
    return f"{version} of {platform.freedesktop_os_release()['NAME']}"


def _processor() -> str:
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()

"""`watch`: build, serve, and build again after every save.

The slow part of a turn is one call, `build(request)`. A turn after a save leaves the search index
for later; when nothing has been saved for a moment, one more build makes it.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

from watchfiles import Change, watch

from trialpages.build import Report, Request, build, plan_of
from trialpages.content.listing import is_source
from trialpages.editor.ahead import Ahead
from trialpages.editor.server import Preview, State
from trialpages.phases.plan import Plan
from trialpages.problems import BusyFailure, Failure, MachineFailure, Problem
from trialpages.publish.stage import state_folder

_QUIET_MS = 20
"""So long nothing more may change before a build begins: an editor's save is several changes."""
_LONGEST_MS = 1000
"""After so long a build begins all the same."""
_TURN_MS = 100
_IDLE_TURNS = 8
"""So many turns without a change, and the search index is made."""

Batch = set[tuple[Change, str]]
Build = Callable[[Request], Report]


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one build: its report, or what kept it from being made."""

    report: Report | None
    problems: tuple[Problem, ...]
    seconds: float
    indexed: bool


def follow(
    request: Request,
    preview: Preview,
    tell: Callable[[Turn], None],
    stop: threading.Event,
    build: Build = build,
    *,
    poll: bool = False,
) -> None:
    """Build now and after every change, until `stop` is set or Ctrl-C comes.

    What was saved is shown from a thread of its own, also while a build runs. With `poll` the
    files are looked at again and again: where the system can't say what was saved. Raises
    MachineFailure where it can watch no more.
    """
    turns = Turns(request, preview, tell, build)
    saved = Saved(partial(batches, request, stop, poll=poll), stop, turns.show_ahead)
    with saved:
        saved.next()  # from here on no change is missed
        turns.take(set())
        turns.look_ahead()
        while (batch := saved.next()) is not None:
            turns.take(batch)


class Saved:
    """The changes of the sources, gathered in a thread for who comes to fetch them."""

    def __init__(
        self,
        changes: Callable[[], Iterator[Batch]],
        stop: threading.Event,
        show: Callable[[Batch], None],
    ) -> None:
        self._changes, self._stop, self._show = changes, stop, show
        self._batches: SimpleQueue[Batch | BaseException | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._gather, name="saved", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def next(self) -> Batch | None:
        """All changes since the last call, empty while nothing changes; None when all is over."""
        found: Batch = set()
        while True:
            batch = self._batches.get()
            if isinstance(batch, BaseException):
                raise batch
            if batch is None:
                return None
            found |= batch
            if self._batches.empty():
                return found

    def _gather(self) -> None:
        try:
            for batch in self._changes():
                self._show(batch)
                self._batches.put(batch)
            self._batches.put(None)
        except BaseException as error:  # noqa: BLE001  (whoever waits has to know)
            self._batches.put(error)


class Turns:
    """One turn after the other; remembers what the open pages show and whether the index is due."""

    def __init__(
        self, request: Request, preview: Preview, tell: Callable[[Turn], None], build: Build
    ) -> None:
        self._request, self._preview, self._tell, self._build = request, preview, tell, build
        self._ahead: Ahead | None = None
        self._began = False
        self._index_due = False
        self._idle = 0

    def take(self, batch: Batch) -> None:
        """Build for a batch of changes; an empty one says that time has passed."""
        if batch or not self._began:
            first, self._began, self._idle = not self._began, True, 0
            version = self._preview.state.version
            turn = self._attempt("whole" if first else "kept")
            self._index_due = self._request.search and not first and turn.report is not None
            self._show(turn, batch, version)
            self._tell(turn)
            return
        self._idle += 1
        if self._index_due and self._idle >= _IDLE_TURNS:
            turn = self._attempt("delta")
            self._index_due = False
            if turn.problems and turn.report is None:
                self._show(turn, batch, self._preview.state.version)
            self._tell(turn)

    def show_ahead(self, batch: Batch) -> None:
        """Show the pages of the trials that were saved, if nothing else was."""
        pages = self._ahead.pages({path for _, path in batch}) if self._ahead and batch else {}
        if pages:
            self._preview.show_ahead(pages)

    def look_ahead(self) -> None:
        """Get ready for the first save, where nothing had to be built before it."""
        if self._ahead is None:
            with contextlib.suppress(Failure):
                self._follow_plan(plan_of(self._request))

    def _follow_plan(self, plan: Plan) -> None:
        folders = self._request.folders
        self._ahead = Ahead(plan, folders.content, state_folder(folders.site))

    def _attempt(self, index: Literal["whole", "delta", "kept"]) -> Turn:
        started = time.perf_counter()
        try:
            report = self._patiently(replace(self._request, index=index))
        except Failure as failure:
            return Turn(None, failure.problems, time.perf_counter() - started, indexed=False)
        if report.plan:
            self._follow_plan(report.plan)
        indexed = self._request.search and index != "kept"
        return Turn(report, report.warnings, time.perf_counter() - started, indexed)

    def _patiently(self, request: Request) -> Report:
        """Build; while another build has the site, wait for it."""
        for _ in range(50):
            try:
                return self._build(request)
            except BusyFailure:
                time.sleep(0.1)
        return self._build(request)

    def _show(self, turn: Turn, batch: Batch, version: int) -> None:
        """Tell the open pages; `version` is what they showed when the turn began."""
        if turn.report is None:
            errors = tuple(str(p) for p in turn.problems if p.severity == "error")
            self._preview.show(lambda state: replace(state, problems=errors))
            return
        shown = self._preview.caught_up(version)
        paths = tuple(path for path in turn.report.made if path not in shown)
        if self._preview.state.version and not (turn.report.changed and paths):
            self._preview.show(lambda state: replace(state, problems=()))
            return
        site = self._request.folders.site
        styles = tuple(f"assets/{path.name}" for path in sorted(site.glob("assets/*.css")))
        told = paths if len(paths) <= _MOST_PATHS else ()
        self._preview.show(
            lambda state: State(state.version + 1, (), _only_styles(batch), styles, told)
        )


_MOST_PATHS = 100
"""Of more pages it isn't said which they are."""


def _only_styles(batch: Batch) -> bool:
    return bool(batch) and all(path.endswith(".css") for _, path in batch)


# --- what changed -------------------------------------------------------------------------------


def batches(request: Request, stop: threading.Event, *, poll: bool = False) -> Iterator[Batch]:
    """The changes of the sources, in batches; empty ones while nothing changes.

    A folder that was removed and made again (a switch of branches does that) is watched anew: the
    system's watch went with the old one.
    """
    folders = request.folders
    roots = (folders.content, folders.templates, folders.theme)
    missed: Batch = set()
    while not stop.is_set():
        present = _present(roots)
        if not present:
            yield missed
            missed = set()
            stop.wait(_TURN_MS / 1000)
            continue
        whole = {path.resolve() for path in present}  # a new folder may get the old one's number
        for batch in _watched(present, stop, poll=poll):
            yield batch | missed  # what was missed is told once the new watch stands
            missed = set()
            if _present(roots) != present or any(Path(path) in whole for _, path in batch):
                missed = {(Change.modified, str(path)) for path in roots}
                break


def _present(roots: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The folders that are there, each with what tells it from another of its name."""
    found = {}
    for path in roots:
        try:
            info = os.stat(path)  # noqa: PTH116  (the one call, without Path's detour)
        except OSError:
            continue
        found[path] = (info.st_dev, info.st_ino)
    return found


def _watched(paths: Iterable[Path], stop: threading.Event, *, poll: bool) -> Iterator[Batch]:
    roots = tuple(path.resolve() for path in paths)

    def is_own(_change: Change, changed: str) -> bool:
        path = Path(changed)
        root = next((root for root in roots if path.is_relative_to(root)), path)
        return all(is_source(part) for part in path.relative_to(root).parts)

    try:
        yield from watch(
            *roots,
            watch_filter=is_own,
            debounce=_LONGEST_MS,
            step=_QUIET_MS,
            rust_timeout=_TURN_MS,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
            force_polling=poll or None,
        )
    except (OSError, RuntimeError) as error:  # its own failure is a RuntimeError
        if _UNNAMEABLE not in str(error):
            raise MachineFailure(_unwatchable(error)) from error
        yield {(Change.modified, str(root)) for root in roots}


_UNNAMEABLE = "decode path"
"""What watchfiles says, and ends, where a name is no UTF-8. The build that follows names it."""


def _unwatchable(error: Exception) -> Problem:
    message = f"the system can't watch the folders: {error}"
    limits = "fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024"
    hint = f"use watch --poll; or raise the limits on watching: sudo sysctl {limits}"
    return Problem("unwatchable", "error", message, hint=hint)

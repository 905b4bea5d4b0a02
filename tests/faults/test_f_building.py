"""Group F: faults while building."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from itertools import count as counting
from pathlib import Path
from typing import Any

import pytest

from faults.counts import FULL, count
from faults.rows import Row
from faults.sandbox import (
    Project,
    clean_digest,
    command,
    ended,
    id_of,
    in_child,
    project,
    sample,
    trial,
)
from trialpages.machine import disk
from trialpages.problems import ContentFailure, MachineFailure, Problem
from trialpages.publish.stage import Stage

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT TESTED: needs forks and signals")

_KNOWN_STATE = {"lock", "memory", "records", "templates", "search", "parts", "spare", "changes"}


def leftovers(made: Project) -> set[str]:
    """What lies in and beside the state folder that no finished build leaves there."""
    inside = {path.name for path in made.state.iterdir()} - _KNOWN_STATE
    unfinished = {path.name for path in made.state.rglob("*.new")}
    unfinished |= {path.name for path in made.state.rglob("making-*")}
    beside = {path.name for path in made.folder.iterdir()}
    return inside | unfinished | beside - {"content", "templates", "theme", "site", made.state.name}


# --- 30 -----------------------------------------------------------------------------------------

_STAGES = (
    "build.read_sources",
    "build.parse",
    "build.check",
    "build.make_plan",
    "build.render",
    "build.index",
    "build.publish",
    "phases.parsing.Parser.look",
    "phases.rendering.Renderer.make",
    "publish.stage.Stage.write",
    "publish.stage.sync",
    "publish.stage._swap",
    "search.index.making_parts",
)
_ERRORS: tuple[BaseException, ...] = (
    RuntimeError("out of luck"),
    MemoryError(),
    RecursionError("too deep"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
    OSError(errno.EIO, os.strerror(errno.EIO)),
    KeyboardInterrupt(),
    MachineFailure(Problem("x", "error", "the machine", hint="mend it")),
    ContentFailure(Problem("x", "error", "the content", hint="mend it")),
)


def test_row_30_any_error_at_any_stage(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path)
    assert made.command().status == 0
    before = made.digest()
    made.write({"trials/NCT00000002.md": trial(2, "Changed")})
    wrong = []
    for at, stage in enumerate(_STAGES):
        for error in [_ERRORS[(at + more) % len(_ERRORS)] for more in range(count("30 errors"))]:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(f"trialpages.{stage}", _raising(error))
                done = made.command()
            unchanged = made.digest() == before and not leftovers(made)
            clear = "Traceback" not in done.said and done.status in (1, 3, 130)
            if not (unchanged and clear and done.said):
                wrong.append((stage, type(error).__name__, done, leftovers(made)))
    tried = len(_STAGES) * count("30 errors")
    row.reached(f"{tried - len(wrong)} of {tried} (stage, error) pairs: unchanged, no traceback")
    assert wrong == []
    assert made.command("--no-search").status == 0
    assert made.digest() == clean_digest(made, tmp_path / "clean")


def _raising(error: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


# --- 31 -----------------------------------------------------------------------------------------


def test_row_31_kill_at_a_random_moment(row: Row, tmp_path: Path) -> None:
    made, dice = project(tmp_path / "p", trials=100), random.Random(31)
    versions = [f"Version {number}" for number in range(2)]
    digests = [_renamed(made, title, tmp_path / "clean") for title in versions]
    seconds = _timed(lambda: made.build(jobs=2))
    now, old, new, unfinished = 1, 0, 0, 0
    wrong: list[object] = []
    for point in range(count("31 points")):
        now = 1 - now
        _set_title(made, versions[now])
        if point % 2:
            unfinished += _kill_after(lambda: made.build(jobs=2), dice.uniform(0, seconds))
        else:
            unfinished += _kill_while_publishing(made, dice.uniform(0, seconds / 3))
        found = made.digest()
        old, new = old + (found == digests[1 - now]), new + (found == digests[now])
        if found not in digests:
            wrong.append((point, "a mix"))
        made.build()
        if made.digest() != digests[now] or leftovers(made):
            wrong.append((point, "after", leftovers(made)))
    points = count("31 points")
    row.reached(
        f"{old + new} of {points} old or new ({old} old, {new} new, {unfinished} builds killed "
        f"before their end); {points - len(wrong)} of {points} next builds equal a clean one, "
        "nothing left over"
    )
    assert wrong == []
    assert unfinished > points / 3 or not FULL  # when a build ends is the machine's affair


def _renamed(made: Project, title: str, beside: Path) -> str:
    _set_title(made, title)
    return clean_digest(made, beside)


def _set_title(made: Project, title: str) -> None:
    made.write({f"trials/{id_of(n)}.md": trial(n, f"{title} {n}") for n in range(1, 101, 3)})
    made.write({"site.yaml": f"title: {title}\n"})


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _kill_after(work: Callable[[], object], seconds: float) -> bool:
    """Kill a build after so many seconds; whether it was still running."""
    process = in_child(work)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    return ended(process) == -signal.SIGKILL


def _kill_while_publishing(made: Project, seconds: float) -> bool:
    """Kill a build so many seconds after it has begun to publish; whether it still ran."""
    reads, writes = os.pipe()

    def work() -> None:
        publish = Stage.publish

        def telling(*arguments: object) -> bool:
            os.write(writes, b"x")
            return publish(*arguments)  # type: ignore[arg-type]

        type.__setattr__(Stage, "publish", telling)  # in the child alone
        made.build(jobs=2)

    process = in_child(work)
    os.close(writes)
    os.read(reads, 1)
    os.close(reads)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    return ended(process) == -signal.SIGKILL


# --- 32 -----------------------------------------------------------------------------------------

_CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE)
_CALLS = (
    "open", "write", "read", "close", "fsync", "link", "rename", "replace", "mkdir", "rmdir",
    "unlink", "scandir", "listdir", "lstat", "stat", "chmod",
)  # fmt: skip


class FaultyCalls:
    """Counts the calls to the disk that name something in this folder; the N-th one fails."""

    def __init__(self, folder: Path, nth: int, code: int) -> None:
        self._folder, self._nth, self._code = str(folder), nth, code
        self._calls = counting(1)
        self._handles: set[int] = set()
        self.made = 0

    def install(self) -> None:
        """For this process, which is a child of the test."""
        for name in _CALLS:
            setattr(os, name, self._faulty(getattr(os, name)))
        vars(io)["open"] = self._faulty_open(io.open)
        if exchange := disk._exchange_call():
            faulty = self._faulty_exchange(exchange)
            vars(disk)["_exchange_call"] = lambda: faulty

    def _faulty(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            ours = bool(arguments) and self._is_ours(arguments[0])
            if ours and function.__name__ == "close":
                self._handles.discard(arguments[0])
                function(*arguments)  # a close that fails has closed all the same
            if ours:
                self.step()
            if ours and function.__name__ == "close":
                return None
            found = function(*arguments, **options)
            if ours and function.__name__ == "open":
                self._handles.add(found)
            return found

        return call

    def _faulty_open(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, *arguments: Any, **options: Any) -> Any:
            if not self._is_ours(file):
                return function(file, *arguments, **options)
            self.step()
            return FaultyFile(function(file, *arguments, **options), self.step)

        return call

    def _faulty_exchange(self, exchange: Callable[..., int]) -> Callable[..., int]:
        def call(*arguments: bytes) -> int:
            try:
                self.step()
            except OSError:
                ctypes.set_errno(self._code)
                return -1
            return exchange(*arguments)

        return call

    def _is_ours(self, what: object) -> bool:
        if isinstance(what, int):
            return what in self._handles
        return isinstance(what, (str, os.PathLike)) and os.fspath(what).startswith(self._folder)

    def step(self) -> None:
        self.made = next(self._calls)
        if self.made == self._nth:
            raise OSError(self._code, os.strerror(self._code))


class FaultyFile:
    """An open file whose reads and writes count as calls too."""

    def __init__(self, file: Any, step: Callable[[], None]) -> None:
        self._file, self._step = file, step

    def __enter__(self) -> FaultyFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        if name in ("read", "readline", "write"):
            self._step()
        return getattr(self._file, name)


def test_row_32_the_nth_call_to_the_disk_fails(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path / "p", trials=2)
    made.command("--no-search")
    old = made.digest()
    saved = shutil.copytree(tmp_path / "p", tmp_path / "saved")
    made.write({"trials/NCT00000002.md": trial(2, "Changed")})
    change = (made.content / "trials/NCT00000002.md").read_text()
    new = clean_digest(made, tmp_path / "clean")
    calls = _calls_of_a_build(made)
    assert calls > 200
    refused, harmless, wrong = 0, 0, list[object]()
    points = [(nth, code) for nth in range(1, calls + 1) for code in _CODES]
    for index in sample(len(points), count("32 calls"), seed=32):
        nth, code = points[index]
        _restore(made, saved, change)
        status, said = _build_with(made, FaultyCalls(made.folder, nth, code), tmp_path / "said")
        found = made.digest()
        if status == 3 and found == old and "Traceback" not in said and "→" in said:
            refused += 1
        elif status == 0 and found == new:
            harmless += 1  # what failed only saves time: the memory, the spare, clearing up
        else:
            wrong.append((nth, errno.errorcode[code], status, found == old, said[-300:]))
    row.reached(
        f"{calls} calls in a build, {refused + harmless + len(wrong)} faults: {refused} ended with "
        f"exit 3 and an unchanged site, {harmless} met a call whose result only saves time and "
        f"ended with exit 0 and the new site, {len(wrong)} otherwise"
    )
    assert wrong == []
    assert refused > harmless


def _restore(made: Project, saved: Path, change: str) -> None:
    shutil.rmtree(made.folder)
    shutil.copytree(saved, made.folder)
    made.write({"trials/NCT00000002.md": change})


def _calls_of_a_build(made: Project) -> int:
    words = made.words("--jobs", "1", "--no-search")
    reads, writes = os.pipe()

    def work() -> None:
        calls = FaultyCalls(made.folder, 0, 0)
        calls.install()
        command(words)
        os.write(writes, str(calls.made).encode())

    assert ended(in_child(work)) == 0
    return int(os.read(reads, 20))


def _build_with(made: Project, calls: FaultyCalls, said: Path) -> tuple[int, str]:
    words = made.words("--jobs", "1", "--no-search")

    def work() -> None:
        handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        calls.install()
        done = command(words)
        os.write(handle, done.said.encode())
        os._exit(done.status)

    return ended(in_child(work)), said.read_text()

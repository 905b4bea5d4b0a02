"""Many pieces of work on all cores, with the same results in the same order on any number of them.

Workers are forked where that is safe; elsewhere (macOS, Windows, beside other threads) they are
started afresh, and what they need is sent to them. Few pieces are done right here: starting workers
costs time too, and importing what starts them does. Nothing here begins a thread: short of memory,
Python waits for ever for one that could not say that it has begun.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from trialpages.machine.stopping import UnheardByChildren
from trialpages.problems import MachineFailure, Problem

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    _Line = Connection[Any, Any]

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH_WORKERS = 96
"""Pieces below which starting workers costs more than they save."""
_FEWEST, _MOST = 8, 128
"""Pieces handed over at a time: many at first, since handing over costs time, and few near the end,
so that all workers end together."""
_AHEAD = 2
"""Chunks that a worker has at once, so that it need not wait for the next one."""


def run_all(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None
) -> Iterator[Result]:
    """`map(work, items)` on `jobs` processes, by default one a core.

    `work`, its items and results must be picklable. Raises what `work` raises, MachineFailure
    where a worker dies.
    """
    jobs = jobs or cores()
    if jobs < 2 or len(items) < _WORTH_WORKERS:
        return map(work, items)
    return _on_workers(work, items, jobs)


@contextlib.contextmanager
def beside(work: Callable[[], None], jobs: int | None = None) -> Iterator[None]:
    """Do something on another core meanwhile, for what it leaves on the disk.

    Nobody is told if it fails, or can't be done so: whoever needs it has to look for it.
    """
    if (jobs or cores()) < 2 or _start_method() != "fork":
        yield
        return
    import multiprocessing

    forked = multiprocessing.get_context("fork")
    other = _started(forked.Process(target=_do_unheard, args=(work,)))
    try:
        yield
    finally:
        other.join()


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chunks(count: int, jobs: int) -> Iterator[range]:
    """The pieces by number, in parts: each a quarter of a worker's share of what is left."""
    start = 0
    while start < count:
        size = max(_FEWEST, min(_MOST, (count - start) // (4 * jobs)))
        yield range(start, min(start + size, count))
        start += size


def _start_method() -> str:
    """Forking is quickest. But what another thread has locked would stay locked in a fork."""
    alone = threading.active_count() == 1
    return "fork" if alone and sys.platform == "linux" else "spawn"


# --- where the results are wanted ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    line: _Line
    """Takes numbered chunks, gives their numbers back with what came of them."""


_Outcome = tuple[list[Any], BaseException | None]
"""The results of a chunk up to the first piece that failed, and what that raised."""


def _on_workers(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    gc.freeze()  # what is there now is shared with the workers, and stays shared
    team = list[_Worker]()
    try:
        team.extend(_hired(work, items) for _ in range(jobs))
        chunks = list(_chunks(len(items), jobs))
        for results, error in _in_order([worker.line for worker in team], chunks):
            yield from results
            if error:
                raise error
    except (EOFError, ConnectionError) as error:
        hint = "often memory ran out: free some, or build with --jobs 1"
        message = "a worker process was stopped from outside"
        raise MachineFailure(Problem("worker-died", "error", message, hint=hint)) from error
    finally:
        for worker in team:
            worker.line.close()  # so it ends
        for worker in team:
            worker.process.join()
        gc.unfreeze()


def _hired(work: Callable[[Any], Any], items: Sequence[Any]) -> _Worker:
    import multiprocessing

    ours, theirs = multiprocessing.Pipe()
    with theirs:
        if _start_method() == "fork":
            forked = multiprocessing.get_context("fork")
            process: BaseProcess = forked.Process(
                target=_serve_forked, args=(ours, theirs, work, items)
            )
        else:
            afresh = multiprocessing.get_context("spawn")
            process = afresh.Process(target=_serve, args=(theirs, work, items))
        return _Worker(_started(process), ours)


def _started(process: BaseProcess) -> BaseProcess:
    with UnheardByChildren():
        process.start()
    return process


def _in_order(lines: Sequence[_Line], chunks: Sequence[range]) -> Iterator[_Outcome]:
    """What came of each chunk, in order, while the workers at the lines go on with later ones."""
    from multiprocessing.connection import wait

    left = iter(enumerate(chunks))
    for line in (*lines,) * _AHEAD:
        _hand_over(left, line)
    outcomes = dict[int, _Outcome]()
    for number in range(len(chunks)):
        while number not in outcomes:
            ready = wait(lines)
            for line in filter(ready.__contains__, lines):
                done, outcome = line.recv()
                outcomes[done] = outcome
                _hand_over(left, line)
        yield outcomes.pop(number)


def _hand_over(left: Iterator[tuple[int, range]], line: _Line) -> None:
    if numbered := next(left, None):
        line.send(numbered)


# --- in a worker --------------------------------------------------------------------------------


def _serve_forked(
    parents: _Line, line: _Line, work: Callable[[Any], Any], items: Sequence[Any]
) -> None:
    """Serve with the parent's end of the line closed, or its end would never be seen."""
    parents.close()
    _serve(line, work, items)


def _serve(line: _Line, work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    """Work off chunks until there are no more, or nobody who wants them."""
    sys.stderr = None  # what ends a worker, the parent tells
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # starting one afresh can lift the mask
    gc.set_threshold(20_000, 20, 50)  # rendering makes many small values and few cycles
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            number, chunk = line.recv()
            line.send((number, _outcome(work, items, chunk)))


def _outcome(work: Callable[[Any], Any], items: Sequence[Any], chunk: range) -> _Outcome:
    results = list[Any]()
    try:
        for number in chunk:
            _end_without_parent()
            results.append(work(items[number]))
    except Exception as error:  # noqa: BLE001  (whatever it is, the parent raises it)
        error.add_note(traceback.format_exc())
        return results, error
    return results, None


def _end_without_parent() -> None:
    """A build that was killed leaves nobody who writes into its stage while the next one begins."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent and os.getppid() != parent.pid:
        os._exit(1)


def _do_unheard(work: Callable[[], None]) -> None:
    sys.stderr = None
    work()

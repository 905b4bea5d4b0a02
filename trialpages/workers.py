"""Many pieces of work on all cores, with the same results in the same order on any number of them.

Workers are forked where that is safe; elsewhere (macOS, Windows, beside other threads) they are
started afresh, and what they need is sent to them. Few pieces are done right here: starting workers
costs time too.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, TypeVar

from trialpages.problems import MachineFailure, Problem
from trialpages.stopping import UnheardByChildren

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH_WORKERS = 96
"""Pieces below which starting workers costs more than they save."""
_FEWEST, _MOST = 8, 128
"""Pieces handed over at a time: many at first, since handing over costs time, and few near the end,
so that all workers end together."""


def run_all(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None
) -> Iterator[Result]:
    """`map(work, items)` on `jobs` processes, by default one a core.

    `work`, its items and results must be picklable. Raises what `work` raises, MachineFailure
    where a worker dies.
    """
    jobs = jobs or cores()
    if jobs < 2 or len(items) < _WORTH_WORKERS or not _can_have_a_pool():
        return map(work, items)
    return _on_workers(work, items, jobs)


@contextlib.contextmanager
def beside(work: Callable[[], None], jobs: int | None = None) -> Iterator[None]:
    """Do something on another core meanwhile, for what it leaves on the disk.

    Nobody is told if it fails, or can't be done so: whoever needs it has to look for it.
    """
    if (jobs or cores()) < 2 or _start_method() != "fork" or not _can_have_a_pool():
        yield
        return
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(1, context, initializer=_begin, initargs=(_call, (work,)))
    try:
        with UnheardByChildren():
            pool.submit(_do, range(1))
        yield
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _call(work: Callable[[], None]) -> None:
    work()


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _on_workers(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    context = multiprocessing.get_context(_start_method())
    gc.freeze()  # what is there now is shared with the workers, and stays shared
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(work, items))
    try:
        with UnheardByChildren():
            finished = pool.map(_do, _chunks(len(items), jobs))
        for results in finished:
            yield from results
    except BrokenProcessPool as error:
        hint = "often memory ran out: free some, or build with --jobs 1"
        message = "a worker process was stopped from outside"
        raise MachineFailure(Problem("worker-died", "error", message, hint=hint)) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _chunks(count: int, jobs: int) -> Iterator[range]:
    """The pieces by number, in parts: each a quarter of a worker's share of what is left."""
    start = 0
    while start < count:
        size = max(_FEWEST, min(_MOST, (count - start) // (4 * jobs)))
        yield range(start, min(start + size, count))
        start += size


_THREADS_OF_A_POOL = 3


def _can_have_a_pool() -> bool:
    """Whether the system gives the threads that a pool needs: it would wait for them for ever."""
    done = threading.Event()
    started: list[threading.Thread] = []
    try:
        for _ in range(_THREADS_OF_A_POOL):
            thread = threading.Thread(target=done.wait)
            thread.start()
            started.append(thread)
    except (RuntimeError, MemoryError):
        return False
    finally:
        done.set()
        for thread in started:
            thread.join()
    return True


def _start_method() -> str:
    """Forking is quickest. But what another thread has locked would stay locked in a fork."""
    alone = threading.active_count() == 1
    return "fork" if alone and sys.platform == "linux" else "spawn"


_work: Callable[[Any], Any]
_items: Sequence[Any]


def _begin(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    """In a worker: take over what there is to do."""
    global _work, _items
    _work, _items = work, items
    sys.stderr = None  # what ends a worker, the parent tells
    with contextlib.suppress(RuntimeError):  # where no more threads are to be had
        threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(20_000, 20, 50)  # rendering makes many small values and few cycles


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with contextlib.suppress(OSError):
            wait([parent.sentinel])
        os._exit(1)


def _do(chunk: range) -> list[Any]:
    return [_work(_items[number]) for number in chunk]

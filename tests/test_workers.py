"""Work on all cores: forked or started afresh, beside other threads, and whoever may fail."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import (
    AS_OF,
    PROJECT,
    digest,
    trial_text,
    write_files,
)

from trialpages.build import Request, build
from trialpages.content.reading import Folders
from trialpages.machine import threads, workers
from trialpages.machine.workers import beside, run_all
from trialpages.problems import ContentFailure, MachineFailure

LOCK = threading.Lock()


def doubled(number: int) -> int:
    return 2 * number


def halved(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


def die_at_100(number: int) -> int:
    if number == 100:
        os._exit(9)
    return number


def kill_the_parent_first(parent: int, told: int, number: int) -> None:
    """The first piece kills the parent; the second, of the same chunk, tells that it was done."""
    if number == 0:
        os.kill(parent, signal.SIGKILL)
        while os.getppid() == parent:
            time.sleep(0.001)
    if number == 1:
        os.write(told, b"done")


def lock_is_free(_number: int) -> bool:
    free = LOCK.acquire(timeout=5)
    if free:
        LOCK.release()
    return free


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_results_come_in_the_order_of_the_pieces(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_start_method", lambda: method)
    assert list(run_all(doubled, range(200), jobs=2)) == [2 * number for number in range(200)]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_what_a_piece_raises_comes_after_the_results_before_it(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_start_method", lambda: method)
    results = run_all(halved, [0] * 150 + [1] * 50, jobs=2)
    assert [next(results) for _ in range(150)] == [0] * 150
    with pytest.raises(ValueError, match="1 is odd"):
        next(results)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_that_dies_is_told(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_start_method", lambda: method)
    with pytest.raises(MachineFailure, match="a worker process was stopped"):
        list(run_all(die_at_100, range(200), jobs=2))


@pytest.mark.skipif(sys.platform == "win32", reason="no parent's number changes on Windows")
def test_a_worker_ends_with_its_parent() -> None:
    reading, writing = os.pipe()
    parent = os.fork()
    if not parent:
        os.close(reading)
        list(run_all(partial(kill_the_parent_first, os.getpid(), writing), range(200), 2))
        os._exit(0)
    os.close(writing)
    assert os.read(reading, 4) == b""  # at its end when the last of them is gone
    os.waitpid(parent, 0)


def test_no_thread_is_begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(threading.Thread, "start", lambda _: pytest.fail("it might never begin"))
    assert list(run_all(doubled, range(200), jobs=2))[-1] == 398
    with beside((tmp_path / "left").touch, jobs=2):
        pass


def test_threads_are_not_begun_where_they_might_have_no_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with threads.pool(2) as both:
        assert list(both.map(doubled, range(3))) == [0, 2, 4]
    monkeypatch.setattr(threads, "_BEGINNING", 1 << 62)
    monkeypatch.setattr(threading.Thread, "start", lambda _: pytest.fail("it might never begin"))
    with pytest.raises(MemoryError):
        threads.pool(2)


@given(count=st.integers(0, 100_000), jobs=st.integers(2, 64))
def test_every_piece_is_handed_over_once_and_few_at_the_end(count: int, jobs: int) -> None:
    chunks = list(workers._chunks(count, jobs))
    assert [number for chunk in chunks for number in chunk] == list(range(count))
    assert all(one >= other for one, other in pairwise(map(len, chunks)))
    assert all(len(chunk) <= workers._FEWEST for chunk in chunks[-2:])


def test_what_is_done_beside_is_there_afterwards(tmp_path: Path) -> None:
    can = workers._start_method() == "fork"
    with beside((tmp_path / "left").touch, jobs=2):
        pass
    assert [path.name for path in tmp_path.iterdir()] == (["left"] if can else [])
    assert not can or threading.active_count() == 1


def test_what_fails_beside_is_not_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        (tmp_path / "begun").touch()
        raise RuntimeError

    with beside(fail, jobs=2):
        pass
    assert capfd.readouterr() == ("", "")
    assert (tmp_path / "begun").exists() == (workers._start_method() == "fork")


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_nothing_is_done_beside_where_it_can_not_be(
    method: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(workers, "_start_method", lambda: method)
    with beside((tmp_path / "left").touch, jobs=1 if method == "fork" else 2):
        pass
    assert not list(tmp_path.iterdir())


def test_what_another_thread_has_locked_stops_no_worker() -> None:
    done = threading.Event()

    def hold() -> None:
        with LOCK:
            held.set()
            done.wait(60)

    held = threading.Event()
    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(10)
        assert all(run_all(lock_is_free, range(96), jobs=2))
    finally:
        done.set()
        other.join()


def test_workers_started_afresh_make_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = {
        f"trials/NCT{number:08}.md": trial_text(f"NCT{number:08}", f"Trial {number}")
        for number in range(8)
    }
    monkeypatch.setattr(workers, "_WORTH_WORKERS", 4)
    write_files(tmp_path / "content", {"site.yaml": "title: Ours\n", **content})
    request = Request(_folders(tmp_path, "forked"), AS_OF, search=False, jobs=2)
    build(request)
    monkeypatch.setattr(workers, "_start_method", lambda: "spawn")
    afresh = replace(request, folders=_folders(tmp_path, "afresh"))
    build(afresh)
    assert digest(tmp_path / "forked") == digest(tmp_path / "afresh")
    wrong = {f"trials/NCT{number:08}.md": "---\nnct_id: [\n---\n" for number in range(8)}
    write_files(tmp_path / "content", dict(wrong))
    with pytest.raises(ContentFailure, match="not valid YAML"):
        build(afresh)


def _folders(project: Path, site: str) -> Folders:
    return Folders(project / "content", PROJECT / "templates", PROJECT / "theme", project / site)

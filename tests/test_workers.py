"""Work on all cores: forked or started afresh, beside other threads, and whoever may fail."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import AS_OF, PROJECT, digest, trial_text, write_files

from trialpages import workers
from trialpages.build import Request, build
from trialpages.problems import ContentFailure
from trialpages.reading import Folders
from trialpages.workers import beside, run_all

LOCK = threading.Lock()


def doubled(number: int) -> int:
    return 2 * number


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
        for number in range(100, 200)
    }
    write_files(tmp_path / "content", {"site.yaml": "title: Ours\n", **content})
    request = Request(_folders(tmp_path, "forked"), AS_OF, search=False, jobs=2)
    build(request)
    monkeypatch.setattr(workers, "_start_method", lambda: "spawn")
    afresh = replace(request, folders=_folders(tmp_path, "afresh"))
    build(afresh)
    assert digest(tmp_path / "forked") == digest(tmp_path / "afresh")
    wrong = {f"trials/NCT{number:08}.md": "---\nnct_id: [\n---\n" for number in range(100, 200)}
    write_files(tmp_path / "content", dict(wrong))
    with pytest.raises(ContentFailure, match="not valid YAML"):
        build(afresh)


def _folders(project: Path, site: str) -> Folders:
    return Folders(project / "content", PROJECT / "templates", PROJECT / "theme", project / site)

"""site/ is the old site or the new one, never a mix, whatever happens on the way."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import digest as site_digest

from trialpages.machine import disk
from trialpages.problems import (
    BusyFailure,
    CallFailure,
    ContentFailure,
    Failure,
    MachineFailure,
)
from trialpages.publish import stage
from trialpages.publish.stage import MARKER, Stage, staging, state_folder
from trialpages.state.lock import hold

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(os.name != "posix", reason="needs signals, forks and file modes")

Tree = dict[str, tuple[int, bytes | None]]
"""Relative name -> mode and bytes (None for a folder)."""

TraceFunction = Callable[[FrameType, str, Any], Any]

FILES = ("index.html", "trials/a.html", "trials/b.html", "assets/css/site.css")


def tree(folder: Path) -> Tree:
    """All of a folder, to compare."""
    found: Tree = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        found[path.relative_to(folder).as_posix()] = (path.lstat().st_mode, content)
    return found


def text_of(name: str, version: int) -> str:
    return f"{name} of version {version}\n" * 40


def fill(next_site: Stage, version: int) -> None:
    """One version: no two share a byte of a page, and each has a page of its own name."""
    for name in FILES:
        next_site.write(name, text_of(name, version))
    next_site.write(f"trials/only-{version}.html", b"here in one version only")


def recover(site: Path) -> None:
    """What the next build does before anything else."""
    with staging(site):
        pass


def publish(site: Path, version: int) -> bool:
    with hold(state_folder(site)), staging(site) as next_site:
        fill(next_site, version)
        return next_site.publish()


def pages(site: Path) -> dict[str, bytes]:
    return {name: content for name, (_, content) in tree(site).items() if content is not None}


def expected(version: int) -> dict[str, bytes]:
    wanted = {name: text_of(name, version).encode() for name in FILES}
    wanted[f"trials/only-{version}.html"] = b"here in one version only"
    wanted[".nojekyll"] = MARKER.encode()
    return wanted


def assert_tidy(site: Path) -> None:
    assert [path.name for path in state_folder(site).iterdir()] == ["lock"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture(params=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with both kinds of swap."""
    kind = str(request.param)
    if kind == "two renames":
        monkeypatch.setattr(stage, "exchange", cannot_exchange)
    return kind


def cannot_exchange(_one: Path, _other: Path) -> bool:
    return False


# Publishing -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("swap")
def test_a_site_is_replaced_whole(site: Path) -> None:
    assert publish(site, 1)
    assert pages(site) == expected(1)
    assert publish(site, 2)
    assert pages(site) == expected(2)
    assert_tidy(site)


@pytest.mark.usefixtures("swap")
def test_an_empty_folder_is_replaced(site: Path) -> None:
    site.mkdir()
    publish(site, 1)
    assert pages(site) == expected(1)


def test_missing_parents_are_made(tmp_path: Path) -> None:
    publish(tmp_path / "out" / "deep" / "site", 1)
    assert pages(tmp_path / "out" / "deep" / "site") == expected(1)


def test_an_equal_site_is_left_alone(site: Path) -> None:
    publish(site, 1)
    before = site.stat().st_ino
    assert not publish(site, 1)
    assert site.stat().st_ino == before
    assert_tidy(site)


@pytest.mark.parametrize("change", ["bytes", "mode", "extra", "missing"])
def test_any_difference_is_published(site: Path, change: str) -> None:
    publish(site, 1)
    page = site / "trials" / "a.html"
    if change == "bytes":
        page.write_bytes(page.read_bytes().replace(b"1", b"7"))
    elif change == "mode":
        page.chmod(0o600)
    elif change == "extra":
        (site / "trials" / "mine.html").touch()
    else:
        page.unlink()
    assert publish(site, 1)
    assert pages(site) == expected(1)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_the_site_alone(site: Path, error: type[BaseException]) -> None:
    publish(site, 1)
    before = tree(site)
    with pytest.raises(error), hold(state_folder(site)), staging(site) as next_site:
        fill(next_site, 2)
        raise error
    assert tree(site) == before
    assert_tidy(site)


def test_leaving_without_publish_drops_the_stage(site: Path) -> None:
    with hold(state_folder(site)), staging(site) as next_site:
        fill(next_site, 1)
    assert not site.exists()
    assert_tidy(site)


def test_files_of_other_programs_are_published(site: Path) -> None:
    with staging(site) as next_site:
        (next_site.folder / "pagefind").mkdir(mode=0o700)
        (next_site.folder / "pagefind" / "pagefind.js").write_bytes(b"search")
        next_site.publish()
    assert pages(site)["pagefind/pagefind.js"] == b"search"


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_modes_do_not_depend_on_the_umask(site: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        publish(site, 1)
    finally:
        os.umask(before)
    for name, (mode, content) in tree(site).items():
        assert stat.S_IMODE(mode) == (0o755 if content is None else 0o644), name


@pytest.mark.skipif(sys.platform == "win32", reason="modes are another thing there")
@pytest.mark.parametrize("found", [None, 0o777, 0o775])
def test_nobody_else_may_write_into_the_state_folder(tmp_path: Path, found: int | None) -> None:
    folder = tmp_path / ".site.trialpages"
    before = os.umask(0)
    try:
        if found:
            folder.mkdir(found)
        with hold(folder):
            assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)


def test_all_is_synced_before_the_swap(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(site, 1)
    synced: set[int] = set()
    fsync = os.fsync

    def recording(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        fsync(handle)

    def checking(new: Path, old: Path) -> bool:
        missing = [path for path in [new, *new.rglob("*")] if path.stat().st_ino not in synced]
        assert not missing
        return disk.exchange(new, old)

    monkeypatch.setattr(os, "fsync", recording)
    monkeypatch.setattr(stage, "exchange", checking)
    publish(site, 2)
    assert pages(site) == expected(2)
    assert site.parent.stat().st_ino in synced


# Keeping ----------------------------------------------------------------------------------------


def keep_page(site: Path, name: str = "trials/a.html") -> None:
    with hold(state_folder(site)), staging(site) as next_site:
        next_site.keep(name)
        next_site.publish()


def test_a_kept_file_is_the_same_file(site: Path) -> None:
    publish(site, 1)
    before = (site / "trials/a.html").stat()
    keep_page(site)
    after = (site / "trials/a.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert pages(site).keys() == {"trials/a.html", ".nojekyll"}


@pytest.mark.parametrize("code", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP])
def test_keep_copies_where_links_cannot_be_made(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(code, "no links here")

    publish(site, 1)
    before = tree(site)["trials/a.html"]
    monkeypatch.setattr(os, "link", refuse)
    keep_page(site)
    assert tree(site)["trials/a.html"] == before


@posix
def test_keeping_never_changes_the_old_site(site: Path) -> None:
    publish(site, 1)
    (site / "trials/a.html").chmod(0o600)
    before = tree(site)
    with staging(site) as next_site:
        next_site.keep("trials/a.html")
        disk.settle(next_site.folder)
        assert stat.S_IMODE((next_site.folder / "trials/a.html").stat().st_mode) == 0o644
    assert tree(site) == before


def test_only_a_plain_file_of_the_site_can_be_kept(site: Path, tmp_path: Path) -> None:
    publish(site, 1)
    (tmp_path / "secret").write_text("secret")
    (site / "linked.html").symlink_to(tmp_path / "secret")
    for name in ("linked.html", "trials", "missing.html"):
        with pytest.raises(MachineFailure, match=name):
            keep_page(site, name)
    assert_tidy(site)


# Names ------------------------------------------------------------------------------------------

BAD_NAMES = [
    "", "/", "/etc/passwd", "..", "../x", "a/../../x", "a/..", ".", "a/./b", "a//b", "a/", "a\\b",
    "..\\x", "C:", "C:x", "C:/x", "\\\\host\\share", "a\0b", "a\nb", "a\ud800", ".. /x", "a/ /b",
    "...", "x:stream",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_leave_the_stage_are_refused(site: Path, name: str) -> None:
    with staging(site) as next_site:
        for use in (lambda name: next_site.write(name, b""), next_site.keep):
            with pytest.raises(ContentFailure) as caught:
                use(name)
            assert caught.value.problems[0].code == "unsafe-name"
        assert list(next_site.folder.iterdir()) == []


parts = st.one_of(
    st.sampled_from(["..", ".", "", " ", "...", "a", "C:", "\\", "..\\..", "~", "x" * 300]),
    st.text(max_size=12),
)
names = st.one_of(st.text(), st.lists(parts, max_size=6).map("/".join))


def test_every_name_is_refused_or_lands_inside(tmp_path: Path) -> None:
    with staging(tmp_path / "site") as next_site:

        @given(names)
        @settings(max_examples=300, deadline=None)
        def each(name: str) -> None:
            try:
                next_site.write(name, b"x")
            except Failure:
                return
            real = (next_site.folder / name).resolve(strict=True)
            assert real.is_relative_to(next_site.folder)

        each()
        around = next_site.folder.parent
        assert [path.name for path in tmp_path.iterdir()] == [".site.trialpages"]
        assert list(around.parent.iterdir()) == [around]
        assert list(around.iterdir()) == [next_site.folder]


def test_one_name_is_written_once(site: Path) -> None:
    publish(site, 1)
    before = tree(site)
    with staging(site) as next_site:
        next_site.keep("index.html")
        with pytest.raises(MachineFailure, match="something else has that name"):
            next_site.write("index.html", b"through the link?")
        with pytest.raises(MachineFailure, match="something else has that name"):
            next_site.write("index.html/below", b"")
    assert tree(site) == before


def test_a_worker_that_outlives_its_build_writes_nowhere(site: Path) -> None:
    with staging(site) as orphaned:
        pass
    with staging(site) as next_site:
        with pytest.raises(MachineFailure):
            orphaned.write("trials/late.html", b"late")
        assert list(next_site.folder.iterdir()) == []


# Folders of others ------------------------------------------------------------------------------


def foreign(kind: str, tmp_path: Path) -> Path:
    """Something at `site` that the tool must not touch."""
    site = tmp_path / "site"
    if kind == "file":
        site.write_text("a file")
    elif kind == "dangling link":
        site.symlink_to(tmp_path / "nowhere")
    elif kind == "link loop":
        site.symlink_to(site)
    elif kind == "link to a foreign folder":
        (tmp_path / "photos").mkdir()
        (tmp_path / "photos" / "me.jpg").touch()
        site.symlink_to(tmp_path / "photos")
    elif kind == "linked state folder":
        (tmp_path / "elsewhere" / "next").mkdir(parents=True)
        (tmp_path / ".site.trialpages").symlink_to(tmp_path / "elsewhere")
    else:
        site.mkdir()
        (site / "thesis.txt").write_text("years of work")
        make_marked(kind, site)
    return site


def make_marked(kind: str, site: Path) -> None:
    if kind == "another tool's site":
        (site / ".nojekyll").touch()
    elif kind == "marker is a folder":
        (site / ".nojekyll").mkdir()
    elif kind == "marker is a link":
        (site / "marker").write_text(MARKER)
        (site / ".nojekyll").symlink_to(site / "marker")
    elif kind == "a repository":
        (site / ".nojekyll").write_text(MARKER)
        (site / ".git").mkdir()


FOREIGN = [
    "file", "dangling link", "link loop", "link to a foreign folder", "linked state folder",
    "a folder", "another tool's site", "marker is a folder", "marker is a link", "a repository",
]  # fmt: skip


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_the_tool_did_not_make_is_refused_untouched(tmp_path: Path, kind: str) -> None:
    site = foreign(kind, tmp_path)
    before = tree(tmp_path)
    for use in (state_folder, lambda site: staging(site).__enter__()):
        with pytest.raises(CallFailure) as caught:
            use(site)
        assert caught.value.problems[0].hint
    assert tree(tmp_path) == before


def test_a_folder_that_turns_foreign_during_the_build_is_refused(site: Path) -> None:
    with pytest.raises(CallFailure), hold(state_folder(site)), staging(site) as next_site:
        fill(next_site, 1)
        site.mkdir()
        (site / "thesis.txt").write_text("years of work")
        next_site.publish()
    assert pages(site) == {"thesis.txt": b"years of work"}
    assert [path.name for path in (site.parent / ".site.trialpages").iterdir()] == ["lock"]


def test_the_target_of_a_link_is_replaced(tmp_path: Path) -> None:
    link, target = tmp_path / "site", tmp_path / "disk" / "www"
    target.mkdir(parents=True)
    link.symlink_to(target)
    publish(link, 1)
    publish(link, 2)
    assert link.is_symlink()
    assert pages(target) == expected(2)
    assert state_folder(link) == state_folder(target) == tmp_path / "disk" / ".www.trialpages"


def test_deleting_never_follows_links(site: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    publish(site, 1)
    (site / "inside").symlink_to(precious)
    for name in ("next", "last", "gone"):
        (state_folder(site) / name).symlink_to(precious)
    publish(site, 2)
    assert pages(site) == expected(2)
    assert (precious / "thesis.txt").read_text() == "years of work"
    assert_tidy(site)


def test_a_link_in_the_stage_is_refused(site: Path, tmp_path: Path) -> None:
    with pytest.raises(MachineFailure, match=r"odd\.html"), staging(site) as next_site:
        (next_site.folder / "odd.html").symlink_to(tmp_path)
        next_site.publish()
    assert not site.exists()


# Two builds -------------------------------------------------------------------------------------

HOLDER = """
import sys
from pathlib import Path
from trialpages.state.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

HOLDER_WITH_WORKER = """
import os, sys
from pathlib import Path
from trialpages.state.lock import hold
with hold(Path(sys.argv[1])):
    if os.fork() == 0:
        print("worker", flush=True)
        sys.stdin.read()
        os._exit(0)
    os.wait()
"""


@contextlib.contextmanager
def child(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        process.kill()


def wait_for_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_a_second_build_is_told_at_once(site: Path) -> None:
    folder = state_folder(site)
    with child(HOLDER, folder) as process:
        assert wait_for_line(process) == "held"
        with pytest.raises(BusyFailure) as caught, hold(folder):
            pass
        assert caught.value.exit_status == 4
        process.kill()
        process.wait()
        with hold(folder):
            pass


def test_one_process_cannot_hold_twice(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(BusyFailure), hold(tmp_path):
        pass
    with hold(tmp_path):
        pass


@posix
def test_a_worker_of_a_killed_build_does_not_keep_the_lock(tmp_path: Path) -> None:
    with child(HOLDER_WITH_WORKER, tmp_path) as process:
        assert wait_for_line(process) == "worker"
        with pytest.raises(BusyFailure), hold(tmp_path):
            pass
        process.kill()
        process.wait()
        with hold(tmp_path):  # the worker lives on, and waits for its standard input to end
            pass


# Killed builds ----------------------------------------------------------------------------------

VERSIONS = 4
STEPPED = ("stage.py", "disk.py", "lock.py", "shutil.py", "pathlib.py", "tempfile.py")


def die_at(limit: int) -> Callable[[], int]:
    """Kill this process at its N-th step, each line of the code being one; returns the counter."""
    steps = 0

    def trace(frame: FrameType, _event: str, _argument: object) -> TraceFunction | None:
        nonlocal steps
        if not frame.f_code.co_filename.endswith(STEPPED):
            return None
        steps += 1
        if steps == limit:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    return lambda: steps


def publish_until_killed(site: Path, limit: int) -> int:
    """Publish each version in a forked process that dies at step `limit`; returns the exit status.

    It is negative for a signal, and 0 when all was published before that step.
    """
    process = os.fork()
    if process == 0:
        status = 1
        try:
            die_at(limit)
            for version in range(VERSIONS):
                publish(site, version)
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def count_steps(site: Path) -> int:
    before, steps = sys.gettrace(), die_at(0)
    try:
        for version in range(VERSIONS):
            publish(site, version)
    finally:
        sys.settrace(before)
    return steps()


@posix
def test_a_build_killed_anywhere_leaves_a_whole_site(tmp_path: Path, swap: str) -> None:
    points = range(1, count_steps(tmp_path / "count"))
    whole = [expected(version) for version in (*range(VERSIONS), 8)]
    rounds = int(os.environ.get("KILL_POINTS", "25"))
    for point in random.Random(swap).sample(points, rounds):
        site = tmp_path / str(point) / "site"
        had_one = point % 2 == 0 and publish(site, 8)
        assert publish_until_killed(site, point) == -signal.SIGKILL
        if swap == "exchange":
            assert pages(site) in whole if site.exists() else not had_one, point
        recover(site)
        after = tree(site) if site.exists() else None
        assert pages(site) in whole if after else not had_one, point
        recover(site)
        assert after == (tree(site) if site.exists() else None)
        assert publish(site, 9)
        assert pages(site) == expected(9)
        assert_tidy(site)


@posix
@pytest.mark.parametrize("linked", [False, True])
def test_a_build_killed_between_the_two_renames(tmp_path: Path, linked: bool) -> None:
    target = tmp_path / "target"
    publish(target, 1)
    site = tmp_path / "site" if linked else target
    if linked:
        site.symlink_to(target)
    state = state_folder(site)
    (state / "next" / "abc").mkdir(parents=True)
    (state / "next" / "abc" / "index.html").touch()
    target.rename(state / "last")
    recover(site)
    recover(site)
    assert pages(site) == expected(1)
    assert_tidy(site)


def test_a_half_deleted_old_site_never_comes_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even when somebody deletes the new one."""

    def delete_half(folder: Path) -> None:
        (folder / "index.html").unlink()
        raise OSError(errno.EIO, "Input/output error")

    publish(site, 1)
    shutil.copytree(site, state_folder(site) / "last")
    monkeypatch.setattr(shutil, "rmtree", delete_half)
    with pytest.raises(MachineFailure):
        recover(site)
    monkeypatch.undo()
    disk.remove(site)
    recover(site)
    assert not site.exists()
    assert_tidy(site)


# Failing disks ----------------------------------------------------------------------------------

FAILING = ("open", "write", "fsync", "link", "rename", "mkdir", "scandir", "lstat", "stat")
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE)


def build_once(site: Path) -> None:
    """The build whose every call fails once: it keeps, writes and publishes."""
    with hold(state_folder(site)), staging(site) as next_site:
        next_site.keep("trials/a.html")
        next_site.write("index.html", b"new")
        next_site.write("trials/c.html", b"new")
        next_site.publish()


class FaultyDisk:
    """Makes the N-th call to the disk fail, once."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, nth: int, code: int) -> None:
        self.calls = itertools.count(1)
        self.nth = nth
        self.code = code
        self.hit = False
        for name in FAILING:
            monkeypatch.setattr(os, name, self.faulty(getattr(os, name)))
        monkeypatch.setattr(stage, "exchange", self.faulty(stage.__dict__["exchange"]))

    def faulty(self, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if next(self.calls) == self.nth:
                self.hit = True
                raise OSError(self.code, os.strerror(self.code))
            return function(*arguments, **options)

        return call


@pytest.mark.parametrize(
    ("swap", "code"),
    [*(("exchange", code) for code in CODES), ("two renames", errno.EIO)],
    indirect=["swap"],
)
@pytest.mark.usefixtures("swap")
def test_a_failing_disk_changes_nothing(site: Path, code: int) -> None:
    refused = 0
    for nth in itertools.count(1):
        publish(site, 1)  # does nothing after a build that was refused
        before = tree(site)
        failure: Failure | None = None
        with pytest.MonkeyPatch.context() as patch:
            faulty = FaultyDisk(patch, nth, code)
            try:
                build_once(site)
            except MachineFailure as caught:
                failure = caught
        if not faulty.hit:
            assert refused > 20
            return
        if failure:
            refused += 1
            assert tree(site) == before, nth
            assert failure.problems[0].hint
        else:  # the fault met the clearing up after the swap
            assert pages(site)["index.html"] == b"new", nth
        recover(site)
        assert_tidy(site)


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
def test_nothing_is_left_of_a_stage_that_failed(
    site: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    publish(site, 1)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(MachineFailure) as caught:
        publish(site, 2)
    assert caught.value.exit_status == 3
    assert str(site.parent) in str(caught.value)
    assert pages(site) == expected(1)
    assert_tidy(site)


@pytest.mark.usefixtures("swap")
def test_an_unsynced_swap_is_undone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a first build too: when the parent folder can't be synced, no site appears."""
    inode = site.parent.stat().st_ino
    fsync = os.fsync

    def fail(handle: int) -> None:
        if os.fstat(handle).st_ino == inode:
            raise OSError(errno.EIO, "Input/output error")
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(MachineFailure):
            publish(site, 1)
        assert not site.exists()
    publish(site, 1)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(MachineFailure):
        publish(site, 2)
    assert pages(site) == expected(1)
    assert_tidy(site)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_explained(site: Path) -> None:
    publish(site, 1)
    site.chmod(0o555)
    before = tree(site)
    with pytest.raises(MachineFailure, match="not allowed") as caught:
        publish(site, 2)
    assert "--site" in caught.value.problems[0].hint
    assert tree(site) == before
    assert_tidy(site)


# Readers ----------------------------------------------------------------------------------------


def test_a_reader_never_misses_a_page(site: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    if not disk.exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("NOT TESTED: this system or disk can't exchange two folders in one step")
    publish(site, 0)
    stop, missed, started = threading.Event(), list[str](), threading.Event()
    whole = {name: {expected(version)[name] for version in range(51)} for name in FILES}

    def read() -> None:
        while not stop.is_set():
            for name in FILES:
                try:
                    torn = (site / name).read_bytes() not in whole[name]
                except OSError as error:
                    missed.append(f"{name}: {error}")
                else:
                    missed.extend([f"{name}: torn"] if torn else [])
            started.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        started.wait()
        for version in range(1, 51):
            assert publish(site, version)
    finally:
        stop.set()
        reader.join()
    assert missed == []


# Systems ----------------------------------------------------------------------------------------


def test_a_system_without_the_call_swaps_in_two_steps(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_exchange_call", lambda: None)
    publish(site, 1)
    publish(site, 2)
    assert pages(site) == expected(2)
    assert_tidy(site)


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_that_cannot_exchange_swaps_in_two_steps(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(disk, "_exchange_call", lambda: lambda _one, _other: -1)
    monkeypatch.setattr("ctypes.get_errno", lambda: code)
    publish(site, 1)
    publish(site, 2)
    assert pages(site) == expected(2)
    assert_tidy(site)


def test_a_mounted_folder_is_explained(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(site, 1)
    monkeypatch.setattr(disk, "_exchange_call", lambda: lambda _one, _other: -1)
    monkeypatch.setattr("ctypes.get_errno", lambda: errno.EBUSY)
    with pytest.raises(MachineFailure, match="mounted"):
        publish(site, 2)
    assert pages(site) == expected(1)
    assert_tidy(site)


WITHOUT_FCNTL = """
import os, sys, types
sys.platform = "win32"
sys.modules["fcntl"] = None
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
import trialpages.state.lock, trialpages.machine.disk
"""


def test_windows_needs_no_fcntl() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_FCNTL], cwd=ROOT, check=True)


def test_a_large_site_made_whole_has_a_spare_for_its_first_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialpages.publish.spare._WORTH_A_SPARE", 3)
    site = tmp_path / "site"
    with staging(site) as stage:
        for name in ("a.html", "b/c.html", "b/d/e.html"):
            stage.write(name, name)
        assert stage.publish()
    spare = tmp_path / ".site.trialpages/spare"
    assert site_digest(spare) == site_digest(site)
    taken = spare.stat().st_ino
    with staging(site) as stage:
        stage.write("b/c.html", "new")
        assert stage.publish(kept=("a.html", "b/d/e.html", ".nojekyll"))
    assert site.stat().st_ino == taken
    assert (site / "b/c.html").read_text() == "new"
    assert sorted(path.name for path in site.rglob("*") if path.is_file()) == [
        ".nojekyll", "a.html", "c.html", "e.html",
    ]  # fmt: skip


@pytest.mark.parametrize("kept", [8, 2])
def test_the_site_before_is_kept_as_spare_where_little_has_changed(
    tmp_path: Path, kept: int
) -> None:
    names = [f"{number}.html" for number in range(kept)]
    site = tmp_path / "site"
    with staging(site) as stage:
        for name in (*names, "new.html"):
            stage.write(name, name)
        assert stage.publish()
    with staging(site) as stage:
        stage.write("new.html", "changed")
        assert stage.publish(kept=(*names, ".nojekyll"))
    spare = tmp_path / ".site.trialpages/spare"
    assert spare.exists() == (kept == 8)
    if kept == 8:
        assert (spare / "new.html").read_text() == "new.html"

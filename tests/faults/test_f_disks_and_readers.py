"""Group F, the rest: full disks, other builds, readers, power loss, caches, edits, Pagefind."""

from __future__ import annotations

import base64
import gzip
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import PATIENCE, PROJECT, digest
from test_incremental import EDITS, Edit
from test_incremental import Project as EditedProject
from test_publish import FOREIGN, foreign, tree
from test_search import FAKES, fake_pagefind
from test_watch import start

from faults.counts import count
from faults.rows import Row
from faults.sandbox import (
    Project,
    clean_digest,
    command,
    ended,
    in_child,
    modes_mean_nothing,
    project,
    trial,
)
from trialpages.search import pagefind
from trialpages.state import cache
from trialpages.state.lock import hold

pytestmark = pytest.mark.skipif(os.name != "posix", reason="NOT TESTED: needs forks and signals")


# --- 33 -----------------------------------------------------------------------------------------


def test_row_33_full_and_read_only_disks(row: Row, tmp_path: Path) -> None:
    if not _has_namespaces(tmp_path):
        pytest.skip("NOT TESTED: this user can't mount a small disk in a namespace of its own")
    script = [sys.executable, "-m", "faults.small_disk", str(tmp_path / "disk")]
    paths = f"{PROJECT}{os.pathsep}{PROJECT / 'tests'}"
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", *script],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    locked = _on_a_locked_site(project(tmp_path / "locked"))
    row.reached(
        f"{found['full']} builds on a full disk, {found['refused']} with exit 3 and the advice to "
        f"free space, {found['fitted']} that still fitted; {found['read_only']} of 1 on a "
        f"read-only disk with exit 3; a site/ of mode 555: {locked}; "
        f"{found['unchanged']} of {found['tried']} unchanged"
    )
    assert found["unchanged"] == found["tried"]
    assert found["full"] == found["refused"] + found["fitted"]
    assert found["refused"] >= 3
    assert found["read_only"] == 1
    assert locked == "exit 3, unchanged" or locked.startswith("SKIPPED")


def _on_a_locked_site(made: Project) -> str:
    if lacking := modes_mean_nothing():
        return f"SKIPPED: {lacking}"
    made.build()
    before = made.digest()
    made.write({"trials/NCT00000002.md": trial(2, "Changed")})
    made.site.chmod(0o555)
    done = made.command_without_power()
    same = "unchanged" if made.digest() == before and done.is_clear else "CHANGED"
    return f"exit {done.status}, {same}"


def _has_namespaces(folder: Path) -> bool:
    if not shutil.which("unshare"):
        return False
    mount = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "x", str(folder)]
    return subprocess.run(mount, capture_output=True, check=False).returncode == 0


# --- 34 -----------------------------------------------------------------------------------------


def test_row_34_two_builds_at_once(row: Row, tmp_path: Path) -> None:
    one, other = _two_contents(tmp_path)
    whole = {clean_digest(one, tmp_path / "clean"), clean_digest(other, tmp_path / "clean")}
    mixed, statuses = 0, list[int]()
    for _ in range(count("34 rounds")):
        words = [_onto(made, one.site) for made in (one, other)]
        running = [in_child(partial(_build_and_exit, each)) for each in words]
        both = [ended(process) for process in running]
        statuses += both
        mixed += digest(one.site) not in whole or 0 not in both or not {0, 4}.issuperset(both)
    lock_freed = _after_a_killed_holder(one)
    beside = _beside_watch(project(tmp_path / "watched", trials=3), count("34 rounds") // 3)
    row.reached(
        f"{mixed} of {count('34 rounds')} rounds mixed ({statuses.count(4)} builds ended with 4); "
        f"beside watch {beside}; a lock left by kill -9 held the next build up: "
        f"{'no' if lock_freed else 'yes'}"
    )
    assert mixed == 0
    assert lock_freed


def _two_contents(folder: Path) -> tuple[Project, Project]:
    return project(folder / "one", 30, "One"), project(folder / "other", 20, "Other")


def _onto(made: Project, site: Path) -> list[str]:
    """The command's words for this content, but another site."""
    words = made.words("--jobs", "1", "--no-search")
    return [str(site) if word == str(made.site) else word for word in words]


def _build_and_exit(words: list[str]) -> None:
    sys.exit(command(words).status)


def _after_a_killed_holder(made: Project) -> bool:
    reads, writes = os.pipe()

    def work() -> None:
        with hold(made.state):
            os.write(writes, b"x")
            time.sleep(60)

    process = in_child(work)
    os.read(reads, 1)
    busy = made.command("--no-search").status
    os.kill(process, signal.SIGKILL)
    ended(process)
    return (busy, made.command("--no-search").status) == (4, 0)


def _beside_watch(made: Project, rounds: int) -> str:
    """Builds of one's own while `watch` builds too; in the end the site is the content's."""
    for name in ("templates", "theme"):
        (made.folder / name).symlink_to(PROJECT / name)
    statuses = []
    running = start(made.folder)
    try:
        assert running.stderr
        while "built in" not in running.stderr.readline():
            assert running.poll() is None
        for number in range(max(1, rounds)):
            made.write({"trials/NCT00000001.md": trial(1, f"Round {number}")})
            statuses.append(made.command("--no-search").status)
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=PATIENCE)
    assert {0, 4}.issuperset(statuses), statuses
    assert made.command("--no-search").status == 0
    same = made.digest() == clean_digest(made, made.folder / "clean")
    assert same
    return f"{len(statuses)} of {len(statuses)} rounds ended well and the site was the content's"


# --- 35 -----------------------------------------------------------------------------------------

_READERS = 4


def test_row_35_readers_during_the_swap(row: Row, tmp_path: Path) -> None:
    one, other = _two_contents(tmp_path)
    sites = [_pages_of(made) for made in (one, other)]
    names = sorted(sites[0].keys() & sites[1].keys())
    whole = {name: {site[name] for site in sites} for name in names}
    words = [_onto(made, tmp_path / "site") for made in (one, other)]
    assert command(words[0]).status == 0
    end, stop = time.monotonic() + count("35 seconds"), tmp_path / "stop"
    pipes = [os.pipe() for _ in range(_READERS)]
    reading = partial(_read_on, tmp_path / "site", whole, stop)
    readers = [in_child(partial(reading, to)) for _, to in pipes]
    builds = 0
    while builds < 2 or time.monotonic() < end:
        builds += 1
        assert command(words[builds % 2]).status == 0
    stop.touch()
    for reader in readers:
        ended(reader)
    found = [list(map(int, os.read(reads, 100).split())) for reads, _ in pipes]
    reads, torn, missing = (sum(column) for column in zip(*found, strict=True))
    row.reached(
        f"{_READERS} readers for {count('35 seconds')} s, {builds} builds, {reads:,} reads: "
        f"{torn} torn, {missing} missing pages"
    )
    assert (torn, missing) == (0, 0)


def _pages_of(made: Project) -> dict[str, bytes]:
    assert made.command("--no-search").status == 0
    found = {
        path.relative_to(made.site).as_posix(): path.read_bytes()
        for path in made.site.rglob("*")
        if path.is_file()
    }
    shutil.rmtree(made.site)
    return found


def _read_on(site: Path, whole: dict[str, set[bytes]], stop: Path, to: int) -> None:
    dice, names = random.Random(os.getpid()), sorted(whole)
    reads = torn = missing = 0
    while reads <= 1000 or not stop.exists():
        name = dice.choice(names)
        reads += 1
        try:
            torn += (site / name).read_bytes() not in whole[name]
        except OSError:
            missing += 1
    os.write(to, f"{reads} {torn} {missing}".encode())


# --- 36 -----------------------------------------------------------------------------------------

_TRACED = (
    "openat,mkdir,mkdirat,link,linkat,unlink,unlinkat,rmdir,"
    "fsync,fdatasync,syncfs,rename,renameat,renameat2"
)


@pytest.mark.parametrize("form", ["few", "many"])
def test_row_36_all_is_on_the_disk_before_the_swap(row: Row, tmp_path: Path, form: str) -> None:
    if not shutil.which("strace"):
        pytest.skip("NOT TESTED: there is no strace (test_publish has the same check in Python)")
    made = project(tmp_path / "p", trials=3 if form == "few" else count("36 trials") * 20)
    unsynced, changed = set[str](), 0
    for number, title in enumerate(("first", "second", "third")):
        made.write({"trials/NCT00000002.md": trial(2, title)})
        made.write({"site.yaml": f"title: {number // 2}\n"})  # now all pages change, now a few
        trace = Trace(made.site, made.state)
        for call in _trace(made, tmp_path / title):
            trace.take(call)
        assert trace.swapped
        assert trace.after >= 1, "the folders around the swap must be synced after it"
        unsynced |= trace.left
        changed += trace.changed
    row.reached(
        f"{form} files: 3 builds changed {changed} files and folders of the next site; "
        f"{len(unsynced)} not synced before the swap"
    )
    assert changed > 100
    assert unsynced == set()


def _trace(made: Project, out: Path) -> list[str]:
    words = [
        sys.executable,
        str(PROJECT / "build.py"),
        *made.words("--no-search", "--jobs", "1")[1:],
    ]
    traced = ["strace", "-f", "-y", "-s", "4096", "-e", f"trace={_TRACED}", "-o", str(out), *words]
    subprocess.run(traced, check=True, capture_output=True, cwd=made.folder)
    return out.read_text("utf-8", "replace").splitlines()


class Trace:
    """Follows a build's calls: what it changed of the next site and hasn't synced yet."""

    def __init__(self, site: Path, state: Path) -> None:
        self._site = str(site)
        self._below = re.compile(re.escape(f"{state}/next/") + r"[^/]+(?:/(.+))?")
        self._unsynced = set[str]()
        self.changed = 0
        self.swapped = False
        self.left = set[str]()
        """What the swap found unsynced."""
        self.after = 0
        """Folders synced after it."""

    def take(self, call: str) -> None:
        name = (re.search(r"\b([a-z0-9]+)\(", call) or ["", ""])[1]
        paths = re.findall(r'"([^"]*)"', call)
        if " = -1" in call or not name:
            return
        if name.startswith("rename") and paths[-1] == self._site:
            self.swapped, self.left = True, set(self._unsynced)
        elif name in ("fsync", "fdatasync"):
            self._unsynced.discard(self._inside((re.search(r"<([^>]*)>", call) or ["", ""])[1]))
            self.after += self.swapped
        elif name == "syncfs":
            self._unsynced.clear()
        elif name != "openat" or "O_CREAT" in call:
            for path in paths:
                self._change(self._inside(path), name)

    def _change(self, path: str, call: str) -> None:
        if not path or self.swapped:
            return
        self.changed += 1
        self._unsynced.add(path.rpartition("/")[0] or "/")
        if call in ("unlink", "unlinkat", "rmdir"):
            self._unsynced.discard(path)
        elif call.startswith(("open", "mkdir")):  # a link's file is the present site's: synced
            self._unsynced.add(path)

    def _inside(self, path: str) -> str:
        """A path's name in the next site, whichever folder that grows in; empty outside it."""
        found = self._below.fullmatch(path)
        return (found[1] or "/") if found else ""


# --- 37 -----------------------------------------------------------------------------------------


def test_row_37_stale_and_foreign_files(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path / "p", trials=5)
    made.write({"trials/NCT00000003.md": trial(3, "Zebrafish", "aliases:\n  - OLD-3333\n")})
    assert made.command().status == 0
    words = (b"NCT00000003", b"zebrafish", b"OLD-3333")
    before = list(_holding(made.site, words))
    (made.content / "trials/NCT00000003.md").unlink()
    assert made.command().status == 0
    stale = [path.name for path in _holding(made.site, words)]
    refused = sum(_is_refused(tmp_path / str(n), kind) for n, kind in enumerate(FOREIGN))
    row.reached(
        f"a deleted trial was in {len(before)} files and is in {len(stale)} after one build; "
        f"{refused} of {len(FOREIGN)} kinds of foreign folders refused untouched"
    )
    assert stale == []
    assert any("pagefind" in path.parts for path in before)
    assert refused == len(FOREIGN)


def _holding(site: Path, words: tuple[bytes, ...]) -> Iterator[Path]:
    """The files that hold or are named after one of the words, compressed ones unpacked."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix().encode()
        content = b"\n".join(_unpacked(path)) if path.is_file() else b""
        if any(word.lower() in (name + content).lower() for word in words):
            yield path


def _unpacked(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    packed = [content, *map(base64.b64decode, re.findall(rb'"(H4sI[A-Za-z0-9+/=]+)"', content))]
    yield from (gzip.decompress(each) for each in packed if each.startswith(b"\x1f\x8b"))


def _is_refused(folder: Path, kind: str) -> bool:
    made = project(folder, trials=1)
    foreign(kind, folder)
    before = tree(folder)
    done = made.command("--no-search")
    return done.status == 2 and "rror: " in done.said and tree(folder) == before


# --- 38 -----------------------------------------------------------------------------------------


def test_row_38_damaged_caches(row: Row, tmp_path: Path) -> None:
    made, dice = project(tmp_path / "p", trials=4), random.Random(38)
    made.build(search=True)
    wrong, kinds, damages = list[object](), set[str](), count("38 damages")
    for number in range(damages):
        search = number % 10 < 2  # two in a row, so that the second finds what the first left
        path = _some_cache(made, dice)
        how = _damage(path, dice)
        kinds.add(path.relative_to(made.state).parts[0])
        # Files of the index are the site's own files too: they are made anew with a changed record.
        title = f"Damage {number if search else number // 2}"
        made.write({"trials/NCT00000002.md": trial(2, title)})
        made.build(search=search)
        if number % 50 == 0 or number == damages - 1:
            wanted = {
                each: clean_digest(made, tmp_path / "clean", search=each) for each in (search,)
            }
            if made.digest() != wanted[search]:
                wrong.append((number, path.name, how))
        elif search:
            wrong += [(number, path.name, how)] * (not _index_is_whole(made))
        else:
            wrong += _against_a_full_build(made, (number, path.name, how))
    _write_memory_of_another_version(made)
    made.build(search=True)
    other = made.digest() == clean_digest(made, tmp_path / "clean", search=True)
    row.reached(
        f"{damages - len(wrong)} of {damages} damages (in {', '.join(sorted(kinds))}) and "
        f"{int(other)} of 1 caches of another version: output equals a clean build"
    )
    assert wrong == []
    assert other


def _some_cache(made: Project, dice: random.Random) -> Path:
    """A file of the state folder; a second name of a file in the site is the site itself."""
    site = {path.stat().st_ino for path in made.site.rglob("*") if path.is_file()}
    found = [
        path
        for path in sorted(made.state.rglob("*"))
        if path.is_file() and path.name != "lock"
        if path.stat().st_ino not in site or "parts" in path.parts
    ]
    kind = dice.choice(sorted({path.relative_to(made.state).parts[0] for path in found}))
    return dice.choice([path for path in found if path.relative_to(made.state).parts[0] == kind])


def _damage(path: Path, dice: random.Random) -> str:
    content = bytearray(path.read_bytes())
    how = dice.choice(["flip", "flip", "flip", "cut", "empty", "noise", "gone"])
    if how == "flip" and content:
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    elif how == "cut":
        del content[dice.randrange(len(content) + 1) :]
    elif how == "empty":
        content.clear()
    elif how == "noise":
        content = bytearray(dice.randbytes(max(1, len(content))))
    path.unlink()  # first: compiled templates are shared with other tests' sites
    if how != "gone":
        path.write_bytes(content)
    return how


_clean: dict[bytes, str] = {}


def _against_a_full_build(made: Project, what: object) -> list[object]:
    """Compare with a clean build of this very content, made once for each content."""
    content = (made.content / "trials/NCT00000002.md").read_bytes()
    if content not in _clean:
        _clean.clear()
        _clean[content] = clean_digest(made, made.folder.parent / "clean")
    return [] if made.digest() == _clean[content] else [what]


def _index_is_whole(made: Project) -> bool:
    return made.digest() == clean_digest(made, made.folder.parent / "clean", search=True)


def _write_memory_of_another_version(made: Project) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "generator", lambda: b"another version")
        memory = cache.Memory(inputs=b"x", trials=99)
        cache.remember(made.state, made.site, memory)


# --- 39 -----------------------------------------------------------------------------------------


def rename(edited: EditedProject, dice: random.Random) -> None:
    """Two trials change their files, or one takes the other form of a content file."""
    found = sorted((edited.content / "trials").glob("*.md"))
    if len(found) > 1:
        one, other = dice.sample(found, 2)
        texts = one.read_text(), other.read_text()
        one.write_text(texts[1].replace(other.stem, one.stem))
        other.write_text(texts[0].replace(one.stem, other.stem))


def remove_template(edited: EditedProject, _dice: random.Random) -> None:
    """One's own template goes, and the shipped one takes its place."""
    (edited.folder / "templates/_card.html").unlink(missing_ok=True)


def test_row_39_incremental_equals_clean(
    row: Row, tmp_path_factory: pytest.TempPathFactory
) -> None:
    equal, edited, deleted = 0, 0, 0

    @settings(
        max_examples=count("39 sequences"),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    @given(
        st.lists(st.sampled_from((*EDITS, rename, remove_template)), min_size=2, max_size=7),
        st.integers(0, 10**6),
    )
    def each(edits: list[Edit], seed: int) -> None:
        nonlocal equal, edited, deleted
        made, dice = EditedProject(tmp_path_factory.mktemp("edits")), random.Random(seed)
        made.build()
        for edit in edits:
            edit(made, dice)
            made.build()
            edited += 1
        assert digest(made.site) == made.clean()
        equal += 1
        shutil.rmtree(made.folder)

    try:
        each()
    finally:
        row.reached(
            f"{equal} of {count('39 sequences')} edit sequences ({edited} builds, "
            f"{len(EDITS) + 2} kinds of edits): equal byte for byte"
        )


# --- 40 -----------------------------------------------------------------------------------------

_TOO_LITTLE = '{"languages":{"en":{"page_count":1}}}'
_MORE_FAKES = {
    "is missing": "",
    "finds nothing": 'mkdir -p "$6"; echo \'{"languages":{}}\' > "$6/pagefind-entry.json"',
    "finds too little": f"mkdir -p $6; echo '{_TOO_LITTLE}' > $6/pagefind-entry.json",
    "writes what isn't JSON": 'mkdir -p "$6"; echo "<html>" > "$6/pagefind-entry.json"',
}


def test_row_40_pagefind_that_fails(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project(tmp_path / "p", trials=3)
    assert made.command().status == 0
    before = made.digest()
    made.write({"trials/NCT00000002.md": trial(2, "Changed")})
    fakes = {how: script for how, (script, _) in FAKES.items()} | _MORE_FAKES
    wrong = []
    monkeypatch.setattr(pagefind, "_LEAST_SECONDS", 0.5)
    monkeypatch.setattr(pagefind, "_SECONDS_PER_PAGE", 0.0)
    for how, script in fakes.items():
        with monkeypatch.context() as patch:
            fake = tmp_path / "pagefind-fake"
            fake_pagefind(patch, fake, script)
            if not script:
                fake.unlink()
            done = made.command()
        if not (done.status == 3 and done.is_clear and made.digest() == before):
            wrong.append((how, done))
    row.reached(
        f"{len(fakes) - len(wrong)} of {len(fakes)} failures of Pagefind: exit 3, unchanged"
    )
    assert wrong == []
    monkeypatch.undo()
    assert made.command().status == 0
    assert made.digest() == clean_digest(made, tmp_path / "clean", search=True)

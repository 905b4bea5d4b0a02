"""Build beside the site, then swap: whoever looks sees the old site or the new one, never a mix.

Beside `site/` lies `.site.trialpages/`, the state folder:

    lock     held while a build runs
    next/    holds the stage, the site in the making; worth nothing once its build is dead
    last/    the old site for a moment, where a swap takes two steps; always whole
    gone/    what is being deleted
    spare/   the site before the present one, to make the next one from (see spare.py)
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from trialpages.machine.disk import (
    exchange,
    is_folder,
    link_all,
    link_or_copy,
    look,
    make_folder,
    remove,
    same,
    settle,
    state_beside,
    sync,
    write_new,
)
from trialpages.machine.disk_words import explained
from trialpages.machine.threads import pool
from trialpages.problems import CallFailure, ContentFailure, Problem
from trialpages.publish.spare import delete, drop_spare, keep_spare, make_twin, take_spare

MARKER_FILE = ".nojekyll"
MARKER = "trialpages made this folder and replaces it whole at every build.\n"
"""The text of `.nojekyll`, by which the tool knows a site as its own."""

_MOST_CHANGED = 1 / 4
"""Of what is kept: above it the site before would take up much room and save little time."""

_MARKER_START = b"trialpages"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stage:
    """The next site, growing in a folder of its own until `publish` puts it in place."""

    site: Path
    """The folder to replace, links resolved."""
    folder: Path
    """Where the next site grows, on the same file system. Other programs may write here too."""

    def write(self, name: str, content: bytes | str) -> int:
        """Write one file, `trials/NCT1.html`, making its folders; text is written as UTF-8.

        Returns how many bytes it has. Raises `ContentFailure` for a name that leaves the stage,
        `MachineFailure` when the disk refuses or the name was written before.
        """
        data = content.encode() if isinstance(content, str) else content
        self._place(name, lambda path: write_new(path, data))
        return len(data)

    def keep(self, name: str) -> None:
        """Take one file unchanged from the present site, as a hard link where the disk has them.

        Until the swap both sites share the file: let no program write into a kept file.
        Raises as `write` does, and `MachineFailure` when the site has no such file.
        """
        self._place(name, lambda path: link_or_copy(self.site / name, Path(path)))

    def publish(self, kept: Collection[str] = (), gone: Collection[str] = ()) -> bool:
        """Wait until the stage is on the disk, then put it in the site's place.

        The files `kept` are taken from the present site, which has those in `gone` besides.
        Returns False, and leaves all as it is, when the present site is the same already.
        Raises `MachineFailure` or, when the site's folder isn't ours any more, `CallFailure`;
        then too the site stays what it was. The old site goes when `staging` is left.
        """
        with explained("publish", self.site):
            if MARKER_FILE not in kept and not look(self.folder / MARKER_FILE):
                self.write(MARKER_FILE, MARKER)
            files, folders = settle(self.folder)
            unsaved = [f"{self.folder}/{name}" for name in (*files, *folders)]
            if kept:
                return self._publish_changes(files, unsaved, kept, gone)
            if look(self.site) and same(self.folder, self.site):
                return False
            self._publish_whole(files, unsaved)
        return True

    def _publish_whole(self, files: Sequence[str], unsaved: Collection[str]) -> None:
        state = state_beside(self.site)
        drop_spare(state)
        with pool(1) as beside:  # while the disk writes
            twin = beside.submit(make_twin, state, self.folder, files)
            sync(unsaved)
        self._put_in_place(self.folder)
        if made := twin.result():
            keep_spare(state, self.site, made, ((), ()))

    def _publish_changes(
        self,
        written: Sequence[str],
        unsaved: Collection[Path | str],
        kept: Collection[str],
        gone: Collection[str],
    ) -> bool:
        """Publish a stage that holds only what has changed, and the rest from the present site."""
        if not written and not gone:
            return False
        state, seed = state_beside(self.site), self.folder.with_name("seed")
        spare = take_spare(state, self.site, seed) if len(written) < len(kept) else None
        if spare:
            delete(seed, gone)
            changed = (*spare.written, *spare.gone, *gone)
            folder, unsaved = seed, _with_folders(seed, changed, _moved(self.folder, seed, written))
        else:
            drop_spare(state)
            unsaved = {*unsaved, *link_all(self.site, self.folder, map(_checked, kept))}
            folder = self.folder
        sync(unsaved)
        self._put_in_place(folder)
        few = len(written) + len(gone) < len(kept) * _MOST_CHANGED
        if few and folder.exists():  # swapped in one step: the old site is there now
            keep_spare(state, self.site, folder, (written, gone))
        return True

    def _put_in_place(self, folder: Path) -> None:
        _refuse_foreign(self.site)
        _swap(folder, self.site, state_beside(self.site) / "last")

    def _place(self, name: str, put: Callable[[str], None]) -> None:
        path = f"{self.folder}/{_checked(name)}"  # no Path: a site may have 100,000 files
        with explained("write", path):
            try:
                put(path)
            except FileNotFoundError:
                self._make_folders(Path(path))
                put(path)

    def _make_folders(self, path: Path) -> None:
        """Make the folders of `path` inside the stage, but not the stage itself.

        So a worker that outlives its build fails, and doesn't fill a folder nobody owns.
        """
        make_folder(path.parent, self.folder)


def _moved(source: Path, target: Path, names: Sequence[str]) -> Sequence[str]:
    """Move files from one folder over those of another; return their names."""
    for name in names:
        path = target / name
        make_folder(path.parent, target)
        (source / name).replace(path)
    return names


def _with_folders(top: Path, *names: Iterable[str]) -> set[str]:
    """What is there of these names below `top`, and all folders between."""
    paths, folders = set(chain(*names)), {""}
    for path in {path.rpartition("/")[0] for path in paths}:
        parts = path.split("/")
        folders.update("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    found = (f"{top}/{path}" if path else str(top) for path in paths | folders)
    return {path for path in found if _is_there(path)}


def _is_there(path: str) -> bool:
    """As `look`, without a Path: a site may have 100,000 files."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    return True


def state_folder(site: Path) -> Path:
    """The hidden folder beside `site` that holds the lock and the stage. Touches nothing.

    Raises `CallFailure` if `site` is something the tool must not replace: a file, a dangling link,
    a folder that others made.
    """
    with explained("look at", site):
        return state_beside(_resolved(site))


def site_around(path: Path) -> dict[str, Path]:
    """The site made here that a path lies in, as `{"site": folder}`; empty where it lies in none.

    Touches nothing.
    """
    for folder in Path(os.path.realpath(path)).parents:
        with contextlib.suppress(OSError):
            if _is_marked(folder / MARKER_FILE):
                return {"site": folder}
    return {}


@contextlib.contextmanager
def staging(site: Path) -> Iterator[Stage]:
    """A fresh stage for `site`. Leaving the with-block without `publish` drops it.

    First it clears up after a build that was killed: one whole site is in place then, and nothing
    beside it. Call it while holding the lock. Raises `CallFailure` as `state_folder` does,
    `MachineFailure` when the disk refuses.
    """
    with explained("clear up beside", site):
        target = _resolved(site)
        _tidy(target)
    try:
        yield _new_stage(target)
    finally:
        # The outcome stands, whether or not this succeeds; the next build tries again.
        with contextlib.suppress(OSError):
            _tidy(target)


def _new_stage(target: Path) -> Stage:
    around = state_beside(target) / "next"
    with explained("make a folder in", around):
        around.mkdir(parents=True)
        # Never the same name twice: a worker that outlives a killed build can't reach a later one.
        return Stage(target, Path(tempfile.mkdtemp(dir=around)))


def _tidy(target: Path) -> None:
    """Put a whole old site back if none is in place, and delete all that is left over."""
    state = state_beside(target)
    gone, last = state / "gone", state / "last"
    if is_folder(last) and not look(target):
        last.rename(target)  # killed between the two steps of a swap
    remove(gone)
    for half_written in (*state.glob("*.new"), *state.glob("templates/*.new")):
        remove(half_written)
    for leftover in (state / "next", last):
        if look(leftover):
            leftover.rename(gone)  # first, so that a half-deleted `last` never looks whole
            remove(gone)


def _swap(stage: Path, site: Path, last: Path) -> None:
    """Put `stage` in the place of `site`; an error on the way undoes what was done.

    The old site ends up at `stage` or at `last`.
    """
    with contextlib.ExitStack() as undo:
        if not look(site):
            _move(stage, site, undo)
        elif exchange(stage, site):
            undo.callback(exchange, stage, site)
        else:
            _move(site, last, undo)
            _move(stage, site, undo)
        sync([site.parent, stage.parent, last.parent])
        undo.pop_all()


def _move(source: Path, target: Path, undo: contextlib.ExitStack) -> None:
    source.rename(target)
    undo.callback(target.rename, source)


def _checked(name: str) -> str:
    """The name, if it stays inside the folder it is joined to on every system."""
    # Windows drops dots and spaces from the end of each part: `.. ` is `..` there.
    empty = any(not part.rstrip(". ") for part in name.split("/"))
    if not empty and not _UNSAFE.search(name):
        return name
    message = f"a page can't be named {name!a}: it would lie outside the site"
    hint = "use letters, digits, `-` and `.` in ids and terms"
    raise ContentFailure(Problem("unsafe-name", "error", message, hint=hint))


def _resolved(site: Path) -> Path:
    """The folder that `site` names, links followed, if the tool may replace it."""
    target = Path(os.path.realpath(site))
    state = state_beside(target)
    if state.is_symlink():
        raise _not_ours(state, "it is a link, and must be a folder", "remove the link")
    killed_in_swap = is_folder(state / "last")
    if site.is_symlink() and not look(target) and not killed_in_swap:
        raise _not_ours(site, "it is a link to nothing", "remove the link or make its target")
    _refuse_foreign(target)
    return target


def _refuse_foreign(target: Path) -> None:
    """Raise `CallFailure` unless nothing is there, or an empty folder, or a site made here."""
    other = "choose a new folder, or an empty one, with --site"
    if not look(target):
        return
    if not is_folder(target):
        raise _not_ours(target, "it is not a folder", other)
    if look(target / ".git"):
        raise _not_ours(target, "it holds a Git repository, which would be lost", other)
    if any(target.iterdir()) and not _is_marked(target / MARKER_FILE):
        raise _not_ours(target, "trialpages did not make it, so it won't replace it", other)


def _is_marked(path: Path) -> bool:
    info = look(path)
    if info is None or not stat.S_ISREG(info.st_mode):
        return False
    with path.open("rb") as file:
        return file.read(len(_MARKER_START)) == _MARKER_START


def _not_ours(path: Path, why: str, hint: str) -> CallFailure:
    return CallFailure(
        Problem("not-our-folder", "error", f"can't build into {path}: {why}", hint=hint)
    )

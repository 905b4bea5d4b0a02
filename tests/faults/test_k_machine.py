"""Group K: machines that are set up otherwise, or hard pressed."""

from __future__ import annotations

import errno
import os
import stat
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from faults.counts import count
from faults.rows import Row
from faults.sandbox import Project, id_of, project, sample, trial
from trialpages.publish import spare

# --- 59 -----------------------------------------------------------------------------------------


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def _access_list(folder: Path) -> None:
    """Give new files a list of who may read them: somebody else may write, the world not read."""
    anybody = 0xFFFFFFFF
    entries = [(1, 7, anybody), (2, 7, 1234), (4, 5, anybody), (16, 7, anybody), (32, 0, anybody)]
    packed = b"".join(struct.pack("<HHI", *entry) for entry in entries)
    os.setxattr(folder, "system.posix_acl_default", struct.pack("<I", 2) + packed)


def _group_bit(folder: Path) -> None:
    folder.chmod(0o2775)


def _nothing(_folder: Path) -> None:
    pass


_SETTINGS: dict[str, tuple[int, Callable[[Path], None], bool]] = {
    # umask, what is done to the folder around the site, whether files can have two names
    "umask 000": (0o000, _nothing, True),
    "umask 002": (0o002, _nothing, True),
    "umask 027": (0o027, _nothing, True),
    "umask 077": (0o077, _nothing, True),
    "umask 077 without hard links": (0o077, _nothing, False),
    "an access list": (0o022, _access_list, True),
    "an access list without hard links": (0o077, _access_list, False),
    "setgid": (0o022, _group_bit, True),
    "setgid, umask 077": (0o077, _group_bit, True),
}


def _more_trials(made: Project) -> None:
    front = "interventions:\n  - name: New thing\n    type: DRUG\n"
    made.write({f"trials/{id_of(n)}.md": trial(n, "More", front) for n in range(5, 9)})


def _fewer_lists(made: Project) -> None:
    made.write({"site.yaml": "title: Ours\npublish:\n  lists: [countries]\n"})


def _other_words(made: Project) -> None:
    text = (made.content / f"trials/{id_of(1)}.md").read_text()
    made.write({f"trials/{id_of(1)}.md": text.replace("Rest", "Rest and rest")})


def _without_one(made: Project) -> None:
    (made.content / f"trials/{id_of(2)}.md").unlink()


_SEQUENCE: list[Callable[[Project], None]] = [
    _other_words,
    _other_words,
    _more_trials,
    _other_words,
    _fewer_lists,
    _without_one,
    lambda made: made.write({"site.yaml": "title: Ours\n"}),
    lambda made: made.write({"media/a.png": b"\x89PNG\r\n\x1a\n"}),
]


def _modes(site: Path) -> dict[str, str]:
    found = (path for path in (site, *site.rglob("*")))
    return {
        path.relative_to(site).as_posix(): oct(stat.S_IMODE(path.lstat().st_mode)) for path in found
    }


def _of_a_clean_build(made: Project, beside: Path) -> dict[str, str]:
    clean = project(beside, trials=0)
    clean.write(
        {
            path.relative_to(made.content).as_posix(): path.read_bytes()
            for path in made.content.rglob("*")
            if path.is_file()
        }
    )
    with _umask(0o022):
        clean.build()
    return _modes(clean.site)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_row_59_modes_of_every_build(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spare, "_WORTH_A_SPARE", 1)  # the twin of a large site
    right: dict[int, dict[str, str]] = {}
    wrong, lacking = list[object](), list[str]()
    settings = list(_SETTINGS.items())
    chosen = sample(len(settings), count("59 settings"), 59)
    for number in chosen:
        name, (mask, prepare, links) = settings[number]
        made = project(tmp_path / str(number), trials=4)
        try:
            prepare(made.folder)
        except OSError:
            lacking.append(name)
            continue
        with monkeypatch.context() as patch:
            if not links:
                patch.setattr(os, "link", _no_links)
            for step, change in enumerate(_SEQUENCE):
                with _umask(mask):
                    change(made)
                    made.build()
                if step not in right:
                    right[step] = _of_a_clean_build(made, tmp_path / f"clean{step}")
                differ = dict(_modes(made.site).items() - right[step].items())
                wrong += [(name, step, differ)] if differ else []
    row.reached(
        f"{len(chosen) - len(lacking)} settings of umask, access list and setgid, "
        f"{len(_SEQUENCE)} builds each: {len(wrong)} sites with other modes than a clean build's"
        + (f"; SKIPPED, this disk has none: {lacking}" if lacking else "")
    )
    assert wrong == []


def _no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "this disk has no hard links")

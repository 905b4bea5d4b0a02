"""The state folder is this user's alone: what others left there is neither run nor shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import build_site, trial_text

from trialpages.build import Report
from trialpages.problems import MachineFailure
from trialpages.state import ownership

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owners like these")
OTHER = 12345


def state(top: Path) -> Path:
    return top / ".site.trialpages"


def build(top: Path) -> Report:
    return build_site(top, {"trials/NCT00000001.md": trial_text()})


def remembers(report: Report) -> bool:
    """Whether a build took what the last one left."""
    return not report.changed and not report.made


def planted(top: Path) -> Path:
    path = state(top) / "templates/planted"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"bytecode")
    return path


def test_what_is_ours_alone_stays(tmp_path: Path) -> None:
    build(tmp_path)
    path = planted(tmp_path)
    assert remembers(build(tmp_path))
    assert path.exists()


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o722, 0o702])
def test_what_lay_open_to_others_is_made_anew(tmp_path: Path, mode: int) -> None:
    build(tmp_path)
    path = planted(tmp_path)
    state(tmp_path).chmod(mode)
    build(tmp_path)
    assert not path.exists()
    assert state(tmp_path).stat().st_mode & 0o777 == 0o700
    assert remembers(build(tmp_path))


@pytest.mark.parametrize("name", ["memory", "templates", "templates/planted", "records", "lock"])
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_of_another_user_is_not_believed(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    path = planted(tmp_path)
    os.chown(state(tmp_path) / name, OTHER, -1)
    build(tmp_path)
    assert not path.exists()
    assert remembers(build(tmp_path))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
def test_a_folder_of_another_user_is_replaced(tmp_path: Path) -> None:
    build(tmp_path)
    path = planted(tmp_path)
    os.chown(state(tmp_path), OTHER, -1)
    build(tmp_path)
    assert not path.exists()
    assert state(tmp_path).stat().st_uid == os.geteuid()


@pytest.mark.parametrize("name", ["templates", "records", "memory", "form"])
def test_a_link_is_not_followed(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere/kept"
    target.write_text("mine")
    link = state(tmp_path) / name
    if link.exists():
        link.rename(tmp_path / "moved")
    link.symlink_to(tmp_path / "elsewhere")
    build(tmp_path)
    assert not link.is_symlink()
    assert target.read_text() == "mine"
    assert list((tmp_path / "elsewhere").iterdir()) == [target]


def test_where_it_cannot_be_deleted_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)
    state(tmp_path).chmod(0o777)

    def refused(path: Path) -> None:
        raise PermissionError(1, "Operation not permitted", str(path))

    monkeypatch.setattr(ownership, "remove", refused)
    with pytest.raises(MachineFailure, match="another user"):
        build(tmp_path)


def test_a_disk_without_modes_keeps_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)
    state(tmp_path).chmod(0o777)
    chmod: Callable[..., None] = lambda *_, **__: None  # noqa: E731
    monkeypatch.setattr(Path, "chmod", chmod)
    assert remembers(build(tmp_path))

"""What is written lies apart from what is read: refused otherwise, with nothing changed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from sites import trial_text

from trialpages.cli import cli
from trialpages.content.apart import is_inside, refuse_together
from trialpages.content.reading import Folders
from trialpages.problems import CallFailure, Failure


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("content/trials", "content/empty", "theme", "templates", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "content/trials/NCT00000001.md").write_text(trial_text("NCT00000001"))
    (tmp_path / "link").symlink_to(tmp_path / "content", target_is_directory=True)
    (tmp_path / "into").symlink_to(tmp_path / "content/new", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def everything(top: Path) -> list[tuple[str, bytes]]:
    files = sorted(path for path in top.rglob("*") if path.is_file())
    return [(str(path), path.read_bytes()) for path in files]


def status_of(*words: str) -> int:
    try:
        return int(cli.main(list(words), standalone_mode=False) or 0)
    except Failure as failure:
        return failure.exit_status


SITES = (
    "content",
    "content/",
    "./theme/../content",
    "content/site",
    "content/empty",
    "content/trials/deep/er",
    "link",
    "link/site",
    "into",
    "theme",
    "templates/out",
    ".",
    "elsewhere/..",
    "..",
)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("verb", ["build", "bundle", "watch"])
def test_a_site_in_what_it_is_made_from_or_around_it(home: Path, site: str, verb: str) -> None:
    before = everything(home)
    assert status_of(verb, "--site", site) == 2
    assert everything(home) == before


def test_the_message_names_both_folders(home: Path) -> None:
    with pytest.raises(CallFailure) as raised:
        Folders(home / "content", home / "templates", home / "theme", home / "link/site")
    (problem,) = raised.value.problems
    assert str(home / "link/site") in problem.message
    assert str(home / "content") in problem.message
    assert "--content" in problem.message
    assert "--site" in problem.hint


def test_content_in_the_folder_that_a_build_clears(home: Path) -> None:
    state = home / "elsewhere/.site.trialpages/next"
    state.mkdir(parents=True)
    with pytest.raises(CallFailure):
        Folders(state, home / "templates", home / "theme", home / "elsewhere/site")


@pytest.mark.parametrize("site", ["site", "elsewhere/site", "contents", "content.site", ".site"])
def test_a_site_beside_them(home: Path, site: str) -> None:
    Folders(home / "content", home / "templates", home / "theme", home / site)


@pytest.mark.parametrize("out", ["site/x.zip", "content/x.zip", "link/new/x.zip", "theme/x.zip"])
def test_a_bundle_in_them(home: Path, out: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of("build", "--no-search", "-q") == 0
    before = everything(home)
    assert status_of("bundle", "--out", out) == 2
    assert "--out" in capsys.readouterr().err
    assert everything(home) == before


@pytest.mark.parametrize("report", ["site/x.md", "content/trials/NCT00000001.md", "link/x.md"])
def test_a_report_in_them(home: Path, report: str) -> None:
    assert status_of("build", "--no-search", "-q") == 0
    before = everything(home)
    assert status_of("sync", "--report", report) == 2
    assert everything(home) == before


def test_a_folder_is_known_by_what_it_is_and_not_by_its_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk to which `Content` and `content` are one name."""
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        return real(Path(str(path).replace("CONTENT", "content")), follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    assert is_inside(home / "CONTENT/site", home / "content")
    assert not is_inside(home / "CONTENTS/site", home / "content")


@pytest.mark.parametrize("place", ["/", ".git", ".git/site"])
def test_no_site_is_where_the_system_or_git_is(tmp_path: Path, place: str) -> None:
    with pytest.raises(CallFailure, match="the system's or git's"):
        refuse_together(tmp_path / place, {"content": tmp_path / "content"})


OUTPUTS = {
    "out.md": ("sync", "--check", "--report", "out.md"),
    "out.zip": ("bundle", "--out", "out.zip"),
    "content/trial.schema.json": ("schema", "--write"),
    "content/README.md": ("schema", "--write"),
}


@pytest.mark.parametrize("kind", ["pipe", "link", "link to nothing", "device"])
@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no nodes like these")
def test_what_is_no_file_is_replaced_by_none(home: Path, name: str, kind: str) -> None:
    path = home / name
    (home / "mine").write_text("mine")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        try:
            os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
        except PermissionError:
            pytest.skip("this user makes no devices")
    else:
        path.symlink_to(home / ("mine" if kind == "link" else "nothing"))
    before = path.lstat()
    assert status_of(*OUTPUTS[name]) == 2
    assert path.lstat() == before
    assert (home / "mine").read_text() == "mine"
    assert not (home / "nothing").exists()
    assert [one.name for one in home.iterdir() if one.name.startswith("out")] in ([], [path.name])

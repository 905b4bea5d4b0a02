"""The zip for use from a disk, and the wheel for use without this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from browser import Visit, serve, visit
from click.testing import CliRunner
from playwright.sync_api import Browser
from sites import PROJECT, Once, build_site, digest, trial_text
from test_cli import project, run

from trialpages.build import Report
from trialpages.cli import cli
from trialpages.problems import BusyFailure
from trialpages.publish import bundle
from trialpages.publish.bundle import write_bundle
from trialpages.publish.size import Extent
from trialpages.publish.stage import state_folder
from trialpages.state.lock import hold

__all__ = ["project"]


def test_the_same_site_gives_the_same_bytes(project: Path) -> None:
    assert run(project, "bundle").returncode == 0
    first = (project / "site.zip").read_bytes()
    for path in (project / "site").rglob("*"):
        os.utime(path, (1, 1))
    write_bundle(project / "site", project / "other/site.zip")
    assert (project / "other/site.zip").read_bytes() == first
    assert list(project.glob(".*.tmp")) == []


def test_a_bundle_holds_the_whole_site_and_one_copy_of_the_index(project: Path) -> None:
    assert run(project, "bundle", "--out", "out/trials.zip", "--quiet").stderr == ""
    with zipfile.ZipFile(project / "out/trials.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(project / "unzipped")
    index = project / "site/pagefind"
    (wasm,) = index.glob("wasm.*")
    wasm.unlink()
    (part,) = (path.parent for path in index.glob("*/*.pf_meta") if "offline" not in path.parts)
    shutil.rmtree(part)
    for folder in "words", "texts":
        (found,) = (path for path in index.glob(f"*/{folder}") if "offline" not in path.parts)
        shutil.rmtree(found)
    assert (index / "offline").exists()
    assert digest(project / "unzipped/trials") == digest(project / "site")


@pytest.mark.browser
def test_a_bundle_is_searched_from_disk(project: Path, browser: Browser) -> None:
    assert run(project, "bundle").returncode == 0
    with zipfile.ZipFile(project / "site.zip") as archive:
        archive.extractall(project / "unzipped")
    site = project / "unzipped/site"
    with visit(browser, site.as_uri() + "/") as tab:
        find_migraine(tab)
    with serve(site) as address, visit(browser, address, clean=False) as tab:
        find_migraine(tab)  # the browser notes that the other copy is missing
        assert tab.strays == []


def find_migraine(tab: Visit) -> None:
    tab.page.goto(f"{tab.site}search.html?q=migraine")
    tab.page.get_by_role("link", name="Rest for migraine").first.wait_for()


def test_no_build_swaps_the_site_that_a_bundle_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(tmp_path, {"site.yaml": "title: x\n"})

    def beside(site: Path, _out: Path) -> int:
        with pytest.raises(BusyFailure), hold(state_folder(site)):
            pass
        return 1

    monkeypatch.setattr(bundle, "write_bundle", beside)
    monkeypatch.setattr(
        "trialpages.build.build", lambda *_: Report(0, 0, {}, True, (), Extent(0, 0))
    )
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["bundle", "--templates", str(PROJECT / "templates")])
    assert "wrote site.zip" in done.output, done.output


def test_a_bundle_that_cannot_be_written_ends_with_3(project: Path) -> None:
    (project / "taken").write_text("a file where the folder goes")
    done = run(project, "bundle", "--out", "taken/site.zip")
    assert done.returncode == 3, done.stderr


# --- the wheel ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(once: Once) -> Path:
    """A wheel of this project, unpacked in an environment that has nothing else of it."""
    return once("wheel", _install_wheel) / "installed"


_OF_A_WHEEL = ("pyproject.toml", "README.md", "LICENSE", "trialpages")


def _install_wheel(folder: Path) -> None:
    source = folder / "source"
    source.mkdir()
    for name in (*_OF_A_WHEEL, "templates", "theme", "content", ".github"):
        (source / name).symlink_to(PROJECT / name)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(source)]
    subprocess.run(wheel, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "installed"), str(built)],
        check=True,
        capture_output=True,
    )


def trialpages(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code = "from trialpages.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_builds_any_folder_with_content(installed: Path, tmp_path: Path) -> None:
    content = tmp_path / "content/trials"
    content.mkdir(parents=True)
    (content / "NCT00000001.md").write_text(trial_text())
    done = trialpages(installed, tmp_path, "--no-search")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/trials/NCT00000001.html").read_text()
    assert "Talk to your doctor" in page
    assert trialpages(installed, tmp_path, "check").returncode == 0
    assert trialpages(installed, tmp_path, "new", "NCT00000002").returncode == 0


def test_own_files_take_the_place_of_the_shipped_ones(installed: Path, tmp_path: Path) -> None:
    for name, text in {
        "content/trials/NCT00000001.md": trial_text(),
        "templates/page.html": "<!doctype html><title>mine</title>{{ page.title }}",
        "templates/extra.html": "not used",
        "theme/site.css": "body { color: teal }",
        "content/pages/about.md": "# About us\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    done = trialpages(installed, tmp_path, "--no-search")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/about.html").read_text() == (
        "<!doctype html><title>mine</title>About us"
    )
    (style,) = (tmp_path / "site/assets").glob("site.*.css")
    assert style.read_text() == "body { color: teal }"
    assert (tmp_path / "site/trials/NCT00000001.html").is_file()
    assert list((tmp_path / "site/assets").glob("search.*.js"))


def test_the_packages_of_the_wheel_are_all_there_are(installed: Path) -> None:
    own = {path.relative_to(PROJECT) for path in (PROJECT / "trialpages").rglob("*.py")}
    assert own
    assert {path for path in own if not (installed / path).is_file()} == set()
    for name in ("templates", "theme"):
        files = [path for path in (PROJECT / name).rglob("*") if path.is_file()]
        assert all(
            (installed / "trialpages" / path.relative_to(PROJECT)).is_file() for path in files
        )

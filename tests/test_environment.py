"""What the two commands install, and from what list."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from trialpages.machine import environment

MISSING = "ERROR: No matching distribution found for pyyaml==6.0.99"
CHANGED = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."


@dataclass
class Pip:
    """Is asked in place of the real one; complains of the first thing it is asked for."""

    complaint: str = ""
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, _: Path, *words: str) -> str:
        self.asked.append(words)
        return self.complaint if len(self.asked) == 1 else ""


@pytest.fixture
def pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pip:
    stand_in = Pip()
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(environment, "_pip", stand_in)
    (tmp_path / "python").touch()
    (tmp_path / "lib/python3/site-packages/pip").mkdir(parents=True)
    return stand_in


def install(tmp_path: Path, extra: str = "") -> None:
    environment._install(tmp_path / "python", extra)


@pytest.mark.parametrize(
    ("extra", "name"), [("", "constraints.txt"), ("dev", "constraints-dev.txt")]
)
def test_what_is_installed_are_the_tested_versions_with_their_digests(
    tmp_path: Path, pip: Pip, extra: str, name: str
) -> None:
    install(tmp_path, extra)
    (asked,) = pip.asked
    assert asked[-2:] == ("--require-hashes", f"--requirement={environment.PROJECT / name}")
    assert environment._stamp(extra).exists()


def test_where_a_version_cannot_be_had_another_within_the_bounds_will_do(
    tmp_path: Path, pip: Pip
) -> None:
    pip.complaint = MISSING
    install(tmp_path)
    assert len(pip.asked) == 2
    assert any(word.startswith("pyyaml>=") for word in pip.asked[1])
    assert environment._stamp("").exists()


def test_a_package_that_is_not_the_tested_one_is_never_installed(tmp_path: Path, pip: Pip) -> None:
    pip.complaint = CHANGED
    with pytest.raises(SystemExit, match="3"):
        install(tmp_path)
    assert len(pip.asked) == 1
    assert not environment._stamp("").exists()


def test_variables_that_say_where_packages_go_are_not_pips_to_see(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PIP_TARGET", "PIP_DRY_RUN", "PIP_PREFIX", "PIP_USER", "PYTHONPATH"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example")
    found = environment._pip_environment()
    assert "PIP_INDEX_URL" in found
    assert not {"PIP_TARGET", "PIP_DRY_RUN", "PIP_PREFIX", "PIP_USER", "PYTHONPATH"} & set(found)


@dataclass
class Begun:
    """What a start of the command did, with the environment as it is."""

    made: list[str] = field(default_factory=list)

    def make(self) -> None:
        self.made.append("environment")

    def go_on(self, _: Path) -> None:
        self.made.append("went on")


@pytest.fixture
def begun(tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch) -> Begun:
    found = Begun()
    assert pip.asked == []
    monkeypatch.setattr(environment, "_NEEDED", ("nothing_of_this_name",))
    monkeypatch.setattr(environment, "_make_environment", found.make)
    monkeypatch.setattr(environment, "_go_on", found.go_on)
    monkeypatch.setenv(environment.MADE_NOW, "")
    environment._stamp("").touch()
    (tmp_path / "bin").mkdir()
    return found


def test_an_environment_of_a_python_that_is_gone_is_made_anew(tmp_path: Path, begun: Begun) -> None:
    (tmp_path / "bin/python").symlink_to(tmp_path / "gone")
    environment.ensure_installed()
    assert begun.made == ["environment", "went on"]


def test_an_environment_of_another_version_is_made_anew_once(
    tmp_path: Path,
    begun: Begun,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "bin/python").touch()
    environment.ensure_installed()
    assert begun.made == ["went on"]
    monkeypatch.setattr("sys.prefix", str(tmp_path))  # inside, where it turns out
    environment.ensure_installed()
    assert begun.made == ["went on", "environment", "went on"]
    with pytest.raises(SystemExit, match="3"):
        environment.ensure_installed()
    assert "pip config list" in capsys.readouterr().err


def test_the_first_package_that_can_be_had_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def apt_get(command: list[str]) -> bool:
        asked.append(command[-1])
        return command[-1] == "chromium"

    monkeypatch.setattr(environment, "_apt_get", apt_get)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    environment.install_debian_package("chromium-headless-shell", "chromium", "never asked")
    assert asked == ["-q", "chromium-headless-shell", "chromium"]
    with pytest.raises(SystemExit, match="nothing can't be installed"):
        environment.install_debian_package("nothing")

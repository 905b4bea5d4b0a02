"""What the two commands install, and from what list."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from trialpages import environment

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
    assert pip.asked == [("--require-hashes", f"--requirement={environment.PROJECT / name}")]
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
    with pytest.raises(SystemExit, match="can't be installed"):
        install(tmp_path)
    assert len(pip.asked) == 1
    assert not environment._stamp("").exists()

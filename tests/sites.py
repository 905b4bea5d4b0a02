"""Whole small sites, written inside a test."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from trialpages.build import Report, Request, build
from trialpages.content.reading import Folders

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "tests/sample"
"""A content folder with two real trials, for tests; the project's own `content/` is anybody's."""
AS_OF = "2025-10-01"
PATIENCE = 180.0
"""Seconds after which what a test waits for will not come. A busy machine is slow, not wrong."""

Once = Callable[[str, Callable[[Path], object]], Path]
"""`once(name, make)`: the folder of this name, which the first process that asks has made."""

TRIAL = """\
---
nct_id: {id}
brief_title: {title}
overall_status: RECRUITING
conditions:
  - Migraine
study_type: INTERVENTIONAL
---

## Brief summary

Does rest help?
"""


def trial_text(trial_id: str = "NCT00000001", title: str = "Rest for migraine") -> str:
    """The smallest trial worth a page."""
    return TRIAL.format(id=trial_id, title=title)


def write_files(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def sample_files() -> dict[str, str | bytes]:
    """What the sample's content folder holds, by path."""
    content = SAMPLE / "content"
    found = (path for path in sorted(content.rglob("*")) if path.is_file())
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in found}


def folders(project: Path) -> Folders:
    """The project's own templates and theme, and content and site below `project`."""
    return Folders(project / "content", PROJECT / "templates", PROJECT / "theme", project / "site")


def build_site(
    project: Path, files: dict[str, str | bytes] | None = None, *, search: bool = False
) -> Report:
    """Write the files below content/ and build the site."""
    write_files(project / "content", files or {})
    return build(Request(folders(project), AS_OF, search=search))


def digest(folder: Path) -> str:
    """One digest of all names and bytes of a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()

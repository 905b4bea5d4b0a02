"""Whole small sites, written inside a test."""

from __future__ import annotations

import hashlib
from pathlib import Path

from trialpages.build import Report, Request, build
from trialpages.reading import Folders

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "tests/sample"
"""A content folder with two real trials, for tests; the project's own `content/` is anybody's."""
AS_OF = "2025-10-01"

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

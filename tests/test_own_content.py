"""The project's own `content/`: what the program writes there, and its two trials.

All other tests bring their content along, so that whoever replaces these trials has green tests.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import AS_OF, PROJECT, SAMPLE

from trialpages.audit.site import audit_site
from trialpages.build import Request, build
from trialpages.content.reading import Folders

CONTENT = PROJECT / "content"
TITLE = "# What an editor writes\n"


def test_the_table_stands_below_its_title() -> None:
    table = CONTENT / "README.md"
    if not table.is_file():
        pytest.skip("content/ has been replaced: no table of fields is kept there")
    assert table.read_text("utf-8").startswith(TITLE)


def test_the_two_trials_make_a_site_without_a_fault(tmp_path: Path) -> None:
    own, sample = (sorted(one.glob("trials/*.md")) for one in (CONTENT, SAMPLE / "content"))
    if [path.name for path in own] != [path.name for path in sample]:
        pytest.skip("content/ has been replaced: `python3 build.py check` looks at what is there")
    parts = (PROJECT / "templates", PROJECT / "theme", tmp_path / "site")
    assert build(Request(Folders(CONTENT, *parts), AS_OF, search=False)).trials == len(own)
    assert audit_site(tmp_path / "site").problems == ()


_READS_CONTENT = re.compile(
    r'PROJECT\s*/\s*f?"content\b|PROJECT\.r?glob\(f?"content|folders\(PROJECT\)'
)


def test_no_other_test_reads_content() -> None:
    """But for the house's, which asks of the two files there that the program writes."""
    may = {Path(__file__).name, "test_house.py"}
    tests = [path for path in (PROJECT / "tests").rglob("*.py") if path.name not in may]
    reading = [path.name for path in tests if _READS_CONTENT.search(path.read_text("utf-8"))]
    assert reading == [], "use sites.SAMPLE: content/ is whatever its owner makes of it"

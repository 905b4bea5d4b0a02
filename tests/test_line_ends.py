"""A checkout whose lines end as Windows has them makes the same site, to the byte."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from sites import AS_OF, digest, trial_text, write_files
from test_page_text import page  # the text of a trial's page
from versions import full_record, put

from trialpages.build import Request, build
from trialpages.content.reading import Folders
from trialpages.importing import import_records
from trialpages.updating.arrivals import Policy

_SVG = (
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n'
    '<rect width="9" height="9"/>\n</svg>\n'
)
_FILES: dict[str, str | bytes] = {
    "content/site.yaml": "title: T\nurl: https://example.org/t/\nlogo: logo.svg\n"
    "footer: |\n  Two\n  lines\nmenu:\n  - title: About\n    page: about\n",
    "content/pages/about.md": "# About\n\nOne\ntwo\\\nthree\n\n    code\n    more\n",
    "content/queries.yaml": "trials:\n  - NCT00000001\n",
    "content/trials/NCT00000002.md": trial_text("NCT00000002") + "\n* a\n* b\n\n  more\n",
    "content/trials/NCT00000003.yaml": "nct_id: NCT00000003\nbrief_title: >\n  Long\n  title\n"
    "overall_status: RECRUITING\nstudy_type: INTERVENTIONAL\n"
    "source:\n  file: record.json\nbrief_summary: |\n  One.\n\n  Two.\n",
    "content/sources/record.json": '{\n "a": 1\n}\n',
    "content/sources/table.csv": "a,b\n1,2\n",
    "content/media/logo.svg": _SVG,
    "content/media/dots.png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "templates/robots.txt": "User-agent: *\nDisallow:\n",
    "templates/strings/en.yaml": "glossary_title: Our\n  words\n",
    "theme/site.css": "body {\n  margin: 0;\n}\n",
    "theme/favicon.svg": _SVG,
    "theme/lists.js": "// one\n// two\n",
}


def _project(folder: Path, *, is_windows: bool) -> Path:
    write_files(folder, _FILES)
    posted = {"moreInfoModule": {"limitationsAndCaveats": {"description": "Few.\n\nVery."}}}
    put(folder / "content", full_record() | {"hasResults": True, "resultsSection": posted})
    if is_windows:
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix != ".png":
                path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return folder


@pytest.mark.parametrize("search", [False, True])
def test_a_site_is_the_same_whatever_ends_its_sources_lines(tmp_path: Path, search: bool) -> None:
    found = {}
    for name in ("plain", "windows"):
        folder = _project(tmp_path / name, is_windows=name == "windows")
        places = (folder / part for part in ("content", "templates", "theme", "site"))
        build(Request(Folders(*places), AS_OF, search=search))
        found[name] = {
            path.relative_to(folder / "site").as_posix(): path.read_bytes()
            for path in (folder / "site").rglob("*")
            if path.is_file()
        }
    assert sorted(found["plain"]) == sorted(found["windows"])
    assert [
        name for name, content in found["plain"].items() if found["windows"][name] != content
    ] == []
    assert found["plain"]["sources/record.json"] == b'{\n "a": 1\n}\n'


def test_a_pages_text_makes_the_same_file_whatever_ends_its_lines(tmp_path: Path) -> None:
    text = page({"Locations": ["Shanghai, China", "Beijing, China"]})
    made = []
    for name, ends in (("plain", "\n"), ("windows", "\r\n")):
        (tmp_path / name).mkdir()
        put_text(tmp_path / name, text.replace("\n", ends))
        made.append(digest(tmp_path / name / "content"))
    assert made[0] == made[1]


def put_text(folder: Path, text: str) -> None:
    path = folder / "page.txt"
    path.write_bytes(text.encode())
    (arrival,) = import_records([str(path)], BytesIO(), folder / "content", Policy.UPDATE)
    assert arrival.state == "new"

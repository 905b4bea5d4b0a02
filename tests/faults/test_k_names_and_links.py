"""Group K: links in content, and names that no file of a site can have."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import PROJECT, write_files
from test_import import study

from faults.counts import count
from faults.rows import Row
from faults.sandbox import Done, Project, command, project, sample, trial
from trialpages.problems import visible

# --- 55 -----------------------------------------------------------------------------------------

_SECRET = "SECRET-of-somebody-else"


def _outside(folder: Path) -> Path:
    """A folder with something of every kind, which lies beside the project."""
    front = f"official_title: {_SECRET}\nsource: {{file: secret.txt}}\n"
    files: dict[str, str | bytes] = {
        "site.yaml": f"title: {_SECRET}\n",
        "page.md": f"# {_SECRET}\n\n{_SECRET}\n",
        "logo.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><title>{_SECRET}</title></svg>',
        "secret.txt": _SECRET,
        "NCT00000002.md": trial(2, _SECRET, front),
        "NCT00000003.yaml": trial(3, _SECRET).split("---")[1],
        "NCT00000001.results.json": json.dumps({"moreInfoModule": {"x": _SECRET}}),
        "NCT00000001": f"brief_title {_SECRET}\n",
        "trials/NCT00000002.md": trial(2, _SECRET, front),
        "pages/page.md": f"# {_SECRET}\n",
        "media/logo.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><title>{_SECRET}</title></svg>',
        "sources/secret.txt": _SECRET,
        ".imported/NCT00000001": f"brief_title {_SECRET}\n",
    }
    write_files(folder, files)
    return folder


_LINKS: dict[str, str] = {
    # what lies in content/, and what outside it leads to
    "trials": "trials",
    "pages": "pages",
    "media": "media",
    "sources": "sources",
    "site.yaml": "site.yaml",
    "trials/NCT00000002.md": "NCT00000002.md",
    "trials/NCT00000003.yaml": "NCT00000003.yaml",
    "trials/NCT00000001.results.json": "NCT00000001.results.json",
    "trials/more": "trials",
    "trials/a/b/c": "trials",
    "trials/a/b/c/NCT00000002.md": "NCT00000002.md",
    "pages/page.md": "page.md",
    "pages/more": "pages",
    "media/logo.svg": "logo.svg",
    "media/a/b": "media",
    "sources/secret.txt": "secret.txt",
    "sources/more": "sources",
    "notes": "pages",
    "notes.md": "page.md",
    "trials/gone": "nothing-there",
    "trials/round": "../p/content/trials",
    "trials/NCT00000004.md": "/dev/zero",
    "site-of-mine.yaml": "site.yaml",
}
_FOLDERS = ("trials", "pages", "media", "sources")


def _linked(made: Project, name: str, target: str) -> Path:
    """Put a link into content/, in the place of what is there."""
    path = made.content / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target if target.startswith("/") else f"{made.folder.parent}/out/{target}")
    return path


def _foreign(made: Project) -> list[str]:
    found = [path for path in made.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [str(path) for path in found if _SECRET.encode() in path.read_bytes()]


def test_row_55_links_in_content(row: Row, tmp_path: Path) -> None:
    _outside(tmp_path / "out")
    wrong: list[object] = []
    links = list(_LINKS.items())
    chosen = [links[number] for number in sample(len(links), count("55 links"), 55)]
    for name, target in chosen:
        shutil.rmtree(tmp_path / "p", ignore_errors=True)
        made = project(tmp_path / "p", trials=1)
        made.write(
            {"sources/a.txt": "a", "media/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
        )
        made.build()
        before = made.digest()
        _linked(made, name, target)
        for done in (made.command("--no-search"), _check(made)):
            named = f"content/{name}  error: this is a link, which isn't followed" in done.said
            if done.status != 1 or not named or not done.is_clear:
                wrong.append((name, done))
        if made.digest() != before or _foreign(made):
            wrong.append((name, "something came in"))
    more = _whole_folder(tmp_path) + _links_met_by_import(tmp_path)
    row.reached(
        f"{len(chosen) - len(wrong)} of {len(chosen)} kinds of links refused with their path by "
        f"build and check, 0 foreign bytes in site/; content/ itself and {len(_MET_BY_IMPORT)} "
        f"ways to lead an import out: {len(more)} followed"
    )
    assert wrong == []
    assert more == []
    assert len(_LINKS) >= 20


def _check(made: Project) -> Done:
    return command(["build.py", "check", "--content", str(made.content), "--site", "none"])


def _whole_folder(folder: Path) -> list[object]:
    """content/ itself is followed where the call names it, and not where it was only put there."""
    made = project(folder / "real", trials=1)
    place = folder / "linked"
    place.mkdir()
    (place / "content").symlink_to(made.content)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        unnamed = command(["build.py", "build", "--no-search"])
        named = command(["build.py", "build", "--no-search", "--content", "content"])
    refused = unnamed.status == 1 and "content  error: this is a link" in unnamed.said
    return [] if refused and named.status == 0 else [unnamed, named]


_MET_BY_IMPORT: dict[str, Callable[[Path, Path], None]] = {
    "content": lambda content, out: content.symlink_to(out),
    "trials": lambda content, out: _link(content / "trials", out),
    ".imported": lambda content, out: _link(content / "trials/.imported", out),
    "a trial": lambda content, out: _link(content / "trials/NCT00000001.md", out / "x.md"),
    "a trial that is nowhere": lambda content, out: _link(
        content / "trials/NCT00000001.md", out / "new.md"
    ),
    "posted results": lambda content, out: _link(
        content / "trials/NCT00000001.results.json", out / "x.md"
    ),
    "a file about to be written": lambda content, out: _link(
        content / "trials/.NCT00000001.md.tmp", out / "x.md"
    ),
}


def _link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True)
    path.symlink_to(target)


def _links_met_by_import(folder: Path) -> list[object]:
    """The links through which an import wrote, or read what it then published."""
    followed: list[object] = []
    source = folder / "record.json"
    source.write_text(json.dumps(study("NCT00000001")))
    for number, (name, put) in enumerate(_MET_BY_IMPORT.items()):
        out = folder / f"import{number}/out"
        write_files(out, {"x.md": trial(1, _SECRET)})
        content = out.parent / "content"
        put(content, out)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(out.parent)
            done = command(["build.py", "import", "--update", str(source)])
        written = sorted(path.name for path in out.rglob("*"))
        read = [
            path
            for path in (content.rglob("*") if not content.is_symlink() else ())
            if path.is_file() and not path.is_symlink() and _SECRET in path.read_text()
        ]
        if written != ["x.md"] or _SECRET not in (out / "x.md").read_text() or read:
            followed.append((name, done))
        if "fault in trialpages" in done.said or "Traceback" in done.said:
            followed.append((name, done))
    return followed


# --- 60 -----------------------------------------------------------------------------------------

_LONG = "x" * 252
_NAMES: dict[str, bytes] = {
    "Latin-1": b"\xc9tude",
    "a lone byte": b"a\xff",
    "cut in a character": b"a\xe2\x89",
    "an encoded surrogate": b"a\xed\xa0\x80",
    "overlong": b"a\xc0\xae",
    "Shift JIS": "試験".encode("shift-jis"),
    "255 bytes": _LONG.encode(),
    "255 bytes of two each": ("é" * 126).encode(),
    "a new line": b"a\nb",
    "a return": b"a\rb",
    "an escape": b"a\x1b]0;x\x07",
    "a line separator": "a\u2028b".encode(),
    "a bidi control": "a\u202eb".encode(),
    "a backslash": b"a\\b",
    "a colon": b"a:b",
    "only a new line": b"\n",
}
_PLACES = {
    "content/trials": b".md",
    "content/pages": b".md",
    "content/media": b".svg",
    "content/sources": b".txt",
    "content": b".md",
    "content/pages/more": b".md",
    "templates": b".html",
    "theme": b".css",
}


def test_row_60_unusable_names(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=2)
    made.own_templates()
    shutil.copytree(PROJECT / "theme", made.folder / "theme")
    made.build()
    before = made.digest()
    wrong: list[object] = []
    places = list(_PLACES.items())
    chosen = [places[number] for number in sample(len(places), count("60 places"), 60)]
    for place, ending in chosen:
        for name in _NAMES.values():
            wrong += _with_name(made, place, (name + ending)[-255:], before)
        wrong += _with_folder(made, place)
    together = _all_at_once(made)
    outside = _with_parents(tmp_path / "parents")
    row.reached(
        f"{len(_NAMES) * len(chosen) - len(wrong)} of {len(_NAMES) * len(chosen)} ({len(_NAMES)} "
        f"names in {len(chosen)} folders) named as the one problem, unchanged; {len(together)} at "
        f"once told with {len(set(together))} places; above the project: {outside} of 3 built"
    )
    assert wrong == []
    assert len(set(together)) == len(together) == len(_NAMES)
    assert outside == 3


def _problems(made: Project) -> list[dict[str, str]]:
    done = made.command("--no-search", "--json")
    assert "fault in trialpages" not in done.said, done.said
    found = [json.loads(line) for line in done.said.splitlines() if line.startswith("{")]
    return [one for one in found if one["severity"] == "error"]


def _put(made: Project, place: str, name: bytes) -> Path:
    """A file of that name; its bytes go through the system unchanged (PEP 383)."""
    path = made.folder / place / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def _with_name(made: Project, place: str, name: bytes, before: str) -> list[object]:
    path = _put(made, place, name)
    found = _problems(made)
    path.unlink()
    shown = visible(path.name)
    ok = [visible(one["path"]).endswith(shown) and one["code"] == "bad-name" for one in found]
    return [] if ok == [True] and made.digest() == before else [(place, name, found)]


def _with_folder(made: Project, place: str) -> list[object]:
    """A folder of such a name is one problem, whatever is in it."""
    for name in (b"\xff/a.md", b"\xff/\xfe.md"):
        folder = _put(made, place, name).parent
    found = _problems(made)
    shutil.rmtree(folder)
    return [] if [one["code"] for one in found] == ["bad-name"] else [(place, found)]


def _all_at_once(made: Project) -> list[str]:
    for number, name in enumerate(_NAMES.values()):
        place = ("trials", "pages", "media", "sources")[number % 4]
        _put(made, f"content/{place}", name[:250] + b".txt")
    return [one["path"] for one in _problems(made)]


def _with_parents(folder: Path) -> int:
    """A folder above the project may have any name."""
    built = 0
    for name in (b"\xc9tude", b"a\nb", b"\xff" * 200):
        parent = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        made = project(parent, trials=1)
        built += made.command().status == 0 and (made.site / "search.html").exists()
    return built

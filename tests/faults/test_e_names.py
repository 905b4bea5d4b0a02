"""Group E: names of ids, terms, pages and files."""

from __future__ import annotations

import io
import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from test_import import study, zipped
from test_publish import BAD_NAMES

from faults.counts import count
from faults.rows import Row
from faults.sandbox import Project, id_of, project, trial
from trialpages.importing import import_records
from trialpages.problems import ContentFailure, Failure
from trialpages.publish.stage import staging
from trialpages.records.trial_file import read_trial
from trialpages.text.spelling import folded, slug
from trialpages.updating.arrivals import Policy

# --- 27 -----------------------------------------------------------------------------------------

_PARTS = (
    "..", "/", "\\", ".", "%2e", "%2f", "\0", "\n", "\r", " ", "~", "C:", "NCT00000001", "0000",
    "A", "-", "a", "．．", "∕", "\u202e", "\ud800", "://", "|", "*", "?", "é", "e\u0301", ".md",
    "etc/passwd", "trials/", ".imported", "$(x)", "`x`", "😀",
)  # fmt: skip


def hostile_names(wanted: int) -> list[str]:
    dice = random.Random(27)
    made = ("".join(dice.choices(_PARTS, k=dice.randint(1, 6))) for _ in range(wanted))
    return [*BAD_NAMES, *made][:wanted]


def test_row_27_every_write_stays_inside(row: Row, tmp_path: Path) -> None:
    names = hostile_names(count("27 names"))
    inside = tmp_path / "in/side"
    content = inside / "content"
    written = _import_all(names, content)
    aliases = [name for name in names if _alias_taken(name)]
    strange = [name for name in aliases if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{4,39}", name)]
    slugs = [slug(key) for name in names if (key := folded(name))]
    odd_slugs = [each for each in slugs if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,99}", each)]
    staged = _stage_all(names, inside / "site")
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and not _is_in(path, inside)]
    row.reached(
        f"{len(names):,} names as ids, zip members, aliases, terms and page names: {written} "
        f"records and {staged} pages written, {len(outside)} files outside the output, "
        f"{len(strange)} strange aliases taken, {len(odd_slugs)} unsafe names of lists"
    )
    assert outside == []
    assert strange == odd_slugs == []
    found = {path.name for path in (content / "trials").glob("*") if path.is_file()}
    assert all(re.fullmatch(r"[A-Za-z0-9-]+\.md", name) for name in found), found


def _import_all(names: list[str], content: Path) -> int:
    """Import records with these ids, out of a zip whose members have these names."""
    lines = b"\n".join(json.dumps(study(name)).encode() for name in names)
    members = [
        (f"{name}{number}.json", json.dumps(study(id_of(number + 10**6))).encode())
        for number, name in enumerate(names[:200])
        if "\0" not in name and _encodes(name)
    ]
    stream = [io.BytesIO(lines), io.BytesIO(zipped(*members))]
    return sum(
        outcome.state == "new"
        for each in stream
        for outcome in import_records(["-"], each, content, Policy.NEW_ONLY)
    )


def _encodes(name: str) -> bool:
    return not re.search("[\ud800-\udfff]", name)


def _alias_taken(name: str) -> bool:
    text = trial(1, front=f"aliases:\n  - {json.dumps(name)}\n")
    found = read_trial(text.encode("utf-8", "replace"), "x.md").trial
    return found is not None and name in found.aliases


def _stage_all(names: list[str], site: Path) -> int:
    written = 0
    with staging(site) as stage:
        for name in names:
            try:
                stage.write(name, b"x")
            except Failure:
                continue
            written += 1
            assert _is_in((stage.folder / name).resolve(), stage.folder), name
    return written


def _is_in(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder)


# --- 28 -----------------------------------------------------------------------------------------

NFC, NFD = unicodedata.normalize("NFC", "Café"), unicodedata.normalize("NFD", "Café")

_CLASHES: dict[str, dict[str, str]] = {
    "the same id in two files": {
        "trials/NCT00000001.md": trial(1),
        "trials/b/NCT00000001.md": trial(1),
    },
    "md and yaml": {
        "trials/NCT00000001.md": trial(1),
        "trials/NCT00000001.yaml": trial(1).split("---")[1],
    },
    "an alias and an id": {
        "trials/NCT00000001.md": trial(1, front="aliases:\n  - NCT00000002\n"),
        "trials/NCT00000002.md": trial(2),
    },
    "an id and an alias": {
        "trials/NCT00000001.md": trial(1),
        "trials/NCT00000002.md": trial(2, front="aliases:\n  - NCT00000001\n"),
    },
    "two aliases": {
        "trials/NCT00000001.md": trial(1, front="aliases:\n  - OLD-0001\n"),
        "trials/NCT00000002.md": trial(2, front="aliases:\n  - OLD-0001\n"),
    },
    "two results": {
        "trials/NCT00000001.md": trial(1),
        "trials/NCT00000001.results.json": "{}",
        "trials/b/NCT00000001.results.json": "{}",
    },
    "pages by case": {"pages/About.md": "# B\n", "pages/ABOUT.md": "# A\n"},
    "pages in folders": {"pages/a/about.md": "# A\n", "pages/b/about.md": "# B\n"},
}  # fmt: skip
_TERMS: dict[str, tuple[str, str]] = {
    "terms NFC and NFD": (NFC, NFD),
    "terms by case": ("Migraine", "MIGRAINE"),
    "terms with one plain form": ("A/B", "A B"),
    "a term and a page of its index": ("index", "Letter A"),
}


def test_row_28_collisions(row: Row, tmp_path: Path) -> None:
    named = [how for how, files in _CLASHES.items() if _both_named(tmp_path / how, files)]
    apart = [how for how, terms in _TERMS.items() if _kept_apart(tmp_path / how, terms)]
    tried = len(_CLASHES) + len(_TERMS)
    row.reached(
        f"{len(named) + len(apart)} of {tried}: {len(named)} of {len(_CLASHES)} clashes of files "
        f"with both named, {len(apart)} of {len(_TERMS)} clashes of terms without a lost page"
    )
    assert (named, apart) == (list(_CLASHES), list(_TERMS))


def _both_named(folder: Path, files: dict[str, str]) -> bool:
    made = Project(folder)
    made.write(dict(files))
    done = made.command("--no-search")
    clashing = [name for name in files if len(files) == 2 or "results" in name]
    return done.status == 1 and done.is_clear and all(name in done.said for name in clashing)


def _kept_apart(folder: Path, terms: tuple[str, str]) -> bool:
    """Two terms, one trial each: every trial is on a list of its own term, no file twice."""
    made = Project(folder)
    for number, term in enumerate(terms, start=1):
        text = trial(number).replace("  - Migraine", f"  - {json.dumps(term)}")
        made.write({f"trials/{id_of(number)}.md": text})
    made.build()
    paths = [p.relative_to(made.site).as_posix() for p in made.site.rglob("*.html")]
    unique = {unicodedata.normalize("NFC", path).casefold() for path in paths}
    listed = [
        path.read_text()
        for path in (made.site / "conditions").glob("*.html")
        if path.stem != "index"
    ]
    both = all(any(id_of(number) in page for page in listed) for number in (1, 2))
    return len(unique) == len(paths) and both


# --- 29 -----------------------------------------------------------------------------------------

_ODD = [
    "CON", "con", "aux", "AUX", "COM1", "com9", "LPT1", "nul", "PRN", "CON.txt", "aux.html",
    "trailing dot.", "trailing space ", " leading", "...", ". .", "a/b", "a\\b", "a:b", 'a"b?*<>|',
    "x" * 300, "é" * 150, "中" * 100, "😀😀", "\u202eabc", "\u200b", "index", "-rf", "~", "%00",
]  # fmt: skip
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def test_row_29_names_other_systems_cannot_have(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=1)
    terms = "".join(f"  - {json.dumps(name, ensure_ascii=False)}\n" for name in _ODD)
    made.write({"trials/NCT00000001.md": trial(1).replace("  - Migraine\n", terms)})
    made.build()
    lists = [
        path for path in (made.site / "conditions").glob("*.html") if path.name != "index.html"
    ]
    bad = [path for path in made.site.rglob("*") if not _is_safe(path.name)]
    shown = [
        name
        for name in _ODD
        if (key := folded(name)) and (made.site / f"conditions/{slug(key)}.html").is_file()
    ]
    nameless = [name for name in _ODD if not folded(name)]
    row.reached(
        f"{len(_ODD) - len(bad)} of {len(_ODD)} odd terms have safe names: {len(shown)} have lists "
        f"(of {len(lists)}), {len(nameless)} have no letter to be listed under"
    )
    assert bad == []
    assert len(shown) + len(nameless) == len(_ODD)
    assert len(nameless) <= 6, nameless


def _is_safe(name: str) -> bool:
    portable = re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}|\.nojekyll", name)
    return bool(portable) and not _RESERVED.fullmatch(name) and not name.endswith((".", " "))


def test_ids_take_no_line_break(tmp_path: Path) -> None:
    """`$` of a regular expression would let one pass."""
    line = io.BytesIO(json.dumps(study("NCT00000001\n")).encode())
    (outcome,) = import_records(["-"], line, tmp_path, Policy.NEW_ONLY)
    assert outcome.state == "failed"
    with pytest.raises(ContentFailure), staging(tmp_path / "site") as stage:
        stage.write("a\n", b"")

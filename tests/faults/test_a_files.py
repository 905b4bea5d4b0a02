"""Group A: files and encodings."""

from __future__ import annotations

import json
import os
import random
import re
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from sites import PATIENCE, write_files
from test_records import trials

from faults.counts import FULL, SLACK, count
from faults.rows import Row
from faults.sandbox import (
    Done,
    Project,
    clean_digest,
    ended,
    id_of,
    in_child,
    modes_mean_nothing,
    project,
    trial,
)
from trialpages.content.content_file import read_file
from trialpages.problems import ContentFailure, Failure, errors_in
from trialpages.records.model import Trial
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.text.files import MAX_BYTES, SourcePath

# --- 1 ------------------------------------------------------------------------------------------

_TEXT = trial(1, "Étude de repos")
_NOT_UTF8: dict[str, bytes] = {
    "UTF-16 with its mark": _TEXT.encode("utf-16"),
    "UTF-16, little end first": _TEXT.encode("utf-16-le"),
    "UTF-16, big end first": _TEXT.encode("utf-16-be"),
    "UTF-32": _TEXT.encode("utf-32"),
    "Latin-1": _TEXT.encode("latin-1"),
    "Windows-1252": _TEXT.replace("repos", "“repos”").encode("cp1252"),
    "GB 18030": _TEXT.replace("repos", "试验").encode("gb18030"),
    "Shift JIS": _TEXT.replace("É", "").replace("repos", "試験").encode("shift-jis"),
    "cut in a character": _TEXT.encode() + "≥".encode()[:2],
    "overlong": _TEXT.encode().replace(b"repos", b"\xc0\xaf"),
    "a surrogate": _TEXT.encode().replace(b"repos", b"\xed\xa0\x80"),
    "beyond Unicode": _TEXT.encode().replace(b"repos", b"\xf5\x80\x80\x80"),
}


def test_row_1_files_that_are_not_utf_8(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=2)
    assert made.command("--no-search").status == 0
    before, refused, unchanged = made.digest(), list[str](), 0
    for name, content in _NOT_UTF8.items():
        done = _with_file(made, "trials/NCT00000001.md", content)
        told = re.search(r"NCT00000001\.md:\d+:\d+  error: byte 0x[0-9a-f]{2}", done.said)
        refused += [name] if done.status == 1 and done.is_clear and told else []
        unchanged += made.digest() == before
    others = [
        _with_file(made, name, _TEXT.encode("latin-1")).status
        for name in ("site.yaml", "pages/about.md", "pages/other.md")
    ]
    row.reached(
        f"{len(refused)} of {len(_NOT_UTF8)} refused with line and byte, {unchanged} unchanged; "
        f"site.yaml and pages: {others.count(1)} of {len(others)}"
    )
    assert refused == list(_NOT_UTF8)
    assert unchanged == len(_NOT_UTF8)
    assert others == [1, 1, 1]


def _with_file(made: Project, name: str, content: str | bytes) -> Done:
    """Run the command with this content in a file, which then is as before."""
    path = made.content / name
    before = path.read_bytes() if path.exists() else None
    made.write({name: content})
    done = made.command("--no-search")
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    return done


# --- 2, 3 ---------------------------------------------------------------------------------------


def _digests(
    folder: Path, files: dict[str, str], forms: dict[str, Callable[[str], bytes]]
) -> list[str]:
    found = []
    for name, form in forms.items():
        made = Project(folder / name)
        made.write({path: form(text) for path, text in files.items()})
        made.build()
        found.append(made.digest())
    return found


def test_row_2_byte_order_mark(row: Row, tmp_path: Path) -> None:
    files = {
        "site.yaml": "title: Ours\n",
        "trials/NCT00000001.md": trial(1),
        "trials/NCT00000001.results.json": "{}",
        "trials/NCT00000002.yaml": trial(2).split("---")[1],
        "pages/about.md": "# About\n\nWe.\n",
    }
    forms: dict[str, Callable[[str], bytes]] = {
        "without": str.encode,
        "with": lambda text: text.encode("utf-8-sig"),
    }
    found = _digests(tmp_path, files, forms)
    made = project(tmp_path / "templates", trials=1)
    templates = made.own_templates()
    plain = clean_digest(made, tmp_path / "clean")
    for path in [*templates.glob("*.html"), *templates.glob("strings/*.yaml")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    marked = clean_digest(made, tmp_path / "clean")
    row.reached(
        f"{len(files)} kinds of content files: {_alike(found[0] == found[1])}; "
        f"templates: {_alike(plain == marked)}"
    )
    assert found[0] == found[1]
    assert plain == marked


def _alike(same: bool) -> str:
    return "byte-equal" if same else "NOT EQUAL"


_LINES = (
    "one\ntwo", "one\n\ntwo", "* a\n* b", "1. a\n2. b", "a  \nb", "> a\n> b",
    "    code\n    more", "```\ncode\n```", "a\\\nb", "| a |\n| b |", "a\u2028b\nc",
    "a\u2029b\nc", "a\u00a0\nb", "- a\n\n  b", "a\tb\nc", "* a\n    1. b", "***\na", "a\n===\nb",
    "9. x\n\n8. y", "é\n≥ 18\n",
)  # fmt: skip


def test_row_3_line_ends(row: Row, tmp_path: Path) -> None:
    files = {
        f"trials/{id_of(n)}.md": trial(
            n,
            front=f"official_title: a\u2028b {n}\nkeywords:\n  - |-\n    first\n    second\n",
            body=f"\n## Detailed description\n\n{lines}\n",
        )
        for n, lines in enumerate(_LINES, start=1)
    }
    files |= {"site.yaml": "title: Ours\n", "pages/about.md": "# About\n\nWe\nthree.\n"}
    dice = random.Random(3)
    forms: dict[str, Callable[[str], bytes]] = {
        "LF": str.encode,
        "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
        "CR": lambda text: text.replace("\n", "\r").encode(),
        "mixed": lambda text: re.sub("\n", lambda _: dice.choice(["\n", "\r\n"]), text).encode(),
    }
    found = _digests(tmp_path, files, forms)
    kept = "a\u2028b 1" in (tmp_path / "LF/site/trials/NCT00000001.html").read_text()
    row.reached(
        f"{len(_LINES)} inputs × {len(forms)} line ends: {len(set(found))} digest; U+2028 in the "
        f"front matter {'kept' if kept else 'LOST'}"
    )
    assert len(_LINES) == 20
    assert len(set(found)) == 1
    assert kept


# --- 4 ------------------------------------------------------------------------------------------


def test_row_4_control_characters(row: Row, tmp_path: Path) -> None:
    controls = [c for c in map(chr, (*range(0x20), *range(0x7F, 0xA0))) if c not in "\t\n\r"]
    bidi = [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    places = ("brief_title: Re{}st", "Does {}rest help?")
    refused = sum(
        _problems_of(place.format(control)) == [("error", "control-character", at)]
        for control in controls
        for place, at in zip(places, (16, 6), strict=True)
    )
    warned = sum(
        _problems_of(place.format(control)) == [("warning", "bidi-control", at)]
        for control in bidi
        for place, at in zip(places, (16, 6), strict=True)
    )
    made = project(tmp_path, trials=1)
    before = (made.command("--no-search"), made.digest())[1]
    others = 0
    for name in ("site.yaml", "pages/about.md"):
        others += _with_file(made, name, "# A\x00b\n").status == 1
    row.reached(
        f"{refused} of {2 * len(controls)} controls refused with line and column (in front matter "
        f"and body), {warned} of {2 * len(bidi)} bidi controls warned of; NUL in site.yaml and "
        f"pages: {others} of 2 refused, {'unchanged' if made.digest() == before else 'CHANGED'}"
    )
    assert refused == 2 * len(controls)
    assert warned == 2 * len(bidi)
    assert others == 2
    assert made.digest() == before


def _problems_of(line: str) -> list[tuple[str, str, int | None]]:
    text = trial(1).replace(
        "brief_title: Rest" if line.startswith("brief") else "Does rest help?", line
    )
    problems = read_trial(text.encode(), "content/trials/NCT00000001.md").problems
    return [(p.severity, p.code, p.where.column if p.where else None) for p in problems]


# --- 5 ------------------------------------------------------------------------------------------

_SHAPES = {
    "an empty file": "",
    "blank lines only": "\n \n\n",
    "no front matter": "## Brief summary\n\nDoes rest help?\n",
    "one line": "---\n",
    "empty front matter": "---\n---\n\n## Brief summary\n\nx\n",
    "comments only": "---\n# nct_id: NCT00000001\n---\n",
    "unclosed": trial(1).replace("---\n\n##", "\n##"),
    "closed by dots": trial(1).replace("---\n\n##", "...\n\n##"),
    "in TOML": '+++\nnct_id = "NCT00000001"\n+++\n',
    "a blank line first": "\n" + trial(1),
    "indented": " " + trial(1),
}


def test_row_5_no_front_matter(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=2)
    made.command("--no-search")
    before, told = made.digest(), {}
    for name, text in _SHAPES.items():
        done = _with_file(made, "trials/NCT00000001.md", text)
        told[name] = (
            done.status,
            done.said.count("error: "),
            done.is_clear,
            made.digest() == before,
        )
    good = [name for name, found in told.items() if found == (1, 1, True, True)]
    row.reached(f"{len(good)} of {len(_SHAPES)} shapes: one problem, no page, unchanged")
    assert good == list(_SHAPES), told


# --- 6 ------------------------------------------------------------------------------------------


def test_row_6_documents_come_back(row: Row) -> None:
    tried = 0

    @settings(max_examples=count("6 documents"), deadline=None)
    @given(trials())
    def each(document: Trial) -> None:
        nonlocal tried
        text = write_trial(document)
        read = read_trial(text.encode(), "x.md")
        assert read.trial == document, read.problems
        assert write_trial(document) == text
        tried += "---" in text[4:]

    each()
    row.reached(
        f"parse(write(x)) == x for {count('6 documents'):,} random documents with `---` and "
        "the like in values and bodies"
    )
    assert tried


# --- 7 ------------------------------------------------------------------------------------------


def test_row_7_a_huge_file(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=1)
    made.command("--no-search")
    before = made.digest()
    huge = made.content / "trials/NCT00000002.md"
    huge.write_bytes(trial(2).encode() + b"x" * 50_000_000)
    tracemalloc.start()
    started = time.thread_time()
    with pytest.raises(ContentFailure):
        read_file(SourcePath("content/trials/NCT00000002.md", str(huge)))
    seconds = time.thread_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    done = made.command("--no-search")
    row.reached(
        f"50 MB refused in {seconds * 1000:.1f} ms with {peak / 1e6:.2f} MB more memory; the limit "
        f"is {MAX_BYTES / 1e6:.0f} MB; {'unchanged' if made.digest() == before else 'CHANGED'}"
    )
    assert (done.status, done.is_clear, made.digest()) == (1, True, before)
    assert seconds <= 0.05 * SLACK
    assert peak <= 5e6
    assert MAX_BYTES >= 4_000_000


# --- 8 ------------------------------------------------------------------------------------------


def _odd_file(kind: str, path: Path, secret: Path) -> None:
    if kind == "a link loop":
        path.symlink_to(path.name)
    elif kind == "a dangling link":
        path.symlink_to("nowhere")
    elif kind == "a link to /etc":
        path.symlink_to("/etc/passwd")
    elif kind == "a link to a file outside":
        path.symlink_to(secret)
    elif kind == "a linked folder":
        path.with_suffix("").symlink_to(secret.parent)
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a device":
        path.symlink_to("/dev/zero")
    else:
        path.write_bytes(secret.read_bytes())
        path.chmod(0)


_KINDS = (
    "a link loop", "a dangling link", "a link to /etc", "a link to a file outside",
    "a linked folder", "a pipe", "a device", "mode 000",
)  # fmt: skip


def test_row_8_links_pipes_and_locked_files(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path / "p", trials=1)
    made.build()
    secret = tmp_path / "secret/NCT00000002.md"
    write_files(secret.parent, {secret.name: trial(2, "SECRET")})
    before, lacking = made.digest(), modes_mean_nothing()
    slowest, wrong = 0.0, list[object]()
    kinds = [kind for kind in _KINDS if not (kind == "mode 000" and lacking)]
    for kind in kinds:
        path = made.content / "trials/NCT00000002.md"
        _odd_file(kind, path, secret)
        started = time.perf_counter()
        done = made.command_without_power() if kind == "mode 000" else made.command("--no-search")
        slowest = max(slowest, time.perf_counter() - started)
        named = "NCT00000002" in done.said
        if not (done.status in (1, 3) and named and done.is_clear and made.digest() == before):
            wrong.append((kind, done))
        for each in (path, path.with_suffix("")):
            each.unlink(missing_ok=True)
    row.reached(
        f"{len(kinds) - len(wrong)} of {len(kinds)} kinds reported and unchanged (so no foreign "
        f"byte in site/), slowest {slowest:.1f} s"
    )
    if lacking:
        row.reached(f"mode 000 SKIPPED: {lacking}")
    assert wrong == []
    assert slowest <= (2 if FULL else PATIENCE)


# --- 9 ------------------------------------------------------------------------------------------

_EDITS_A_SECOND = 50


def _version(number: int, version: int) -> str:
    """Every part of a page says which version it is of."""
    long = "\n\n".join(f"Paragraph v{version}v {part}." for part in range(400))
    front = f"official_title: v{version}v\nkeywords:\n  - v{version}v\n"
    return trial(number, f"Title v{version}v", front, f"\n## Detailed description\n\n{long}\n")


def test_row_9_files_that_change_while_they_are_read(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=1)
    files = [made.content / f"trials/{id_of(n)}.md" for n in range(2, 7)]
    for number, path in enumerate(files, start=2):
        path.write_text(_version(number, 0))
    made.build()
    seconds, (reads, writes) = count("9 seconds"), os.pipe()
    stop, end = tmp_path / "stop", time.monotonic() + seconds
    writer = in_child(partial(_edit_until, stop, files, writes))
    builds = refused = 0
    mixed = list[str]()
    while time.monotonic() < end or (builds <= refused and builds < 100):
        builds += 1
        try:
            made.build()
        except Failure as failure:
            refused += 1
            codes = {problem.code for problem in errors_in(failure.problems)}
            assert codes <= {"unreadable", "changing", "front-matter", "changed"}, codes
        mixed += _mixed_pages(made)
    stop.touch()
    assert ended(writer) == 0
    edits = int(os.read(reads, 20))
    made.build()
    same = made.digest() == clean_digest(made, tmp_path / "clean")
    row.reached(
        f"{edits:,} edits in {seconds} s, {builds} builds ({refused} refused a file "
        f"that was gone or half written): {len(mixed)} pages of no real version; in the end "
        f"{'equal to' if same else 'OTHER THAN'} a clean build"
    )
    assert mixed == []
    assert same
    assert builds > refused


def _edit_until(stop: Path, files: list[Path], told: int) -> None:
    dice, edits, started = random.Random(9), 0, time.monotonic()
    while not stop.exists():
        number = dice.randrange(len(files))
        _edit(files[number], _version(number + 2, edits), dice)
        edits += 1
        time.sleep(max(0.0, started + edits / _EDITS_A_SECOND - time.monotonic()))
    os.write(told, str(edits).encode())


def _edit(path: Path, text: str, dice: random.Random) -> None:
    how = dice.choice(["in place", "renamed over", "deleted"])
    if how == "renamed over":
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text)
        beside.replace(path)
        return
    if how == "deleted":
        path.unlink(missing_ok=True)
    path.write_text(text)


def _mixed_pages(made: Project) -> list[str]:
    """The forms of a trial that show two versions at once, or miss the end of one."""
    mixed = []
    for number in range(2, 7):
        texts = [made.site / f"trials/{id_of(number)}{suffix}" for suffix in (".html", ".json")]
        found = [path.read_text() for path in texts if path.exists()]
        own = {
            version for text in found for version in re.findall(r"\bv\d+v", _without_others(text))
        }
        whole = all("399." in text for text in found)
        if len(own) > 1 or (found and not whole):
            mixed.append(f"{id_of(number)}: {sorted(own)}")
    return mixed


def _without_others(page: str) -> str:
    """A page without the titles of other trials it names."""
    page = re.sub(r'<section[^>]*id="related".*?</section>', "", page, flags=re.DOTALL)
    return json.dumps(json.loads(page)) if page.startswith("{") else page

"""Group J: checks, supply, CI, network, hostile registry input."""

from __future__ import annotations

import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import serve, visit
from playwright.sync_api import Browser
from rich import rich_results
from sites import PROJECT, SAMPLE, build_site, write_files
from test_accessibility import LOOKS, PAGES, violations_in
from test_check import _BROKEN, IN_HEAD, PLANTED, page
from test_import import study, zipped
from test_workflows import WORKFLOWS
from test_workflows import read as read_workflow

from faults.counts import FULL, count
from faults.rows import Row
from faults.sandbox import EPOCH, ended, id_of, in_child, project, trial
from trialpages.audit.accessibility import check_accessibility
from trialpages.audit.links import check_links, page_links
from trialpages.audit.markup import check_markup
from trialpages.audit.site import audit_site
from trialpages.importing import import_records
from trialpages.updating.arrivals import Policy

# --- 49 -----------------------------------------------------------------------------------------


def test_row_49_planted_broken_links(row: Row, tmp_path: Path) -> None:
    planted = [link for line in _BROKEN.split("\n") for link in line.split(" | ") if link]
    links = "".join(f"<p><a {link}>{number}</a></p>\n" for number, link in enumerate(planted))
    twins = '<b id="twice"></b><b id="twice"></b><i id="i"></i><i id="i"></i>'
    pages = {
        "index.html": page(links + twins),
        "about.html": page("about", "about.html"),
        "trials/index.html": page("trials", "trials/index.html"),
    }
    read = {name: page_links(each) for name, each in pages.items()}
    found = len({p.where.line for p in check_links(read, pages.keys()) if p.where})
    found += sum(p.code == "duplicate-html-id" for p in check_markup(pages["index.html"]))
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    write_files(tmp_path / "content", {f"trials/{id_of(1)}.md": trial(1)})
    build_site(tmp_path)
    audit = audit_site(tmp_path / "site")
    row.reached(
        f"{found} of {len(planted) + 2} planted found; {len(audit.problems)} false on a clean site "
        f"of {len(audit.pages)} pages"
    )
    assert len(planted) + 2 == found == 25
    assert audit.problems == ()


# --- 50 -----------------------------------------------------------------------------------------


@pytest.mark.browser
def test_row_50_accessibility(row: Row, rich_site: Path, browser: Browser) -> None:
    found = [code for code, wrong in PLANTED if _codes(page(wrong)) == [code]]
    found += [code for code, head in IN_HEAD if _codes(page("x", head=head)) == [code]]
    pages = PAGES if FULL else ("404.html",)  # test_accessibility.py asks them all
    wrong = list[str]()
    with serve(rich_site, "/") as address:
        for path in pages:
            with visit(browser, address, clean=False) as tab:
                tab.page.goto(address + path)
                wrong += violations_in(tab, LOOKS)
    row.reached(
        f"{len(found)} of {len(PLANTED) + len(IN_HEAD)} planted static faults found; axe: "
        f"{len(wrong)} violations on {len(pages)} page types × {len(LOOKS)} looks "
        f"({', '.join(LOOKS)})"
    )
    assert len(found) == len(PLANTED) + len(IN_HEAD) >= 20
    assert wrong == []


def _codes(built: Any) -> list[str]:
    return [problem.code for problem in check_accessibility(built)]


# --- 51, 52 -------------------------------------------------------------------------------------


def test_row_51_dependencies(row: Row, tmp_path: Path) -> None:
    import tomllib

    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    bounded = [each for each in wanted["dependencies"] if re.search(r">=[\d.]+,<|==", each)]
    constraints = (PROJECT / "constraints-dev.txt").read_text("utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", constraints, flags=re.MULTILINE)[1:]
    hashed = [entry for entry in entries if "--hash=sha256:" in entry]
    runs = _programs_run(tmp_path)
    row.reached(
        f"{len(bounded)} of {len(wanted['dependencies'])} with lower and upper bounds, "
        f"{len(hashed)} of {len(entries)} pinned with hashes; programs run by a build: {runs}"
    )
    assert len(bounded) == len(wanted["dependencies"])
    assert hashed == entries
    assert runs in ("pagefind, no shell, 0 variables of ours", "not traced: no strace")


def _programs_run(folder: Path) -> str:
    """What a build executes, and with how much of the environment, as the system calls say."""
    if not shutil.which("strace"):
        return "not traced: no strace"
    made = project(folder / "p", trials=1)
    trace = folder / "trace"
    words = [sys.executable, str(PROJECT / "build.py"), *made.words()[1:]]
    traced = ["strace", "-f", "-v", "-s", "300", "-e", "trace=execve", "-o", str(trace), *words]
    environment = {**os.environ, "PAGEFIND_SITE": "elsewhere", "SECRET_TOKEN": "x"}
    subprocess.run(traced, check=True, capture_output=True, env=environment)
    calls = [
        line for line in trace.read_text().splitlines() if "execve(" in line and " = 0" in line
    ]
    own = calls[1:]
    names = sorted(
        {(re.search(r'execve\("([^"]+)"', line) or ["", "?"])[1].rpartition("/")[2] for line in own}
    )
    plain = sorted({re.sub(r"_extended|_bin|\.exe", "", name) for name in names})
    shells = [name for name in names if name in ("sh", "bash", "dash")]
    leaked = sum("SECRET_TOKEN" in line or "PAGEFIND_SITE" in line for line in own)
    return f"{', '.join(plain)}, {'a shell' if shells else 'no shell'}, {leaked} variables of ours"


def test_row_52_workflows(row: Row) -> None:
    actions = [
        action
        for path in WORKFLOWS
        for action in re.findall(r"^\s*(?:- )?uses: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    ]
    pinned = [each for each in actions if re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", each)]
    reading = [
        path for path in WORKFLOWS if read_workflow(path)["permissions"] == {"contents": "read"}
    ]
    row.reached(
        f"{len(pinned)} of {len(actions)} actions pinned by commit; {len(reading)} of "
        f"{len(WORKFLOWS)} workflows may only read, but for the jobs that publish"
    )
    assert pinned == actions
    assert reading == WORKFLOWS


# --- 53 -----------------------------------------------------------------------------------------


def test_row_53_no_network(row: Row, tmp_path: Path) -> None:
    unshare = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*unshare, "true"], check=False).returncode:
        pytest.skip("NOT TESTED: this user can't make an empty network namespace")
    made = project(tmp_path / "p", trials=120)
    words = [sys.executable, str(PROJECT / "build.py"), *made.words("--jobs", "2")[1:]]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(
        [*unshare, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    alone = made.digest()
    shutil.rmtree(made.site)
    shutil.rmtree(made.state)
    assert made.command().status == 0
    same = alone == made.digest()
    connections = _connections(made.words(), tmp_path / "trace")
    row.reached(
        "a build with search in an empty network namespace ends well and gives "
        f"{'the same bytes' if same else 'OTHER BYTES'}; sockets to the net "
        f"opened: {connections}"
    )
    assert same
    assert connections in ("0", "not traced: no strace")


def _connections(words: list[str], trace: Path) -> str:
    if not shutil.which("strace"):
        return "not traced: no strace"
    command = [sys.executable, str(PROJECT / "build.py"), *words[1:], "--full"]
    traced = ["strace", "-f", "-e", "trace=connect,sendto,bind", "-o", str(trace), *command]
    subprocess.run(traced, check=True, capture_output=True)
    return str(len(re.findall(r"AF_INET", trace.read_text())))


# --- 54 -----------------------------------------------------------------------------------------


def test_row_54_hostile_registry_input(row: Row, tmp_path: Path) -> None:
    hostile = _hostile_inputs(tmp_path)
    states, memory = Counter[str](), 0
    for name, path in hostile.items():
        inside = tmp_path / "in/side"
        status, peak = _import_in_child(path, inside / "content")
        states[status] += 1
        memory = max(memory, peak)
        assert status in ("imported or refused",), name
    partial, imported = list(_partial_records(count("54 records"))), 0
    for record in partial:
        stream = io.BytesIO(json.dumps(record).encode())
        outcomes = list(import_records(["-"], stream, tmp_path / "in/side/content", Policy.UPDATE))
        assert all(
            outcome.state in ("new", "updated", "unchanged", "failed") for outcome in outcomes
        )
        assert all(outcome.state != "failed" or outcome.problems for outcome in outcomes)
        imported += any(outcome.state != "failed" for outcome in outcomes)
    outside = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file()
        and not path.is_relative_to(tmp_path / "in/side/content")
        and path not in hostile.values()
    ]
    row.reached(
        f"{sum(states.values())} of {len(hostile)} hostile files (a zip bomb of "
        f"{count('54 megabytes'):,} MB among them) imported or refused without a crash, at most "
        f"{memory} MB of memory; {len(partial)} partial records: {imported} imported, "
        f"{len(partial) - imported} refused with reasons; {len(outside)} files written outside "
        "content/"
    )
    assert outside == []
    assert memory <= 700
    assert imported > len(partial) / 10


def _hostile_inputs(folder: Path) -> dict[str, Path]:
    good, megabytes = json.dumps(study()).encode(), count("54 megabytes")
    contents = {
        "climbing.zip": zipped(("../../../out.json", good), ("/etc/out.json", good)),
        "bomb of many.zip": zipped(*((f"{n}.json", b" " * 1_000_000 + b"{}") for n in range(50))),
        "nested.zip": zipped(("in.json", zipped(("in.json", zipped(("in.json", good)))))),
        "deep.json": b"[" * 100_000,
        "deep object.json": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "deep inside.json": b'{"protocolSection":' + b'{"a":' * 100_000,
        "types.json": json.dumps(
            {"protocolSection": {"identificationModule": [1], "x": "y"}}
        ).encode(),
        "numbers.json": good.replace(b'"A"', b"1e999"),
        "digits.json": good.replace(b'"A"', b"1" * 100_000),
        "keys.json": b"{" + b'"a":1,' * 1_000_000 + b'"a":1}',
        "a long line.ndjson": b'{"a": "' + b"x" * 70_000_000 + b'"}\n' + good,
        "an endless array.json": b"[" + b"1," * 2_000_000,
        "surrogates.json": good.replace(b'"A"', b'"\\ud800"'),
        "a pipe of zeros.json": b"\0" * 5_000_000,
        "climbing.txt": _climbing_page(),
        "page.txt": b"NCT00000009\n" + b"![" * 40_000 + b"\n" + b"Inclusion Criteria:\n" * 5_000,
    }
    found = {}
    for name, content in contents.items():
        found[name] = folder / name
        found[name].write_bytes(content)
    found["bomb.zip"] = folder / "bomb.zip"
    with (
        zipfile.ZipFile(found["bomb.zip"], "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb.json", "w", force_zip64=True) as member,
    ):
        for _ in range(megabytes):
            member.write(b" " * 1_000_000)
    lying = bytearray(zipped(("lies.json", b" " * 100_000_000)))
    at = lying.rindex(b"PK\x01\x02") + 24  # the size its table of contents states
    lying[at : at + 4] = (100).to_bytes(4, "little")
    found["lying.zip"] = folder / "lying.zip"
    found["lying.zip"].write_bytes(lying)
    return found


def _climbing_page() -> bytes:
    """The text of a real page, whose first id leads out of the content folder."""
    page = next(iter(sorted((SAMPLE / "content/sources").glob("*.txt")))).read_bytes()
    return page.replace(b"NCT ID: ", b"NCT ID: ../../../out-0001\nNCT ID: ", 1)


def _import_in_child(path: Path, content: Path) -> tuple[str, int]:
    """How an import ended, and the most memory (MB) it took beyond what this process has."""
    reads, writes = os.pipe()

    def work() -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = list(import_records([str(path)], io.BytesIO(), content, Policy.NEW_ONLY))
        assert all(outcome.problems for outcome in found if outcome.state in ("failed", "refused"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(writes, f"{(peak - before) // 1024}".encode())

    status = ended(in_child(work))
    os.close(writes)
    said = os.read(reads, 100)
    os.close(reads)
    return ("imported or refused", int(said)) if status == 0 else (f"crashed: {status}", 0)


def _partial_records(wanted: int) -> Iterator[dict[str, Any]]:
    """Whole records with modules, fields or types taken away or exchanged at random."""
    dice = random.Random(54)
    for number in range(wanted):
        record: dict[str, Any] = study(id_of(number % 50 + 1), "A title")
        record["protocolSection"]["conditionsModule"] = {"conditions": ["x"], "keywords": ["y"]}
        record["protocolSection"]["contactsLocationsModule"] = {
            "locations": [{"city": "Paris", "geoPoint": {"lat": 1, "lon": 2}}]
        }
        record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": "x\n\n* y"}
        record["resultsSection"] = json.loads(rich_results())
        record["derivedSection"] = {"miscInfoModule": {"versionHolder": "2025-01-01"}}
        for _ in range(dice.randint(1, 4)):
            _spoil(record, dice)
        yield record


def _spoil(value: Any, dice: random.Random) -> None:
    """Walk to some place of the record and take away, or exchange, what is there."""
    while isinstance(value, (dict, list)) and value:
        key = dice.choice(list(value) if isinstance(value, dict) else range(len(value)))
        if not isinstance(value[key], (dict, list)) or dice.random() < 0.3:
            how = dice.randrange(3)
            if how == 0:
                del value[key]
            else:
                value[key] = dice.choice(
                    [None, 1, -1.5, True, "", "x", [], {}, [[]], {"a": {"b": 1}}]
                )
            return
        value = value[key]

"""Group I: the preview server."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import visit
from playwright.sync_api import Browser, expect
from sites import build_site, digest, trial_text, write_files
from test_watch import FOREIGN, OUTSIDE, PAGE, clean, get, watching

from faults.counts import count
from faults.rows import Row
from faults.sandbox import id_of, trial
from trialpages.editor.server import OWN, Preview, State
from trialpages.problems import ContentFailure, Problem


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    build_site(tmp_path, {"site.yaml": "title: T\n", "trials/NCT00000001.md": trial_text()})
    with Preview(tmp_path / "site", 0) as running:
        running.show(lambda _: State(7))
        yield running


def test_row_44_exposure(row: Row, preview: Preview) -> None:
    refused = 0
    for host in FOREIGN:
        for path in (PAGE, f"{OWN}events"):
            status, _, body = get(preview, path, host=host.format(port=preview.port))
            refused += status in (400, 403) and b"Rest for migraine" not in body
    bound = _listening_addresses(preview.port)
    row.reached(
        f"{refused // 2} of {len(FOREIGN)} foreign Hosts refused, pages and channel alike; the "
        f"port is bound to {', '.join(sorted(bound))}"
    )
    assert refused == 2 * len(FOREIGN)
    assert len(FOREIGN) >= 12
    assert bound == {"127.0.0.1"}
    assert get(preview, PAGE)[0] == 200


def _listening_addresses(port: int) -> set[str]:
    """The local addresses on which the kernel says somebody listens at this port."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not Path(table).exists():
            pytest.skip("NOT TESTED: this system has no /proc/net/tcp to ask")
        for line in Path(table).read_text().splitlines()[1:]:
            address, local_port = line.split()[1].split(":")
            if int(local_port, 16) == port and line.split()[3] == "0A":
                parts = [str(byte) for byte in reversed(bytes.fromhex(address))]
                found.add(".".join(parts) if len(parts) == 4 else address)
    return found


def test_row_45_path_traversal(row: Row, preview: Preview, tmp_path: Path) -> None:
    for name in ("secret", "s", "site-x/secret"):
        write_files(tmp_path, {name: "SECRET"})
    (tmp_path / "site/link").symlink_to(tmp_path / "secret")
    (tmp_path / "site/folder-link").symlink_to(tmp_path / "site-x")
    leaked, answered = list[str](), list[str]()
    for path in OUTSIDE:
        status, _, body = get(preview, path)
        leaked += [path] if b"SECRET" in body or b"root:" in body else []
        answered += [path] if status == 200 else []
    row.reached(f"{len(set(OUTSIDE))} paths: {len(leaked)} with a byte from outside")
    assert len(set(OUTSIDE)) >= 40
    assert leaked == answered == []


def test_row_46_the_reload_channel(row: Row, preview: Preview) -> None:
    own = [f"http://{name}:{preview.port}" for name in ("127.0.0.1", "localhost")]
    foreign = [
        "http://evil.example", "https://127.0.0.1:{port}", "null", "file://", "http://localhost",
        "http://127.0.0.1:1", "http://localhost.evil.example:{port}", "http://[::1]:{port}",
        "chrome-extension://abc", "http://evil.example:{port}",
    ]  # fmt: skip
    refused = [
        origin
        for origin in foreign
        if get(preview, f"{OWN}events", origin=origin.format(port=preview.port))[0] == 403
    ]
    answers = [get(preview, f"{OWN}events", origin=origin) for origin in own]
    answers += [get(preview, PAGE)]
    cors = [name for _, headers, _ in answers for name in headers if name.startswith("access-")]
    row.reached(
        f"{len(cors)} CORS headers; {len(refused)} of {len(foreign)} foreign Origins refused, "
        f"{sum(status == 200 for status, _, _ in answers)} of {len(answers)} own answered"
    )
    assert cors == []
    assert refused == foreign
    assert all(status == 200 for status, _, _ in answers)


@pytest.mark.browser
def test_row_47_error_pages_of_hostile_names(row: Row, tmp_path: Path, browser: Browser) -> None:
    hostile = (
        '<img src=x onerror="window.bad=1">',
        "</script><script>window.bad=1</script>",
        '"><svg onload=window.bad=1>',
        "\u2028\n\ndata: {}\n\n<script>window.bad=1</script>",
        "javascript:window.bad=1",
        "{{ 7*7 }}<iframe src=javascript:parent.bad=1>",
    )
    build_site(tmp_path, {"site.yaml": "title: T\n", "trials/NCT00000001.md": trial_text()})
    inert = 0
    with Preview(tmp_path / "site", 0) as preview:
        for number, text in enumerate(hostile, start=1):
            failure = ContentFailure(Problem("x", "error", text, hint=text))
            shown = State(number, tuple(map(str, failure.problems)))
            preview.show(lambda _, shown=shown: shown)  # type: ignore[misc]
            inert += _is_inert(browser, preview)
    own = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    reload_code = [path for path in own if b"-trialpages" in path.read_bytes()]
    row.reached(
        f"{inert} of {len(hostile)} hostile messages inert in the browser; reload code in "
        f"{len(reload_code)} of {len(own)} files of site/"
    )
    assert inert == len(hostile)
    assert reload_code == []


def _is_inert(browser: Browser, preview: Preview) -> bool:
    with visit(browser, preview.address, clean=False) as tab:
        tab.page.goto(preview.address)
        expect(tab.page.get_by_role("alert")).to_be_visible()
        made = tab.page.locator("trialpages-problems :is(img, svg, iframe, script)").count()
        return made == 0 and tab.page.evaluate("window.bad") is None


def test_row_48_a_burst_of_changes(row: Row, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"content/trials/{id_of(n)}.md": trial(n, f"Rest {n}") for n in range(1, 60)
    }
    write_files(tmp_path, {"content/site.yaml": "title: Ours\n", **files})
    changes, dice = count("48 changes"), random.Random(48)
    with watching(tmp_path) as running:
        running.turn()
        for number in range(changes):
            _change(tmp_path / "content", dice, number)
        while running.turns.qsize():
            running.turns.get()
        wanted = clean(tmp_path)
        started = time.monotonic()
        running.becomes(wanted)
        waited = time.monotonic() - started
    same = digest(tmp_path / "site") == wanted
    row.reached(
        f"{changes:,} changes (saves in place, atomic saves, deletions, temporary files, a removed "
        f"folder): {'equal to' if same else 'OTHER THAN'} a clean build {waited:.1f} s later"
    )
    assert same


def _change(content: Path, dice: random.Random, number: int) -> None:
    """One change of the kinds that editors, syncing programs and switches of branches make."""
    which = dice.randrange(1, 90)
    path = content / f"trials/{id_of(which)}.md"
    path.parent.mkdir(exist_ok=True)
    how = dice.choices(("save", "atomic", "delete", "swap file", "branch"), (50, 25, 15, 9.9, 0.1))[
        0
    ]
    if how == "save":
        path.write_text(trial(which, f"Change {number}"))
    elif how == "atomic":
        beside = path.with_name(f".{path.name}.{number}.tmp")
        beside.write_text(trial(which, f"Change {number}"))
        beside.replace(path)
    elif how == "delete":
        path.unlink(missing_ok=True)
    elif how == "swap file":
        path.with_name(f".{path.name}.swp").write_text("half a file")
        path.with_name(f"{path.name}~").write_text("the one before")
    else:
        shutil.rmtree(path.parent)

"""The preview: what it serves and to whom, and how the open page follows each save."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Empty, Queue

import pytest
import watchfiles
from browser import visit
from playwright.sync_api import Browser, expect
from sites import (
    AS_OF,
    PATIENCE,
    PROJECT,
    build_site,
    digest,
    folders,
    trial_text,
    write_files,
)

from trialpages.build import Request, build
from trialpages.cli.editing import Teller
from trialpages.editor.server import OWN, Preview, State, site_file, with_reload
from trialpages.editor.watch import Turn, batches, follow
from trialpages.problems import ContentFailure, MachineFailure, Problem

PAGE = "/trials/NCT00000001.html"
PAGE_SOURCE = "content/trials/NCT00000001.md"


# --- the server ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site, and links out of it that a preview has to see through."""
    folder = tmp_path_factory.mktemp("shown")
    build_site(folder, {"site.yaml": "title: T\n", "trials/NCT00000001.md": trial_text()})
    for name in ("secret", "s", "site-x/secret"):
        write_files(folder, {name: "SECRET"})
    (folder / "site/link").symlink_to(folder / "secret")
    (folder / "site/folder-link").symlink_to(folder / "site-x")
    return folder


@pytest.fixture(scope="module")
def preview(shown: Path) -> Iterator[Preview]:
    with Preview(shown / "site", 0) as running:
        running.show(lambda _: State(7))
        yield running


def get(preview: Preview, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One request, its path sent as it is; underscores in header names are hyphens."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(named.pop("method", "GET"), path, skip_host="host" in named)
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    fields = {name.lower(): value for name, value in answer.getheaders()}
    streams = fields["content-type"].startswith("text/event-stream")
    body = answer.read1(4096) if streams else answer.read()
    connection.close()
    return answer.status, fields, body


def test_pages_are_served_with_the_script_that_only_the_server_adds(preview: Preview) -> None:
    status, headers, body = get(preview, PAGE)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b'preview.js" data-version="7"' in body
    assert b"connect-src 'self'" in body
    assert get(preview, "/trials/NCT00000001")[0] == get(preview, "/")[0] == 200
    assert get(preview, "/nowhere")[0] == 404
    assert b"Page not found" in get(preview, "/nowhere")[2]
    assert get(preview, f"{OWN}preview.js")[0] == get(preview, f"{OWN}preview.css")[0] == 200
    assert get(preview, f"{OWN}server.py")[0] == 404


def test_nothing_of_the_preview_is_in_the_site(preview: Preview, shown: Path) -> None:
    get(preview, PAGE)
    for path in (shown / "site").rglob("*"):
        assert path.is_dir() or b"-trialpages" not in path.read_bytes(), path


def test_the_web_form_is_never_reloaded(preview: Preview, shown: Path) -> None:
    write_files(shown / "site", {"admin/index.html": b"<head></head>form"})
    for path in ("/admin/", "/admin/index.html"):
        assert get(preview, path)[2] == b"<head></head>form"


def test_a_page_with_a_policy_of_its_own_keeps_it() -> None:
    own = b"<head>default-src 'none'; connect-src 'self' x</head>"
    assert with_reload(own, 1).count(b"connect-src") == 1
    assert b"preview.js" in with_reload(b"no head", 1)


FOREIGN = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.2:{port}",
    "0.0.0.0:{port}",
    "[::1]:{port}",
    "localhost:{port}@evil.example",
    "evil.example#localhost:{port}",
    "",
]


@pytest.mark.parametrize("host", FOREIGN)
def test_foreign_hosts_are_refused(preview: Preview, host: str) -> None:
    for path in (PAGE, f"{OWN}events"):
        status, _, body = get(preview, path, host=host.format(port=preview.port))
        assert status in (400, 403)
        assert b"Rest for migraine" not in body


def test_this_machine_is_answered(preview: Preview) -> None:
    for name in ("127.0.0.1", "localhost", "LOCALHOST"):
        assert get(preview, PAGE, host=f"{name}:{preview.port}")[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}"])
def test_foreign_origins_are_refused(preview: Preview, origin: str) -> None:
    for path in (PAGE, f"{OWN}events"):
        assert get(preview, path, origin=origin.format(port=preview.port))[0] == 403


def test_the_channel_says_the_state_and_opens_to_no_other_origin(preview: Preview) -> None:
    own = f"http://localhost:{preview.port}"
    status, headers, body = get(preview, f"{OWN}events", origin=own)
    assert status == 200
    assert not [name for name in headers if name.startswith("access-control")]
    said = json.loads(body.split(b"data: ")[1])
    assert (said["version"], said["problems"]) == (7, [])


@pytest.mark.parametrize("path", ["/", "/-trialpages/preview.js", "/-trialpages/events"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("mode", "target"),
    [("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "image")],
)
def test_pages_of_other_sites_get_nothing(
    preview: Preview, path: str, site: str, mode: str, target: str
) -> None:
    sent = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": target}
    assert get(preview, path, **sent)[0] == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_a_link_from_anywhere_leads_here_and_no_frame_holds_it(preview: Preview, site: str) -> None:
    sent = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    status, headers, _ = get(preview, "/", **sent)
    assert status == 200
    assert {name.lower(): value for name, value in headers.items()}["x-frame-options"] == "DENY"


def test_nothing_can_be_sent(preview: Preview) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        assert get(preview, PAGE, method=method)[0] == 403


def test_the_server_listens_on_this_machine_alone(preview: Preview) -> None:
    with pytest.raises(MachineFailure, match=str(preview.port)):
        Preview(Path("site"), preview.port)
    assert preview.address.startswith("http://127.0.0.1:")


OUTSIDE = [
    *(f"/{dots}{name}" for dots in ("../", "../../", "trials/../../") for name in ("s", "secret")),
    *(f"/{up}{slash}secret" for up in ("..", "%2e%2e", ".%2e", "%2E.") for slash in ("/", "%2f")),
    *(f"/..{slash}secret" for slash in ("\\", "%5c", "%5C", "%255c", "%c0%af", "%252f")),
    "/%252e%252e/secret",
    "//secret",
    "///etc/passwd",
    "/etc/passwd",
    "/C:/secret",
    "/C:%5csecret",
    "/..%00/secret",
    "/../site-x/secret",
    "/..//site-x/secret",
    "/%2e%2e/site-x/secret",
    "/link/secret",
    "/link",
    "/folder-link/secret",
    "/trials/..;/secret",
    "/.%00./secret",
    "/....//secret",
    "/./../secret",
    "/.nojekyll",
    "/site/../secret",
    "/%2e%2e%2f%2e%2e%2fsecret",
    "/-trialpages/..%2f..%2fsecret",
    "/-trialpages/../secret",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_byte_from_outside_is_served(preview: Preview, path: str) -> None:
    status, _, body = get(preview, path)
    assert status in (400, 403, 404)
    assert b"SECRET" not in body
    assert b"root:" not in body


def test_there_are_40_such_paths() -> None:
    assert len(set(OUTSIDE)) >= 40


def test_a_site_behind_a_link_is_served(tmp_path: Path) -> None:
    write_files(tmp_path / "real", {"a.html": "A"})
    (tmp_path / "site").symlink_to(tmp_path / "real")
    assert site_file(tmp_path / "site", "/a.html") == tmp_path / "site/a.html"


# --- following saves ----------------------------------------------------------------------------


@dataclass
class Running:
    """A watch in a thread of its own, and what it said of each turn."""

    project: Path
    preview: Preview
    turns: Queue[Turn]

    def save(self, name: str, text: str) -> Turn:
        write_files(self.project, {name: text})
        return self.turn()

    def turn(self) -> Turn:
        return self.turns.get(timeout=PATIENCE)

    def becomes(self, wanted: str) -> None:
        """Wait until the site is the one wanted."""
        deadline = time.monotonic() + PATIENCE
        while digest(self.project / "site") != wanted:
            assert time.monotonic() < deadline, "the site never came out as a clean build would"
            time.sleep(0.2)


@contextlib.contextmanager
def watching(
    project: Path, build: Callable[[Request], object] = build, search: bool = False
) -> Iterator[Running]:
    for name in ("templates", "theme"):
        if not (project / name).exists():
            shutil.copytree(PROJECT / name, project / name)
    site = folders(project)
    own = type(site)(site.content, project / "templates", project / "theme", site.site)
    request = Request(own, AS_OF, search=search)
    turns: Queue[Turn] = Queue()
    stop = threading.Event()
    with Preview(project / "site", 0) as preview:
        arguments = (request, preview, turns.put, stop, build)
        thread = threading.Thread(target=follow, args=arguments)
        thread.start()
        try:
            yield Running(project, preview, turns)
        finally:
            stop.set()
            thread.join(timeout=PATIENCE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "content/site.yaml": "title: T\n",
        "content/trials/NCT00000001.md": trial_text(),
    }
    write_files(tmp_path, files)
    return tmp_path


def test_every_kind_of_change_comes_out_as_a_clean_build_would(project: Path) -> None:
    trials = project / "content/trials"
    with watching(project) as running:
        running.turn()
        running.save("content/trials/NCT00000002.md", trial_text("NCT00000002", "Sleep"))
        (trials / ".NCT00000002.md.swp").write_text("half a file")
        beside = trials / "NCT00000002.md~"
        beside.write_text(trial_text("NCT00000002", "More sleep"))
        beside.replace(trials / "NCT00000002.md")  # as editors save
        running.turn()
        assert "More sleep" in (project / "site/trials/NCT00000002.html").read_text()
        (trials / "NCT00000002.md").unlink()
        running.turn()
        assert not (project / "site/trials/NCT00000002.html").exists()
        running.save("templates/404.html", "<!doctype html><title>none</title>")
        running.save("theme/site.css", "body { color: teal }")
        running.save("content/site.yaml", "title: Other\n")
    assert digest(project / "site") == clean(project)


def clean(project: Path) -> str:
    """The digest of what a clean build makes of the same sources."""
    other = project / "clean"
    shutil.rmtree(other, ignore_errors=True)
    for name in ("content", "templates", "theme"):
        shutil.copytree(project / name, other / name)
    site = folders(other)
    own = type(site)(site.content, other / "templates", other / "theme", other / "site")
    build(Request(own, AS_OF, search=False))
    return digest(other / "site")


def test_an_error_keeps_the_last_good_site_and_says_where(project: Path) -> None:
    with watching(project) as running:
        running.turn()
        before = digest(project / "site")
        wrong = trial_text().replace("RECRUITING", "RECRUTING")
        turn = running.save("content/trials/NCT00000001.md", wrong)
        assert turn.report is None
        assert digest(project / "site") == before
        (said,) = running.preview.state.problems
        assert said.startswith("content/trials/NCT00000001.md:4:17  error: ")
        assert "^^^^^^^^^" in said
        running.save("content/trials/NCT00000001.md", trial_text())
        assert running.preview.state.problems == ()


def test_the_index_is_made_when_nothing_is_saved_for_a_moment(project: Path) -> None:
    asked: list[str] = []

    def building(request: Request) -> object:
        asked.append(request.index)
        return build(request)

    with watching(project, building, search=True) as running:
        assert running.turn().indexed
        assert not running.save("content/site.yaml", "title: X\n").indexed
        assert running.turn().indexed
        assert (project / "site/pagefind/engine.js").is_file()
    assert asked == ["whole", "kept", "delta"]


def test_a_saved_trial_is_shown_before_the_site_is_built(project: Path) -> None:
    goes_on = threading.Event()
    goes_on.set()

    def slowly(request: Request) -> object:
        goes_on.wait(PATIENCE)
        return build(request)

    with watching(project, slowly) as running:
        running.turn()
        goes_on.clear()
        write_files(project, {PAGE_SOURCE: trial_text(title="Sleep for migraine")})
        deadline = time.monotonic() + PATIENCE
        while b"Sleep for migraine" not in (page := get(running.preview, PAGE)[2]):
            assert time.monotonic() < deadline
        assert b"Sleep" not in (project / "site" / PAGE[1:]).read_bytes()
        assert b"Sleep" not in get(running.preview, "/trials/")[2]
        assert running.preview.state.paths == ("trials/NCT00000001.html",)
        goes_on.set()
        running.turn()
        built = (project / "site" / PAGE[1:]).read_bytes()
        assert get(running.preview, PAGE)[2] == with_reload(built, running.preview.state.version)
        assert page == with_reload(built, running.preview.state.version - 1)
        assert b"Sleep" in get(running.preview, "/trials/")[2]
        assert "trials/index.html" in running.preview.state.paths
        assert "trials/NCT00000001.html" not in running.preview.state.paths  # it is open as it is


def test_what_is_saved_during_a_build_is_shown_until_its_own(project: Path) -> None:
    begun, goes_on = threading.Event(), threading.Event()
    goes_on.set()

    def slowly(request: Request) -> object:
        report = build(request)
        begun.set()
        goes_on.wait(PATIENCE)
        return report

    def shows(title: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while title.encode() not in get(running.preview, PAGE)[2]:
            assert time.monotonic() < deadline, title

    with watching(project, slowly) as running:
        running.turn()
        goes_on.clear()
        begun.clear()
        write_files(project, {PAGE_SOURCE: trial_text(title="Sleep")})
        assert begun.wait(PATIENCE)
        write_files(project, {PAGE_SOURCE: trial_text(title="Deep sleep")})
        shows("Deep sleep")
        goes_on.set()
        running.turn()
        shows("Deep sleep")
        running.turn()
        shows("Deep sleep")
        assert b"Deep sleep" in (project / "site" / PAGE[1:]).read_bytes()


def test_an_error_is_told_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = trial_text().replace("RECRUITING", "RECRUTING")
    teller = Teller()
    with watching(project, search=True) as running:
        teller.tell(running.turn())
        teller.tell(running.save("content/trials/NCT00000001.md", wrong))
        with pytest.raises(Empty):  # no second turn for the index that can't be made
            running.turns.get(timeout=2)
        teller.tell(running.save("content/site.yaml", "title: X\n"))
        teller.tell(running.save("content/trials/NCT00000001.md", trial_text()))
    said = capsys.readouterr().err
    assert said.count("can't be `RECRUTING`") == 1
    assert said.count("still 1 error, as above") == 1
    assert said.splitlines()[-1].startswith("built in ")


def test_pages_and_index_are_told_apart(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teller = Teller()
    with watching(project, search=True) as running:
        teller.tell(running.turn())
        teller.tell(running.save("content/site.yaml", "title: X\n"))
        teller.tell(running.turn())
    said = [line.split(" in ")[0] for line in capsys.readouterr().err.splitlines()]
    assert said == ["built", "built", "search index made"]


# --- in a browser -------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_open_page_follows_and_keeps_its_place(project: Path, browser: Browser) -> None:
    long = trial_text() + "\n\n".join(f"Paragraph {n}." for n in range(200)) + "\n"
    write_files(project, {"content/trials/NCT00000001.md": long})
    with watching(project) as running, visit(browser, running.preview.address) as tab:
        running.turn()
        tab.page.goto(running.preview.address + PAGE[1:])
        tab.page.evaluate("scrollTo(0, 2000); window.mark = 1")
        running.save("content/trials/NCT00000001.md", long.replace("Rest for", "Sleep for"))
        expect(tab.page.get_by_role("heading", level=1)).to_have_text("Sleep for migraine")
        tab.page.wait_for_function("Math.abs(scrollY - 2000) < 5")
        assert tab.page.evaluate("window.mark") is None


@pytest.mark.browser
def test_an_address_that_names_no_file_follows_too(project: Path, browser: Browser) -> None:
    with watching(project) as running, visit(browser, running.preview.address, clean=False) as tab:
        running.turn()
        tab.page.goto(running.preview.address + "%ff")
        tab.page.evaluate("window.mark = 1")
        running.save("content/site.yaml", "title: Another")
        tab.page.wait_for_function("!window.mark")


@pytest.mark.browser
def test_styles_change_without_a_reload(project: Path, browser: Browser) -> None:
    with watching(project) as running, visit(browser, running.preview.address) as tab:
        running.turn()
        tab.page.goto(running.preview.address + PAGE[1:])
        tab.page.evaluate("window.mark = 1")
        for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
            running.save("theme/site.css", f"h1 {{ color: {colour} }}")
            expect(tab.page.get_by_role("heading", level=1)).to_have_css("color", colour)
        assert tab.page.evaluate("window.mark") == 1
        assert tab.page.locator('link[rel="stylesheet"][href*="site."]').count() == 1


@pytest.mark.browser
def test_an_error_lies_over_the_page_until_it_is_mended(project: Path, browser: Browser) -> None:
    with watching(project) as running, visit(browser, running.preview.address) as tab:
        running.turn()
        tab.page.goto(running.preview.address + PAGE[1:])
        wrong = trial_text().replace("RECRUITING", "RECRUTING")
        running.save("content/trials/NCT00000001.md", wrong)
        alert = tab.page.get_by_role("alert")
        expect(alert).to_contain_text("content/trials/NCT00000001.md:4:17")
        expect(alert).to_contain_text("did you mean RECRUITING?")
        expect(tab.page.get_by_role("heading", level=1)).to_have_text("Rest for migraine")
        tab.page.reload()
        expect(alert).to_contain_text("RECRUTING")
        running.save("content/trials/NCT00000001.md", trial_text())
        expect(alert).to_have_count(0)


@pytest.mark.browser
def test_hostile_names_and_texts_stay_text(project: Path, browser: Browser) -> None:
    hostile = "<img src=x onerror=alert(1)></script><script>window.bad=1</script>\u2028\n\ndata: x"

    def failing(_request: Request) -> object:
        raise ContentFailure(Problem("x", "error", hostile))

    build(Request(folders(project), AS_OF, search=False))
    with watching(project, failing) as running, visit(browser, running.preview.address) as tab:
        running.turn()
        tab.page.goto(running.preview.address)
        expect(tab.page.get_by_role("alert")).to_contain_text("<img src=x onerror=alert(1)>")
        assert tab.page.evaluate("window.bad") is None
        assert tab.page.locator("trialpages-problems img").count() == 0


def test_a_limit_on_watching_is_named_with_what_to_do(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> object:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("trialpages.editor.watch.watch", refused)
    request = Request(folders(project), AS_OF, search=False)
    with pytest.raises(MachineFailure, match="file watch limit") as failure:
        next(batches(request, threading.Event()))
    assert "--poll" in str(failure.value.problems[0].hint)


def test_a_name_that_is_no_text_ends_no_watch(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """watchfiles ends there; a build then names the file, and the watch goes on."""
    turns = iter((True, False))

    def ending(*_: object, **__: object) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        if next(turns):
            raise RuntimeError('Unable to decode path "content/trials/\\xFF.md" to string')
        yield {(watchfiles.Change.added, "a.md")}

    monkeypatch.setattr("trialpages.editor.watch.watch", ending)
    first, second = islice(batches(Request(folders(project), AS_OF), threading.Event()), 2)
    assert str((project / "content").resolve()) in {path for _, path in first}
    assert (watchfiles.Change.added, "a.md") in second


def test_a_save_is_seen_by_looking_again_and_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    asked = list[object]()
    plain = watchfiles.watch

    def watched(*paths: Path, **settings: object) -> object:
        asked.append(settings["force_polling"])
        return plain(*paths, **settings)  # type: ignore[arg-type]

    monkeypatch.setattr("trialpages.editor.watch.watch", watched)
    found = batches(Request(folders(project), AS_OF, search=False), stop, poll=True)
    next(found)
    saved = project / "content/site.yaml"
    saved.write_text("title: Saved\n")
    later = saved.stat().st_mtime + 5  # looking again tells whole seconds apart
    os.utime(saved, (later, later))
    assert any("site.yaml" in path for batch in islice(found, 300) for _, path in batch)
    stop.set()
    assert asked == [True]


# --- the verb -----------------------------------------------------------------------------------


def start(project: Path) -> subprocess.Popen[str]:
    # A shell starts what runs in its background with SIGINT ignored, and children inherit that.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code = heard + "from trialpages.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "watch", "--port", "0", "--no-search"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_nothing_behind(project: Path, sign: signal.Signals) -> None:
    running = start(project)
    assert running.stderr
    assert "open http://127.0.0.1:" in running.stderr.readline()
    assert "built in " in running.stderr.readline()
    before = digest(project / "site")
    running.send_signal(sign)
    _, said = running.communicate(timeout=PATIENCE)
    assert (running.returncode, "Traceback" in said) == (0, False)
    assert digest(project / "site") == before
    left = {path.name for path in (project / ".site.trialpages").iterdir()}
    assert not left & {"next", "last", "gone"}


def test_stopping_in_the_middle_of_a_build_leaves_the_site(project: Path) -> None:
    many = {f"content/trials/NCT{n:08}.md": trial_text(f"NCT{n:08}") for n in range(2, 800)}
    write_files(project, dict(many))
    running = start(project)
    stage = project / ".site.trialpages/next"
    deadline = time.monotonic() + PATIENCE
    while not stage.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert not stage.exists()

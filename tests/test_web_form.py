"""The web form under /admin/: made from the model, on its own, and giving back what it read."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import shutil
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from browser import Visit, serve, visit
from playwright.sync_api import Browser, Error, Page, expect
from rich import RICH_ID, rich_trial
from sites import PATIENCE, SAMPLE, build_site, trial_text, write_files

from trialpages.form import install as installing
from trialpages.form.config import config_yaml, shape_js
from trialpages.form.fields import NOT_FOR_HAND, trial_fields
from trialpages.form.install import install
from trialpages.form.program import Package, program
from trialpages.language.site_language import read_language
from trialpages.problems import CallFailure, MachineFailure
from trialpages.publish.bundle import write_bundle
from trialpages.publish.stage import state_folder
from trialpages.records.model import Trial
from trialpages.records.trial_file import PROSE_HEADINGS, read_trial, write_trial
from trialpages.settings.site_file import Admin, Site, read_site

STRINGS = Path(__file__).parents[1] / "templates/strings"
TEXTS = {f"strings/{path.name}": path.read_text("utf-8") for path in STRINGS.glob("*.yaml")}
ENGLISH, FRENCH = (read_language(code, TEXTS) for code in ("en", "fr"))

ASKED = "title: T\nurl: https://x.example/t/\nadmin:\n  backend: test-repo\n"


def every_field(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        inner = [field["field"]] if "field" in field else []
        yield from every_field([*field.get("fields", ()), *inner])


# --- the fields ---------------------------------------------------------------------------------


def test_every_field_of_the_model_is_in_the_form_or_left_to_the_file() -> None:
    shown = {field["name"] for field in trial_fields(ENGLISH)}
    names = set(Trial.__struct_encode_fields__)
    assert shown | NOT_FOR_HAND | PROSE_HEADINGS.keys() == names | {"body"}
    assert not shown & NOT_FOR_HAND


def test_no_field_can_change_what_it_shows() -> None:
    """Rich text, numbers and switches would write another text, 51.5 for 51.50, no for nothing."""
    for field in every_field(trial_fields(ENGLISH)):
        assert field["widget"] in ("string", "text", "select", "list", "object"), field
        assert (field["widget"] != "list") or ("fields" in field) or ("field" in field)
        if field["widget"] == "select":
            assert all(isinstance(option["value"], str) for option in field["options"])


def test_selects_offer_the_registrys_words() -> None:
    fields = {field["name"]: field for field in trial_fields(ENGLISH)}
    options = {o["value"]: o["label"] for o in fields["overall_status"]["options"]}
    assert options["NOT_YET_RECRUITING"] == "Not yet recruiting"
    assert fields["overall_status"]["required"] and not fields["phases"]["required"]
    assert fields["phases"]["multiple"]
    assert fields["healthy_volunteers"]["options"] == [
        {"label": "Yes", "value": "true"},
        {"label": "No", "value": "false"},
    ]


def test_a_mistake_is_told_in_the_sites_language() -> None:
    fields = {field["name"]: field for field in trial_fields(FRENCH)}
    assert fields["overall_status"]["options"][1]["label"] == "Recrutement en cours"
    (start, *_) = fields["start_date"]["fields"]
    assert start["pattern"][1].startswith("Écrivez une date")
    for language in (ENGLISH, FRENCH):
        for field in every_field(trial_fields(language)):
            assert " " in field.get("pattern", ("", " "))[1], field["name"]


def test_the_configuration_names_the_repository() -> None:
    admin = Admin(
        repo="me/trials", branch="live", folder="docs/content", login="https://l.example/"
    )
    tree = yaml.safe_load(config_yaml(Site(title="T: x"), admin, ENGLISH))
    assert tree["backend"] == {
        "name": "github",
        "repo": "me/trials",
        "branch": "live",
        "base_url": "https://l.example",
    }
    assert tree["collections"][0]["folder"] == "docs/content/trials"
    assert tree["app_title"] == "T: x"
    without = yaml.safe_load(config_yaml(Site(), Admin(repo="me/trials"), ENGLISH))
    assert without["backend"]["auth_methods"] == ["token"]


@pytest.mark.parametrize(
    ("text", "line", "said", "hint"),
    [
        ("admin:\n  branch: main\n", 2, "names no repository", "your-name/your-repository"),
        ("admin:\n  repo: https://github.com/a/b\n", 2, "`admin.repo` can't be", "your-name"),
        ("admin:\n  backend: gitlab\n  repo: a/b\n", 2, "can't be `gitlab`", "github, test-repo"),
        ("admin:\n  repo: a/b\n  login: javascript:1\n", 3, "`admin.login` can't be", "https://"),
        ("admin:\n  repo: a/b\n  folder: ../x\n", 3, "`admin.folder` can't be", "content"),
    ],
)
def test_a_mistake_in_the_settings(text: str, line: int, said: str, hint: str) -> None:
    (problem,) = read_site(text.encode(), "content/site.yaml")[1]
    assert problem.where is not None and problem.where.line == line
    assert said in problem.message
    assert hint in problem.hint


# --- the site -----------------------------------------------------------------------------------


def with_program(project: Path) -> None:
    """A program that does nothing, where a build looks for one."""
    place = program(state_folder(project / "site")).folder
    write_files(place, {"cms/index.js": "export {};", "js-yaml/js-yaml.js": "export {};"})


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_without_its_program_the_form_is_left_out_and_said(tmp_path: Path) -> None:
    report = build_site(tmp_path, {"site.yaml": ASKED, "trials/NCT00000001.md": trial_text()})
    (problem,) = (p for p in report.warnings if p.code == "no-form")
    assert "`admin`" in problem.hint
    assert not (tmp_path / "site/admin").exists()


def test_the_form_is_there_where_it_is_asked_for_and_nothing_leads_to_it(tmp_path: Path) -> None:
    with_program(tmp_path)
    settings = "title: T\nurl: https://trials.example/\n"
    build_site(tmp_path, {"site.yaml": settings, "trials/NCT00000001.md": trial_text()})
    site = tmp_path / "site"
    before = files(site)
    assert not [name for name in before if name.startswith("admin/")]
    report = build_site(tmp_path, {"site.yaml": ASKED})
    assert "no-form" not in {p.code for p in report.warnings}
    added = {name for name in files(site) - before if not name.startswith("assets/")}
    assert added == {
        "admin/index.html",
        "admin/config.yml",
        "admin/form.js",
        "admin/immutable.js",
        "admin/preview.js",
        "admin/shape.js",
        "admin/trial_file.js",
        "admin/cms/index.js",
        "admin/js-yaml/js-yaml.js",
    }
    page = (site / "admin/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "https://" not in re.findall(r'Policy" content="([^"]+)"', page)[0]
    for name in files(site):
        if not name.startswith("admin/"):
            assert b"admin/" not in (site / name).read_bytes(), name
    write_bundle(site, tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert not [name for name in archive.namelist() if "/admin/" in name]
    build_site(tmp_path, {"site.yaml": settings})
    assert files(site) == before


def test_the_form_may_ask_its_repositorys_host_and_no_other(tmp_path: Path) -> None:
    with_program(tmp_path)
    text = ASKED.replace("backend: test-repo", "repo: a/b")
    build_site(tmp_path, {"site.yaml": text, "trials/NCT00000001.md": trial_text()})
    page = (tmp_path / "site/admin/index.html").read_text("utf-8")
    hosts = set(re.findall(r"https://[\w.-]+", page))
    assert hosts == {"https://api.github.com", "https://avatars.githubusercontent.com"}


# --- its program --------------------------------------------------------------------------------


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as packed:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            packed.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The archive of a package pinned in the place of the real ones."""
    members = {
        "package/npm/index.js": b"1",
        "package/npm/index.js.map": b"2",
        "package/npm/../../../out": b"3",
        "package/other": b"4",
        "package/LICENSE": b"5",
    }
    content = archive(**members)
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    wanted = {"package/npm/": "cms/", "package/LICENSE": "cms/LICENSE.txt"}
    monkeypatch.setattr(installing, "PACKAGES", (Package("x", "1.0", integrity, wanted),))
    path = tmp_path / "x-1.0.tgz"
    path.write_bytes(content)
    return path


def test_only_what_is_wanted_of_an_archive_is_taken(tmp_path: Path, packed: Path) -> None:
    state = tmp_path / "state"
    assert install(state, [packed]) == ("x@1.0",)
    found = dict(program(state).files())
    assert found == {"cms/index.js": b"1", "cms/LICENSE.txt": b"5"}
    assert not (tmp_path / "out").exists()
    assert install(state, [packed]) == ()


def test_an_archive_that_is_not_the_pinned_one_is_refused(tmp_path: Path, packed: Path) -> None:
    packed.write_bytes(packed.read_bytes() + b"x")
    with pytest.raises(CallFailure, match=r"none of x@1\.0, or is damaged"):
        install(tmp_path / "state", [packed])
    assert program(tmp_path / "state").version == ""


@pytest.mark.usefixtures("packed")
def test_without_npm_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MachineFailure) as failure:
        install(tmp_path / "state")
    assert "npm isn't here" in failure.value.problems[0].message
    assert "`admin FILE.tgz`" in failure.value.problems[0].hint


# --- in a browser, with the real program --------------------------------------------------------

HAND = """\
---
nct_id: NCT90000001
brief_title: 'Short "forms": all of them'
overall_status: RECRUITING
start_date: 2024-07-03
completion_date: "2025"
lead_sponsor: Hospital
study_type: INTERVENTIONAL
healthy_volunteers: false
reviewed: 2025-01-02
ours:
  Fares: [Refunded, "no"]
  sex: "true"
  Room: "5"
conditions: [a, "b, c"]
phases: [PHASE1, PHASE2]
enrollment_info:
  count: 40
keywords: ["NO", "012", 12:30, "null", ~x, "- a", "1e3", 0x1F, "2024-07-03", "#", '"', "a: b"]
locations:
  - city: Ulm
    zip: 01234
    geo_point:
      lat: -0.1278
      lon: 51.50
extra:
  /protocolSection/x.y/z: '{"a.b": [1, 2]}'
import_notes:
  - field: a.b
    code: c
    message: "m: n"
---

## Brief summary

A \\> B, 5\\*10^9/L  \nand * no list

1. one
9. nine

## Plain-language summary

We test  it.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the real form; its program comes from the npm registry, if that is reached."""
    folder = tmp_path_factory.mktemp("form")
    try:
        install(state_folder(folder / "site"))
    except MachineFailure as failure:
        pytest.skip(f"the web form's program can't be fetched: {failure}")
    build_site(folder, {"site.yaml": ASKED, "trials/NCT00000001.md": trial_text()})
    return folder / "site"


@pytest.fixture
def tab(built: Path, browser: Browser) -> Iterator[Visit]:
    with serve(built) as address, visit(browser, address, clean=False) as tab:
        yield tab
        # Its style sheet names fonts elsewhere too; the page's policy keeps it from asking there.
        # A preview's page says its own address, which the policy refuses too.
        fonts = re.compile(
            r"base URI|can escape its sandboxing|404 \(File"
            r"|Loading the font 'https://cdn\.jsdelivr\.net/.* violates"
        )
        assert [said for said in tab.complaints if not fonts.search(said)] == []


def round_trips(page: Page, address: str, texts: dict[str, str]) -> dict[str, str]:
    """The texts as trial_file.js writes what it has read."""
    page.goto(address + "404.html")
    found: dict[str, str] = page.evaluate(
        """async ([address, texts]) => {
            const { fromFile, toFile } = await import(address);
            return Object.fromEntries(
                Object.entries(texts).map(([name, text]) => [name, toFile(fromFile(text.trim()))]));
        }""",
        [address + "admin/trial_file.js", texts],
    )
    return found


def test_a_file_that_passes_through_the_form_is_the_same(tab: Visit) -> None:
    rich = read_trial(rich_trial().encode(), f"{RICH_ID}.md").trial
    assert rich is not None
    written = {
        **{path.name: path.read_text("utf-8") for path in SAMPLE.glob("content/trials/*.md")},
        "rich.md": write_trial(rich),
        "small.md": trial_text(),
    }
    by_hand = {"hand.md": HAND, "crlf.md": HAND.replace("\n", "\r\n"), "rich.md": rich_trial()}
    assert round_trips(tab.page, tab.site, written) == written
    for name, after in round_trips(tab.page, tab.site, by_hand).items():
        before = read_trial(by_hand[name].encode(), name)
        assert before.trial is not None, before.problems
        assert read_trial(after.encode(), name).trial == before.trial


def put(page: Page, name: str, text: str) -> None:
    """Write a file into the repository that the form keeps in the browser."""
    page.evaluate(
        """async ([name, text]) => {
            const root = await navigator.storage.getDirectory();
            let folder = await root.getDirectoryHandle("sveltia-cms-test", { create: true });
            for (const part of ["content", "trials"])
                folder = await folder.getDirectoryHandle(part, { create: true });
            const file = await folder.getFileHandle(name, { create: true });
            const stream = await file.createWritable();
            await stream.write(text);
            await stream.close();
        }""",
        [name, text],
    )


def saved(page: Page, name: str, before: str = "") -> str:
    """The file's text, when it is there and another than before, and the editor has closed.

    The form goes back to its list a moment after it has written the file; whoever goes elsewhere
    in between ends that, and stays in an editor that is empty.
    """
    page.get_by_role("button", name="Save", exact=True).click()
    deadline = time.monotonic() + PATIENCE
    while (text := get(page, name)) in ("", before):
        assert time.monotonic() < deadline, "nothing was saved"
        page.wait_for_timeout(100)
    expect(page.get_by_role("group", name="Content Editor")).to_have_count(0)
    return text


def get(page: Page, name: str) -> str:
    text: str = page.evaluate(
        """async name => {
            try {
                let folder = await navigator.storage.getDirectory();
                for (const part of ["sveltia-cms-test", "content", "trials"])
                    folder = await folder.getDirectoryHandle(part);
                return await (await (await folder.getFileHandle(name)).getFile()).text();
            } catch { return ""; }  // not there yet
        }""",
        name,
    )
    return text


def sign_in(tab: Visit) -> None:
    tab.page.goto(tab.site + "admin/index.html")
    tab.page.get_by_role("button", name="Work with Test Repository").click()


def field(page: Page, name: str) -> Any:
    return page.locator(f'[data-key-path="{name}"]').first


def test_a_file_with_aliases_within_aliases_is_refused_at_once(tab: Visit) -> None:
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    with pytest.raises(Error, match="the file has a YAML alias"):
        round_trips(tab.page, tab.site, {"a": f"---\na0: &a0 [x]\n{bomb}---\n"})
    odd = "---\n__proto__: a\nbrief_title: b\n---\n"
    assert round_trips(tab.page, tab.site, {"a": odd}) == {"a": odd}


def test_front_matter_without_fields_is_refused(tab: Visit) -> None:
    for front in ("- a", "a text"):
        with pytest.raises(Error, match="the front matter has no fields"):
            round_trips(tab.page, tab.site, {"a": f"---\n{front}\n---\n"})


def test_hostile_values_run_nothing_in_the_form(built: Path, browser: Browser) -> None:
    hostile = (
        '"><img src=x onerror="window.bad=1"><svg onload=window.bad=2><script>window.bad=3</script>'
    )
    quoted = json.dumps(hostile)
    front = f"nct_id: NCT90000001\nbrief_title: {quoted}\nconditions: [{quoted}]\n"
    text = f"---\n{front}---\n\n## Brief summary\n\n{hostile}\n"
    with serve(built) as address, visit(browser, address, clean=False) as tab:
        tab.page.goto(address + "404.html")
        put(tab.page, "NCT90000001.md", text)
        sign_in(tab)
        expect(tab.page.get_by_text("NCT90000001 ·")).to_be_visible()
        tab.page.goto(address + "admin/index.html#/collections/trials/entries/NCT90000001")
        expect(field(tab.page, "brief_title").locator("input")).to_have_value(hostile)
        shown = tab.page.frame_locator("iframe.preview")
        expect(shown.locator("h1")).to_have_text(hostile)
        assert shown.locator("h1").evaluate("window.bad") is None
        assert tab.page.evaluate("window.bad") is None


def test_one_change_in_the_form_is_one_line_in_the_file(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + "404.html")
    trial = read_trial(HAND.encode(), "NCT90000001.md").trial
    assert trial is not None
    before = write_trial(trial)
    put(page, "NCT90000001.md", before)
    sign_in(tab)
    expect(page.get_by_text("NCT90000001 · Short")).to_be_visible()
    page.goto(tab.site + "admin/index.html#/collections/trials/entries/NCT90000001")
    expect(field(page, "overall_status")).to_contain_text("Recruiting")
    expect(field(page, "body").locator("textarea")).to_have_value(re.compile(r"A \\> B, 5\\\*10"))
    shown = page.frame_locator("iframe.preview")
    expect(shown.locator(".notice p").first).to_have_text("Nothing yet.")
    field(page, "brief_title").locator("input").fill("NO")
    expect(shown.locator("h1")).to_have_text("NO")
    expect(shown.locator(".notice del")).to_have_text(
        "- brief_title: 'Short \"forms\": all of them'"
    )
    expect(shown.locator(".notice ins")).to_have_text('+ brief_title: "NO"')
    after = saved(page, "NCT90000001.md", before)
    old, new = before.splitlines(), after.splitlines()
    assert [(a, b) for a, b in zip(old, new, strict=True) if a != b] == [
        ("brief_title: 'Short \"forms\": all of them'", 'brief_title: "NO"')
    ]
    page.goto(tab.site + "admin/index.html#/collections/trials/entries/NCT90000001")
    expect(shown.locator(".notice p").first).to_have_text("Nothing yet.")
    changed = msgspec.structs.replace(trial, brief_title="NO")
    assert read_trial(after.encode(), "NCT90000001.md").trial == changed


def test_a_new_trial_is_a_file_under_its_number(tab: Visit) -> None:
    page = tab.page
    sign_in(tab)
    page.goto(tab.site + "admin/index.html#/collections/trials/new")
    field(page, "nct_id").locator("input").fill("NCT90000002")
    field(page, "brief_title").locator("input").fill("Rest: again")
    field(page, "overall_status").get_by_role("combobox").click()
    page.get_by_role("option", name="Recruiting", exact=True).click()
    page.get_by_role("radio", name="Interventional").click()
    shown = page.frame_locator("iframe.preview")
    expect(shown.locator(".notice p").first).to_have_text("It is a new file.")
    expect(shown.locator("dd").first).to_have_text("Recruiting")
    assert saved(page, "NCT90000002.md") == (
        '---\nnct_id: NCT90000002\nbrief_title: "Rest: again"\n'
        "overall_status: RECRUITING\nstudy_type: INTERVENTIONAL\n---\n"
    )


def test_at_github_a_token_is_asked_for(built: Path, tmp_path: Path, browser: Browser) -> None:
    place = program(state_folder(built)).folder
    program(state_folder(tmp_path / "site")).folder.parent.mkdir(parents=True)
    shutil.copytree(place, program(state_folder(tmp_path / "site")).folder)
    text = ASKED.replace("backend: test-repo", "repo: me/trials")
    build_site(tmp_path, {"site.yaml": text, "trials/NCT00000001.md": trial_text()})
    with serve(tmp_path / "site") as address, visit(browser, address, clean=False) as tab:
        tab.page.goto(address + "admin/index.html")
        tab.page.get_by_role("button", name="Sign In Using Access Token").click()
        expect(tab.page.get_by_text("Enter your token below")).to_be_visible()
        assert not [said for said in tab.complaints if "configuration" in said]


def test_without_its_number_a_trial_is_not_saved(tab: Visit) -> None:
    sign_in(tab)
    tab.page.goto(tab.site + "admin/index.html#/collections/trials/new")
    field(tab.page, "nct_id").locator("input").fill("nct 1")
    tab.page.get_by_role("button", name="Save", exact=True).click()
    expect(tab.page.get_by_text("fields have errors")).to_be_visible()
    expect(tab.page.get_by_text("Write it as in this: NCT")).to_be_visible()


def test_the_shape_for_the_scripts_is_json() -> None:
    shape = json.loads(shape_js(ENGLISH, ()).removeprefix("export default ").removesuffix(";\n"))
    assert shape["shorthand"]["start_date"] == "date"
    assert "lat" in shape["plain"]["number"] and "draft" in shape["plain"]["boolean"]

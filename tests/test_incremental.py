"""A build after any edits gives, byte for byte, what a clean build gives."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sites import AS_OF, PROJECT, digest, trial_text, write_files

from trialpages.build import Report, Request, build
from trialpages.content.reading import Folders
from trialpages.machine import workers
from trialpages.publish.stage import state_folder
from trialpages.state.cache import recall

RESULTS = (
    '{"moreInfoModule":{"certainAgreement":{"piSponsorEmployee":false}}}',
    '{"moreInfoModule":{"certainAgreement":{"piSponsorEmployee":true}}}',
)


class Project:
    """A small site and its folders, to edit and to build in two ways."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        for name in ("templates", "theme"):
            shutil.copytree(PROJECT / name, folder / name)
        trials = {f"trials/NCT0000000{n}.md": trial(n) for n in range(1, 5)}
        write_files(self.content, {"site.yaml": "title: Ours\n", **trials})

    def request(self, site: str) -> Request:
        folders = Folders(
            self.content, self.folder / "templates", self.folder / "theme", self.folder / site
        )
        return Request(folders, AS_OF, search=False)

    def build(self) -> Report:
        return build(self.request("site"))

    def clean(self) -> str:
        """The digest of a site that is built from nothing."""
        site = self.folder / "clean"
        shutil.rmtree(site, ignore_errors=True)
        shutil.rmtree(state_folder(site), ignore_errors=True)
        build(self.request("clean"))
        return digest(site)

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def state(self) -> Path:
        return state_folder(self.site)


def trial(number: int, title: str = "", more: str = "") -> str:
    text = trial_text(f"NCT0000000{number}", title or f"Rest number {number}")
    return text.replace("conditions:\n", f"conditions:\n  - Condition {number % 2}\n") + more


def some(project: Project, dice: random.Random) -> Path:
    found = sorted((project.content / "trials").glob("*.md"))
    return dice.choice(found) if found else add(project, dice)


def add(project: Project, dice: random.Random) -> Path:
    path = project.content / "trials" / f"NCT0000000{dice.randint(1, 9)}.md"
    path.write_text(trial(int(path.stem[-1]), more=dice.choice(["", "\nMore.\n"])))
    return path


def prose(project: Project, dice: random.Random) -> None:
    path = some(project, dice)
    path.write_text(path.read_text() + dice.choice(["\nAnd sleep?\n", "\n* a\n* b\n"]))


def title(project: Project, dice: random.Random) -> None:
    path = some(project, dice)
    path.write_text(trial(int(path.stem[-1]), dice.choice(["Sleep", "Walk", "Rest"])))


def same_size_and_time(project: Project, dice: random.Random) -> None:
    path = some(project, dice)
    before = path.stat()
    text = path.read_text()
    path.write_text(
        text.replace("Does", "Is's") if "Does" in text else text.replace("Is's", "Does")
    )
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def status(project: Project, dice: random.Random) -> None:
    path = some(project, dice)
    path.write_text(path.read_text().replace("RECRUITING", dice.choice(["RECRUITING", "UNKNOWN"])))


def relate(project: Project, dice: random.Random) -> None:
    path, other = some(project, dice), dice.randint(1, 9)
    related = f"related_trials:\n  - nct_id: NCT0000000{other}\n---\n\n##"
    path.write_text(trial(int(path.stem[-1])).replace("---\n\n##", related))


def alias(project: Project, dice: random.Random) -> None:
    path = some(project, dice)
    aliased = f"aliases:\n  - OLD-{path.stem[-4:]}\n---\n\n##"
    path.write_text(trial(int(path.stem[-1])).replace("---\n\n##", aliased))


def draft(project: Project, dice: random.Random) -> None:
    path = some(project, dice)
    path.write_text(trial(int(path.stem[-1])).replace("---\n\n##", "draft: true\n---\n\n##"))


def delete(project: Project, dice: random.Random) -> None:
    some(project, dice).unlink()


def results(project: Project, dice: random.Random) -> None:
    path = some(project, dice).with_suffix(".results.json")
    if path.exists() and dice.random() < 0.4:
        path.unlink()
    else:
        path.write_text(dice.choice(RESULTS))


def settings_file(project: Project, dice: random.Random) -> None:
    text = dice.choice(
        [
            "title: Ours\n",
            "title: Theirs\n",
            "title: Ours\nurl: https://x.example/\n",
            "title: Lean\npublish:\n  lists_of_one: false\n",
        ]
    )
    (project.content / "site.yaml").write_text(text)


def page(project: Project, dice: random.Random) -> None:
    path = project.content / "pages" / "about.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# About\n\nNumber {dice.randint(1, 3)}.\n")


def template(project: Project, dice: random.Random) -> None:
    name = dice.choice(["_card.html", "trial.html", "base.html", "_macros.html", "feed.xml"])
    path = project.folder / "templates" / name
    present = path if path.exists() else PROJECT / "templates" / name  # as an author would begin
    path.write_text(present.read_text() + f"{{# {dice.random()} #}}\n")


def theme(project: Project, dice: random.Random) -> None:
    path = project.folder / "theme" / "site.css"
    path.write_text(path.read_text() + f"/* {dice.random()} */\n")


def lose_memory(project: Project, dice: random.Random) -> None:
    for path in sorted(project.state.rglob("*")):
        if path.is_file() and path.name != "lock" and dice.random() < 0.3:
            path.unlink()


def damage_memory(project: Project, dice: random.Random) -> None:
    found = (p for p in sorted(project.state.rglob("*")) if "spare" not in p.parts)
    for path in found:
        if path.is_file() and path.name != "lock" and dice.random() < 0.3:
            content = bytearray(path.read_bytes())
            if content:
                content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
            path.write_bytes(bytes(content[: dice.choice([len(content), len(content) // 2])]))


def tamper(project: Project, dice: random.Random) -> None:
    found = sorted(path for path in project.site.rglob("*.html"))
    dice.choice(found).unlink()


def nothing(_project: Project, _dice: random.Random) -> None:
    """A build where nothing changed."""


Edit = Callable[[Project, random.Random], object]
EDITS: tuple[Edit, ...] = (
    prose, title, same_size_and_time, status, add, relate, alias, draft, delete, results,
    settings_file, page, template, theme, lose_memory, damage_memory, tamper, nothing,
)  # fmt: skip
"""Row 39 of the faults (tests/faults/) puts them in random sequences."""


# --- what is made again, and why -----------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.build()
    return made


def test_nothing_is_made_where_nothing_changed(project: Project) -> None:
    report = project.build()
    assert (report.made, report.changed) == ({}, False)


def test_files_that_were_young_are_read_once_more_and_no_further_time(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(one.signature for one in recall(project.state, project.site).sources.values())
    monkeypatch.setattr("trialpages.state.cache._STILL_WARM", 0)
    assert not project.build().changed
    assert all(one.signature for one in recall(project.state, project.site).sources.values())
    monkeypatch.setattr("trialpages.phases.parsing.Parser.look", None)
    assert not project.build().changed


def test_where_nothing_changed_little_is_imported(project: Project) -> None:
    """What a first page needs takes longer to import than all that such a build does."""
    code = (
        "import sys, trialpages.state.cache as cache; cache._STILL_WARM = 0\n"
        "from trialpages.cli import cli\n"
        "cli.main(sys.argv[1:], standalone_mode=False)\n"
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, "build", "--no-search", "--quiet"]
    around = {**os.environ, "PYTHONPATH": str(PROJECT)}
    said = [
        subprocess.run(command, cwd=project.folder, env=around, check=True, stdout=-1).stdout
        for _ in range(2)
    ]
    first, again = (set(one.decode().split()) for one in said)
    unused = {"jinja2", "yaml", "babel", "multiprocessing", "concurrent.futures", "email"}
    unused |= {"subprocess", "trialpages.records.model", "trialpages.cli.editing"}
    assert {"jinja2", "yaml"} <= first
    assert unused & again == set()


def test_a_word_of_prose_makes_one_page(project: Project) -> None:
    path = project.content / "trials/NCT00000002.md"
    path.write_text(path.read_text() + "\nMore.\n")
    assert set(project.build().made.items()) == {
        ("trials/NCT00000002.html", "what it shows changed"),
        ("trials/NCT00000002.json", "what it shows changed"),
        ("packs/0.js", "what it shows changed"),
    }


def test_every_small_edit_alone_comes_out_as_a_clean_build_gives(project: Project) -> None:
    """After an edit of a trial's text little is planned; whatever else changes has to be seen."""
    project.build()
    dice = random.Random(7)
    for edit in (prose, page, prose, results, prose, theme, template, prose, settings_file, status):
        edit(project, dice)
        project.build()
        assert digest(project.site) == project.clean(), edit.__name__


def test_a_file_that_was_only_touched_makes_none(project: Project) -> None:
    (project.content / "trials/NCT00000002.md").touch()
    assert project.build().made == {}


def test_a_title_makes_the_pages_that_show_it(project: Project) -> None:
    path = project.content / "trials/NCT00000002.md"
    path.write_text(trial(2, "Sleep"))
    made = project.build().made
    assert {"trials/NCT00000002.html", "trials/index.html", "conditions/migraine.html"} <= set(made)
    assert "conditions/condition-1.html" not in made
    assert "search.html" not in made


def test_a_template_makes_the_pages_it_is_part_of(project: Project) -> None:
    path = project.folder / "templates/_eligibility.html"
    path.write_text(path.read_text() + "{# changed #}")
    made = project.build().made
    assert set(made) == {f"trials/NCT0000000{number}.html" for number in range(1, 5)}
    assert set(made.values()) == {"its template changed"}


def test_the_site_s_address_makes_the_forms_that_name_it(project: Project) -> None:
    made = build(replace(project.request("site"), url="https://a.example/")).made
    assert made["trials/NCT00000001.json"] == "site.yaml or --url changed"
    (project.content / "site.yaml").write_text("title: Another\nurl: https://a.example/\n")
    made = project.build().made
    assert "trials/NCT00000001.html" in made
    assert "trials/NCT00000001.json" not in made


def test_the_date_makes_every_page(project: Project) -> None:
    made = build(replace(project.request("site"), as_of="2025-10-02")).made
    assert made["trials/NCT00000001.html"] == "the date changed"
    assert not [path for path in made if path.startswith("assets/")]


def test_full_makes_everything(project: Project) -> None:
    report = build(replace(project.request("site"), full=True))
    made_pages = [path for path in report.made if path.endswith(".html")]
    assert len(made_pages) == report.pages
    assert set(report.made) >= {"trials/NCT00000001.json", "robots.txt"}
    assert set(report.made.values()) == {"all was to be made anew (--full)"}


def reasons(project: Project, **changes: object) -> set[str]:
    """Why the trials' pages were made in a build of a request so changed."""
    made = build(replace(project.request("site"), **changes)).made  # type: ignore[arg-type]
    return {
        why
        for path, why in made.items()
        if path.startswith("trials/NCT") and path.endswith(".html")
    }


def test_the_reason_is_the_one_thing_that_changed(project: Project) -> None:
    search = not project.request("site").search
    assert reasons(project, search=search) == {"whether there is a search changed"}
    assert reasons(project, search=not search) == {"whether there is a search changed"}
    assert reasons(project, url="https://a.example/") == {"site.yaml or --url changed"}
    project.build()
    (project.content / "site.yaml").write_text(
        "title: Another\nmenu:\n  - title: A\n    page: phases\n"
    )
    assert reasons(project) == {"site.yaml or --url and the menu changed"}
    style = project.folder / "theme/site.css"
    style.write_text(style.read_text() + "/* */")
    assert reasons(project) == {"the theme changed"}
    shutil.rmtree(project.site)
    assert reasons(project) == {"the site is not as the last build left it"}
    (project.folder / ".site.trialpages/memory").unlink()
    assert reasons(project) == {"nothing is known of an earlier build"}
    (project.folder / ".site.trialpages/memory").write_bytes(b"x")
    assert reasons(project) == {"what the last build knew is damaged"}
    write_files(project.content, {"trials/NCT00000009.md": trial(9, "New")})
    assert project.build().made["trials/NCT00000009.html"] == "it is new"


def test_any_number_of_processes_makes_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_WORTH_WORKERS", 8)
    project = Project(tmp_path)
    trials = {
        f"trials/NCT{number:08}.md": trial_text(f"NCT{number:08}", f"Trial {number}")
        for number in range(100, 130)
    }
    write_files(project.content, dict(trials))
    digests = set()
    for jobs in (1, 2, 3):
        site = f"site{jobs}"
        build(replace(project.request(site), jobs=jobs))
        digests.add(digest(project.folder / site))
    assert len(digests) == 1


def test_a_deleted_trial_is_gone_everywhere(project: Project) -> None:
    (project.content / "trials/NCT00000003.md").unlink()
    project.build()
    found = [p for p in project.site.rglob("*") if p.is_file() and b"NCT00000003" in p.read_bytes()]
    assert found == []
    assert not list(project.site.rglob("NCT00000003*"))

"""`init`: the folder of a new site builds as it is, and names nothing that it lacks."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from sites import AS_OF, digest
from test_cli import run

from trialpages.build import Request, build
from trialpages.cli import _VERBS
from trialpages.content.reading import Folders
from trialpages.content.writing import FileChange, write
from trialpages.editor import own_site
from trialpages.editor.own_site import EXAMPLE, begin_site, requirement
from trialpages.problems import CallFailure, ContentFailure


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    begin_site(tmp_path / "ours")
    return tmp_path / "ours"


def request(folder: Path, *, drafts: bool = False) -> Request:
    usual = Folders(folder / "content", Path("templates"), Path("theme"), folder / "site")
    return Request(usual, AS_OF, search=False, drafts=drafts)


def test_a_new_site_builds_as_it_is(begun: Path) -> None:
    report = build(request(begun))
    assert (report.trials, report.warnings) == (0, ())
    assert (begun / "site/about.html").is_file()
    assert build(request(begun, drafts=True)).trials == 1
    assert (begun / f"site/trials/{EXAMPLE}.html").is_file()


def test_what_a_new_site_may_set_is_valid(begun: Path) -> None:
    settings = begun / "content/site.yaml"
    live = re.sub(r"^# (?=[a-z_]+:|  )", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    assert live.count("\n#") < settings.read_text("utf-8").count("\n#")
    settings.write_text(live, encoding="utf-8")
    media = begun / "content/media"
    media.mkdir()
    (media / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    assert build(request(begun)).warnings == ()
    assert "tennis" not in live.partition("search_names")[0]


def test_nothing_in_a_new_site_names_what_only_the_programs_repository_has(begun: Path) -> None:
    texts = [path.read_text("utf-8") for path in begun.rglob("*") if path.is_file()]
    assert len(texts) >= 10
    for text in texts:
        assert not re.search(r"build\.py|constraints|require-hashes|test\.yml|\]\(\.\./docs", text)
    for path in (begun / ".github/workflows").iterdir():
        assert "requirements.txt" in path.read_text("utf-8")
        jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"]
        assert any(step.get("run", "").startswith("trialpages") for step in steps(jobs))


def steps(jobs: dict[str, dict[str, list[dict[str, str]]]]) -> list[dict[str, str]]:
    return [step for job in jobs.values() for step in job["steps"]]


def test_its_readme_names_verbs_that_there_are(begun: Path) -> None:
    said = set(re.findall(r"trialpages ([a-z]+) ", (begun / "README.md").read_text("utf-8")))
    assert {"fetch", "watch", "check", "build", "sync"} == said - {"makes"}
    assert said - {"makes"} <= set(_VERBS)


def test_what_is_there_stays_and_a_site_is_left_alone(begun: Path, tmp_path: Path) -> None:
    with pytest.raises(CallFailure, match="is there already"):
        begin_site(begun)
    cloned = tmp_path / "cloned"
    cloned.mkdir()
    (cloned / "README.md").write_text("Mine.\n", encoding="utf-8")
    written, kept = begin_site(cloned)
    assert kept == (cloned / "README.md",)
    assert (cloned / "README.md").read_text("utf-8") == "Mine.\n"
    assert cloned / "content/site.yaml" in written


def test_a_site_asks_for_the_program_as_it_was_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(told: str | None) -> str:
        found = SimpleNamespace(read_text=lambda _: told)
        monkeypatch.setattr(own_site, "distribution", lambda _: found)
        return requirement()

    vcs = '{"url": "https://example.org/t.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}'
    assert installed(vcs) == "trialpages @ git+https://example.org/t.git@abc"
    assert re.fullmatch(r"trialpages==\d+\.\d+\.\d+", installed(None))
    assert installed('{"url": "file:///t", "dir_info": {}}') == installed(None)


def test_it_says_what_to_do_next(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "our trials")
    assert done.returncode == 0
    said = done.stderr
    assert said.index("cd 'our trials'") < said.index(" fetch NCT01234567")
    assert f"wrote our trials/content/trials/{EXAMPLE}.md" in said
    steps = ["git init", " fetch NCT01234567", "git commit", " watch ", " build "]
    assert sorted(map(said.index, steps)) == [said.index(one) for one in steps]
    again = run(tmp_path, "init", "our trials")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_in_a_repository_it_asks_for_no_other_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    said = run(tmp_path, "init", "ours").stderr
    assert ("git init" in said, "git commit" in said) == (False, True)


def test_a_site_begun_by_a_run_that_was_killed_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(change: FileChange) -> None:
        if change.path.name == "site.yaml":
            raise KeyboardInterrupt
        write(change)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(own_site, "write", killed)
        begin_site(tmp_path / "ours")
    assert (tmp_path / "ours/README.md").is_file()
    assert begin_site(tmp_path / "ours")[1] == ()
    begin_site(tmp_path / "other")
    assert digest(tmp_path / "ours") == digest(tmp_path / "other")


@pytest.mark.parametrize("name", [".github", ".github/workflows"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "ours" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ContentFailure, match="a link"):
        begin_site(tmp_path / "ours")
    assert not any((tmp_path / "elsewhere").iterdir())
    assert [path.name for path in (tmp_path / "ours").iterdir()] == [".github"]


def test_a_folder_without_a_name_is_none(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "")
    assert (done.returncode, "a folder's name is needed" in done.stderr) == (2, True)
    assert not any(tmp_path.iterdir())

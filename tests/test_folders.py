"""Folders named by mistake, files nothing is made of, pictures that do more than draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import build_site, trial_text, write_files
from test_cli import project, run

from trialpages.problems import ContentFailure
from trialpages.settings.pictures import check_picture

__all__ = ["project"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--content", "nowhere"), ("there is no folder nowhere", "site.yaml and trials/")),
        (("--content", "theme"), ("nothing of a site in theme", "--content")),
        (("--templates", "nowhere"), ("there is no folder nowhere", "trial.html")),
        (("--templates", "content"), ("content takes the place of nothing", "--templates")),
        (("--theme", "content"), ("content takes the place of nothing", "site.css")),
    ],
)
def test_a_wrong_folder_is_named_with_what_belongs_there(
    project: Path, words: tuple[str, str], said: tuple[str, ...]
) -> None:
    done = run(project, "build", *words)
    assert done.returncode == 2
    assert done.stderr.count("error:") == 1
    for part in said:
        assert part in done.stderr


def test_a_folder_without_site_yaml_is_named(project: Path) -> None:
    (project / "content").rename(project / "mine")
    (project / "mine/site.yaml").unlink()
    done = run(project, "build", "--no-search", "--content", "mine")
    assert done.returncode == 0
    assert "mine/site.yaml  warning: there is no such file" in done.stderr


@pytest.mark.parametrize("verb", ["build", "check"])
def test_a_language_without_words_is_named_with_its_line(project: Path, verb: str) -> None:
    (project / "content/site.yaml").write_text("title: T\nlanguage: pl\n", "utf-8")
    done = run(project, verb)
    assert done.returncode == 1
    assert (
        "content/site.yaml:2:11  error: the theme has no words in the language `pl`" in done.stderr
    )
    assert "write one of ar, de, en, es" in done.stderr


STRAYS: dict[str, tuple[str, str]] = {
    "trials/NCT00000002.yml": ("its ending is none that is read", "rename it to NCT00000002.yaml"),
    "trials/NCT00000003.MD": ("its ending is none that is read", "rename it to NCT00000003.md"),
    "trials/NCT00000004.results.json": ("no trial NCT00000004", "add NCT00000004.md"),
    "trials/NCT00000005.json": ("it is a source", "import content/trials/NCT00000005.json"),
    "trials/notes.docx": ("only .md, .yaml are read", "move it elsewhere"),
    "pages/about.markdown": ("its ending is none that is read", "rename it to about.md"),
    "pages/team.txt": ("its ending is none that is read", "rename it to team.md"),
    "pages/beds.md.txt": ("an ending too many", "rename it to beds.md"),
    "lists/ward.docx": ("only .md are read", "save its text as ward.md"),
    "media/bed.tiff": ("are read", "export the picture as bed.png or bed.jpg"),
    "media/logo.PNG": ("its ending is none that is read", "rename it to logo.png"),
    "sources/page.html": ("of sources/ only", "move it elsewhere"),
    "site.yml": ("the settings are in site.yaml", "rename it to site.yaml"),
    "NCT00000006.md": ("beside the folders", "trials belong into trials/"),
    "trial/NCT00000007.md": ("nothing is made of this folder", "did you mean trials/?"),
}


def test_files_that_nothing_is_made_of_are_named(tmp_path: Path) -> None:
    good: dict[str, str | bytes] = {
        "site.yaml": "title: T\n",
        "README.md": "# Read me\n",
        "trial.schema.json": "{}",
        "trials/NCT00000001.md": trial_text(),
        "trials/NCT00000001.results.json": "{}",
        "trials/.imported/NCT00000001": "",
        "sources/a.txt": "x",
    }
    assert {p.code for p in build_site(tmp_path, good).warnings} == {"absent"}
    for name, (message, hint) in STRAYS.items():
        write_files(tmp_path / "content", {name: b"{}"})
        warnings = [p for p in build_site(tmp_path).warnings if p.code == "not-read"]
        shown = {str(p.where): p for p in warnings}
        problem = shown[f"content/{name}" if name[:6] != "trial/" else "content/trial"]
        assert message in problem.message
        assert hint in problem.hint
    assert len(warnings) == len(STRAYS)


def test_a_folder_with_the_name_of_a_trials_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content/trials/NCT00000001.md").mkdir(parents=True)
    with pytest.raises(ContentFailure, match="must be a file, by its name, and is a folder"):
        build_site(tmp_path)


def test_check_speaks_of_paths_it_cannot_check(project: Path) -> None:
    (project / "elsewhere.md").write_text("x", "utf-8")
    (project / "content/README.md").write_text("x", "utf-8")
    done = run(project, "check", "elsewhere.md")
    assert done.returncode == 2
    assert "elsewhere.md was not checked" in done.stderr
    done = run(project, "check", "content/README.md")
    assert (done.returncode, "content/README.md was not checked" in done.stderr) == (0, True)
    for path in ("content", "content/trials", "content/trials/NCT00000001.md", "content/site.yaml"):
        assert "was not checked" not in run(project, "check", path).stderr


def test_check_reads_site_yaml_when_it_is_named(project: Path) -> None:
    (project / "content/site.yaml").write_text("title: T\nlogo: no.svg\n", "utf-8")
    done = run(project, "check", "content/site.yaml")
    assert done.returncode == 1
    assert "content/site.yaml:2:7  error: there is no no.svg" in done.stderr
    assert run(project, "check", "content/trials").returncode == 0


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{}\n</svg>'


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "`<script>` does not draw"),
        ('<path d="M0 0" onload="alert(1)"/>', "`onload` would run a script"),
        ("<a><text>x</text></a>", "`<a>` does not draw"),
        ('<use xlink:href="https://x.example/#a"/>', "`href` leads out of the picture"),
        ('<image href="data:image/svg+xml,x"/>', "`href` leads out of the picture"),
        ('<set attributeName="href" to="javascript:1"/>', "`<set>` does not draw"),
        ("<filter/>", "`<filter>` does not draw"),
        ('<g filter="blur(900px)"/>', "`filter` holds `blur(…)`"),
        ("<foreignObject/>", "`<foreignObject>` does not draw"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "`<script>` does not draw"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg"/>', "`<script>` does not draw"),
        ("<style>@import 'x.css';</style>", "`<style>` loads"),
        ('<rect fill="url(https://x.example/a)"/>', "`fill` loads"),
        ("<?xml-stylesheet href='a.xsl'?>", "`<?xml-stylesheet …?>`"),
        ("<path", "not an SVG picture: not well-formed"),
    ],
)
def test_a_picture_that_does_more_than_draw_is_refused(inside: str, said: str) -> None:
    (problem,) = {
        p.message: p for p in check_picture(SVG.format(inside).encode(), "a.svg")
    }.values()
    assert said in problem.message
    assert problem.where is not None and problem.where.line in (2, 3)


DRAWING = """
<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
<style>.a { fill: url(#g); font-family: "Noto Sans" }</style>
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
<g fill="url('#g')"><rect width="1" class="a"/><use xlink:href="#g"/>
<image href="data:image/png;base64,AAAA"/></g>
"""


def test_drawings_are_left_alone() -> None:
    assert check_picture(SVG.format(DRAWING).encode(), "a.svg") == ()
    (problem,) = check_picture(b"<svg/>", "a.svg")
    assert "lacks xmlns" in problem.message


_PICTURES = {
    "a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "a.jpeg": b"\xff\xd8\xff\xe1",
    "a.webp": b"RIFF\n\0\0\0WEBPVP8 ",
}


@pytest.mark.parametrize("name", _PICTURES)
def test_a_picture_is_what_its_name_says(name: str) -> None:
    assert check_picture(_PICTURES[name], name) == ()
    for content in (b"", b"<script>alert(1)</script>", SVG.format("").encode(), b"\x89PNG"):
        (problem,) = check_picture(content, name)
        assert (problem.code, problem.severity) == ("bad-picture", "error")
        assert "no " in problem.message
    (problem,) = check_picture(_PICTURES["a.png" if name != "a.png" else "a.jpg"], name)
    assert "rename it" in problem.hint


def test_a_build_refuses_a_picture_that_is_none(project: Path) -> None:
    write_files(project / "content", {"media/b8.svg.png": SVG.format("")})
    for verb in ("build", "check"):
        done = run(project, verb)
        assert done.returncode == 1
        assert "content/media/b8.svg.png  error: this is no PNG picture" in done.stderr


def test_a_build_refuses_a_picture_with_a_script(project: Path) -> None:
    text = SVG.format("<script>alert(1)</script>")
    write_files(project / "content", {"media/logo.svg": text})
    for verb in ("build", "check"):
        done = run(project, verb)
        assert done.returncode == 1
        assert "content/media/logo.svg:2:1  error: `<script>` does not draw" in done.stderr

"""`init`: the folder of a site of one's own, with what makes it, publishes it and keeps it current.

Its pages, its README of fields and its workflows are those of this program's own site and
repository, as far as they name no file of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from trialpages import __version__
from trialpages.content.content_file import read_file
from trialpages.content.listing import refuse_links_before
from trialpages.content.writing import FileChange, write
from trialpages.editor.field_table import with_field_table
from trialpages.editor.scaffold import starter
from trialpages.machine.disk import remove, state_beside
from trialpages.machine.disk_words import explained
from trialpages.problems import CallFailure, Failure, Problem
from trialpages.records.schema import schema_text
from trialpages.records.starter_words import TITLE
from trialpages.text.files import SourcePath

EXAMPLE = "EXAMPLE-0001"
"""The id of the trial that shows what may be written."""

_PACKAGE = Path(__file__).resolve().parents[1]
_WORKFLOWS = ("publish.yml", "sync.yml")


def begin_site(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write the files of a new site below `folder`: those written, and those that were there and
    stay as they are.

    `content` comes last and whole: what was killed before can be begun again.

    Raises CallFailure where the folder has a `content` already, ContentFailure where a link in it
    leads elsewhere, MachineFailure where the disk refuses.
    """
    content = folder / "content"
    if os.path.lexists(content):
        message = f"{content} is there already: this is a site"
        hint = "name another folder; `trialpages new ID` adds a trial to a site"
        raise CallFailure(Problem("exists", "error", message, hint=hint))
    files = {name: text.encode() for name, text in sorted(_files())}
    for name in files:
        refuse_links_before(folder, name)
    kept = {name for name, text in files.items() if not _is_free(folder / name, text)}
    written = {name: text for name, text in files.items() if name not in kept}
    begun = state_beside(content)
    with explained("write", content, "name another folder"):
        remove(begun)
        for name, text in written.items():
            in_content = name.startswith("content/")
            place = begun / name.removeprefix("content/") if in_content else folder / name
            write(FileChange(place, text))
        begun.rename(content)
    return tuple(folder / name for name in written), tuple(folder / name for name in sorted(kept))


def _is_free(path: Path, text: bytes) -> bool:
    """Whether nothing is there, or just what is to be: of a run that was killed."""
    if not os.path.lexists(path):
        return True
    with contextlib.suppress(Failure):
        return read_file(SourcePath(str(path), str(path))) == text
    return False


def requirement() -> str:
    """What a workflow has to ask pip for to get this program: the commit it was installed from,
    where pip had it from a repository (PEP 610), else this version."""
    try:
        told = distribution("trialpages").read_text("direct_url.json")
    except PackageNotFoundError:
        told = None
    origin = json.loads(told or "{}")
    if "vcs_info" in origin:
        source = origin["vcs_info"]
        return f"trialpages @ {source['vcs']}+{origin['url']}@{source['commit_id']}"
    return f"trialpages=={__version__}"


def _files() -> Iterator[tuple[str, str]]:
    """Each file of a new site, by its name below the site's folder."""
    beginnings = Path(__file__).parent / "beginnings"
    for name in ("README.md", "content/site.yaml"):
        yield name, _text(beginnings / Path(name).name)
    yield ".gitignore", _text(beginnings / "gitignore")
    yield "requirements.txt", f"{_text(beginnings / 'requirements.txt')}{requirement()}\n"
    yield f"content/trials/{EXAMPLE}.md", starter(EXAMPLE, TITLE, ".md")
    yield "content/trial.schema.json", schema_text()
    own = _shipped("own_site", "content")
    yield "content/README.md", _of_a_site(with_field_table(_text(own / "README.md")))
    for page in sorted((own / "pages").glob("*.md")):
        yield f"content/pages/{page.name}", _text(page)
    for name in _WORKFLOWS:
        if workflow := _text(_shipped("workflows", ".github/workflows") / name):
            yield f".github/workflows/{name}", _of_a_site(workflow)


def _shipped(inside: str, beside: str) -> Path:
    """A folder of the repository, which lies in the package where that is installed."""
    return _PACKAGE / inside if (_PACKAGE / inside).is_dir() else _PACKAGE.parent / beside


_WORDS = (
    (r"python3? build\.py|(?<=`)build\.py", "trialpages"),
    (r"--require-hashes --requirement constraints\.txt", "--requirement requirements.txt"),
    (r"Install what constraints\.txt names, each file with its digest", "Install trialpages"),
    (r"constraints\.txt", "requirements.txt"),
    (r" ?The program's own tests are another workflow, test\.yml\.", ""),
    (r"\n?#? ?See docs/[a-z-]+\.md\.", ""),
    (r"\[(docs/[a-z-]+\.md)\]\([^)]*\)", r"\1 of trialpages"),
)
"""What this repository's files say of it, and what they say in a site's folder."""


def _of_a_site(text: str) -> str:
    for here, there in _WORDS:
        text = re.sub(here, there, text)
    return text


def _text(path: Path) -> str:
    """Nothing for a file that whoever owns the repository has taken away."""
    return path.read_text("utf-8") if path.exists() else ""

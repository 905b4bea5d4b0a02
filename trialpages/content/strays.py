"""Files in content/ that nothing is made of, and what somebody may have wanted of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from trialpages.problems import Problem, Where
from trialpages.text.commands import command
from trialpages.text.files import PICTURES, QUERIES, RESULTS, SOURCES, TRIAL_SUFFIXES
from trialpages.text.meant import closest


@dataclass(frozen=True, slots=True)
class Stray:
    """A file or folder of which nothing is made."""

    path: str
    """As the messages call it."""
    name: str
    """Below content/; a folder's ends in a slash."""
    is_trial: bool = False
    """Whether it begins as a trial's file does."""


def check_strays(strays: Iterable[Stray]) -> Iterator[Problem]:
    """A warning for each."""
    for stray in strays:
        message, hint = _words(stray.name)
        if stray.is_trial:
            message = "this is a trial and isn't published: no trial's file ends so"
            hint = f"rename it to {_ENDINGS.sub('', PurePosixPath(stray.name).name)}.md"
        yield Problem("not-read", "warning", message, Where(stray.path), hint)


def _words(name: str) -> tuple[str, str]:
    nothing = "nothing is made of this file"
    folder, _, inside = name.partition("/")
    if not inside:
        return _beside(nothing, name)
    file = inside.rpartition("/")[2]
    stem, dot, ending = file.rpartition(".")
    suffix = dot + ending.lower()
    if folder == "trials" and file.endswith(RESULTS):
        trial = file.removesuffix(RESULTS)
        message = f"these are posted results, but there is no trial {trial} beside them"
        return message, f"add {trial}.md, or remove this file"
    if stem.endswith(_READ.get(folder, ())):  # an editor, or a system that hides endings, added one
        return f"{nothing}: it has an ending too many", f"rename it to {stem}"
    texts = {".txt": ".md"} if folder in ("pages", "lists") else {}
    meant = {".yml": ".yaml", ".markdown": ".md", ".mdown": ".md", **texts}.get(suffix, suffix)
    if meant in _READ.get(folder, ()):
        return f"{nothing}: its ending is none that is read", f"rename it to {stem}{meant}"
    if folder == "trials" and suffix in (".json", ".ndjson", ".txt", ".zip", ".gz"):
        call = command("import", f"content/{name}")
        return f"{nothing}: it is a source", f"`{call}`, then move it elsewhere"
    kinds = ", ".join(_READ[folder])
    return f"{nothing}: of {folder}/ only {kinds} are read", _otherwise(folder, stem, suffix)


_ENDINGS = re.compile(r"(?:\.(?:md|markdown|ya?ml|txt))+$", re.IGNORECASE)
_DOCUMENTS = (".doc", ".docx", ".odt", ".rtf", ".pdf", ".html", ".htm")
_OTHER_PICTURES = (".tif", ".tiff", ".bmp", ".gif", ".heic", ".avif")


def _otherwise(folder: str, stem: str, suffix: str) -> str:
    if folder in ("pages", "lists") and suffix in _DOCUMENTS:
        return f"save its text as {stem}.md, and move this file elsewhere"
    if folder == "media" and suffix in _OTHER_PICTURES:
        return f"export the picture as {stem}.png or {stem}.jpg, and move this file elsewhere"
    return "move it elsewhere"


def _beside(nothing: str, name: str) -> tuple[str, str]:
    """For what lies in content/ itself."""
    if name.endswith("/"):
        meant = closest(name.lower().rstrip("/"), _READ)
        folders = ", ".join(f"{known}/" for known in _READ)
        hint = f"did you mean {meant}/?" if meant else f"the folders are {folders}"
        return "nothing is made of this folder", hint
    if name.lower().startswith(("queries.", "query.")):
        return f"{nothing}: what `sync` asks for is in queries.yaml", "rename it to queries.yaml"
    if name.lower().startswith("site."):
        return f"{nothing}: the settings are in site.yaml", "rename it to site.yaml"
    hint = "trials belong into trials/, pages of the site's own into pages/, lists into lists/"
    return f"{nothing}: it lies beside the folders", hint


_READ = {
    "trials": TRIAL_SUFFIXES,
    "pages": (".md",),
    "lists": (".md",),
    "media": PICTURES,
    "sources": SOURCES,
}
FOLDERS = frozenset(_READ)
"""The folders of content/."""


def is_read(name: str) -> bool:
    """Whether something is made of a file of that name below content/."""
    folder, _, inside = name.partition("/")
    if not inside:
        return name in ("site.yaml", QUERIES)
    if folder == "trials" and inside.endswith(RESULTS):
        return True
    return inside.endswith(_READ.get(folder, ()))

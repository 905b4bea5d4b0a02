"""`eject`: a shipped template, style or script, copied to where a site's own stand over them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trialpages import __version__
from trialpages.content.listing import refuse_links_before
from trialpages.content.reading import shipped, shipped_files
from trialpages.content.writing import FileChange, write
from trialpages.problems import CallFailure, Problem
from trialpages.templating.taken_over import can_be_taken, copy_of
from trialpages.text.meant import closest


def takable() -> tuple[str, ...]:
    """The names of all that can be ejected: `templates/trial.html`, `theme/site.css` …"""
    return tuple(_takable())


def eject(name: str, folders: Mapping[str, Path]) -> Path:
    """Copy the shipped file of a name, with or without its folder's, into the folder of
    `templates` or `theme`; returns the copy's path.

    Raises CallFailure for a name that isn't among them, or for which there is a file already;
    ContentFailure where a link in the folder leads elsewhere, MachineFailure where the disk
    refuses.
    """
    known = _takable()
    named = [one for one in known if one == name or one.partition("/")[2] == name]
    if not named:
        raise CallFailure(_unknown(name, known))
    kind, _, inside = named[0].partition("/")
    path = folders[kind] / inside
    if folders[kind].resolve() == shipped(kind):
        message = f"{path} is the shipped one itself"
        hint = f"change it where it is, or name another folder with --{kind}"
        raise CallFailure(Problem("exists", "error", message, hint=hint))
    if path.exists() or path.is_symlink():
        hint = "change that one, or remove it first"
        raise CallFailure(Problem("exists", "error", f"{path} is there already", hint=hint))
    refuse_links_before(folders[kind], inside)
    write(FileChange(path, copy_of(inside, known[named[0]], __version__)))
    return path


def _takable() -> dict[str, bytes]:
    return {
        f"{kind}/{file.name}": file.content
        for kind in ("templates", "theme")
        for file in shipped_files(kind)
        if can_be_taken(file.name)
    }


def _unknown(name: str, known: Mapping[str, bytes]) -> Problem:
    message = f"`{name}` is no shipped template, style or script"
    if name.endswith(".yaml"):
        hint = "words need no copy: a strings file of your own holds only what it says otherwise"
    elif meant := closest(name, (*known, *(one.partition("/")[2] for one in known))):
        hint = f"did you mean `{meant}`?"
    else:
        hint = "`eject` without a name lists all there are"
    return Problem("unknown-template", "error", message, hint=hint)

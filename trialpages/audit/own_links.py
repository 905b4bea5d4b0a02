"""Links of an editor's texts to files of content/ that aren't there, and out of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from trialpages.problems import Problem, Where, quoted
from trialpages.prose.markup import Link, links_of
from trialpages.prose.own_links import OwnFile, Place, leads_out, own_file
from trialpages.records.explain import Fault
from trialpages.records.places import placed
from trialpages.records.registry_numbers import as_written, how_to_fetch, registry_of
from trialpages.settings.site_file import Site, menus
from trialpages.text.commonmark import TooDeep
from trialpages.text.hosts import bare_host, hosts_said


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What a link can lead to: names without endings."""

    trials: Collection[str]
    pages: Collection[str]
    lists: Collection[str]
    former: Callable[[], Collection[str]]
    """The other numbers of the trials, looked for where a link needs one."""

    def has(self, file: OwnFile) -> bool:
        if file.folder != "trials":
            return file.name in (self.pages if file.folder == "pages" else self.lists)
        return file.name in self.trials or file.name in self.former()


def check_own_links(
    text: str, place: Place, known: OwnFiles, whole: str, path: str
) -> Iterator[Problem]:
    """An error for each link of a text that leads to no file, or out of the site by steps up, and a
    warning for one whose words name another host; `whole` is the file it stands in."""
    try:
        found = [*links_of(text, place)]
    except TooDeep:
        return  # which is told where it is shown
    lines = text.split("\n")
    for link in found:
        where = _where(link.target, lines[link.line], whole, path)
        file = own_file(link.target, place)
        if not link.is_made:
            message = f"no link can lead to {quoted(link.target)}: the page shows these signs"
            meant = _from_root(link.target, place, known)
            hint = f"write `{meant}`" if meant else _WHAT_CAN
            yield Problem("unmade-link", "warning", message, where, hint)
        elif file and not known.has(file):
            yield _nowhere(file, where)
        elif leads_out(link.target, place):
            message = f"this link leads out of the site: {quoted(link.target)}"
            hint = "write the whole address of what isn't on this site, or take the link away"
            yield Problem("link-out", "error", message, where, hint)
        elif posed := _posed(link) or _other_trial(link, known):
            yield Problem("posing-link", "warning", _poses(link, posed), where, _WHAT_TO_SAY)


def _from_root(target: str, place: Place, known: OwnFiles) -> str:
    """How to write what leads from the root, `/lists/ward.md`; '' where no such file is there."""
    path = target.removeprefix("/").removeprefix("content/")
    file = own_file(f"../{path}", place) if target.startswith("/") and "/" in path else None
    return f"../{path}" if file and known.has(file) else ""


def check_menus(site: Site, text: str, path: str) -> Iterator[Problem]:
    """A warning for each entry of a menu of site.yaml whose title names another host."""
    found = [
        Fault((*field, at, "title"), "posing-link", _poses(link, posed), _WHAT_TO_SAY)
        for field, menu in menus(site)
        for at, entry in enumerate(menu)
        if (link := Link(entry.url or f"{entry.page}.html", entry.title, 0, True))
        and (posed := _posed(link))
    ]
    yield from (replace(one, severity="warning") for one in placed(found, text, path))


def _poses(link: Link, posed: str) -> str:
    leads = link.target if registry_of(posed) else _host(link) or link.target
    return f"a link says {quoted(posed)} and leads to {quoted(leads)}"


_WHAT_TO_SAY = "let its text say where it leads, or use words in place of an address"


_WHAT_CAN = (
    "write a whole address, a file of content/ such as `about.md`, the number of a trial, or a "
    "page of the site such as `glossary.html`"
)


def _posed(link: Link) -> str:
    """The host that a link's text names and that it doesn't lead to; '' for none."""
    real, stem = _host(link), PurePosixPath(link.target.partition("#")[0]).stem
    files = () if real else [f"{stem}{ending}".lower() for ending in (".md", ".html", ".yaml")]
    for said in hosts_said(link.text):
        if not real and said.replace(".", "").isdigit():
            continue  # a section's number, on a page of this site
        if said not in (real, *files) and not real.endswith(f".{said}"):
            return said
    return ""


def _other_trial(link: Link, known: OwnFiles) -> str:
    """The number of a trial that a link's text says, and not one of those in its target; '' for
    none. Another number of a trial that is here may be of the very one it leads to."""
    targets, said = _numbers(link.target), _numbers(link.text)
    if not targets or targets & said:
        return ""
    return next((one for one in sorted(said) if one not in known.former()), "")


def _numbers(text: str) -> set[str]:
    return {as_written(one) for one in _NUMBER.findall(text) if registry_of(one)}


_NUMBER = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def _host(link: Link) -> str:
    """Where a link leads; '' where it stays on the site."""
    parts = urlsplit(link.target)
    return bare_host(parts.netloc or parts.path.rpartition("@")[2] * (parts.scheme == "mailto"))


def _where(target: str, line: str, whole: str, path: str) -> Where:
    """The first such line of the file, and the target in it if it is written as it is."""
    for number, source in enumerate(whole.split("\n"), start=1):
        if line.strip() in source:
            at = source.find(f"]({target}") + 2
            column, length = (at, len(target)) if at > 1 else (source.find("["), 1)
            return Where(path, number, column + 1, source, length)
    return Where(path)


def _nowhere(file: OwnFile, where: Where) -> Problem:
    kind = file.folder.removesuffix("s")
    message = f"this link leads to no {kind}: there is no {file.name} in content/{file.folder}/"
    hint = "mend its name, or take the link away"
    if file.folder == "trials":
        hint = f"{how_to_fetch(file.name)}, or take the link away"
    return Problem("link-nowhere", "error", message, where, hint)

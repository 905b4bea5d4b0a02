"""Links of an editor's texts to files of content/ that aren't there, and out of the site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from trialpages.problems import Problem, Where, quoted
from trialpages.prose.markup import links_of
from trialpages.prose.own_links import OwnFile, Place, leads_out, own_file
from trialpages.records.registry_numbers import how_to_fetch
from trialpages.text.commonmark import TooDeep


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
    """An error for each link of a text that leads to no file, or out of the site by steps up;
    `whole` is the file it stands in."""
    try:
        found = links_of(text, place)
    except TooDeep:
        return  # which is told where it is shown
    for written in found:
        file = own_file(written, place)
        if file and not known.has(file):
            yield _nowhere(file, _where(written, whole, path))
        elif leads_out(written, place):
            message = f"this link leads out of the site: {quoted(written)}"
            hint = "write the whole address of what isn't on this site, or take the link away"
            yield Problem("link-out", "error", message, _where(written, whole, path), hint)


def _where(written: str, whole: str, path: str) -> Where:
    at = whole.find(f"]({written}")
    if at < 0:
        return Where(path)
    start = whole.rfind("\n", 0, at) + 1
    source = whole[start:].partition("\n")[0]
    return Where(path, whole.count("\n", 0, at) + 1, at - start + 3, source, len(written))


def _nowhere(file: OwnFile, where: Where) -> Problem:
    kind = file.folder.removesuffix("s")
    message = f"this link leads to no {kind}: there is no {file.name} in content/{file.folder}/"
    hint = "mend its name, or take the link away"
    if file.folder == "trials":
        hint = f"{how_to_fetch(file.name)}, or take the link away"
    return Problem("link-nowhere", "error", message, where, hint)

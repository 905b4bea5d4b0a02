"""Links of an editor's texts to files of content/ that aren't there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from trialpages.problems import Problem, Where
from trialpages.prose.markup import own_files
from trialpages.prose.own_links import OwnFile, Place
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
    """An error for each link of a text that leads to no file; `whole` is the file it stands in."""
    try:
        found = own_files(text, place)
    except TooDeep:
        return  # which is told where it is shown
    for written, file in dict.fromkeys(found):
        if not known.has(file):
            yield _nowhere(written, file, whole, path)


def _nowhere(written: str, file: OwnFile, whole: str, path: str) -> Problem:
    lines = whole.split("\n")
    at = next((at for at, line in enumerate(lines) if f"]({written}" in line), None)
    where = Where(path)
    if at is not None:
        column = lines[at].index(f"]({written}") + 3
        where = Where(path, at + 1, column, lines[at], len(written))
    kind = file.folder.removesuffix("s")
    message = f"this link leads to no {kind}: there is no {file.name} in content/{file.folder}/"
    hint = "mend its name, or take the link away"
    if file.folder == "trials":
        hint = f"{how_to_fetch(file.name)}, or take the link away"
    return Problem("link-nowhere", "error", message, where, hint)

"""Pictures that an editor's page places: of this site, there, and said in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from trialpages.problems import Problem, Where, quoted
from trialpages.prose.markup import Placed, lines_showing, pictures_of
from trialpages.prose.own_links import Place, own_picture
from trialpages.text.commonmark import TooDeep
from trialpages.text.meant import closest


def check_placed(
    text: str, place: Place, media: Collection[str], first_line: int, path: str
) -> Iterator[Problem]:
    """An error for each picture of a text that isn't there, or says nothing to whoever can't see
    it; a warning for one from elsewhere, of which the page shows the words alone, and for one in
    HTML, whose signs it shows.

    `media` are the names of the files in content/media; the text begins in that line of its file.
    """
    try:
        found = [*pictures_of(text, place)]
    except TooDeep:
        return  # which is told where it is shown
    lines = text.split("\n")
    for placed in found:
        source = lines[placed.line]
        at = source.find(placed.target)
        where = Where(path, first_line + placed.line, max(at, 0) + 1, source, len(placed.target))
        yield from _fault(placed, own_picture(placed.target, place), media, where)
    for number in lines_showing("<img", text, place):
        if html := _HTML.search(source := lines[number]):
            where = Where(path, first_line + number, html.start() + 1, source, len(html[0]))
            yield _as_html(html[1] or "", media, where)


_HTML = re.compile(r"""(?<!\\)<img\b(?:[^>]*?\bsrc *= *["']?([^"'>]*))?[^>]*>?""", re.IGNORECASE)


def _as_html(target: str, media: Collection[str], where: Where) -> Problem:
    file = target.strip().rpartition("/")[2]
    name = file if file in media else "its-name.png"
    message = "a page's text has no HTML: readers see these signs, and no picture"
    hint = f"write `![what it shows](../media/{name})`"
    return Problem("picture-in-text", "warning", message, where, hint)


def _fault(placed: Placed, name: str, media: Collection[str], where: Where) -> Iterator[Problem]:
    code = "picture-in-text"
    if not name:
        message = f"a page shows pictures of content/media alone, not {quoted(placed.target)}"
        hint = "put the picture there and write `![what it shows](../media/its-name.png)`"
        yield Problem(code, "warning", message, where, hint)
    elif name not in media:
        message = f"there is no picture {quoted(name)} in content/media"
        meant = closest(name, media)
        hint = f"did you mean {meant}?" if meant else "put it there, or mend its name"
        yield Problem(code, "error", message, where, hint)
    elif not placed.words.strip():
        message = "this picture says nothing to whoever can't see it"
        hint = (
            f"say between the brackets what it shows: `![Ward 3, from the street]({placed.target})`"
        )
        yield Problem(code, "error", message, where, hint)

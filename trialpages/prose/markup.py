"""CommonMark to HTML: the one place where a record's markup becomes markup of the page.

Nothing is dropped or renumbered: `grammar.py` says what may be a mark. Raw HTML stays text, and an
image too but in an editor's own pages, links go only where `web_url` lets them (an editor's to
pages of this site too), headings fit below those of the page, and each item of a numbered list
shows the number the source gave it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from trialpages.prose.blocks import Block, Paragraph, to_html
from trialpages.prose.editors_tokens import Pictures, fit_for_page, no_pictures
from trialpages.prose.grammar import editors_parser, records_parser
from trialpages.prose.own_links import WITH_PICTURES, Place, is_inside, own_file, own_picture
from trialpages.prose.parsed_blocks import parsed_blocks
from trialpages.prose.plain_markdown import Unusual, read_blocks
from trialpages.text.commonmark import nested_too_deep, refuse_excess
from trialpages.text.weblinks import web_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 50
"""Lists within one another; people write five, and the parser's own stack ends later."""
_MOST_LEVELS = 2 * DEEPEST + 1
"""As markdown-it counts: a list is one level, its item another, the paragraph in it a third."""

_BELOW_PARTS = 4
"""The level of a field's first heading, below the page's title, its sections and their parts."""


@lru_cache(maxsize=64)
def prose(text: str, top: int = _BELOW_PARTS) -> Markup:
    """The HTML blocks of a text of a record, its headings from level `top` on. Raises TooDeep.

    A page, its linked data and the search index ask for the same few texts one after another.
    """
    try:
        return Markup(to_html(read_blocks(text)))
    except Unusual:
        return Markup(_rendered(_tokens(_record, text, top)))


@lru_cache(maxsize=64)
def editors_prose(
    text: str, place: Place = "", top: int = _BELOW_PARTS, pictures: Pictures = no_pictures
) -> Markup:
    """The same of what an editor of the site wrote at a place in content/, with the site's
    pictures."""
    if "|" not in text:  # which a table begins with
        with suppress(Unusual):
            return Markup(to_html(read_blocks(text)))
    tokens = _tokens(partial(_editor, place), text, top)
    fit_for_page(tokens, place, pictures)
    return Markup(_rendered(tokens))


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an editor's text."""

    target: str
    """As it is written, but for escapes and references."""
    text: str
    """As it is shown."""
    line: int
    """Of the text, from 0 on; a later one where a target or code before it has several."""
    is_made: bool
    """Whether the page has it: signs that can lead nowhere are shown as they are written."""


def links_of(text: str, place: Place) -> Iterator[Link]:
    """The links of an editor's text, by their signs. Raises TooDeep."""
    if "](" not in text:
        return
    target, start, words = "", 0, list[str]()
    for line, sign in _signs(text, place):
        if sign.type == "link_open":
            target, words, start = str(sign.attrGet("href")), [], line
        elif sign.type == "link_close":
            yield Link(target, "".join(words), start, _may_lead(target, place))
        else:
            words.append(sign.content or " " * sign.type.endswith("break"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that an editor's text places."""

    target: str
    """As it is written, but for escapes and references."""
    words: str
    """What is said of it to whoever can't see it."""
    line: int
    """Of the text, from 0 on, as of a link."""


def pictures_of(text: str, place: Place) -> Iterator[Placed]:
    """The pictures of an editor's text, by their signs. Raises TooDeep."""
    if "![" not in text:
        return
    for line, sign in _signs(text, place):
        if sign.type == "image":
            yield Placed(str(sign.attrGet("src")), sign.content, line)


def lines_showing(sign: str, text: str, place: Place) -> Iterator[int]:
    """The lines of an editor's text where the page shows a sign in small letters, in any case, and
    not as code. Raises TooDeep."""
    if sign in text.lower():
        said = ((line, one) for line, one in _signs(text, place) if one.type == "text")
        yield from (line for line, one in said if sign in one.content.lower())


def _signs(text: str, place: Place) -> Iterator[tuple[int, Token]]:
    """What the blocks of an editor's text hold, each with its line."""
    refuse_excess(text)
    for block in _by_signs(place).parse(text):
        line = block.map[0] if block.map else 0
        for sign in block.children or ():
            line += sign.type in ("softbreak", "hardbreak")
            yield line, sign


def without_tags(html: str) -> str:
    """The text of HTML that `prose` made, on one line."""
    return Markup(html).striptags()


def prose_inline(text: str) -> Markup:
    """The HTML of a CommonMark text of one paragraph, without the paragraph's element."""
    found = blocks(text)
    if len(found) == 1 and isinstance(found[0], Paragraph):
        return Markup(found[0].html)
    return blocks_html(found)


def blocks(text: str) -> list[Block]:
    """What a text of a record is made of. Raises TooDeep."""
    try:
        return read_blocks(text)
    except Unusual:
        return parsed_blocks(_tokens(_record, text), _rendered)


def blocks_html(blocks: Sequence[Block]) -> Markup:
    """The HTML of blocks; an item that has an id carries it."""
    return Markup(to_html(blocks))


def criterion_links(blocks: Sequence[Block], words: str) -> Markup:
    """The same with a link to each item at its start, named `<words> inc-9`."""
    return Markup(to_html(blocks, str(escape(words))))


# --- parsing ------------------------------------------------------------------------------------


@cache
def _record() -> MarkdownIt:
    return records_parser()


@cache
def _editor(place: Place) -> MarkdownIt:
    return _parser(place, partial(_may_lead, place=place))


@cache
def _by_signs(place: Place) -> MarkdownIt:
    """One that takes for a link all that is written as one."""
    return _parser(place, lambda _: True)


def _parser(place: Place, may_lead: Callable[[str], bool]) -> MarkdownIt:
    parser = editors_parser()
    if place in WITH_PICTURES:
        parser.enable("image")
    parser.validateLink = may_lead  # type: ignore[method-assign, assignment]
    return parser


def _may_lead(url: str, place: Place) -> bool:
    """Whether a link in an editor's text may lead to an address."""
    ours = own_file(url, place) or own_picture(url, place)
    return bool(web_url(url) or (place and (ours or is_inside(url))))


def _tokens(parser: Callable[[], MarkdownIt], text: str, top: int = _BELOW_PARTS) -> list[Token]:
    refuse_excess(text)
    try:
        tokens = parser().parse(text)
    except RecursionError:
        raise nested_too_deep() from None
    _fit_headings(tokens, top)
    for token in tokens:
        if token.level > _MOST_LEVELS:
            raise nested_too_deep()
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
        elif token.type == "ordered_list_open":
            token.attrs.pop("start", None)  # each item carries its own number
            if token.markup == ")":
                token.attrSet("class", "paren")
    return tokens


def _fit_headings(tokens: Sequence[Token], top: int) -> None:
    """Give headings the levels from `top` on, and skip none: signs say only which is below which.
    A text may begin with `####`, and a screen reader would miss what is above it."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, top - 1 + len(above))}"


def _rendered(tokens: Sequence[Token]) -> str:
    parser = _record()
    return str(parser.renderer.render(tokens, parser.options, {}))

"""The blocks of a text that `plain_markdown.py` leaves to markdown-it-py, from its tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from trialpages.prose.blocks import (
    Block,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Stretch,
    Verbatim,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

Render = Callable[[Sequence["Token"]], str]


def parsed_blocks(tokens: Sequence[Token], render: Render) -> list[Block]:
    """The blocks of all the tokens of a text; `render` makes HTML of some of them."""
    return list(_Reader(tokens, render).blocks())


class _Reader:
    """The tokens of a text, and the one whose turn it is."""

    __slots__ = ("at", "loose", "render", "tokens")

    def __init__(self, tokens: Sequence[Token], render: Render) -> None:
        self.tokens, self.render, self.at = tokens, render, 0
        self.loose: set[int] = set()
        """The levels, as markdown-it counts, where a paragraph is an element of its own."""

    def blocks(self) -> Iterator[Block]:
        """Those up to the end of what is open."""
        while self.at < len(self.tokens) and self.tokens[self.at].nesting >= 0:
            token = self.tokens[self.at]
            self.at += 1
            yield self._block(token)
            self.at += token.nesting == 1  # its end

    def _block(self, token: Token) -> Block:
        if token.type in ("paragraph_open", "heading_open"):
            return self._words(token)
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return self._list(token)
        if token.type == "blockquote_open":
            return Quote(list(self.blocks()))
        return Verbatim(token.content, self.render((token,)))

    def _words(self, token: Token) -> Paragraph | Heading:
        children = self.tokens[self.at].children or ()
        self.at += 1
        if token.type == "paragraph_open" and not token.hidden:
            self.loose.add(token.level)
        html = self.render(children)
        plain = all(child.type in ("text", "softbreak") for child in children)
        parts = () if plain else tuple(_parts(children, self.render))
        if token.type == "heading_open":
            return Heading(token.tag, html, parts)
        return Paragraph(html, parts)

    def _list(self, token: Token) -> List:
        inside = token.level + 2  # the list is one level, its item another
        self.loose.discard(inside)
        items: list[Item] = []
        while self.tokens[self.at].type == "list_item_open":
            number = self.tokens[self.at].info
            self.at += 1
            items.append(Item(number, list(self.blocks())))
            self.at += 1
        return List(token.markup, inside not in self.loose, items)


def _parts(children: Sequence[Token], render: Render) -> Iterator[Stretch]:
    """The children in stretches that can stand alone: nothing opens in one and ends in another."""
    start = depth = 0
    for index, child in enumerate(children):
        depth += child.nesting
        if depth == 0:
            piece = children[start : index + 1]
            start = index + 1
            if text := "".join(map(_text, piece)):
                yield Stretch(text, render(piece))


def _text(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content

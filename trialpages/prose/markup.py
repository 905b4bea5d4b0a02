"""CommonMark to HTML: the one place where a record's markup becomes markup of the page.

Nothing is dropped or renumbered. Raw HTML stays text, images stay text, links go only where
`web_url` lets them, headings fit below those of the page, and each item of a numbered list shows
the number the source gave it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from trialpages.prose.plain_markdown import Block, Paragraph, Unusual, read_blocks, to_html
from trialpages.records.commonmark import TooDeep, new_parser, refuse_excess

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

GroupKind = Literal["inclusion", "exclusion", "other"]


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """The criteria under one heading of the source, in the source's order."""

    id: str
    kind: GroupKind
    heading: str
    """The source's own words; empty where it has none."""
    html: Markup


DEEPEST = 50
"""Lists within one another; people write five, and the parser's own stack ends later."""
_MOST_LEVELS = 2 * DEEPEST + 1
"""As markdown-it counts: a list is one level, its item another, the paragraph in it a third."""

_BELOW_SECTIONS = 3
"""A heading inside a field stands below the page's title, its sections and their parts."""


@lru_cache(maxsize=64)
def prose(text: str, *, deeper: int = _BELOW_SECTIONS) -> Markup:
    """The HTML blocks of a CommonMark text, its headings so many levels deeper. Raises TooDeep.

    A page, its linked data and the search index ask for the same few texts one after another.
    """
    if quick := _plain_paragraphs(text):
        return quick
    try:
        return Markup(to_html(read_blocks(text)))
    except Unusual:
        return _html(_tokens(text, deeper))


def without_tags(html: str) -> str:
    """The text of HTML that `prose` made, on one line."""
    return Markup(html).striptags()


def prose_inline(text: str) -> Markup:
    """The HTML of a CommonMark text of one paragraph, without the paragraph's element."""
    tokens = _tokens(text)
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens = tokens[1:2]
    return _html(tokens)


def criteria(text: str) -> tuple[CriteriaGroup, ...]:
    """The eligibility criteria in groups, cut at the paragraphs that name them. Raises TooDeep.

    Items carry ids made of the source's own numbers (`inc-9`, `inc-9-3`, `exc-7-1`); an
    unnumbered one counts from 1 within its group.
    """
    try:
        return tuple(_plain_criteria(read_blocks(text)))
    except Unusual:
        return tuple(_parsed_criteria(_tokens(text)))


_CRITERION = re.compile(r'(<li(?: [a-z]+="[^"]*")* id="([^"]+)">)')


def criterion_links(html: Markup, words: str) -> Markup:
    """The HTML of `criteria` with a link to each item at its start, named `<words> inc-9`.

    The link has no text of its own, so that the criterion reads as in the record.
    """
    label = str(escape(words))
    first, *parts = _CRITERION.split(str(html))
    items = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    linked = [
        f'{start}<a class="anchor" href="#{anchor}" aria-label="{label} {anchor}"></a>{rest}'
        for start, anchor, rest in items
    ]
    return Markup("".join((first, *linked)))


@lru_cache(maxsize=256)  # a page, its linked data and its other forms ask for the same ones
def web_url(url: str | None) -> str:
    """`url` if a page may link to it, else the empty text. The one check for every href.

    Allowed are http, https and mailto with something behind them; nothing with control
    characters, white space or a backslash, which browsers read in ways of their own.

    >>> web_url("https://example.org/a"), web_url("javascript:alert(1)"), web_url("//example.org")
    ('https://example.org/a', '', '')
    """
    if not url or _NOT_IN_A_URL.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() in ("http", "https"):
        return url if parts.netloc else ""
    return url if parts.scheme.lower() == "mailto" and "@" in parts.path else ""


_NOT_IN_A_URL = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


# --- parsing ------------------------------------------------------------------------------------


# Three searches, as each has a first character to look for; in one they take six times as long.
_MARK = re.compile(r"[\\`*_\[\]<>&!\x00\t\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_START = re.compile(r"[^\S\n]|[#+=~-]|\d{1,9}[.)]")
_LINES = re.compile(rf"\n(?:{_START.pattern}|(?<=[^\S\n]\n))")


def _is_marked(text: str) -> bool:
    """Whether a sign may mean something: anywhere, or where a line starts or ends."""
    found = _MARK.search(text) or _START.match(text) or _LINES.search(text)
    return bool(found) or (text[-1:] not in ("", "\n") and text[-1].isspace())


def _plain_paragraphs(text: str) -> Markup:
    """The HTML of a text without any mark of CommonMark; empty for every other text.

    Five of six texts of the registry are of this kind, and the parser takes thirty times as long
    for them. tests/test_prose.py holds the two to the same answer.
    """
    if _is_marked(text):
        return Markup()
    paragraphs = re.split(r"\n\n+", text.strip("\n").replace('"', "&quot;"))
    return Markup("".join([f"<p>{paragraph}</p>\n" for paragraph in paragraphs if paragraph]))


@cache
def _parser() -> MarkdownIt:
    parser = new_parser(html=False)
    parser.disable("image")  # an image would be fetched from elsewhere: its source stays as text
    parser.validateLink = lambda url: bool(web_url(url))  # type: ignore[method-assign]
    return parser


def _tokens(text: str, deeper: int = _BELOW_SECTIONS) -> list[Token]:
    refuse_excess(text)
    try:
        tokens = _parser().parse(text)
    except RecursionError:
        raise _nested() from None
    for token in tokens:
        if token.level > _MOST_LEVELS:
            raise _nested()
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + deeper)}"
        elif token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
        elif token.type == "ordered_list_open":
            token.attrs.pop("start", None)  # each item carries its own number
            if token.markup == ")":
                token.attrSet("class", "paren")
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "external noopener")
    return tokens


def _nested() -> TooDeep:
    return TooDeep("lists or quotes nested too deep to show")


def _html(tokens: Sequence[Token]) -> Markup:
    parser = _parser()
    return Markup(parser.renderer.render(tokens, parser.options, {}))


# --- the groups of criteria, read the quick way -------------------------------------------------


def _plain_criteria(blocks: Sequence[Block]) -> Iterator[CriteriaGroup]:
    groups: list[tuple[GroupKind, str, list[Block]]] = [("other", "", [])]
    for block in blocks:
        text = html.unescape(block.html) if isinstance(block, Paragraph) else ""
        if kind := _names_group(text, is_heading=False):
            groups.append((kind, text, []))
        else:
            groups[-1][2].append(block)
    if not groups[0][2]:
        del groups[0]
    ids = _group_ids(kind for kind, _, _ in groups)
    taken: Counter[str] = Counter()
    for anchor, (kind, heading, inside) in zip(ids, groups, strict=True):
        markup = to_html(inside, _PREFIX[kind], lambda name: _unique(name, taken))
        yield CriteriaGroup(anchor, kind, heading, Markup(markup))


# --- the groups of criteria ---------------------------------------------------------------------

Group = tuple[GroupKind, str, "list[Token]"]

_LONGEST_HEADING = 100
_NAMES_GROUP = re.compile(r"\b(inclusion|exclusion)\b", re.IGNORECASE)


def _parsed_criteria(tokens: Sequence[Token]) -> Iterator[CriteriaGroup]:
    groups = list(_groups(tokens))
    ids = _group_ids(kind for kind, _, _ in groups)
    taken: Counter[str] = Counter()
    for anchor, (kind, heading, inside) in zip(ids, groups, strict=True):
        yield CriteriaGroup(anchor, kind, heading, _html(_with_ids(inside, kind, taken)))


def _groups(tokens: Sequence[Token]) -> Iterator[Group]:
    """The tokens cut before each top-level paragraph or heading that names a group."""
    kind: GroupKind = "other"
    heading = ""
    group: list[Token] = []
    index = 0
    while index < len(tokens):
        found = _named_group(tokens, index)
        if found is None:
            group.append(tokens[index])
            index += 1
            continue
        if group or heading:
            yield kind, heading, group
        kind, heading = found
        group = []
        index += 3
    if group or heading:
        yield kind, heading, group


def _named_group(tokens: Sequence[Token], index: int) -> tuple[GroupKind, str] | None:
    token = tokens[index]
    if token.level or token.type not in ("paragraph_open", "heading_open"):
        return None
    text = _visible(tokens[index + 1])
    kind = _names_group(text, is_heading=token.type == "heading_open")
    return (kind, text) if kind else None


def _names_group(text: str, *, is_heading: bool) -> GroupKind | None:
    """The kind of criteria that a paragraph names which stands for a heading, or a heading."""
    if not text or len(text) > _LONGEST_HEADING or "\n" in text:
        return None
    named = {name.lower() for name in _NAMES_GROUP.findall(text)}
    if len(named) != 1:
        return None
    short = re.fullmatch(r"(inclusion|exclusion)( criteria)?", text, re.IGNORECASE)
    if not (short or text.endswith(":") or is_heading):
        return None
    return "inclusion" if "inclusion" in named else "exclusion"


def _visible(inline: Token) -> str:
    """The text of an inline token, without its marks."""
    parts = (
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or ()
    )
    return "".join(parts).strip()


def _group_ids(kinds: Iterable[GroupKind]) -> list[str]:
    """`inclusion`, `exclusion`, `criteria`; a second of a kind is `inclusion-2`."""
    seen: Counter[str] = Counter()
    ids = []
    for kind in kinds:
        name = "criteria" if kind == "other" else kind
        seen[name] += 1
        ids.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return ids


# --- ids of criteria ----------------------------------------------------------------------------

_PREFIX = {"inclusion": "inc", "exclusion": "exc", "other": "crit"}


def _with_ids(tokens: list[Token], kind: GroupKind, taken: Counter[str]) -> list[Token]:
    """Give each list item an id made of the numbers of the items around it."""
    counts = [0]  # unnumbered items so far, by depth
    path = [_PREFIX[kind]]
    for token in tokens:
        if token.type == "list_item_open":
            counts[-1] += 1
            path.append(token.info or str(counts[-1]))
            counts.append(0)
            token.attrSet("id", _unique("-".join(path), taken))
        elif token.type == "list_item_close":
            path.pop()
            counts.pop()
    return tokens


def _unique(anchor: str, taken: Counter[str]) -> str:
    """The anchor; a number that the source uses again gets `_2`, so that no two items share one."""
    taken[anchor] += 1
    return anchor if taken[anchor] == 1 else f"{anchor}_{taken[anchor]}"

"""Codes of HTML in a record, shown as the signs they stand for.

Registries hold texts that went through a web form: `Behcet&#39;s`, `bilirubin \\&lt;3.0`,
`10<sup>9</sup>`. A reader means the sign and not the code. What a code says for sure is put in its
place here, once, before anything is made of the record: `&#39;` is an apostrophe, a raised or
lowered text takes Unicode's own signs, `<br>` breaks the line. Whatever is not sure stays as it
stands: another `<`, a tag without its end, a letter that has no raised form. What turns the
direction of text ends where the text does. The record's file, and its JSON, keep what was sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from html.entities import html5
from typing import Any, TypeVar, cast, get_args

import msgspec

from trialpages.records.explain import bare
from trialpages.records.model import Markup, RecordPart
from trialpages.text.bidi import OPENING, closed, closed_markup

Record = TypeVar("Record", bound=RecordPart)


def as_meant(record: Record) -> Record:
    """The record with the signs that its codes stand for; the same one where it has none."""
    if not may_hold_codes(_ENCODER.encode(record)):
        return record
    return cast("Record", _with_signs(record))


_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
_AND = re.compile(rb"&(?:\\?#|[A-Za-z]{2,31};)")
_STARS = re.compile(rb"\\?\*\\?\*|[ (]\\\*\w")
_TAGS = rb"su[bp]|br|b|i|u|em|strong|p|li|ul|ol|div"
_LESS = re.compile(rb"<(?:%b)\s*/?\\?>" % _TAGS, re.IGNORECASE)


def may_hold_codes(data: bytes) -> bool:
    """A quick look at a record's texts in UTF-8, which may say yes in doubt."""
    if any(sign in data for sign in OPENING):
        return True
    return bool((b"&" in data and _AND.search(data)) or _LESS.search(data) or _STARS.search(data))


# --- every text of a record ----------------------------------------------------------------------


def _with_signs(part: msgspec.Struct) -> msgspec.Struct:
    changed = {}
    for name, turn in _texts(type(part)):
        value = getattr(part, name)
        if value and (found := turn(value)) != value:
            changed[name] = found
    return msgspec.structs.replace(part, **changed) if changed else part


Turn = Callable[[Any], Any]


@cache
def _texts(kind: type[msgspec.Struct]) -> tuple[tuple[str, Turn], ...]:
    """The fields of a part that hold text, each with what puts its signs in."""
    fields = ((field.name, _turn(field.type)) for field in msgspec.structs.fields(kind))
    return tuple((name, turn) for name, turn in fields if turn)


def _turn(kind: Any) -> Turn | None:
    kind = bare(kind)
    if kind == Markup:
        return markup_meant
    if kind is str:
        return plain_meant
    if isinstance(kind, type):
        return _with_signs if issubclass(kind, msgspec.Struct) else None
    inner = _turn(get_args(kind)[0]) if getattr(kind, "__origin__", None) is tuple else None
    return (lambda values: tuple(map(inner, values))) if inner else None


# --- plain text ----------------------------------------------------------------------------------

_CODE = r"(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_ENTITY = re.compile(rf"&(?:[aA]mp;)*({_CODE})")
"""Coded twice as well: `&amp;lt;`, and with the capital that titles are given: `&Amp;`."""


def plain_meant(text: str) -> str:
    """A title, a name or a label with the signs meant."""
    if "&" in text:
        text = _ENTITY.sub(_sign, text)
    if "<" in text:
        text = _RAISED.sub(_raised, text)
        text = _BREAK.sub(" ", text)
        text = _PAIR.sub(r"\2", text)
    return closed(_BOLD.sub(r"\1", text) if "**" in text else text)


def _known(code: str) -> str:
    """A code as HTML has it, or '' where it isn't sure: with the capital of a title `amp;` is
    `Amp;`, but `Lt;` is a sign of its own beside `lt;`."""
    if code in ("Lt;", "Gt;"):
        return ""
    if code[0] == "#" or code in html5:
        return code
    return code.lower() if code.lower() in html5 else ""


def _sign(found: re.Match[str]) -> str:
    code = _known(found[1])
    return unescape(f"&{code}") if code else found[0]


_UP = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_DOWN = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_SAME_RAISED = re.compile(r"st|nd|rd|th|®|™|TM|\(R\)", re.IGNORECASE)
"""Means the same on the line."""
_RAISED = re.compile(r"<(su[bp])>([^<>]{1,12})</\1>", re.IGNORECASE)
_BREAK = re.compile(r"(?:(?<!\s)\s+)?<br\s*/?>\s*", re.IGNORECASE)
_PAIR = re.compile(r"<(b|i|u|em|strong)>([^<>]*)</\1>", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w*\\])\*\*(?=[^\s*])([^*\n]*[^\s*\\])\*\*(?![\w*])")


def _raised(found: re.Match[str]) -> str:
    """In Unicode's own signs, `CO₂`; a lowered word on the line, as people type it: `Cmax`.

    What is raised and has no sign stays as it stands: `10<sup>9</sup>` is never 109.
    """
    inner, is_up = found[2].strip(), found[1].lower() == "sup"
    signs = _UP if is_up else _DOWN
    if signs.keys() >= set(inner):
        return "".join(signs[sign] for sign in inner)
    return inner if not is_up or _SAME_RAISED.fullmatch(inner) else found[0]


# --- CommonMark ----------------------------------------------------------------------------------

_ESCAPED_ENTITY = re.compile(rf"\\?&(?:[aA]mp;)*\\?({_CODE})")
_ESCAPED_TAG = re.compile(rf"\\<(/?)((?:{_TAGS.decode()})\s*/?)\\?>", re.IGNORECASE)
_ESCAPED_BOLD = re.compile(
    r"(?<![\w*\\])\\\*\\\*(?=[^\s*\\])([^*\n\\]{1,60}?)(?<=[^\s*])\\\*\\\*(?![\w*\\])"
)
"""`must meet \\*\\*one\\*\\* of these`: marks around a few words, which are no footnote's."""
_LOST_BEGINNING = re.compile(
    r"^([ ]*(?:(?:[*+-]|[0-9]{1,9}[.)])[ ]+)?)([^\s*\\][^*\n\\:]{1,90}?)(?<=\w)\\\*\\\*(?=:|[ ]\()",
    re.MULTILINE,
)
"""`4. Life Expectancy\\*\\*: three months`: what the registry took for the mark of an item."""
_ESCAPED_ITALIC = re.compile(
    r"(?:(?<=[\w,;:] )|(?<=\())\\\*([A-Za-z][^*\n\\()]{0,58}[^\s*\\()])\\\*(?=[\s.,;:)]|\Z)"
)
"""`carcinoma \\*in situ\\* of the cervix`; a footnote's star is behind a word or begins a line."""
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "u": ""}
_ITEM = re.compile(r"(?:(?<!\s)\s+)?<li>\s*", re.IGNORECASE)
_BLOCK = re.compile(
    r"(?:(?<!\s)\s+)?(?:</?(?:p|ul|ol|div)>|</li>)(?:\s*</?(?:p|ul|ol|div|li)>)*\s*", re.IGNORECASE
)
_INDENT = re.compile(r"\s*(?:(?:[*+-]|\d{1,9}[.)])\s+)*")


def markup_meant(text: str) -> str:
    """A CommonMark text in which CommonMark shows the signs meant."""
    if "&" in text:
        text = _ESCAPED_ENTITY.sub(_entity, text)
    if r"\*" in text:
        text = _ESCAPED_ITALIC.sub(r"*\1*", _bold(text) if r"\*\*" in text else text)
    if "<" in text and _LESS.search(text.encode("utf-8", "replace")):
        text = "\n".join(map(_line, _ESCAPED_TAG.sub(r"<\1\2>", text).split("\n")))
    return closed_markup(text)


def _bold(text: str) -> str:
    """With marks around words as marks, and with those whose beginning was lost, where a text has
    both and no other double star is left that might be a footnote's."""
    marked = _ESCAPED_BOLD.sub(r"**\1**", text)
    if marked == text:
        return text
    whole = _LOST_BEGINNING.sub(r"\1**\2**", marked)
    return marked if r"\*\*" in whole else whole


def _entity(found: re.Match[str]) -> str:
    """The code itself, no longer escaped: so the sign it stands for can't be taken for a mark."""
    code = _known(found[1])
    return f"&{code}" if code else found[0]


def _line(line: str) -> str:
    if "<" not in line:
        return line
    margin = " " * len(_indent(line))
    line = _PAIR.sub(_strong, _RAISED.sub(_raised, line))
    line = _ITEM.sub(f"\n{margin}* ", _list_ends(line, margin))
    return _BREAK.sub(f"  \n{margin}", line)


def _indent(line: str) -> str:
    found = _INDENT.match(line)
    return found[0] if found else ""


def _list_ends(line: str, margin: str) -> str:
    """Paragraphs and lists of HTML begin and end with an empty line; items don't."""

    def end(found: re.Match[str]) -> str:
        signs = found[0].lower()
        item = "<li>" in signs
        if signs.strip() == "</li>" or (item and "</li>" in signs):
            return "<li>" if item else ""
        return f"\n\n{margin}<li>" if item else f"\n\n{margin}"

    return _BLOCK.sub(end, line)


def _strong(found: re.Match[str]) -> str:
    inner = found[2].strip()
    mark = _EMPHASIS[found[1].lower()] if inner and not _is_within_word(found) else ""
    return found[2].replace(inner, f"{mark}{inner}{mark}", 1) if inner else found[2]


def _is_within_word(found: re.Match[str]) -> bool:
    """Whether no space parts what is marked from the word around it: `a<b>c</b>`, where stars
    would be stars."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return (before.isalnum() and not found[2][:1].isspace()) or (
        after.isalnum() and not found[2][-1:].isspace()
    )

"""Front matter written: YAML in one stable form, which `front_matter` reads back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trialpages.text.front_matter import Tree


def write_yaml(tree: Tree) -> str:
    """The tree as block-style YAML, one stable form: quotes only where they are needed.

    A text stays on one line; one with line breaks is a literal block. `read_yaml` gives the tree
    back, each scalar as text.
    """
    return "".join(f"{line}\n" for line in _mapping_lines(tree, ""))


def _mapping_lines(tree: Tree, indent: str) -> Iterator[str]:
    for key, value in tree.items():
        name = _scalar(key)
        if len(name) > _LONGEST_PLAIN_KEY:
            yield f"{indent}? {name}"
            name = ""
        yield from _entry_lines(f"{indent}{name}:", value, indent)


_LONGEST_PLAIN_KEY = 1_000
"""Signs of a key with its colon behind it; YAML looks no farther than 1,024 for that (7.4.2)."""


def _entry_lines(head: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of `head` followed by a value; what doesn't fit on its line goes below it."""
    deeper = indent + "  "
    if isinstance(value, dict) and value:
        yield head
        yield from _mapping_lines(value, deeper)
    elif isinstance(value, list) and value:
        yield head
        for item in value:
            yield from _item_lines(item, deeper)
    elif isinstance(value, str) and _fits_block(value):
        yield f"{head} |-"
        yield from (f"{deeper}{line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{head} {_scalar(value)}"


def _item_lines(item: Any, indent: str) -> Iterator[str]:
    """A list's item: a mapping begins on the line of its dash."""
    if isinstance(item, dict) and item:
        lines = _mapping_lines(item, indent + "  ")
        first = next(lines)
        yield f"{indent}- {first[len(indent) + 2 :]}"
        yield from lines
    else:
        yield from _entry_lines(f"{indent}-", item, indent)


_AMBIGUOUS = re.compile(
    r"""(?ix) ~ | null | true | false | yes | no | on | off | y | n    # other readers' null, bool
    | [-+]? [\d._][\d_]* ( \. [\d_]* )? ( e [-+]? \d+ )?               # numbers
    | [-+]? \.(inf|nan) | 0[xob][\da-f_]+ | [-+]? \d+ (:[0-5]?\d)+ (\.\d*)?
    """
)
_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~]|[-?:](?=[^\s,\[\]{}])")
_NOT_PLAIN = re.compile(
    r": | #|:$|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
)
_NOT_LITERAL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]"
)
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _fits_block(text: str) -> bool:
    """Whether a literal block gives exactly this text back, without an indentation indicator."""
    if "\n" not in text or text != text.strip("\n") or text[0] == " ":
        return False
    return not _NOT_LITERAL.search(text) and not re.search(r"[ ](\n|$)", text)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (dict, list)):
        return "{}" if isinstance(value, dict) else "[]"
    text = str(value)
    if _is_plain(text):
        return text
    if not _NOT_LITERAL.search(text) and "\n" not in text and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _is_plain(text: str) -> bool:
    if not text or not _PLAIN_START.match(text) or _NOT_PLAIN.search(text):
        return False
    return not _AMBIGUOUS.fullmatch(text) and not text.startswith(("---", "..."))


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    short = _SHORT_ESCAPES.get(sign)
    return short or (f"\\x{ord(sign):02x}" if ord(sign) < 256 else f"\\u{ord(sign):04x}")

"""A record's words in Markdown that GitHub shows: they stay words."""

from __future__ import annotations

import re

from trialpages.problems import visible

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!]")
_ACTED_ON = re.compile(
    r"://|\bwww\.|\bmailto:|@\w|\$|:[\w+-]+:|\bGH-\d|#\d|(?<!\w)[0-9a-f]{7,40}(?!\w)", re.IGNORECASE
)
"""What GitHub makes a link, a call, a reference, a formula or a picture of, escaped or not: only in
code it leaves words alone."""


def plain(text: str) -> str:
    """Words of a record in Markdown: nothing in them is markup, nobody is called by `@name`, no
    address is a link, no number closes an issue, and what can't be seen is shown."""
    words = visible(" ".join(text.split())).split(" ")
    return " ".join(map(_word, words))


def _word(word: str) -> str:
    if not _ACTED_ON.search(word):
        return _MARKUP.sub(r"\\\g<0>", word)
    bare = word.rstrip(";,")  # which end the word and not the address
    return f"{code(bare)}{word[len(bare) :]}"


def code(text: str) -> str:
    """As code, whatever backticks stand in it."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"

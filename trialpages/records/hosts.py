"""Names of hosts that pass for another's: `аpple.com` with a Cyrillic `а`, or as `xn--` writes it.

As browsers tell them (UTS 39, and Chromium's list of letters): a name whose parts mix scripts, or
have none but letters that look like common ones. Browsers show such a name as `xn--…`; a page of
ours would show it as a reader trusts it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trialpages.problems import Problem, Where, quoted

_SCRIPTS_OF_A_LANGUAGE = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
_LIKE_OTHERS = {
    "CYRILLIC": frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡ"),
    "GREEK": frozenset("αικνρυωηοτ"),
    "ARMENIAN": frozenset("ագզէլհյոսցօ"),
}
_HOST = re.compile(r"(?:https?://|mailto:[^\s@<>]*@)([^\s/?#:<>()\[\]\"'`\\]+)", re.IGNORECASE)


def disguise(host: str) -> str:
    """What makes a host's name pass for another's; '' where nothing does.

    >>> disguise("example.org"), disguise("münchen.example"), disguise("пример.рф")
    ('', '', '')
    >>> disguise("xn--pple-43d.example")
    'CYRILLIC and LATIN letters in `аpple`'
    """
    if host.isascii() and "xn--" not in host.lower():
        return ""
    labels = [_letters(label) for label in host.lower().split(".")]
    last = _scripts(labels[-1])
    return next((why for label in labels if (why := _disguise_of(label, last))), "")


def _disguise_of(label: str, last: set[str]) -> str:
    """`last` are the scripts of the last label: `.рф` is for names in Cyrillic."""
    scripts = _scripts(label)
    if len(scripts) > 1 and not any(scripts <= one for one in _SCRIPTS_OF_A_LANGUAGE):
        return f"{' and '.join(sorted(scripts))} letters in {quoted(label)}"
    for script in scripts - last:
        if all(sign in _LIKE_OTHERS.get(script, "") for sign in label if sign.isalpha()):
            return f"{quoted(label)} has {script} letters alone that look like LATIN ones"
    return ""


def _letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def _scripts(label: str) -> set[str]:
    """By the first word of each letter's name, which is its script for all that hosts may have."""
    return {unicodedata.name(sign, "?").partition(" ")[0] for sign in label if sign.isalpha()}


def check_hosts(text: str, path: str) -> Iterator[Problem]:
    """A warning for each line of a content file with such a name in an address."""
    if "://" not in text and "mailto:" not in text:
        return
    if text.isascii() and "xn--" not in text.lower():
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _HOST.finditer(line):
            if why := disguise(found[1]):
                message = f"an address looks like another's: {why}"
                where = Where(path, number, found.start(1) + 1, line, len(found[1]))
                hint = "type the address anew; it is shown as text, and is no link"
                yield Problem("disguised-host", "warning", message, where, hint)
                break

"""Words about criteria that are written so that only people read them.

Signs nobody sees within them, letters of another script that look the same, blanks between the
letters: they come from PDFs and word processors, and from whoever means to mislead. A heading may
stand there that a reader of headings misses.
"""

from __future__ import annotations

import re
import unicodedata

_WORDS = re.compile("exclu[sd]|inclu[sd]|eligib|criteri", re.IGNORECASE)
_SPACED = ("c l u s i", "c l u d e", "l i g i b", "c r i t e r i")
_TURNED = ("\u202d", "\u202e")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Unicode's Default_Ignorable_Code_Point, as far as texts hold any."""
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХУасеорхуіјѕԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧνιορυχ",
    "ABESIJKMHOPCTXYaceopxyijsdhlABEZHIKMNOPTYXviopux",
)
"""Cyrillic and Greek letters that look like Latin ones (Unicode, confusables.txt)."""


_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")


def is_veiled(text: str) -> bool:
    """Whether a text of criteria shows people such a word that isn't written in plain letters."""
    low = text.lower()
    if any(word in low for word in _SPACED):
        return True
    if text.isascii():
        return False
    if any(sign in text for sign in _TURNED):
        return True
    return len(_WORDS.findall(_unveiled(text))) > len(_WORDS.findall(text))


def _unveiled(text: str) -> str:
    return _WORD.sub(_in_one_script, _plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_SMALL_CAPITALS)


def _in_one_script(word: re.Match[str]) -> str:
    """Latin where some of its letters are; a word all in another script is left as it is."""
    return word[0].translate(_LOOKALIKES) if _LATIN.search(word[0]) else word[0]

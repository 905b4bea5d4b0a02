"""What a file is that holds no records, told by how it begins, and what to give in its place."""

from __future__ import annotations

import re

from trialpages.importers import euctr
from trialpages.problems import Problem, Where

SHOWN = 100
"""Characters of a line that are shown: a record may be one line of a million."""

_UNPACK = "unpack it and import what is in it: JSON, NDJSON or the text of trials' pages"
_JSON = "give the record's JSON (Download on its registry page), or its number: `fetch NCT01234567`"

_SIGNS = {
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", _UNPACK),
    b"Rar!\x1a\x07": ("a RAR archive", _UNPACK),
    b"\xfd7zXZ\x00": ("packed with xz", _UNPACK),
    b"BZh": ("packed with bzip2", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("packed with zstd", _UNPACK),
    b"%PDF-": ("a PDF", _JSON),
    b"\xd0\xcf\x11\xe0": ("an old Office document", _JSON),
    b"{\\rtf": ("a document of rich text", _JSON),
}
_TAR, _TAR_SIGN_AT = b"ustar", 257


def unread_form(start: bytes, where: str) -> Problem | None:
    """The problem of a file in a form which isn't read, by its first bytes."""
    found = next((what for sign, what in _SIGNS.items() if start.startswith(sign)), None)
    if found is None and start[_TAR_SIGN_AT:].startswith(_TAR):
        found = ("a tar archive", _UNPACK)
    if found is None:
        return None
    name, hint = found
    return Problem("other-form", "error", f"this is {name}, which isn't read", Where(where), hint)


def other_text(text: str, where: str) -> Problem | None:
    """The problem of a text that is surely no record and no trial's page, by how it begins."""
    start = text.lstrip("\ufeff \t\r\n")
    if not start:
        return Problem("not-json", "error", "the file is empty", Where(where), "fetch it again")
    for form, message, hint in _TEXTS:
        if form.match(start):
            number = re.search(r"NCT\d{8}", start)
            told = hint.replace("NCT01234567", number[0] if number else "NCT01234567")
            return _not_json(message, start, where, told)
    return None


def no_json(text: str, where: str) -> Problem:
    """The problem of a text that doesn't begin as JSON does."""
    if problem := other_text(text, where):
        return problem
    start = text.lstrip()
    if start.startswith("---") or re.match(r"[a-z_]+: ", start):
        hint = "a content file needs no import: put it into content/trials/"
        return _not_json("this isn't JSON", start, where, hint)
    if where.lower().endswith((".csv", ".tsv")):
        return _not_json(_TABLE, start, where, _JSON)
    hint = "give the record's JSON; the text of a trial's page needs a name that ends in .txt"
    return _not_json("this isn't JSON", start, where, hint)


def _not_json(message: str, start: str, where: str, hint: str) -> Problem:
    first = start.split("\n", 1)[0].rstrip("\r")[:SHOWN]
    return Problem("not-json", "error", message, place_in(where, 1, 1, first, len(first)), hint)


def place_in(where: str, line: int, column: int, shown: str | None, length: int = 1) -> Where:
    """A place in a text; where that is itself a line of NDJSON (`records.ndjson:12`), there."""
    path, _, number = where.rpartition(":")
    if number.isdecimal():
        return Where(path, int(number), column, shown, length)
    return Where(where, line, column, shown, length)


_TABLE = "this is a table, which has only a part of each record"
_TEXTS = (
    (
        re.compile(r"[^\n{]*?(?:^|[,;|\t\"])NCT Number\"?[,;|\t]"),
        "this is the registry's table, which has only a part of each record",
        "choose JSON in its Download, or name the trials: `fetch NCT01234567 …`",
    ),
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<clinical_study\b", re.DOTALL),
        "this is the XML in which ClinicalTrials.gov gave its records until 2024",
        "`fetch NCT01234567` brings the record as it is now",
    ),
    (
        re.compile(r"<!doctype html|<html\b", re.IGNORECASE),
        "this isn't JSON but a web page",
        "fetch the record's JSON from the registry's API v2, not its page",
    ),
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?<(?:allTrials|fullTrial)\b[^>]*67bricks"),
        "this is ISRCTN's XML, and its name doesn't end in .xml",
        "give it as a file whose name ends in .xml",
    ),
    euctr.TEXT,
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?<Trials_downloaded_from_ICTRP\b"),
        "this is the XML of the WHO's ICTRP, and its name doesn't end in .xml",
        "give it as a file whose name ends in .xml",
    ),
    (re.compile(r"<\?xml\b"), "this is XML of a form that isn't read", _JSON),
    (re.compile(r"TY {2}- "), "this is a citation (RIS), not the record", _JSON),
    (
        re.compile(r"NCT\d{8}(?:[\s,;]+NCT\d{8}\b|\s*\Z)"),
        "these are trials' numbers, not their records",
        "`fetch NCT01234567 …` brings the records",
    ),
)
"""Forms that no title of a trial's page has, since a page's text begins with one."""

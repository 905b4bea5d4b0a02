"""What is wrong with a text that should be a record's JSON, in words for whoever fetched it."""

from __future__ import annotations

import json
import re
from collections import Counter

from trialpages.importers.other_kinds import SHOWN, no_json, place_in
from trialpages.problems import Problem, Where


def json_problem(text: str, where: str) -> Problem:
    """Why a text that can't be decoded isn't JSON, with the place where it stops being so."""
    if not text.strip():
        return _problem("the file is empty", Where(where), "fetch the record again")
    if not text.lstrip().startswith(("{", "[")):
        return no_json(text, where)
    try:
        json.loads(text, parse_int=str)  # a number of 5,000 digits isn't what is wrong here
    except json.JSONDecodeError as error:
        cut = _is_cut(text, error)
        return _ended(Where(where)) if cut else _stopped(text, error.pos, error.msg, where)
    except RecursionError:
        return too_deep(where)
    if re.search(r"\d{310}", text):
        return _problem("a number in it is too large to be one", Where(where), FETCH_AGAIN)
    # msgspec is stricter than Python's parser: NaN, or bytes that are not UTF-8.
    if half := _HALF.search(text):
        said = f"`{half[0]}` in it is half a sign: no text can hold it without its other half"
        return _problem(said, Where(where), FETCH_AGAIN)
    if text.isascii() or not _LONE.search(text):
        said = "this isn't JSON as the standard has it: NaN and Infinity are no numbers there"
        return _problem(said, Where(where), FETCH_AGAIN)
    hint = "fetch the record again, as UTF-8"
    return _problem("this isn't JSON as the standard has it", Where(where), hint)


_LONE = re.compile("[\ud800-\udfff\ufffd]")
"""What stands in a text for bytes that aren't UTF-8."""


_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""One half of a pair of escapes without the other."""


def too_deep(where: str) -> Problem:
    hint = "a record nests ten levels at most: see what wrote this file, and take the record anew"
    return Problem("too-deep", "error", "nested too deep to be a record", Where(where), hint)


def repeated_key(content: bytes) -> str:
    """The first key that an object of a JSON text has twice, or ''. Which of the two is meant
    nobody can tell."""
    found: list[str] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        counts = Counter(key for key, _ in pairs)
        found.extend(key for key, count in counts.items() if count > 1)

    json.loads(content, object_pairs_hook=look, parse_int=str, parse_float=str)
    return found[0] if found else ""


def array_problem(text: str, where: str, index: int) -> Problem:
    """The same for entry `index` of an array, of which `text` is the rest."""
    inside = f"{where}[{index}]"
    try:
        json.JSONDecoder(parse_int=str).raw_decode(text)
    except json.JSONDecodeError as error:
        if _is_cut(text, error):
            return _ended(Where(inside))
        return _problem(f"entry {index + 1} isn't JSON: {error.msg}", Where(inside), FETCH_AGAIN)
    except RecursionError:
        return too_deep(inside)
    return _problem(f"entry {index + 1} isn't JSON", Where(inside), FETCH_AGAIN)


FETCH_AGAIN = "fetch the record again, or mend it there"


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Whether a text stops being JSON because it ends: in a word, in a number, between them."""
    whole = text.rstrip()
    if error.msg.startswith("Unterminated string") or error.pos >= len(whole):
        return True
    if len(whole) - error.pos > _LONGEST:
        return False
    return any(
        error.msg.startswith(said) and begun.fullmatch(whole, error.pos) for said, begun in _BEGUN
    )


_LONGEST = 6
"""Signs of a word or an escape that was begun."""
_BEGUN = (
    ("Expecting value", re.compile("-|t(?:ru?)?|f(?:a(?:ls?)?)?|nu?l?")),
    ("Expecting ',' delimiter", re.compile(r"\.|[eE][+-]?")),
    ("Invalid \\u", re.compile(r"\\?u?[0-9a-fA-F]{0,3}")),
)
"""What Python's parser says of a text that ends in a word, a number or an escape."""


def _stopped(text: str, position: int, said: str, where: str) -> Problem:
    line = text.count("\n", 0, position) + 1
    start = text.rfind("\n", 0, position) + 1
    source = text[start:].split("\n", 1)[0]
    column = position - start + 1
    shown = source if len(source) <= SHOWN else None
    place = place_in(where, line, column, shown)
    return _problem(f"this isn't JSON any more: {said.lower()}", place, FETCH_AGAIN)


def _ended(where: Where) -> Problem:
    return _problem("the JSON ends in the middle of a record", where, "fetch it again, whole")


def _problem(message: str, where: Where, hint: str) -> Problem:
    return Problem("not-json", "error", message, where, hint)

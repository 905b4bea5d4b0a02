"""A content file's bytes as text, and that text as front matter and body."""

from __future__ import annotations

import re
from dataclasses import replace

from trialpages.problems import Problem, Where
from trialpages.text.files import MAX_BYTES, TEXTS


def decode(content: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a content file, line ends made `\\n`; or the problem that makes it none."""
    if len(content) > MAX_BYTES:
        return None, (too_large(path, len(content)),)
    if other := _no_text(content, path):
        return None, (other,)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start
        line = content.count(b"\n", 0, start) + 1
        column = start - content.rfind(b"\n", 0, start)
        message = f"byte {content[start]:#04x} at position {start} is not UTF-8"
        hint = "save the file as UTF-8"
        return None, (Problem("not-utf-8", "error", message, Where(path, line, column), hint),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # The search takes ten times as long as this look, which often is enough.
    if content.translate(None, _HARMLESS) and (found := CONTROLS.search(text)):
        return None, (_control_problem(text, found.start(), path),)
    if marks := merge_marks(text, path):
        return None, (marks,)
    return text, ()


_DOCUMENTS = ((b"PK\x03\x04", "a document of Word or a zip"), (b"%PDF-", "a PDF"))
_LOOKED_AT = 200
"""Bytes of a file that tell what it is."""


def _no_text(content: bytes, path: str) -> Problem | None:
    """Said of a file that other programs wrote in another way, whatever its name."""
    first = content[:_LOOKED_AT]
    for beginning, what in _DOCUMENTS:
        if first.startswith(beginning):
            hint = "save its text alone, as UTF-8, under this name"
            return Problem("not-utf-8", "error", f"this is {what}", Where(path, 1, 1), hint)
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or first.count(0) * 3 > len(first) > 1:
        at = 0 if first[0] > 0x7F else first.index(0)
        message = f"byte {first[at]:#04x} at position {at} is not UTF-8: the file is in UTF-16"
        where = Where(path, 1, at + 1)
        return Problem("not-utf-8", "error", message, where, "save the file as UTF-8")
    return None


def too_large(path: str, size: int, most: int = MAX_BYTES) -> Problem:
    """Why a file of so many bytes is none of the content."""
    message = f"the file has {size:,} bytes; {most:,} is the most it may have"
    return Problem("too-large", "error", message, Where(path), "split it")


def merge_marks(text: str, path: str) -> Problem | None:
    """The first mark that git left between two versions of the same lines. They are nobody's
    words, and whichever version is right, only a person knows it."""
    if "<<<<<<< " not in text and ">>>>>>> " not in text:  # a look is quicker than a search
        return None
    found = _MERGE_MARK.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    where = Where(path, line, 1, found[0], len(found[0]))
    message = f"git has left two versions here, between marks such as `{found[0][:40].rstrip()}`"
    hint = "keep the lines that are right, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return Problem("conflict-marks", "error", message, where, hint)


_MERGE_MARK = re.compile(r"^(?:<{7}|>{7}) \S.*", re.MULTILINE)


def with_plain_ends(content: bytes, name: str) -> bytes:
    """A file's bytes with `\\n` at the ends of its lines, if its name is that of a text: version
    control on Windows writes both ends, and a site is the same wherever it is built."""
    is_text = name.lower().endswith(TEXTS) and b"\0" not in content
    return content.replace(b"\r\n", b"\n") if is_text else content


def _place(text: str, position: int, path: str) -> Where:
    line = text.count("\n", 0, position) + 1
    return Where(path, line, position - text.rfind("\n", 0, position))


CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HARMLESS = bytes({*b"\t\n\r", *range(0x20, 0x7F), *range(0x80, 0x100)} - {0xC2})
"""Bytes that no control character's UTF-8 has; those from U+0080 to U+009F begin with C2."""


def _control_problem(text: str, position: int, path: str) -> Problem:
    message = f"control character U+{ord(text[position]):04X}"
    where = _place(text, position, path)
    return Problem("control-character", "error", message, where, "remove it")


def split_file(text: str, path: str) -> tuple[str, int, str, int] | Problem:
    """Front matter and its first line's number, body and its; or what is wrong with the shape."""
    if not text.strip():
        return shape_problem("the file is empty", Where(path, 1, 1))
    if path.endswith(".yaml"):
        return text, 1, "", 1
    first = text.split("\n", 1)[0]
    if first.rstrip(" \t") != "---":
        message = "the file doesn't begin with front matter"
        where = Where(path, 1, 1, first, max(1, len(first)))
        problem = shape_problem(message, where)
        return replace(problem, hint=_first_line_hint(text, first) or problem.hint)
    start = text.find("\n") + 1 or len(text)
    end = _end_of_front(text, start)
    if end is None:
        return _unclosed(text, path)
    return text[start : end.start()], 2, text[end.end() :], text.count("\n", 0, end.end()) + 1


def _first_line_hint(text: str, first: str) -> str:
    if re.fullmatch(r"-{2,}[ \t]*|[-–—]+[ \t]*", first):
        return "write three hyphens in this line: `---`"
    if not first.strip() and text.lstrip().startswith("---\n"):
        return "take out the empty lines above `---`"
    return ""


def _end_of_front(text: str, start: int) -> re.Match[str] | None:
    """The line that closes the front matter, which begins at `start`."""
    at = start - 1
    while at >= 0:
        if found := _CLOSING.match(text, at + 1):
            return found
        at = text.find("\n---", at + 1)
    return None


_CLOSING = re.compile(r"---[ \t]*(\n|\Z)")
_FIRST_PROSE = re.compile(r"^(?=#{2,6} )|(?<=\n\n)(?=[^\s#][^:\n]*$)", re.MULTILINE)


_FIRST_OF_A_PAGE = re.compile(r"^(?=# )", re.MULTILINE)  # its title, no remark


def _unclosed(text: str, path: str) -> Problem:
    """Points at the first line that looks like the body, where the closing line should stand."""
    message = "the front matter isn't closed"
    is_page = re.search(r"/(?:pages|lists)/[^/]+$", path)
    found = (_FIRST_OF_A_PAGE if is_page else _FIRST_PROSE).search(text, 4)
    if found is None:
        hint = "add a line `---` after the last field"
        return Problem("front-matter", "error", message, Where(path, 1, 1, "---", 3), hint)
    line = text.count("\n", 0, found.start()) + 1
    source = text[found.start() :].split("\n", 1)[0]
    where = Where(path, line, 1, source, max(1, len(source)))
    return Problem("front-matter", "error", message, where, "put a line `---` above this one")


def shape_problem(message: str, where: Where) -> Problem:
    """What is wrong with a file that should be front matter and body."""
    hint = "begin the file with a line `---`, the fields, and another line `---`"
    return Problem("front-matter", "error", message, where, hint)

"""What is wrong with a text that isn't YAML, in the words of somebody who edits a trial.

libyaml says where it gave up; what has to be mended often stands a line above. These rules look at
the lines around and name the cause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Complaint:
    """One problem: line and column from 0, and how many characters are at fault."""

    code: str
    message: str
    hint: str
    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Stop:
    """Where libyaml gave up, and why: its own words and marks (line, column)."""

    problem: str
    at: tuple[int, int]
    began: tuple[int, int] | None = None
    """Where the thing began that it was reading."""


_FIELD = re.compile(r"(?P<indent> *)(?P<dash>- )?(?P<name>[A-Za-z_][\w.-]*)(?P<colon> *:)(?= |$)")
_NO_COLON = re.compile(r"(?P<indent> *)(?:- )?(?P<name>[A-Za-z_]\w*)(?P<tight>:?)(?P<rest>.*)")
_SIGNS = "[{>|@%`!&*"


def complaint(stop: Stop, lines: list[str]) -> Complaint:
    """The cause of a stop, as a person would say it."""
    for rule in (
        _tab,
        _odd_blank,
        _open_quote,
        _quote_over_lines,
        _after_quote,
        _open_bracket,
        _sign,
        _colon_in_value,
        _indentation,
        _missing_colon,
    ):
        if found := rule(stop, lines):
            return found
    line, column = stop.at
    hint = "compare with the lines above; put text in quotes"
    return Complaint("yaml", f"not valid YAML: {stop.problem}", hint, line, column)


def _line(lines: list[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def _above(lines: list[str], number: int) -> int:
    """The nearest line above that says something; -1 if none does."""
    number = min(number, len(lines)) - 1  # libyaml may stop behind the last line
    while number >= 0 and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
        number -= 1
    return number


def _tab(stop: Stop, lines: list[str]) -> Complaint | None:
    line, column = stop.at
    source = _line(lines, line)
    if "\t" not in source[: column + 1] and "tab" not in stop.problem:
        return None
    at = max(source.find("\t"), 0)
    message = "a tab stands where YAML wants spaces"
    return Complaint("tab", message, "indent with two spaces a level instead", line, at)


_ODD_BLANK = re.compile("[ \t]*([\u00a0\u2000-\u200a\u202f\u3000])")


def _odd_blank(stop: Stop, lines: list[str]) -> Complaint | None:
    """Copied from a web page or a text of Word: it looks like a blank and is none to YAML."""
    for number in (stop.at[0], _above(lines, stop.at[0])):
        if found := _ODD_BLANK.match(_line(lines, number)):
            message = f"what looks like a blank here is the sign U+{ord(found[1]):04X}"
            hint = "take out what stands before the first letter, and indent with blanks you type"
            return Complaint("odd-blank", message, hint, number, found.start(1))
    return None


def _open_quote(stop: Stop, lines: list[str]) -> Complaint | None:
    if stop.began is None or "end of stream" not in stop.problem:
        return None
    line, column = stop.began
    sign = _line(lines, line)[column : column + 1]
    if sign not in ("'", '"'):
        return None
    return _unclosed_quote(sign, line, column)


def _quote_over_lines(stop: Stop, lines: list[str]) -> Complaint | None:
    """A quote that a later one closes by chance, so that the text between is taken for the value:
    it is the first that its own line doesn't close and that a field follows."""
    if "expected" not in stop.problem and "mapping values" not in stop.problem:
        return None
    for number, source in enumerate(lines[: stop.at[0]]):
        value, column = _value(source)
        sign = value[:1]
        if sign not in ("'", '"') or source.lstrip().startswith("#") or sign in value[1:]:
            continue
        below = next((line for line in lines[number + 1 :] if line.strip()), "")
        if _FIELD.match(below) or below.lstrip().startswith(("#", "- ")):
            return _unclosed_quote(sign, number, column)
    return None


def _unclosed_quote(sign: str, line: int, column: int) -> Complaint:
    message = f"the quote {sign} that opens here isn't closed"
    return Complaint("unclosed", message, f"put {sign} at the end of the value", line, column)


def _value(source: str) -> tuple[str, int]:
    """A line's value and its column: what stands behind `name:` or `- `."""
    found = _FIELD.match(source) or re.match(r" *- ", source)
    start = found.end() if found else 0
    value = source[start:].lstrip()
    return value, len(source) - len(source[start:].lstrip())


def _after_quote(stop: Stop, lines: list[str]) -> Complaint | None:
    line, column = stop.at
    source = _line(lines, line)
    value, _ = _value(source)
    quoted = re.match(r"""("[^"]*"|'[^']*')""", value)
    if not quoted or not source[column:].strip() or "expected" not in stop.problem:
        return None
    mark = "'" if value.startswith('"') else '"'
    hint = f"put the whole value in quotes of the other kind: {mark}{value}{mark}"
    length = len(source.rstrip()) - column
    return Complaint(
        "after-quote", "the value goes on after its closing quote", hint, line, column, length
    )


_CLOSERS = {"[": "]", "{": "}"}


def _open_bracket(stop: Stop, lines: list[str]) -> Complaint | None:
    """A list or a part on one line, `[a, b`, whose bracket isn't closed."""
    line = stop.began[0] if stop.began else stop.at[0]
    value, column = _value(_line(lines, line))
    closer = _CLOSERS.get(value[:1])
    if (
        closer is None
        or closer in value
        or (closer == "}" and ":" not in value)
        or "expected" not in stop.problem
    ):
        return None
    message = f"the bracket {value[0]} that opens here isn't closed"
    inside = value[1:].rstrip(" ,]}")
    hint = f"put {closer} behind the last entry"
    if inside:
        hint = f"write {value[0]}{inside}{closer}; or, if this is one text, {_quoted(value)}"
    return Complaint("unclosed", message, hint, line, column, len(value))


def _sign(stop: Stop, lines: list[str]) -> Complaint | None:
    """A value that begins with a sign that means something else to YAML."""
    line = stop.at[0]
    for number in (line, stop.began[0] if stop.began else line):
        value, column = _value(_line(lines, number))
        if value[:1] and value[0] in _SIGNS and not re.fullmatch(r"[|>][-+\d]*", value):
            message = f"a value can't begin with {value[0]} unless it has quotes"
            return Complaint("unquoted-sign", message, f"write {_quoted(value)}", number, column)
    return None


def _quoted(value: str) -> str:
    mark = '"' if '"' not in value and "\\" not in value else "'"
    return mark + (value if mark == '"' else value.replace("'", "''")) + mark


def _colon_in_value(stop: Stop, lines: list[str]) -> Complaint | None:
    if "mapping values are not allowed" not in stop.problem:
        return None
    line, column = stop.at
    source = _line(lines, line)
    if found := _too_deep(line, lines):
        return found
    value, start = _value(source)
    if column < start:
        return None
    message = "a colon inside a value that has no quotes"
    hint = f"put the value in quotes: {_quoted(value)}"
    return Complaint("unquoted-colon", message, hint, line, column)


def _too_deep(line: int, lines: list[str]) -> Complaint | None:
    """A field further right than the field with a value above it."""
    own, above = _FIELD.match(_line(lines, line)), _above(lines, line)
    upper = _FIELD.match(_line(lines, above)) if above >= 0 else None
    if not own or not upper:
        return None
    margin = len(upper["indent"]) + len(upper["dash"] or "")
    indent = len(own["indent"])
    if indent <= margin or not _value(lines[above])[0]:
        return None
    message = f"`{own['name']}` is indented more than `{upper['name']}` above it"
    hint = f"begin both in the same column: {_spaces(margin)} before `{own['name']}`"
    return Complaint("indentation", message, hint, line, indent, len(own["name"]))


def _indentation(stop: Stop, lines: list[str]) -> Complaint | None:
    """A field whose margin is that of no line above."""
    if "did not find expected" not in stop.problem:
        return None
    line = stop.at[0]
    own, above = _FIELD.match(_line(lines, line)), _above(lines, line)
    if not own or above < 0:
        return None
    upper = _FIELD.match(lines[above])
    margin = len(upper["indent"]) + len(upper["dash"] or "") if upper else 0
    indent = len(own["indent"])
    if indent == margin or not upper:
        return None
    message = f"`{own['name']}` begins in a column where no field above begins"
    hint = f"to go with `{upper['name']}` it needs {_spaces(margin)} before it"
    return Complaint("indentation", message, hint, line, indent, len(own["name"]))


def _spaces(number: int) -> str:
    return {0: "no space", 1: "1 space"}.get(number, f"{number} spaces")


def _missing_colon(stop: Stop, lines: list[str]) -> Complaint | None:
    if "expected" not in stop.problem:
        return None
    line = stop.began[0] if stop.began and "':'" in stop.problem else stop.at[0]
    for number in (line, _above(lines, line)):
        source = _line(lines, number)
        found = _NO_COLON.fullmatch(source)
        if found and not _FIELD.match(source) and not source.lstrip().startswith("- "):
            wanted = _colon_wanted(found, number)
            return replace(
                wanted, hint=wanted.hint + _or_continued(found, _line(lines, number - 1))
            )
    return None


_SENTENCE = re.compile(r"[A-Za-z]+( +\S+){2,}")


def _or_continued(found: re.Match[str], above: str) -> str:
    """For a line that may be no field at all, but the rest of a text."""
    text = _FIELD.match(above)
    begun = text and above[text.end() :].strip()
    if found["indent"] or found["tight"] or not begun or not _SENTENCE.match(found.string):
        return ""
    return "; or, if it goes on with the line above, begin it with two blanks"


def _colon_wanted(found: re.Match[str], line: int) -> Complaint:
    column = found.start("name")
    length = len(found.string.rstrip()) - column
    text = f"{found['name']}: {found['rest'].strip()}".rstrip()
    if found["tight"]:
        message = f"a space is missing after `{found['name']}:`"
    else:
        message = f"a colon is missing after `{found['name']}`"
    return Complaint("missing-colon", message, f"write `{text}`", line, column, length)

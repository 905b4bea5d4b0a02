"""One trial's content file: YAML front matter and a Markdown body, read and written.

The short structured data is front matter. The long prose is the body, under fixed level-2
headings. `write(read(file)) == file` for every file this module wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from trialpages.problems import Problem, Where, errors_in, quoted
from trialpages.records.explain import first_faults
from trialpages.records.model import Trial, to_tree, to_trial
from trialpages.records.places import placed, yaml_problems
from trialpages.records.short_forms import SHORTHAND, long_forms, short_texts
from trialpages.records.starter_words import check_starter_words
from trialpages.records.unfit import check_unfit_lines, check_unfit_values
from trialpages.text.bidi import check_bidi
from trialpages.text.block_yaml import Unusual, read_block_yaml
from trialpages.text.file_text import CONTROLS, decode, shape_problem, split_file
from trialpages.text.front_matter import Tree, YamlError, read_yaml
from trialpages.text.hosts import check_hosts
from trialpages.text.meant import closest
from trialpages.text.pictures_in_text import check_pictures
from trialpages.text.written_yaml import write_yaml

PROSE_HEADINGS = {
    "plain_language_summary": "Plain-language summary",
    "brief_summary": "Brief summary",
    "detailed_description": "Detailed description",
    "eligibility_criteria": "Eligibility criteria",
}
"""Fields whose text is in the body, in its order, and the level-2 heading of each."""

UNPLACED_HEADING = "Unplaced text"
"""Where the importer puts what it could not place."""

_FIELD_OF_HEADING = {heading.lower(): field for field, heading in PROSE_HEADINGS.items()}


@dataclass(frozen=True, slots=True)
class TrialFile:
    """What a content file says: a trial, or the problems that keep it from being one."""

    path: str
    trial: Trial | None
    problems: tuple[Problem, ...] = ()


# --- reading ------------------------------------------------------------------------------------


def read_trial(content: bytes, path: str) -> TrialFile:
    """The trial in a content file's bytes. Never raises for bad content: it says what is wrong."""
    text, problems = decode(content, path)
    if text is None:
        return TrialFile(path, None, problems)
    split = split_file(text, path)
    if isinstance(split, Problem):
        return TrialFile(path, None, (split,))
    front, first_line, body, body_line = split
    try:
        tree = read_front_matter(front)
    except YamlError as error:
        return TrialFile(path, None, yaml_problems(error, front, path, first_line))
    if not tree:
        message = "there is no field in the front matter"
        where = Where(path, 1, 1, text.split("\n", 1)[0], 3)
        return TrialFile(path, None, (shape_problem(message, where),))
    warnings = (
        *check_bidi(text, path),
        *check_hosts(text, path),
        *check_unfit_values(tree, front, path, first_line),
        *check_unfit_lines(body, path, body_line),
        *_place_prose(tree, body, body_line, path),
        *_pictures(body, body_line, path),
        *_tight_headings(body, body_line, path),
    )
    if tree.get("draft") != "true":
        warnings += tuple(check_starter_words(text, path))
    tree = long_forms(tree)
    try:
        trial = to_trial(tree)
    except msgspec.ValidationError:
        wrong = placed(first_faults(tree, Trial), front, path, first_line)
        return TrialFile(path, None, (*wrong, *warnings))
    return TrialFile(path, None if errors_in(warnings) else trial, warnings)


def read_front_matter(front: str) -> Tree:
    """The fields in a front matter's text, each scalar as text. Raises YamlError."""
    try:
        return read_block_yaml(front)
    except Unusual:
        return read_yaml(front)[0]


def _place_prose(tree: Tree, body: str, first_line: int, path: str) -> Iterator[Problem]:
    """Put the body's sections into the tree under their fields."""
    others: list[Tree] = []
    for heading, text, line in _sections(body, first_line):
        field = _FIELD_OF_HEADING.get(heading.lower())
        shown = f"## {heading}" if heading else text.split("\n", 1)[0]
        where = Where(path, line, 1, shown, len(shown))
        if not heading:
            message = "text before the first heading"
            yield Problem("no-heading", "error", message, where, _heading_hint(shown))
        elif field is None:
            others.append({"heading": heading, "text": _unescaped(text)})
            if heading != UNPLACED_HEADING:
                message = f"unknown heading `{heading}`; it is shown as it stands"
                yield Problem("unknown-heading", "warning", message, where, _heading_hint(heading))
        elif field == "plain_language_summary":
            yield from _place_summary(tree, field, text, where)
        elif field in tree:
            yield _twice(heading, where)
        elif text:
            plain = _criteria_text(text) if field == "eligibility_criteria" else text
            tree[field] = _unescaped(plain)
    if others:
        tree["sections"] = others


def _place_summary(tree: Tree, field: str, text: str, where: Where) -> Iterator[Problem]:
    """Put the text beside who signed it, whom the front matter names."""
    signed = tree.get(field, {})
    if isinstance(signed, dict) and "text" in signed:
        yield _twice("Plain-language summary", where)
    elif isinstance(signed, dict):
        tree[field] = {"text": _unescaped(text), **signed}


def _twice(heading: str, where: Where) -> Problem:
    message = f"`{heading}` stands twice"
    return Problem("duplicate-section", "error", message, where, "keep one of the two")


def _tight_headings(body: str, first_line: int, path: str) -> Iterator[Problem]:
    """Signs of a heading without a blank behind them, which make none."""
    for found in _TIGHT.finditer(body) if "##" in body else ():
        line = body.count("\n", 0, found.start()) + first_line
        where = Where(path, line, 1, found[0], len(found[0]))
        message = f"{quoted(found[0])} is no heading: a blank is missing behind `{found[1]}`"
        hint = f"write `{found[1]} {found[2]}`; if it is text, write a backslash before it"
        yield Problem("tight-heading", "warning", message, where, hint)


_TIGHT = re.compile(r"^ {0,3}(#{2,6})([^\W_].*)", re.MULTILINE)


def _pictures(body: str, first_line: int, path: str) -> Iterator[Problem]:
    """Of the sections that an editor wrote: what a record's own text holds is no mistake of
    theirs."""
    if "![" not in body and "<img" not in body.lower():
        return
    rows = body.split("\n")
    for heading, text, line in _sections(body, first_line):
        field = _FIELD_OF_HEADING.get(heading.lower(), "")
        if field in ("", "plain_language_summary") and heading not in ("", UNPLACED_HEADING):
            ahead = rows[line - first_line + 1 :]
            length = next((n for n, row in enumerate(ahead) if row.startswith("## ")), len(ahead))
            yield from check_pictures(ahead[:length] if text else (), line + 1, path)


_HEADINGS = "the headings are " + ", ".join(f"`## {name}`" for name in PROSE_HEADINGS.values())


def _heading_hint(text: str) -> str:
    """The heading that was meant, if it is near one; else all there are."""
    known = {name.lower(): name for name in PROSE_HEADINGS.values()}
    meant = closest(text.lstrip("# ").lower(), known, cutoff=0.7)
    return f"did you mean `## {known[meant]}`?" if meant else _HEADINGS


def _sections(body: str, first_line: int) -> Iterator[tuple[str, str, int]]:
    """Each level-2 heading with its text and line; a first one without heading if there is text."""
    heading, line, lines = "", first_line, list[str]()
    for number, text in enumerate([*body.split("\n"), "## "], start=first_line):
        if not text.startswith("## "):
            lines.append(text)
            continue
        content = "\n".join(lines).strip("\n")
        if heading:
            yield heading, content, line
        elif content.strip():
            yield "", content, line + next(n for n, said in enumerate(lines) if said)
        heading, line, lines = text[3:].strip(), number, []


# --- writing ------------------------------------------------------------------------------------


def write_trial(trial: Trial) -> str:
    """The content file of a trial, in the one stable form: equal trials give equal bytes."""
    tree = to_tree(trial)
    prose = {field: text for field in PROSE_HEADINGS if (text := _body_text(tree, field))}
    sections: list[Tree] = tree.pop("sections", [])
    parts = [f"---\n{write_yaml(_as_in_file(tree))}---\n"]
    parts += [_section(PROSE_HEADINGS[field], text) for field, text in prose.items()]
    parts += [_section(section["heading"], _escaped(section["text"])) for section in sections]
    return "".join(parts)


def write_yaml_trial(trial: Trial) -> str:
    """The trial as YAML alone, its long texts as block scalars; equal trials give equal bytes."""
    return write_yaml(_as_in_file(to_tree(trial)))


def _as_in_file(tree: Tree) -> Tree:
    """One value for a field where the short form says all of it; that a trial is a draft stands
    where an editor sees it, below its number."""
    short = {
        field: value[SHORTHAND[field]]
        for field, value in tree.items()
        if field in SHORTHAND and set(value) == {SHORTHAND[field]}
    }
    if "ours" in tree:
        short["ours"] = short_texts(tree["ours"])
    first: Tree = {field: tree[field] for field in ("nct_id", "draft") if field in tree}
    return {**first, **tree, **short}


def _body_text(tree: Tree, field: str) -> str | None:
    """Take a prose field out of the tree, if the body can carry its text to the letter."""
    inside = field == "plain_language_summary"
    owner, name = (tree.get(field, {}), "text") if inside else (tree, field)
    text = owner.get(name)
    if (
        not isinstance(text, str)
        or text != text.strip("\n")
        or _NOT_IN_BODY.search(text)
        or not text.strip()
    ):
        return None
    del owner[name]
    if not tree.get(field, True):
        del tree[field]  # unsigned: the body says all of it
    escaped = _escaped(text)
    return _criteria_lines(escaped) if field == "eligibility_criteria" else escaped


_NOT_IN_BODY = re.compile(rf"{CONTROLS.pattern}|\ufeff")


def _section(heading: str, text: str) -> str:
    return f"\n## {heading}\n\n{text}\n" if text else f"\n## {heading}\n"


# --- lines of prose that look like our headings -------------------------------------------------
# They carry one more backslash in the file.

_HEADING_LIKE = r"(?=## |### (?:inclusion|exclusion) criteria\s*:?$)"
_TO_ESCAPE = re.compile(r"^(?=\\*" + _HEADING_LIKE + ")", re.IGNORECASE | re.MULTILINE)
_TO_UNESCAPE = re.compile(r"^\\(?=\\*" + _HEADING_LIKE + ")", re.IGNORECASE | re.MULTILINE)


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(r"\\", text)


def _unescaped(text: str) -> str:
    return _TO_UNESCAPE.sub("", text) if "\\" in text else text


# --- the eligibility criteria -------------------------------------------------------------------
# The registry keeps them in one text with paragraphs such as "Inclusion Criteria:". In the file
# these paragraphs are level-3 headings: the registry's usual form is "### Inclusion criteria",
# any other spelling stands as it is.

_USUAL = {"Inclusion Criteria:": "Inclusion criteria", "Exclusion Criteria:": "Exclusion criteria"}
_UNUSUAL = {heading: paragraph for paragraph, heading in _USUAL.items()}
_CRITERIA_PARAGRAPH = re.compile(
    r"(?:(?<=\n\n)|\A)((?:inclusion|exclusion) criteria[ \t]*:?)(?=\n\n|\Z)", re.IGNORECASE
)
_CRITERIA_HEADING = re.compile(r"### ((?:inclusion|exclusion) criteria[ \t]*:?)", re.IGNORECASE)


def _criteria_lines(text: str) -> str:
    def heading(match: re.Match[str]) -> str:
        paragraph = match[1]
        if paragraph in _UNUSUAL:  # would be read back as the registry's usual form
            return paragraph
        return "### " + _USUAL.get(paragraph, paragraph)

    return _CRITERIA_PARAGRAPH.sub(heading, text)


def _criteria_text(text: str) -> str:
    """The registry's text of a body section: headings become paragraphs between empty lines."""
    lines: list[str] = []
    after_heading = False
    for line in text.split("\n"):
        heading = _CRITERIA_HEADING.fullmatch(line)
        if lines and lines[-1] and line and (heading or after_heading):
            lines.append("")
        lines.append(_UNUSUAL.get(heading[1], heading[1]) if heading else line)
        after_heading = heading is not None
    return "\n".join(lines)

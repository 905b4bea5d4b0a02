"""content/queries.yaml: what to fetch and keep current, and what becomes of trials that leave.

`content/README.md` tells editors about it. Which ids and parameters a registry knows is its own to
say: `keeping.wishes` asks it.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Annotated

import msgspec
from msgspec import Meta

from trialpages.problems import Problem
from trialpages.records.explain import Fault, first_faults
from trialpages.records.model import PartialDate, RecordPart, decode_scalar
from trialpages.records.places import placed, yaml_problems
from trialpages.text.bidi import check_bidi
from trialpages.text.commands import command
from trialpages.text.file_text import decode
from trialpages.text.files import QUERIES
from trialpages.text.front_matter import Tree, YamlError, read_yaml
from trialpages.text.hosts import check_hosts
from trialpages.text.written_yaml import write_yaml

QueryName = Annotated[
    str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$(?!\n)", examples=["migraine-leeds"])
]


class Leaving(enum.Enum):
    """What becomes of a trial that a query finds no more."""

    SAY = "say"
    """It stays, and the report says so."""
    KEEP = "keep"
    """It stays, without a word."""
    DRAFT = "draft"
    """It becomes a draft: the site shows it no more."""


class Query(RecordPart, frozen=True, kw_only=True):
    """A question that a registry is asked again and again."""

    name: QueryName
    registry: str = "ctgov"
    parameters: dict[str, str] = {}  # noqa: RUF012  (msgspec gives each its own)
    """The registry's own, by name."""
    address: str = ""
    """In their place: an address copied from the registry's search page."""
    since: PartialDate | None = None
    leaving: Leaving = Leaving.SAY


class Queries(RecordPart, frozen=True, kw_only=True):
    """The whole file. Trials that are in content/ need not be named: they are kept current."""

    trials: tuple[str, ...] = ()
    """Ids or addresses of trials that are to be there."""
    leave_out: tuple[str, ...] = ()
    """Ids of trials that are neither fetched nor changed, whatever else is said."""
    queries: tuple[Query, ...] = ()


def read_queries(content: bytes, path: str) -> tuple[Queries, tuple[Problem, ...]]:
    """What queries.yaml says, or nothing and what is wrong with it."""
    text, problems = decode(content, path)
    if text is None:
        return Queries(), problems
    try:
        tree, _ = read_yaml(text, "trials")
    except YamlError as error:
        found_wrong = yaml_problems(error, text, path, 1)
        if (name := text.strip()) in Queries.__struct_fields__:
            hint = f"write `{name}:`, and below it each entry on a line of its own, after `- `"
            found_wrong = tuple(replace(one, hint=hint) for one in found_wrong)
        return Queries(), found_wrong
    try:
        found = msgspec.convert(tree, Queries, strict=False, dec_hook=decode_scalar)
    except msgspec.ValidationError:
        faults = (_with_each(fault, tree) for fault in first_faults(tree, Queries))
        return Queries(), placed(faults, text, path)
    wrong = placed(_faults(found), text, path)
    return (Queries() if wrong else found), (
        *wrong,
        *check_bidi(text, path),
        *check_hosts(text, path),
    )


def _with_each(fault: Fault, tree: Tree) -> Fault:
    """Of trials on one line, how each stands on its own; of a parameter beside a query's fields,
    where it belongs."""
    written = tree.get(str(fault.path[0])) if len(fault.path) == 1 else None
    if fault.code == "unknown-field" and len(fault.path) == _WITHIN_A_QUERY and _SEE in fault.hint:
        hint = "what is asked goes below `parameters:`, two blanks further right"
        return replace(fault, hint=hint)
    if fault.path == ("queries",) or not isinstance(written, str):
        return fault
    parts = [one for one in re.split(r"[\s,;]+", written) if one != "-"]
    if len(parts) < 2 or written.endswith("]"):
        return fault
    each = ", ".join(f"`  - {one}`" for one in parts[:_FEW])
    more = ", …" if len(parts) > _FEW else ""
    return replace(fault, hint=f"write each on a line of its own: {each}{more}")


_FEW = 3
_WITHIN_A_QUERY = 3
_SEE = "see content/README.md"


def _faults(found: Queries) -> Iterator[Fault]:
    names: dict[str, int] = {}
    for at, query in enumerate(found.queries):
        if names.setdefault(query.name, at) != at:
            message = f"two queries are called `{query.name}`"
            yield Fault(("queries", at, "name"), "duplicate-name", message, "rename one of them")
        if bool(query.parameters) == bool(query.address):
            both = "both parameters and an address" if query.address else "nothing to ask for"
            hint = "give it either `parameters:` with lines such as `cond: asthma`, or `address:`"
            message = f"the query `{query.name}` has {both}"
            yield Fault(("queries", at), "no-question", message, hint)


# --- a query more -------------------------------------------------------------------------------

_BEGINNING = f"""\
# What `{command("sync")}` fetches and keeps current, beside the trials that are here already.
# See content/README.md.
"""


def with_query(text: str, query: Query) -> str:
    """The file's text with one query more; everything else in it stays as it stands.

    Raises ValueError where the file is written in a way that leaves no place for it.
    """
    lines = (text or _BEGINNING).splitlines()
    at, indent = _end_of_queries(lines)
    added = _entry(query, indent)
    if at is None:
        at, added = len(lines), ["queries:", *added]
    found = "\n".join((*lines[:at], *added, *lines[at:])) + "\n"
    before, _ = read_queries(text.encode(), QUERIES) if text else (Queries(), ())
    after, problems = read_queries(found.encode(), QUERIES)
    if problems or after != msgspec.structs.replace(before, queries=(*before.queries, query)):
        raise ValueError("there is no place for another query in it")
    return found


def _end_of_queries(lines: list[str]) -> tuple[int | None, str]:
    """The line before which another entry of `queries:` goes, and how far entries are indented."""
    start = next((at for at, line in enumerate(lines, start=1) if _QUERIES.match(line)), None)
    if start is None:
        return None, "  "
    block = list(takewhile(_is_inside, lines[start:]))
    entries = [line for line in block if line.lstrip().startswith("- ")]
    indent = entries[0][: len(entries[0]) - len(entries[0].lstrip())] if entries else "  "
    written = [at for at, line in enumerate(block, start=1) if line.strip() and line[0] != "#"]
    return start + max(written, default=0), indent


_QUERIES = re.compile(r"queries:[ \t]*(#.*)?$")


def _is_inside(line: str) -> bool:
    """Whether a line may belong to the list above it."""
    return not line.strip() or line.startswith((" ", "#", "- "))


def _entry(query: Query, indent: str) -> list[str]:
    tree: Tree = msgspec.json.decode(msgspec.json.encode(query, enc_hook=str))
    lines = write_yaml({**tree, "leaving": query.leaving.value}).splitlines()
    return [f"{indent}{'  ' if at else '- '}{line}" for at, line in enumerate(lines)]

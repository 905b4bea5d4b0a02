"""A table as one small script: a column a fact, for a page that filters 10,000 rows in no time.

The script hands over base64 of gzip, so that it loads over file:// too and is small from a server
that doesn't compress. Inside: one line of JSON that describes the columns, then their bytes, one
column after the other. theme/search/10-load.js reads it.
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what the page has to know of it, and its bytes (little-endian)."""

    shape: Mapping[str, Any]
    content: bytes


def labels(name: str, rows: Sequence[str], ranks: Mapping[str, int] | None = None) -> Column:
    """One label a row, or none (''): numbers into the list of labels, counted from 1.

    The list is in the order of `ranks`, where there are any, and then of the alphabet.
    """
    known = sorted(set(rows) - {""}, key=lambda label: ((ranks or {}).get(label, 0), label))
    codes = {label: code for code, label in enumerate(("", *known))}
    content, width = in_fewest_bytes([codes[row] for row in rows])
    return Column({"name": name, "kind": "labels", "labels": known, "width": width}, content)


def label_lists(name: str, rows: Sequence[Sequence[str]]) -> Column:
    """Any number of labels a row: how many, for each row, then the numbers of all, from 1."""
    known = sorted({label for row in rows for label in row})
    codes = {label: code for code, label in enumerate(known, start=1)}
    column = code_lists(name, [sorted(codes[label] for label in row) for row in rows])
    return Column({**column.shape, "labels": known}, column.content)


def code_lists(name: str, rows: Sequence[Sequence[int]]) -> Column:
    """The same of numbers into the labels of another column."""
    counts, count_width = in_fewest_bytes([len(row) for row in rows])
    content, width = in_fewest_bytes([code for row in rows for code in row])
    shape = {"name": name, "kind": "lists", "labels": [], "width": width}
    return Column({**shape, "countWidth": count_width}, counts + content)


_FEW = 255


def numbers(name: str, rows: Sequence[int | None]) -> Column:
    """One whole number from 0 a row, or none: stored one higher, so that 0 is none.

    Of few different ones there is a list, and the rows are numbers into it, counted from 1.
    """
    known = sorted({row for row in rows if row is not None})
    shape: dict[str, Any] = {"name": name, "kind": "numbers"}
    if len(known) <= _FEW:
        shape["values"] = known
        codes = {value: code for code, value in enumerate(known, start=1)}
        content, width = in_fewest_bytes([0 if row is None else codes[row] for row in rows])
    else:
        content, width = in_fewest_bytes([0 if row is None else row + 1 for row in rows])
    return Column(shape | {"width": width}, content)


def texts(name: str, rows: Iterable[str]) -> Column:
    """One line of text a row."""
    content = "\n".join(rows).encode("utf-8", "replace")
    return Column({"name": name, "kind": "texts", "bytes": len(content)}, content)


def raw(name: str, content: bytes) -> Column:
    """Bytes that are no column of rows."""
    return Column({"name": name, "kind": "raw", "bytes": len(content)}, content)


def as_script(name: str, rows: int, columns: Sequence[Column], **more: Any) -> str:
    """A script that hands the table over under its name."""
    head = {"rows": rows, "columns": [column.shape for column in columns], **more}
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    table = b"\n".join((line, b"".join(column.content for column in columns)))
    packed = base64.b64encode(gzip.compress(table, 9, mtime=0)).decode("ascii")
    return f"trialpagesTable({json.dumps(name)},{json.dumps(packed)});\n"


_WIDTHS = ((1, "B"), (2, "H"), (4, "I"))
_BYTE, _TWO_BYTES, _MOST = 2**8 - 1, 2**16 - 1, 2**32 - 1


def in_fewest_bytes(values: Sequence[int]) -> tuple[bytes, int]:
    """The numbers in the fewest bytes each that the largest of them needs, and how many that is;
    what is larger than four bytes can say as the most that they can."""
    largest = max(values, default=0)
    if largest > _MOST:
        values, largest = [min(value, _MOST) for value in values], _MOST
    width, code = _WIDTHS[(largest > _BYTE) + (largest > _TWO_BYTES)]
    packed = array(code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes(), width

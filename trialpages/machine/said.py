"""What the command says goes nowhere once nobody can have it, and the work goes on.

A closed pipe (`… 2>&1 | head`) is no verdict on content or call. What standard output doesn't
take, because its disk is full or it was closed (`>&-`), is lost data: the command ends with 3 then,
whatever it did, unless it has published a site. What standard error doesn't take can be told to
nobody, and changes no status.

Only the standard library is used here.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import Any, TextIO


def outlive_readers() -> None:
    """Let no write fail to what nobody reads, to a full disk or to what was closed."""
    _fill_gaps()
    sys.stdout, sys.stderr = _outliving(sys.stdout, 1), _outliving(sys.stderr, 2)


def lost() -> OSError | None:
    """Why not all went out that was said on standard output."""
    out = sys.stdout
    with contextlib.suppress(OSError, ValueError):  # a terminal that is gone
        out.flush()
    raw = getattr(getattr(out, "buffer", None), "raw", None)
    return raw.failed if isinstance(raw, _Outliving) else None


def _fill_gaps() -> None:
    """Keep a file that is opened later from the number of a closed stream: what is said would end
    up in it. Nothing can be written there, so that it is noticed as on a full disk."""
    nowhere = os.open(os.devnull, os.O_RDONLY)
    while nowhere <= 2:
        os.set_inheritable(nowhere, True)
        nowhere = os.open(os.devnull, os.O_RDONLY)
    os.close(nowhere)


def _outliving(stream: TextIO | None, number: int) -> TextIO:
    """The stream itself where it is a terminal, or no file of the system's. None is closed."""
    if stream is None:
        closed = io.BufferedWriter(_Outliving(number, "w", closefd=False))
        return io.TextIOWrapper(closed, encoding="utf-8")
    try:
        if stream.isatty():
            return stream
        stream.flush()
        raw = _Outliving(stream.fileno(), "w", closefd=False)
    except (OSError, ValueError):
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=getattr(stream, "line_buffering", False),
    )


class _Outliving(io.FileIO):
    failed: OSError | None = None
    """Why what was written is lost; a reader that went away wanted no more."""

    def write(self, content: Any, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                self.failed = error
            with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  (no Path: it is early)
                os.dup2(nowhere.fileno(), self.fileno())
            return memoryview(content).nbytes

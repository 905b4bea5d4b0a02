"""What the command says goes nowhere once nobody reads it, and nothing else changes.

Only the standard library is used here.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO


def outlive_readers() -> None:
    """Let a pipe that is closed at its other end (`… 2>&1 | head`) fail no write.

    A closed pipe is no verdict on content or call, so none of them has to know of it.
    """
    sys.stdout, sys.stderr = _outliving(sys.stdout), _outliving(sys.stderr)


def _outliving(stream: TextIO) -> TextIO:
    """The stream itself where it is closed (None), a terminal, or no file of the system's."""
    try:
        if stream.isatty():
            return stream
        stream.flush()
        raw = _Outliving(stream.fileno(), "w", closefd=False)
    except (AttributeError, OSError, ValueError):
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=getattr(stream, "line_buffering", False),
    )


class _Outliving(io.FileIO):
    def write(self, content: Any, /) -> int:
        try:
            return super().write(content)
        except BrokenPipeError:
            with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  (no Path: it is early)
                os.dup2(nowhere.fileno(), self.fileno())
            return memoryview(content).nbytes

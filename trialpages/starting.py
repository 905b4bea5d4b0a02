"""How the command begins: what ends it before it can speak is told as at any other moment.

Only the standard library is used here, and little of it.
"""

from __future__ import annotations

import sys

from trialpages.machine.shortage import lacks_memory
from trialpages.machine.stopping import go_on, stop_at_once, stop_tidily, stopped

TYPE_CHECKING = False  # what is imported here would be imported before Ctrl-C is heard
if TYPE_CHECKING:
    from collections.abc import Callable


def start() -> None:
    """Run the command where its dependencies are installed."""
    stop_at_once()
    _tell_of(_run)


def start_installed() -> None:
    """Run the command in an environment that has its dependencies, made where there is none."""
    _tell_of(_run_installed)


def _run_installed() -> None:
    from trialpages.machine.environment import ensure_installed

    ensure_installed()
    stop_at_once()
    _run()


def _run() -> None:
    from trialpages.cli import main

    stop_tidily()
    try:
        main()
    finally:
        go_on()


def _tell_of(run: Callable[[], None]) -> None:
    _keep_own_rights()
    try:
        from trialpages.machine.said import outlive_readers

        outlive_readers()
        run()
    except KeyboardInterrupt:
        go_on()
        _end(f"{stopped()}\n", 130)
    except (MemoryError, ImportError) as error:
        if isinstance(error, ImportError):
            _refuse_noexec(error)
            if not lacks_memory(error):
                raise
        _end(
            "error: memory ran out; the site is as it was\n    → free some, then run this again\n",
            3,
        )


def _keep_own_rights() -> None:
    """Under a umask that takes the owner's own rights nothing could be read that we have made."""
    import os

    os.umask(os.umask(0o077) & ~0o700)


def _refuse_noexec(error: ImportError) -> None:
    """A disk that lets nothing run refuses a library in the words of one without memory."""
    import os

    if not error.path or not hasattr(os, "ST_NOEXEC") or not os.access(error.path, os.F_OK):
        return
    if os.statvfs(error.path).f_flag & os.ST_NOEXEC:
        words = f"error: the disk of {error.path} is mounted noexec\n"
        hint = "    → put the project on one that lets programs run, then delete .venv\n"
        _end(words.encode(errors="backslashreplace").decode() + hint, 3)


def _end(words: str, status: int) -> None:
    try:  # noqa: SIM105  (there may be no memory left to import anything)
        sys.stderr.write(words)
    except (AttributeError, OSError, UnicodeEncodeError):
        pass  # AttributeError: it is closed
    sys.exit(status)

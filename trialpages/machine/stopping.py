"""What Ctrl-C does, from the first line on: one sentence, exit 130, never a traceback.

While the command starts and imports there is nothing to tidy up, and an exception can get lost in
Python's own import: so the process ends on the spot. While a verb works, `KeyboardInterrupt` lets
it tidy up; a second Ctrl-C ends it on the spot too, which leaves no more than `kill -9` does.

Imports nothing that Python hasn't loaded already: the time it takes would lie before the handler.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` imports enum
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def stop_at_once() -> None:
    """Let Ctrl-C end the process on the spot, unless whoever started it has it ignored."""
    if _is_heard():
        _signal.signal(_signal.SIGINT, _end)
    _mask("SIG_UNBLOCK")


def stop_tidily() -> None:
    """Let Ctrl-C raise KeyboardInterrupt in the main thread; the next one ends on the spot."""
    if _is_heard():
        _signal.signal(_signal.SIGINT, _interrupt)
        sys.unraisablehook = _end_if_interrupted


def go_on() -> None:
    """Let Ctrl-C change nothing any more: what was asked for is done, or another process hears."""
    if _is_heard():
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)


def hold_back() -> None:
    """Keep Ctrl-C waiting, over an exec too, until `stop_at_once` is called."""
    _mask("SIG_BLOCK")


class UnheardByChildren:
    """Processes that are started in the with-block never see Ctrl-C: this one answers it."""

    def __enter__(self) -> None:
        _mask("SIG_BLOCK")

    def __exit__(self, *_: object) -> None:
        _mask("SIG_UNBLOCK")


class Unbroken:
    """What is done in the with-block is done whole: SIGINT and SIGTERM are heard at its end. Only
    the main thread hears them, so in another one nothing is to be done."""

    def __init__(self) -> None:
        self._before: list[tuple[int, object]] = []
        self._heard: list[int] = []

    def __enter__(self) -> None:
        try:
            for number in (_signal.SIGINT, _signal.SIGTERM):
                if (was := _signal.getsignal(number)) not in (None, _signal.SIG_IGN):
                    _signal.signal(number, lambda number, _: self._heard.append(number))
                    self._before.append((number, was))
        except ValueError:
            return

    def __exit__(self, *_: object) -> None:
        for number, was in self._before:
            _signal.signal(number, was)
        for number in self._heard:
            _signal.raise_signal(number)


def stopped() -> str:
    """What Ctrl-C has left, in the terms of the verb that was called."""
    if os.path.basename(sys.argv[0]) == "run.py":  # noqa: PTH119  (pathlib takes milliseconds)
        return "stopped"
    if sys.argv[1:2] and sys.argv[1] in ("fetch", "import", "sync"):
        return "stopped; every trial is whole. Run the same again to go on"
    return "stopped; the site is as it was"


def _is_heard() -> bool:
    """Whether Ctrl-C ends this process; jobs in a shell's background have it ignored."""
    return bool(_signal.getsignal(_signal.SIGINT) != _signal.SIG_IGN)


def _interrupt(*_: object) -> NoReturn:
    _signal.signal(_signal.SIGINT, _end)
    raise KeyboardInterrupt


def _end(*_: object) -> NoReturn:
    try:
        os.write(2, f"{stopped()}\n".encode())
    finally:
        os._exit(130)


def _end_if_interrupted(lost: sys.UnraisableHookArgs) -> None:
    """An exception that nobody can catch would be shown, and the command go on."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        _end()
    sys.__unraisablehook__(lost)


def _mask(how: str) -> None:
    if hasattr(_signal, how):  # Windows has neither masks nor exec
        _signal.pthread_sigmask(getattr(_signal, how), {_signal.SIGINT})

"""The command. Sets up an environment of its own on the first run, then hands over."""

# Ctrl-C ends this without a word until trialpages/machine/stopping.py has one.
import _signal  # type: ignore[import-not-found]

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

import os
import sys

_FOLDER = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120  (pathlib takes milliseconds)
if _FOLDER not in sys.path:  # PYTHONSAFEPATH leaves it out
    sys.path.insert(0, _FOLDER)

from trialpages.machine.stopping import stop_at_once  # noqa: E402

if __name__ == "__main__":
    stop_at_once()
    from trialpages.starting import start_installed

    start_installed()

"""The command. Sets up an environment of its own on the first run, then hands over."""

import sys
from pathlib import Path

_FOLDER = str(Path(__file__).resolve().parent)
if _FOLDER not in sys.path:  # PYTHONSAFEPATH leaves it out
    sys.path.insert(0, _FOLDER)

from trialpages.starting import start_installed  # noqa: E402

if __name__ == "__main__":
    start_installed()

"""How messages, hints and the notes in a site's files call a verb of the command."""

from __future__ import annotations

import shlex


def command(verb: str, *arguments: str) -> str:
    """By its name and what it is given, and not by what starts it: that is `build.py` in a clone of
    the program and `trialpages` where it is installed, and a note is read where either is.

    >>> command("import", "my file.json")
    "import 'my file.json'"
    """
    return " ".join((verb, *map(shlex.quote, arguments)))

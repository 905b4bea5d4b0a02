"""What the languages that are kept whole lack: asked before each release.

    python tests/whole_languages.py

Names the words, and ends with 1 where there are any. Whoever adds a word to the program writes it
in English; few of us can write it in Arabic too, and a guess would be worse than English.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from trialpages.language.site_language import read_language  # noqa: E402  (of this copy)

WHOLE = ("ar", "de", "es", "fr", "zh-Hans")
"""Another language may begin with as little as it likes."""


def wanted() -> Iterator[str]:
    """A line for each file that lacks words."""
    folder = PROJECT / "templates/strings"
    files = {f"strings/{path.name}": path.read_text("utf-8") for path in folder.glob("*.yaml")}
    for code in WHOLE:
        if lacking := read_language(code, files).lacking:
            yield f"add to templates/strings/{code}.yaml: {', '.join(sorted(lacking))}"


if __name__ == "__main__":
    lines = [*wanted()]
    print(*lines or ["each language has every word"], sep="\n")
    sys.exit(bool(lines))

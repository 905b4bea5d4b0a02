"""Where an index goes: as a web server needs it, as a folder on a disk needs it, or as both."""

from __future__ import annotations

import base64
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from trialpages.search.files import link_tree

_SHARED = re.compile(r"pagefind\.js|wasm\..*")
"""One engine serves all parts."""


@dataclass(frozen=True, slots=True)
class Target:
    """The site's `pagefind/`. What is no script is there twice: as it is, and as a script."""

    folder: Path
    native: bool = True
    """Whether a web server is to have it."""
    offline: bool = True
    """Whether a site opened from a folder is to have it."""

    def begin(self) -> None:
        """Make the folder anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def take(self, part: Path) -> None:
        """The files of a part of Pagefind's index, from where it is kept."""
        if self.native:
            link_tree(part / "index", self.folder / part.name, but=_SHARED)
        if self.offline:
            link_tree(part / "offline", self.folder / "offline" / part.name)

    def write(self, name: str, content: bytes) -> None:
        if self.native:
            _write(self.folder / name, content)
        if self.offline:
            _write(self.folder / "offline" / f"{name}.js", as_handed_over(content))

    def write_script(self, name: str, text: str) -> None:
        _write(self.folder / name, text.encode())


def as_handed_over(content: bytes) -> bytes:
    """A file as a script that hands it over."""
    return b'trialpagesIndexFile("%s")\n' % base64.b64encode(content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

"""Compiled templates, kept in the state folder: compiling takes longer than rendering 100 pages.

The shipped ones are compiled at set-up besides, so that a first build needn't do it.
"""

from __future__ import annotations

import contextlib
import glob
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from trialpages.digests import DIGEST_SIZE, digest
from trialpages.machine.disk import write_whole


@dataclass(frozen=True)
class CompiledTemplates(BytecodeCache):
    """Jinja2 itself sees to it that a template, or a Jinja2 or Python, of another version is out.

    What doesn't match its digest isn't loaded: damaged bytecode can bring Python down.
    """

    folder: Path
    made_from: Mapping[str, bytes]
    """By a template's name a digest of all that is compiled with it."""
    at_set_up: Path
    """Where the same may have been compiled already; only read."""

    def has(self, name: str) -> bool:
        """Whether a template is compiled."""
        return any((folder / self.get_cache_key(name)).exists() for folder in self._folders)

    def get_cache_key(self, name: str, _filename: str | None = None) -> str:
        """Named by its sources, so that another template is in a file of its own."""
        return f"{name.replace('/', '-')}.{self.made_from.get(name, b'').hex()}"

    def load_bytecode(self, bucket: Bucket) -> None:
        for folder in self._folders:
            with contextlib.suppress(OSError):
                content = (folder / bucket.key).read_bytes()
                if content[:DIGEST_SIZE] == digest(content[DIGEST_SIZE:]):
                    bucket.bytecode_from_string(content[DIGEST_SIZE:])
                    break

    def dump_bytecode(self, bucket: Bucket) -> None:
        content = bucket.bytecode_to_string()
        name = bucket.key.rpartition(".")[0]
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(self.folder / bucket.key, digest(content) + content)
            for path in self.folder.glob(f"{glob.escape(name)}.*"):
                if path.name != bucket.key and path.name.rpartition(".")[0] == name:
                    path.unlink()

    @property
    def _folders(self) -> tuple[Path, Path]:
        return self.folder, self.at_set_up


def at_set_up(language: str) -> Path:
    """Where set-up leaves the shipped templates compiled: beside this module's own bytecode, since
    whoever may write there may write the program."""
    return Path(__file__).parent / "__pycache__" / "templates" / language

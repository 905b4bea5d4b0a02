"""The web form's program: two packages of the npm registry, pinned by digest, kept beside the site.

They are fetched when somebody asks for it and never by a build, and served from the site itself,
so that the form's page asks nobody else. The repository holds none of their code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry, and which of its files go where below admin/."""

    name: str
    version: str
    integrity: str
    """As npm writes it: SHA-512 of the archive, in base64."""
    wanted: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


PACKAGES = (
    Package(
        "@sveltia/cms",
        "0.221.1",
        "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/"
        "WIgmkpswqoo3gQ==",
        {"package/npm/": "cms/", "package/LICENSE.txt": "cms/LICENSE.txt"},
    ),
    Package(
        "js-yaml",
        "5.5.0",
        "sha512-paNr4LFIFPjeeSmwNYdrb8FafLLG/Cr2Af3GjbsHJ5CxIjH4r0c2emlmRdAtpPAieP1gRVzk6buBbVP5"
        "gBMGAg==",
        {
            "package/dist/js-yaml.mjs": "js-yaml/js-yaml.js",
            "package/LICENSE": "js-yaml/LICENSE.txt",
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Program:
    """The program as it lies on this disk, or doesn't."""

    folder: Path

    @property
    def version(self) -> str:
        """What is there: empty where nothing is."""
        return self.folder.name if self.folder.is_dir() else ""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Path below admin/ and content of each file, by path."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(self.folder).as_posix(), path.read_bytes()


def program(state: Path) -> Program:
    """The program in the folder where a site keeps its state."""
    pinned = hashlib.sha256("".join(package.integrity for package in PACKAGES).encode())
    return Program(state / "form" / pinned.hexdigest()[:16])

"""Fetching the web form's program: by npm, or from archives that npm made elsewhere."""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from trialpages.form.program import PACKAGES, Package, program
from trialpages.machine.disk import remove
from trialpages.machine.disk_words import explained
from trialpages.problems import CallFailure, MachineFailure, Problem
from trialpages.text.commands import command

_LARGEST = 100_000_000
"""Bytes of one file."""
_PATIENCE = 300
"""Seconds for npm."""


def install(state: Path, archives: Iterable[Path] = ()) -> tuple[str, ...]:
    """Put the program into its place, from the archives given or by npm; returns what was new.

    Raises CallFailure for an archive that isn't one of those pinned, MachineFailure where npm or
    the disk fails.
    """
    place = program(state)
    if place.version:
        return ()
    given = {_integrity(content): content for content in map(_read, archives)}
    known = {package.integrity for package in PACKAGES}
    if unknown := given.keys() - known:
        names = ", ".join(map(str, PACKAGES))
        message = f"{len(unknown)} of the archives given is none of {names}, or is damaged"
        hint = "fetch them as they are in the npm registry: `npm pack` does"
        raise CallFailure(Problem("not-the-package", "error", message, hint=hint))
    with explained("write", place.folder), tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        for package in PACKAGES:
            unpack(given.get(package.integrity) or packed(package), package, whole)
        remove(state / "form")
        place.folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(whole, beside := place.folder.with_name("new"))
        beside.replace(place.folder)
    return tuple(map(str, PACKAGES))


def _read(path: Path) -> bytes:
    with explained("read", path):
        return path.read_bytes()


def _integrity(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def packed(package: Package) -> bytes:
    """The package's archive, fetched by npm and held to its digest. Raises MachineFailure."""
    npm = shutil.which("npm")
    if npm is None:
        raise _failure(f"npm isn't here, which fetches {package}", "install Node.js")
    with tempfile.TemporaryDirectory() as folder:
        call = [npm, "pack", str(package), "--pack-destination", folder, "--ignore-scripts"]
        try:
            done = subprocess.run(
                call, capture_output=True, text=True, timeout=_PATIENCE, check=False, cwd=folder
            )
        except subprocess.TimeoutExpired:
            raise _failure(
                f"npm didn't fetch {package} within {_PATIENCE} s", "try again"
            ) from None
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise _failure(f"npm couldn't fetch {package}: {said}", "check the network")
        content = archives[0].read_bytes()
    if _integrity(content) != package.integrity:
        raise _failure(f"what npm fetched isn't {package} as it was pinned", "don't use it")
    return content


def _failure(message: str, hint: str) -> MachineFailure:
    call = command("admin", "FILE.tgz")
    hint += f"; or give the archives that `npm pack` made elsewhere: `{call}`"
    return MachineFailure(Problem("no-program", "error", message, hint=hint))


def unpack(content: bytes, package: Package, folder: Path) -> None:
    """Write the files that are wanted; where they go is said here and not by the archive."""
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for member in archive:
            target = _target(member.name, package.wanted)
            if target is None or not member.isfile() or member.size > _LARGEST:
                continue
            file = archive.extractfile(member)
            if file is not None:
                path = folder / target
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.read())


def _target(name: str, wanted: Mapping[str, str]) -> PurePosixPath | None:
    """Where a file of the archive goes; None for one that isn't wanted, as maps for debuggers."""
    if name.endswith(".map") or ".." in PurePosixPath(name).parts:
        return None
    for source, target in wanted.items():
        if name == source or (source.endswith("/") and name.startswith(source)):
            return PurePosixPath(target + name.removeprefix(source))
    return None

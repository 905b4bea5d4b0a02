"""A built site in one zip, for use from a disk. The same site gives the same bytes."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path, PurePosixPath

from trialpages.machine.disk import FILE_MODE
from trialpages.machine.disk_words import explained
from trialpages.problems import CallFailure, Problem

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name; the files' own times would differ from build to build."""
_PACKED = (".png", ".jpg", ".woff2", ".gz")
_LEFT_OUT = re.compile(r"admin/|pagefind/(?!offline/)[^/]+/.*(?<!\.js)$|pagefind/wasm\.")
"""The web form is for editors and does nothing without its repository. Of the search index there
are two copies (search/index.py): that which only a web server can hand out stays behind too."""
_REGULAR = 0o100000


def write_bundle(site: Path, out: Path) -> int:
    """Write the files of `site` into the zip `out`, under one folder of its name; returns bytes.

    The web form stays out, and the copy of the search index that needs a web server. The zip
    appears whole or not at all. Raises MachineFailure where the disk refuses.
    """
    _refuse_foreign(out)
    beside = out.with_name(f".{out.name}.tmp")
    with explained("write", out, "choose another file with --out"):
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            with zipfile.ZipFile(beside, "w") as archive:
                for name in sorted(_files(site)):
                    _add(archive, PurePosixPath(out.stem, name), (site / name).read_bytes())
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
        return out.stat().st_size


def _refuse_foreign(out: Path) -> None:
    """Raise CallFailure for a file that isn't a zip: it would be lost."""
    with explained("look at", out):
        if not out.is_file():
            return
        with out.open("rb") as file:
            if file.read(2) == b"PK":
                return
    hint = "choose another name with --out"
    message = f"{out} is there already and is no zip, so it won't be replaced"
    raise CallFailure(Problem("not-a-zip", "error", message, hint=hint))


def _files(site: Path) -> list[str]:
    """The files wanted, by their paths in the site. Links are not followed: a site has none."""
    found = (Path(folder, name) for folder, _, names in os.walk(site) for name in names)
    paths = (path.relative_to(site).as_posix() for path in found)
    return [path for path in paths if not _LEFT_OUT.match(path)]


def _add(archive: zipfile.ZipFile, name: PurePosixPath, content: bytes) -> None:
    entry = zipfile.ZipInfo(str(name), _EARLIEST)
    entry.external_attr = (_REGULAR | FILE_MODE) << 16
    entry.create_system = 3  # the same on Windows, where zipfile would say otherwise
    entry.compress_type = zipfile.ZIP_STORED if name.suffix in _PACKED else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content, compresslevel=9)

"""Pagefind's code and files in the form that a site opened from a folder can read.

Over file:// a browser refuses fetch, modules and workers, but not classic scripts. So Pagefind's
own code is rewrapped as a classic script, for http and file:// alike, and its reads go through the
page's one door (theme/search/10-load.js): from a folder to small scripts, each handing over one
index file as base64. None of those is requested over http.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from trialpages.search.files import read
from trialpages.search.pagefind import unknown_shape
from trialpages.search.target import Target, as_handed_over

LAYOUT = "7"
"""Changes when the files written here do, so that no part kept from before is taken for one."""

# Each must be in pagefind.js exactly once; otherwise it isn't the Pagefind this module knows.
_KNOWN_VERSION = 'const pagefind_version="1.5.2";'
_EXPORTS = "createInstance,debouncedSearch,destroy,filters,init,mergeIndex,options,preload,search"
_REWRITES = (
    # A classic script has no import.meta; every part is opened with its own path.
    (
        'if(typeof import.meta.url!=="undefined"){let derivedBasePath=import.meta.url.match(',
        'if(true){let derivedBasePath="/pagefind.js".match(',
    ),
    (
        'if(explicit)return explicit;if(typeof import.meta.url!=="undefined"){'
        "return import.meta.url.match(",
        'if(true){return "/pagefind.js".match(',
    ),
    ("await fetch(queued.input)", "await readIndexFile(queued.input)"),
    # The parts are searched one by one, which only the inner class can do with a single engine.
    (f"export{{{_EXPORTS}}};", "window.trialpagesPagefind={Part:PagefindInstance};"),
)
_MODULE_SYNTAX = re.compile(r"\bimport\s*[.(]|\bexport\s*[{*]|\bexport\s+\w")

_READER = """\
const readIndexFile = async (address) => {
  const name = address.slice(1).split("?")[0].replace(/^.*\\/(?=wasm\\.)/, "");
  return new Response(await window.trialpagesSearch.pagefindFile(name));
};
"""


def write_engine(index: Path, target: Target) -> dict[str, int]:
    """Write what all parts share: the code, and the engine.

    Returns the engine's sum (CRC-32) by its name.
    """
    sums = {}
    code = _rewrap((index / "pagefind.js").read_text(encoding="utf-8"))
    target.write_script("engine.js", code)
    for path in sorted(index.glob("wasm.*.pagefind")):
        content = path.read_bytes()
        sums[path.name] = zlib.crc32(content)
        target.write(_safe(path.name), content)
    return sums


def write_twin(index: Path, target: Path) -> None:
    """Write every file of one part of the index as a script."""
    (target / "index").mkdir(parents=True, exist_ok=True)
    for name in index_files(index):
        (target / f"{name}.js").write_bytes(as_handed_over(read(f"{index}/{name}")))


def _rewrap(code: str) -> str:
    """pagefind.js, an ES module, as a classic script that sets `window.trialpagesPagefind`."""
    _expect_once(code, _KNOWN_VERSION)
    for known, replacement in _REWRITES:
        _expect_once(code, known)
        code = code.replace(known, replacement)
    if found := _MODULE_SYNTAX.search(code):
        raise unknown_shape(f"it still holds `{found.group()}`")
    return f'(() => {{\n"use strict";\n{_READER}{code}\n}})();\n'


def _expect_once(code: str, known: str) -> None:
    count = code.count(known)
    if count != 1:
        raise unknown_shape(f"`{known[:60]}` is in it {count} times, not once")


def index_files(index: Path) -> Iterator[str]:
    """The paths of a part's own files below its folder, in a stable order."""
    yield "pagefind-entry.json"
    yield from (_safe(path.name) for path in sorted(index.glob("*.pf_meta")))
    yield from (_safe(f"index/{name}") for name in sorted(os.listdir(index / "index")))  # noqa: PTH208


_SAFE_NAME = re.compile(r"([a-z]+/)?[A-Za-z0-9][A-Za-z0-9_.-]*")


def _safe(name: str) -> str:
    if not _SAFE_NAME.fullmatch(name):
        raise unknown_shape(f"the index holds a file named {name!r}")
    return name

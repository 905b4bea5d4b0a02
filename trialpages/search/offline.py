"""Pagefind's code and files in the form that a site opened from a folder can read.

Over file:// a browser refuses fetch, modules and workers, but not classic scripts. So Pagefind's
own code is rewrapped as a classic script, for http and file:// alike; from a folder its reads go
to small scripts, each handing over one index file as base64. None of those is requested over http.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path

from trialpages.search.files import read
from trialpages.search.pagefind import unknown_shape

LAYOUT = "5"
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
const home = document.currentScript.src;
const fromFolder = location.protocol === "file:";
const handedOver = new Map();
window.trialpagesIndexFile = (base64) => handedOver.set(document.currentScript.src, base64);
const readScript = (name) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = new URL(`offline/${name}.js`, home).href;
  script.onerror = () => { script.remove(); reject(new Error(`${name} can't be read`)); };
  script.onload = () => {
    script.remove();
    const letters = atob(handedOver.get(script.src));
    handedOver.delete(script.src);
    resolve(new Response(Uint8Array.from(letters, (letter) => letter.charCodeAt(0))));
  };
  document.head.append(script);
});
const readOverHttp = async (name) => {
  const response = await fetch(new URL(name, home));
  return response.ok ? response : readScript(name); // the offline copy, served
};
const readIndexFile = (address) => {
  const name = address.slice(1).split("?")[0].replace(/^.*\\/(?=wasm\\.)/, "");
  return fromFolder ? readScript(name) : readOverHttp(name);
};
"""


def write_engine(index: Path, target: Path, *, native: bool, offline: bool) -> None:
    """Write what all parts share: the code, and the engine in the forms that are wanted."""
    code = _rewrap((index / "pagefind.js").read_text(encoding="utf-8"))
    (target / "engine.js").write_text(code, encoding="utf-8")
    for path in sorted(index.glob("wasm.*.pagefind")):
        content = path.read_bytes()
        if native:
            (target / path.name).write_bytes(content)
        if offline:
            script = target / "offline" / f"{_safe(path.name)}.js"
            script.write_text(_hand_over(content), encoding="ascii")


def write_twin(index: Path, target: Path) -> None:
    """Write every file of one part of the index as a script."""
    for folder in "index", "fragment":
        (target / folder).mkdir(parents=True, exist_ok=True)
    for name in _index_files(index):
        script = _hand_over(read(f"{index}/{name}"))
        (target / f"{name}.js").write_text(script, encoding="ascii")


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


def _index_files(index: Path) -> Iterator[str]:
    """The paths of a part's own files below its folder, in a stable order."""
    yield "pagefind-entry.json"
    yield from (_safe(path.name) for path in sorted(index.glob("*.pf_meta")))
    for folder in "index", "fragment":
        yield from (_safe(f"{folder}/{name}") for name in sorted(os.listdir(index / folder)))  # noqa: PTH208


_SAFE_NAME = re.compile(r"([a-z]+/)?[A-Za-z0-9][A-Za-z0-9_.-]*")


def _safe(name: str) -> str:
    if not _SAFE_NAME.fullmatch(name):
        raise unknown_shape(f"the index holds a file named {name!r}")
    return name


def _hand_over(content: bytes) -> str:
    return f'trialpagesIndexFile("{base64.b64encode(content).decode("ascii")}")\n'

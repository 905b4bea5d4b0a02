"""The same index for a site opened from a folder.

Over file:// a browser refuses fetch, modules and workers, but not classic scripts. So Pagefind's
own code is rewrapped as a classic script whose reads go to small scripts beside it, each handing
over one index file as base64. Nothing of it is requested over http.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

from trialpages.problems import MachineFailure, Problem

# Each must be in pagefind.js exactly once; otherwise it isn't the Pagefind this module knows.
_KNOWN_VERSION = 'const pagefind_version="1.5.2";'
_EXPORTS = "createInstance,debouncedSearch,destroy,filters,init,mergeIndex,options,preload,search"
_REWRITES = (
    # The offline reader knows files by their path below the index.
    (
        'if(typeof import.meta.url!=="undefined"){let derivedBasePath=import.meta.url.match(',
        'if(true){let derivedBasePath="/pagefind.js".match(',
    ),
    (
        'if(explicit)return explicit;if(typeof import.meta.url!=="undefined"){'
        "return import.meta.url.match(",
        'if(true){return "/pagefind.js".match(',
    ),
    ("await fetch(queued.input)", "await readOffline(queued.input)"),
    ("if(hasWorkerSupport&&!this.initOptions.noWorker){", "if(false){"),
    (f"export{{{_EXPORTS}}};", f"window.trialpagesPagefind={{{_EXPORTS}}};"),
)
_MODULE_SYNTAX = re.compile(r"\bimport\s*[.(]|\bexport\s*[{*]|\bexport\s+\w")

_READER = """\
const offlineFolder = document.currentScript.src;
const handedOver = new Map();
window.trialpagesPagefindFile = (name, base64) => handedOver.set(name, base64);
const loadOffline = (name) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = new URL(`${name}.js`, offlineFolder).href;
  script.onload = () => { script.remove(); resolve(); };
  script.onerror = () => { script.remove(); reject(new Error(`${name} can't be read`)); };
  document.head.append(script);
});
const readOffline = async (address) => {
  const name = address.slice(1).split("?")[0];
  await loadOffline(name);
  const bytes = Uint8Array.from(atob(handedOver.get(name)), (letter) => letter.charCodeAt(0));
  handedOver.delete(name);
  return new Response(bytes);
};
"""


def write_offline(pagefind: Path) -> None:
    """Write `pagefind/offline/`: every index file, and Pagefind itself, as classic scripts."""
    code = _rewrap((pagefind / "pagefind.js").read_text(encoding="utf-8"))
    offline = pagefind / "offline"
    offline.mkdir()
    (offline / "pagefind.js").write_text(code, encoding="utf-8")
    for name in _index_files(pagefind):
        script = offline / f"{name}.js"
        script.parent.mkdir(exist_ok=True)
        script.write_text(_hand_over(name, (pagefind / name).read_bytes()), encoding="ascii")


def _rewrap(code: str) -> str:
    """pagefind.js, an ES module, as a classic script that sets `window.trialpagesPagefind`."""
    _expect_once(code, _KNOWN_VERSION)
    for known, replacement in _REWRITES:
        _expect_once(code, known)
        code = code.replace(known, replacement)
    if found := _MODULE_SYNTAX.search(code):
        raise _unknown_shape(f"it still holds `{found.group()}`")
    return f'(() => {{\n"use strict";\n{_READER}{code}\n}})();\n'


def _expect_once(code: str, known: str) -> None:
    count = code.count(known)
    if count != 1:
        raise _unknown_shape(f"`{known[:60]}` is in it {count} times, not once")


def _index_files(pagefind: Path) -> Iterator[str]:
    """The paths of the index's own files below `pagefind`, in a stable order."""
    yield "pagefind-entry.json"
    for pattern in ("*.pf_meta", "*.pagefind", "index/*", "fragment/*", "filter/*"):
        for path in sorted(pagefind.glob(pattern)):
            yield _safe(path.relative_to(pagefind).as_posix())


_SAFE_NAME = re.compile(r"([a-z]+/)?[A-Za-z0-9][A-Za-z0-9_.-]*")


def _safe(name: str) -> str:
    if not _SAFE_NAME.fullmatch(name):
        raise _unknown_shape(f"the index holds a file named {name!r}")
    return name


def _hand_over(name: str, content: bytes) -> str:
    encoded = base64.b64encode(content).decode("ascii")
    return f"trialpagesPagefindFile({json.dumps(name)},{json.dumps(encoded)});\n"


def _unknown_shape(why: str) -> MachineFailure:
    return MachineFailure(
        Problem(
            "pagefind-shape",
            "error",
            f"This Pagefind isn't the one trialpages can make work offline: {why}.",
            hint="Install the version in pyproject.toml: pip install pagefind-bin==1.5.2.",
        )
    )

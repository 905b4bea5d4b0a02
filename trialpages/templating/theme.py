"""The theme's files under their published names, and what each template depends on."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from trialpages.digests import digest
from trialpages.prose.editors_tokens import Picture, Pictures
from trialpages.templating.slim_scripts import slimmed


@dataclass(frozen=True, slots=True)
class Theme:
    """The theme's files under the names they are published by."""

    files: Mapping[str, bytes]
    """`assets/site.1a2b3c4d.css` -> its bytes."""
    names: Mapping[str, str]
    """`site.css` -> `assets/site.1a2b3c4d.css`."""


def fingerprinted(files: Mapping[str, bytes]) -> Theme:
    """The theme with a digest of each file in its name, so that browsers may keep it for ever.

    The scripts of a folder are one file of its name, `search/10-load.js` … are `search.js`, and
    that begins with what other pages have alone (_WITHIN), as its styles do; no script holds
    remarks.
    """
    joined = _with_others_within(_with_folders_joined(files))
    files = {name: _as_sent(name, content) for name, content in joined.items()}
    names = {name: _fingerprinted(name, content) for name, content in files.items()}
    return Theme({names[name]: content for name, content in files.items()}, names)


_SCRIPT_IN_FOLDER = re.compile(r"([^/]+)/[^/]+\.js")


def _with_folders_joined(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    joined: dict[str, bytes] = {}
    for name in sorted(files):
        folder = _SCRIPT_IN_FOLDER.fullmatch(name)
        if folder and folder[1] != "media":
            joined[f"{folder[1]}.js"] = joined.get(f"{folder[1]}.js", b"") + files[name]
        else:
            joined[name] = files[name]
    return joined


_WITHIN = {"search.js": ("star.js", "near.js", "packs.js"), "search.css": ("site.css",)}
_ON_PAPER = {"search.css": "print.css"}
"""A first search waits for each request, and has these in one."""


def _with_others_within(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    def whole(name: str) -> bytes:
        found = b"".join(files.get(one, b"") for one in (*_WITHIN.get(name, ()), name))
        on_paper = files.get(_ON_PAPER.get(name, ""), b"")
        return b"%s@media print {\n%s}\n" % (found, on_paper) if on_paper else found

    return {name: whole(name) for name in files}


def _as_sent(name: str, content: bytes) -> bytes:
    if not name.endswith(".js"):
        return content
    try:
        return slimmed(content.decode()).encode()
    except UnicodeDecodeError:
        return content


def _fingerprinted(name: str, content: bytes) -> str:
    path = PurePosixPath("assets", name)
    digest = hashlib.sha256(content).hexdigest()[:8]
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


def pictures_of(theme: Theme, up: str = "") -> Pictures:
    """The editor's pictures among a theme's files, by their names in content/media; `up` is the way
    from the root of a language to the site's, where they are."""

    @cache
    def found(name: str) -> Picture | None:
        path = theme.names.get(f"media/{name}")
        return Picture(up + path, *_size(path, theme.files[path])) if path else None

    return found


def _size(path: str, picture: bytes) -> tuple[int, int]:
    """Width and height in pixels, 0 where a picture doesn't say them or says more than any has."""
    import imagesize  # type: ignore[import-untyped]

    # The library would take the size of what is drawn in an SVG for that of the whole.
    root = _ROOT.search(picture) if path.endswith(".svg") else None
    width, height = imagesize.get(io.BytesIO(root[0] if root else picture))
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        return 0, 0
    return round(width), round(height)


_ROOT = re.compile(rb"<svg\s[^>]*>")
_LARGEST = 50_000


_PULLS_IN = re.compile(r"\{%-?\s*(?:extends|include|import|from)\s+(?:[\"']([^\"']+)[\"'])?")


def template_digests(templates: Mapping[str, str]) -> Mapping[str, bytes]:
    """For each template a digest of it and of all that it pulls in, directly or not."""
    own = {name: digest(text.encode()) for name, text in templates.items()}
    needs = {name: set(_PULLS_IN.findall(text)) for name, text in templates.items()}
    return {
        name: digest(*(own[other] for other in sorted(_closure(name, needs)) if other in own))
        for name in templates
    }


def _closure(name: str, needs: Mapping[str, set[str]]) -> set[str]:
    found, ahead = set[str](), {name}
    while ahead:
        one = ahead.pop()
        found.add(one)
        # A name that is worked out may be any template's: '' stands for all of them.
        ahead |= (set(needs) if one == "" else needs.get(one, set())) - found
    return found

"""How large a site is, against what GitHub Pages takes."""

from __future__ import annotations

import os
from pathlib import Path

from trialpages.problems import Problem

PAGES_BYTES = 1_000_000_000
"""GitHub Pages: "Published sites may be no larger than 1 GB"."""
_NEAR = 0.9


def site_bytes(site: Path) -> int:
    """The bytes of all files of a site."""
    total = 0
    folders = [str(site)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_size
    return total


def check_size(size: int) -> tuple[Problem, ...]:
    """A warning for a site that GitHub Pages may refuse."""
    if size < PAGES_BYTES * _NEAR:
        return ()
    message = f"the site has {size / 1e9:.2f} GB; GitHub Pages takes {PAGES_BYTES / 1e9:.0f} GB"
    hint = "publish fewer trials a site, leave search out (--no-search), or use another web server"
    return (Problem("site-size", "warning", message, hint=hint),)

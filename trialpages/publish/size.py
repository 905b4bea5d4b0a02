"""How large a site is, against what GitHub Pages takes."""

from __future__ import annotations

from trialpages.problems import Problem

PAGES_BYTES = 1_000_000_000
"""GitHub Pages: "Published sites may be no larger than 1 GB"."""
_NEAR = 0.9


def check_size(size: int) -> tuple[Problem, ...]:
    """A warning for a site that GitHub Pages may refuse."""
    if size < PAGES_BYTES * _NEAR:
        return ()
    message = f"the site has {size / 1e9:.2f} GB; GitHub Pages takes {PAGES_BYTES / 1e9:.0f} GB"
    hint = "publish fewer trials a site, leave search out (--no-search), or use another web server"
    return (Problem("site-size", "warning", message, hint=hint),)

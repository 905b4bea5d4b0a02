"""How large a site is, against what the common hosts take."""

from __future__ import annotations

from dataclasses import dataclass

from trialpages.problems import Problem


@dataclass(frozen=True, slots=True)
class Extent:
    """What a site takes of a host, without the index's copy for disks."""

    size: int
    """Bytes."""
    files: int
    largest: int = 0
    """Bytes of the largest file."""


@dataclass(frozen=True, slots=True)
class _Host:
    name: str
    most: Extent
    """0 for what it doesn't limit."""

    def beyond(self, site: Extent) -> str:
        """The limit that a site is beyond, in words; '' for none."""
        if self.most.size and site.size > self.most.size:
            return f"{self.name} ({self.most.size / 1e9:.0f} GB)"
        if self.most.files and site.files > self.most.files:
            return f"{self.name} ({self.most.files:,} files)"
        if self.most.largest and site.largest > self.most.largest:
            return f"{self.name} ({self.most.largest / 2**20:.0f} MiB a file)"
        return ""


PAGES_BYTES = 1_000_000_000
HOSTS = (
    _Host("GitHub Pages", Extent(PAGES_BYTES, 0)),
    _Host("Cloudflare Pages", Extent(0, 20_000, 25 * 2**20)),
    _Host("GitLab Pages", Extent(1_000_000_000, 200_000)),
)
"""As their documentation has it: docs/publishing.md says where, and when it was read."""
_NEAR = 0.9


def said_of(site: Extent) -> str:
    """`1.2 MB in 57 files to upload`, and which hosts take no such site."""
    beyond = ", ".join(filter(None, (host.beyond(site) for host in HOSTS)))
    files = f"{site.files:,} file{'' if site.files == 1 else 's'}"
    said = f"{site.size / 1e6:,.1f} MB in {files} to upload"
    return f"{said}: too much for {beyond}" if beyond else said


def check_size(site: Extent) -> tuple[Problem, ...]:
    """A warning for a site that GitHub Pages may refuse."""
    if site.size < PAGES_BYTES * _NEAR:
        return ()
    message = (
        f"the site has {site.size / 1e9:.2f} GB; GitHub Pages takes {PAGES_BYTES / 1e9:.0f} GB"
    )
    hint = "publish fewer trials a site, leave search out (--no-search), or use another web server"
    return (Problem("site-size", "warning", message, hint=hint),)

"""Where the site is published, for links in a report."""

from __future__ import annotations

from pathlib import Path

from trialpages.around import read_settings
from trialpages.problems import Failure
from trialpages.reading import read_content


def site_url(content: Path) -> str:
    """The site's URL as site.yaml has it; '' where it has none or can't be read."""
    try:
        return read_settings(read_content(content))[0].url
    except Failure:
        return ""

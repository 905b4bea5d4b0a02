"""The QR code on the paper of a trial's page: the page's address, where the site has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import segno
from sites import build_site, trial_text

from trialpages.trial.qr import qr_code

ADDRESS = "https://rest.example/trials/NCT00000001.html"


def _modules(path: str) -> set[tuple[int, int]]:
    """The dark modules (x, y) that an SVG path of horizontal strokes draws."""
    dark, x, y = set[tuple[int, int]](), 0, 0
    for command, numbers in re.findall(r"([Mmh])([\d. ]+)", path):
        first, *rest = numbers.split()
        if command == "M":
            x, y = int(first), int(rest[0].removesuffix(".5"))
        elif command == "m":
            x += int(first)
        else:
            dark |= {(x + i, y) for i in range(int(first))}
            x += int(first)
    return dark


@pytest.mark.parametrize("text", [ADDRESS, "A", ADDRESS * 6])
def test_the_drawing_has_the_modules_of_the_code(text: str) -> None:
    rows = segno.make(text, error="m", micro=False, mask=7).matrix
    found = qr_code(text)
    assert found.size == len(rows)
    assert _modules(found.path) == {
        (x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    }


def _page(project: Path, settings: str) -> str:
    build_site(project, {"site.yaml": settings, "trials/NCT00000001.md": trial_text()})
    return (project / "site/trials/NCT00000001.html").read_text()


def test_a_page_has_the_code_of_its_own_address_where_there_is_one(tmp_path: Path) -> None:
    title = "title: Rest\n"
    url = f"{title}url: https://rest.example/\n"
    assert f'<path d="{qr_code(ADDRESS).path}"/>' in _page(tmp_path, url)
    assert 'class="qr' not in _page(tmp_path, f"{url}qr: false\n")
    assert 'class="qr' not in _page(tmp_path, title)

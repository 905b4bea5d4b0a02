"""The QR code on the paper of a trial's page: the page's address, where the site has one."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
import segno
from sites import build_site, trial_text

from trialpages.trial.qr import qr_code

ADDRESS = "https://rest.example/trials/NCT00000001.html"


def _modules(address: str) -> list[str]:
    """The rows of a picture of one bit a pixel, a dark one as 1."""
    picture = b64decode(address.removeprefix("data:image/png;base64,"))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = dict[bytes, bytes](), 8
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        kind, content = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", picture, at + 8 + length)[0] == zlib.crc32(kind + content)
        chunks[kind], at = content, at + length + 12
    size, high, *form = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (size, form) == (high, [1, 0, 0, 0, 0])
    pixels, wide = zlib.decompress(chunks[b"IDAT"]), 1 + -(-size // 8)
    lines = [pixels[start : start + wide] for start in range(0, len(pixels), wide)]
    assert {line[0] for line in lines} == {0}
    bits = ["".join(f"{byte:08b}" for byte in line[1:])[:size] for line in lines]
    return [row.translate(str.maketrans("01", "10")) for row in bits]


@pytest.mark.parametrize("text", [ADDRESS, "A", ADDRESS * 6])
def test_the_drawing_has_the_modules_of_the_code(text: str) -> None:
    rows = segno.make(text, error="m", micro=False, mask=7).matrix
    found = _modules(qr_code(text))
    wide = len(rows) + 8
    blank, side = ["0" * wide] * 4, "0" * 4
    assert found == [*blank, *(side + "".join(map(str, row)) + side for row in rows), *blank]


def _page(project: Path, settings: str) -> str:
    build_site(project, {"site.yaml": settings, "trials/NCT00000001.md": trial_text()})
    return (project / "site/trials/NCT00000001.html").read_text()


def test_a_page_has_the_code_of_its_own_address_where_there_is_one(tmp_path: Path) -> None:
    title = "title: Rest\n"
    url = f"{title}url: https://rest.example/\n"
    assert f'src="{qr_code(ADDRESS)}"' in _page(tmp_path, url)
    assert 'class="qr' not in _page(tmp_path, f"{url}qr: false\n")
    assert 'class="qr' not in _page(tmp_path, title)

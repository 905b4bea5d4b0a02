"""Group K: pictures that do more than draw."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from browser import serve, settle
from playwright.sync_api import Browser, Error, Page, Route

from faults.counts import count
from faults.rows import Row
from faults.sandbox import project, sample
from trialpages.settings.pictures import check_picture

# --- 63 -----------------------------------------------------------------------------------------

_OUT = "http://other.example"
_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_ASKS = f"fetch('{_OUT}/x')"
_DATA = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
_DRAWN = '<rect id="r" width="99" height="99"/><text y="50">x</text>'


def _svg(inside: str, root: str = "", head: str = "") -> bytes:
    return f'{head}<svg {_SVG} width="99" height="99" {root}>{inside}{_DRAWN}</svg>'.encode()


def _styled(css: str) -> bytes:
    return _svg(f"<style>{css}</style>")


def _encoded(name: str, codec: str, inside: str) -> bytes:
    head = f'<?xml version="1.0" encoding="{name}"?>'
    return _svg(inside, head=head).decode().encode(codec)


def _entity(declared: str, used: str, system: str = "") -> bytes:
    return _svg(used, head=f"<!DOCTYPE svg {system}[{declared}]>")


_SCRIPT = f"<script>{_ASKS}</script>"
_SHEETS = (
    f"@import '{_OUT}/x.css';",
    f"@import url({_OUT}/x.css);",
    f"@\\69mport '{_OUT}/x.css';",
    f"@IMPORT '{_OUT}/x.css';",
    f"@import/**/'{_OUT}/x.css';",
    f"rect {{ fill: url({_OUT}/x.svg#a) }}",
    f"rect {{ filter: url('{_OUT}/x.svg#a') }}",
    f"rect {{ mask: \\75rl({_OUT}/x.svg#a) }}",
    f"rect {{ mask: u\\72 l({_OUT}/x.svg#a) }}",
    f"rect {{ mask-image: URL( '{_OUT}/x.png' ) }}",
    f"svg {{ background: image-set('{_OUT}/x.png' 1x) }}",
    f"svg {{ background: -webkit-image-set('{_OUT}/x.png' 1x) }}",
    f"svg {{ background: image-set(\"{_OUT}/x.png\" type('image/png')) }}",
    f"svg {{ background-image: cross-fade(url({_OUT}/x.png), red, 50%) }}",
    f"svg {{ cursor: url({_OUT}/x.cur), auto }}",
    f"svg {{ --x: url({_OUT}/x.png); background: var(--x) }}",
    f"@font-face {{ font-family: f; src: url({_OUT}/f.woff2) }} text {{ font-family: f }}",
    f"@media all {{ svg {{ background: url({_OUT}/x.png) }} }}",
    f"@supports (fill: red) {{ svg {{ background: url({_OUT}/x.png) }} }}",
    f"@layer x {{ svg {{ background: url({_OUT}/x.png) }} }}",
    f"svg {{ & {{ background: url({_OUT}/x.png) }} }}",
    f"svg:hover, svg {{ list-style: url({_OUT}/x.png) inside; display: list-item }}",
    f"svg {{ border-image: url('{_OUT}/x.png') 1 }}",
    f"svg {{ shape-outside: url({_OUT}/x.png); float: left }}",
    f"text::before {{ content: url({_OUT}/x.png) }} svg {{ content: url({_OUT}/y.png) }}",
    "svg { background: url(//other.example/x.png) }",
    "svg { background: url(&#104;ttp://other.example/x.png) }",
    f"<![CDATA[svg {{ background: url({_OUT}/x.png) }}]]>",
    f"<desc/>@import url({_OUT}/x.css);",
    f"@im<!-- -->port url({_OUT}/x.css);",
    f"{' ' * 9000}@import url({_OUT}/x.css);",
    f"svg {{ background: src('{_OUT}/x.png') }}",
    f"@namespace x '{_OUT}'; @import '{_OUT}/x.css';",
)
_ATTRIBUTES = (
    f'<rect fill="url({_OUT}/x.svg#a)" width="9" height="9"/>',
    f'<rect filter="u\\72l({_OUT}/x.svg#a)" width="9" height="9"/>',
    f'<rect style="mask-image: image-set(\'{_OUT}/x.png\' 1x)" width="9" height="9"/>',
    f'<g style="cursor: url({_OUT}/x.cur), auto">{_DRAWN}</g>',
    f'<image href="{_OUT}/x.png" width="9" height="9"/>',
    f'<image xlink:href="{_OUT}/x.png" width="9" height="9"/>',
    f'<image href=" &#10;{_OUT}/x.png" width="9" height="9"/>',
    '<image href="//other.example/x.png" width="9" height="9"/>',
    f'<image href="{_DATA}" width="9" height="9"/>',
    f'<use href="{_OUT}/x.svg#a"/>',
    f'<use href="{_DATA}#a"/>',
    f'<filter id="f"><feImage href="{_OUT}/x.png"/></filter><g filter="url(#f)">{_DRAWN}</g>',
    f'<linearGradient id="g" href="{_OUT}/x.svg#a"/><rect fill="url(#g)" width="9" height="9"/>',
    f'<text><textPath href="{_OUT}/x.svg#a">x</textPath></text>',
    f'<image xml:base="{_OUT}/" href="#x"/>',
    f'<a href="{_OUT}"><animate attributeName="href" to="{_OUT}/y" dur="1s"/>{_DRAWN}</a>',
    f'<image width="9" height="9"><set attributeName="href" to="{_OUT}/x.png"/></image>',
    f'<rect width="9" height="9"><animate attributeName="fill" values="url({_OUT}/x#a)"/></rect>',
    f'<path d="M0 0" onload="{_ASKS}"/>',
)
_ELEMENTS = (
    _SCRIPT,
    f'<script href="{_OUT}/x.js"/>',
    f'<s:script xmlns:s="http://www.w3.org/2000/svg">{_ASKS}</s:script>',
    f'<script xmlns="http://www.w3.org/1999/xhtml">{_ASKS}</script>',
    '<foreignObject width="9" height="9">'
    f'<img xmlns="http://www.w3.org/1999/xhtml" src="{_OUT}/x"/></foreignObject>',
    f'<img xmlns="http://www.w3.org/1999/xhtml" src="{_OUT}/x"/>',
    f'<link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" href="{_OUT}/x.css"/>',
    f'<iframe xmlns="http://www.w3.org/1999/xhtml" src="{_OUT}/x"/>',
    f'<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url={_OUT}/x"/>',
    f'<video xmlns="http://www.w3.org/1999/xhtml" src="{_OUT}/x" autoplay="1"/>',
    f'<metadata xmlns:h="http://www.w3.org/1999/xhtml"><h:img src="{_OUT}/x"/></metadata>',
    f'<desc><object xmlns="http://www.w3.org/1999/xhtml" data="{_OUT}/x"/></desc>',
)
HOSTILE = [
    *map(_styled, _SHEETS),
    *map(_svg, (*_ATTRIBUTES, *_ELEMENTS)),
    _svg("", root=f'onload="{_ASKS}"'),
    _svg("", head=f'<?xml-stylesheet href="{_OUT}/x.css" type="text/css"?>'),
    _svg("", head=f'<?xml-stylesheet href="{_OUT}/x.xsl" type="text/xsl"?>'),
    _encoded("UTF-16", "utf-16", _SCRIPT),
    _encoded("UTF-7", "ascii", _SCRIPT.replace("<", "+ADw-").replace(">", "+AD4-")),
    _encoded("ISO-2022-JP", "ascii", _SCRIPT),
    _encoded("EBCDIC-CP-US", "ascii", ""),
    _encoded("x-user-defined", "ascii", _SCRIPT),
    _encoded("GBK", "gbk", f"<desc>試</desc>{_SCRIPT}"),
    _encoded("no-such", "ascii", ""),
    _entity(f'<!ENTITY x "{_SCRIPT}">', "&x;"),
    _entity(f'<!ENTITY x SYSTEM "{_OUT}/x">', "&x;"),
    _entity(f'<!ENTITY % x SYSTEM "{_OUT}/x"> %x;', ""),
    _entity(f'<!ATTLIST image href CDATA "{_OUT}/x.png">', '<image width="9" height="9"/>'),
    _entity("<!ENTITY a 'a'><!ENTITY b '&a;&a;'>", "<desc>&b;</desc>"),
    _svg("&x;", head=f'<!DOCTYPE svg SYSTEM "{_OUT}/x.dtd">'),
    f'<html xmlns="http://www.w3.org/1999/xhtml"><img src="{_OUT}/x"/></html>'.encode(),
    b"\xff\xfe" + _svg(_SCRIPT).decode().encode("utf-16-le"),
    _svg(_SCRIPT).decode().encode("utf-32"),
    b"\x1f\x8b" + _svg(_SCRIPT),
]
"""What a picture can do beside drawing, and what hides it."""

DRAWINGS = [
    _svg(""),
    _styled(
        ".a { fill: url(#g); font: 700 9px 'Noto Sans' } .b:not(.a) { fill: rgb(0 0 0 / 50%) }"
    ),
    _styled("@media (prefers-color-scheme: dark) { rect { fill: #fff } } /* dark */"),
    _svg('<linearGradient id="g"/><g fill="url( \'#g\' )" transform="rotate(9 1 1)"/>'),
    _svg(
        '<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>'
        '<use xlink:href="#r"/><title>A (b) \\ c @ d</title>'
    ),
    _svg(
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'
        '<g id="Layer 1 (copy)" data-name="a\\b(c)" aria-label="x (y)"/>',
        head='<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC '
        '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n',
    ),
]
"""What drawing programs write."""


def _asked(page: Page, address: str) -> list[str]:
    """The requests to other hosts that opening an address leads to, and dialogs."""
    found: list[str] = []

    def note(route: Route) -> None:
        if route.request.url.startswith((address.rpartition("/")[0], "data:")):
            route.continue_()
        else:
            found.append(route.request.url)
            route.fulfill(body="")

    page.route("**/*", note)
    page.goto(address)
    with contextlib.suppress(Error):  # of a picture that leads its page away meanwhile
        settle(page)
    page.unroute_all()
    return found


def _ask(browser: Browser, folder: Path, pictures: dict[str, bytes]) -> dict[str, list[str]]:
    """What each picture asks for that is opened by its own address."""
    for name, content in pictures.items():
        (folder / name).write_bytes(content)
    with serve(folder, "/") as address:
        page = browser.new_page()
        found = {name: _asked(page, f"{address}{name}") for name in pictures}
        page.close()
    return found


@pytest.mark.browser
def test_row_63_pictures(row: Row, tmp_path: Path, browser: Browser) -> None:
    named = {f"h{number}.svg": content for number, content in enumerate(HOSTILE)}
    accepted = {name: one for name, one in named.items() if not check_picture(one, name)}
    drawings = {f"d{number}.svg": content for number, content in enumerate(DRAWINGS)}
    refused = {name: check_picture(one, name) for name, one in drawings.items()}
    made = project(tmp_path / "p", trials=1)
    made.write({f"media/{name}": content for name, content in drawings.items()})
    made.build()
    asking = _ask(browser, tmp_path, {**drawings, **accepted})
    harmful = [name for name, found in asking.items() if found]
    others = [name for name in named if name not in accepted]
    tried = [others[number] for number in sample(len(others), count("63 opened"), 63)]
    unsafe = [one for one in _ask(browser, tmp_path, {n: named[n] for n in tried}).values() if one]
    row.reached(
        f"{len(HOSTILE)} SVGs: {len(others)} refused (of {len(tried)} of these {len(unsafe)} ask "
        f"another host where Chromium opens them); of {len(accepted)} others and "
        f"{len(DRAWINGS)} drawings {len(harmful)} ask"
    )
    assert harmful == []
    assert {name: found for name, found in refused.items() if found} == {}
    assert len(HOSTILE) >= 60
    assert len(unsafe) > len(tried) / 3  # else the browser tells nothing

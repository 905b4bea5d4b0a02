"""Pictures of the editor's own: what a browser would have to draw of them is bounded."""

from __future__ import annotations

import pytest

from trialpages.settings import picture_copies
from trialpages.settings.picture_copies import Copies
from trialpages.settings.pictures import check_picture

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n'


def _said(*lines: str) -> list[tuple[int | None, str]]:
    content = (_HEAD + "\n".join(lines) + "\n</svg>").encode()
    found = check_picture(content, "content/media/logo.svg")
    return [(one.where.line if one.where else None, one.message) for one in found]


def _tenfold(one: str, levels: int = 9) -> list[str]:
    """`one` with {i} its own level and {below} the one below, which it holds ten times."""
    return [one.format(i=i, below=i - 1) for i in range(1, levels)]


_USES = '<g id="g{i}">' + '<use href="#g{below}"/>' * 10 + "</g>"
_BOMBS = {
    "use": ['<g id="g0"><rect/></g>', *_tenfold(_USES)],
    "xlink": ['<g id="g0"><rect/></g>', *_tenfold(_USES.replace("href", "xlink:href"))],
    "escaped": ['<g id="g0"><rect/></g>', *_tenfold(_USES.replace("#g", " &#9;#%67"))],
    "symbols": [
        '<symbol id="g0"><rect/></symbol>',
        *_tenfold(_USES.replace("<g", "<symbol").replace("</g", "</symbol")),
        '<use href="#g8"/>',
    ],
    "patterns": [
        '<pattern id="p0"><rect/></pattern>',
        *_tenfold('<pattern id="p{i}">' + '<rect fill="url(#p{below})"/>' * 10 + "</pattern>"),
    ],
    "handed-on": [
        '<pattern id="p0"><rect/></pattern>',
        *_tenfold(
            '<pattern id="p{i}"><g style="stroke: red; fill:url(\'#p{below}\')">'
            + "<rect/>" * 10
            + "</g></pattern>"
        ),
    ],
    "sheet": [
        "<style>/* } */"
        + "".join(f".c{i} {{ fill: url(#p{i - 1}) }}" for i in range(1, 9))
        + "</style>",
        '<pattern id="p0"><rect/></pattern>',
        *_tenfold('<pattern id="p{i}">' + '<rect class="a c{i}"/>' * 10 + "</pattern>"),
    ],
    "masks": [
        '<mask id="p0"><rect/></mask>',
        *_tenfold('<mask id="p{i}">' + '<rect mask="url(#p{below})"/>' * 10 + "</mask>"),
    ],
    "markers": [
        f'<marker id="m">{"<rect/>" * 100}</marker>',
        f'<g marker-mid="url(#m)"><path d="M0 0{" 1 1" * 600}"/></g>',
    ],
}


@pytest.mark.parametrize("name", _BOMBS)
def test_a_picture_that_uses_more_than_a_browser_can_draw_is_refused_with_its_line(
    name: str,
) -> None:
    (found,) = _said(*_BOMBS[name])
    assert found[0] is not None
    assert found[0] > 1
    assert "draws more than 50,000 elements by what it uses" in found[1]


@pytest.mark.parametrize("signs", ["<text>{}</text>", '<path d="M0 0{}"/>'], ids=["text", "path"])
@pytest.mark.parametrize(
    ("kept", "draws"),
    [
        ('<g id="a">{}</g>', '<use href="#a"/>'),
        ('<clipPath id="a">{}</clipPath>', '<g clip-path="url(#a)"><rect/></g>'),
        ('<pattern id="a">{}</pattern>', '<rect fill="url(#a)"/>'),
    ],
    ids=["use", "clip", "pattern"],
)
def test_many_copies_of_a_long_text_or_shape_are_refused(signs: str, kept: str, draws: str) -> None:
    """One element of ten thousand letters costs a browser what a thousand elements do."""
    long = kept.format(signs.format(" 1 1" * 2_500))
    (found,) = _said(long, draws * 300)
    assert "draws more than 1,000,000 letters and points by what it uses" in found[1]
    assert not _said(long, draws * 50)


def test_a_picture_of_more_elements_than_a_browser_draws_at_once_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture_copies, "MOST_ELEMENTS", 1_001)
    assert not _said("<g/>" * 1_000)
    assert _said("<g/>\n" * 5_000) == [(1_002, "the picture has more than 1,001 elements")]


def test_a_picture_that_uses_itself_is_refused() -> None:
    loop = ('<g id="a"><use href="#b"/></g>', '<g id="b"><use href="#a"/></g>')
    assert _said(*loop) == [(2, "`<g>` `a` is used inside itself")]
    assert _said('<pattern id="p"><rect fill="url(#p)"/></pattern>')


def test_a_picture_of_too_many_levels_is_refused() -> None:
    deep = _said("<g>" * 120, "</g>" * 120)
    assert deep == [(2, "`<g>` stands, or is used, deeper than 100 levels")]
    chain = [f'<use id="u{i}" href="#u{i - 1}"/>' for i in range(1, 5_000)]
    for order in (chain, chain[::-1]):
        (found,) = _said('<rect id="u0"/>', *order)
        assert "deeper than 100 levels" in found[1]


def test_drawings_with_many_uses_stay_good() -> None:
    uses = ['<symbol id="s"><path d="M0 0 1 1"/></symbol>', *['<use href="#s"/>'] * 3_000]
    assert not _said(*uses)
    shade = '<linearGradient id="l"><stop/><stop/></linearGradient>'
    assert not _said(
        "<style>*{fill:url(#l)}</style>".replace("*", "path"), shade, *["<path/>"] * 9_000
    )
    clipped = '<clipPath id="c"><rect/></clipPath>'
    assert not _said(clipped, '<g clip-path="url(#c)">', *["<path/>"] * 60_000, "</g>")


def test_rules_about_thousands_that_name_thousands_take_no_longer_than_their_letters() -> None:
    """A list of names that a rule gives to each of what it is about is kept once."""
    copies = Copies()
    about = ",".join(f".a{i}" for i in range(3_000))
    copies.style(f"{about}{{{''.join(f'fill:url(#b{i});' for i in range(3_000))}}}")
    copies.style(f"{about}{{stroke:url(#c)}}")
    kept = sum(len(bodies) for bodies in copies._rules.values())
    assert kept == 2 * 3_000
    same = "<style>.a{fill:url(#p);stroke:red} .a{fill:url(#p);stroke:blue}</style>"
    many = f'<pattern id="p">{"<rect/>" * 30_000}</pattern>'
    assert not _said(same, many, '<rect class="a"/>')


def test_one_mistake_of_a_style_is_told_once() -> None:
    assert len(_said("<style>@import url(//x.example/a.css);</style>")) == 1


def test_what_is_wrong_with_an_attribute_is_told_at_the_attribute() -> None:
    content = f'{_HEAD}<g id="onload"\n  style="" onload="x()"/></svg>'.encode()
    (found,) = check_picture(content, "content/media/logo.svg")
    assert found.where
    assert (found.where.line, found.where.column, found.where.length) == (3, 12, 6)

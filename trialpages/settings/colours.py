"""The colours an editor may choose, and whether text in them can be read.

Contrast as WCAG 2.2 defines it (relative luminance of sRGB colours); 4.5 is its level AA for text.
"""

from __future__ import annotations

from collections.abc import Iterator

LEAST = 4.5
PAPERS = ("#ffffff", "#f1f5f5")
"""The theme's grounds for text on light paper: `--paper` and `--surface` of site.css."""
DARK_PAPERS = ("#131a1a", "#1c2525")
_INKS = ("#ffffff", "#000000")


def contrast(one: str, other: str) -> float:
    """1 (alike) to 21 (black on white), of two colours as `#rrggbb`."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _parts(colour))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(one: str, other: str, share: float) -> str:
    """The colour that is `share` (0 to 1) of the way from one to the other."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ink_on(ground: str) -> str:
    """White or black, whichever reads better on a ground: one of them always does."""
    return max(_INKS, key=lambda ink: contrast(ink, ground))


def readable_on(colour: str, papers: tuple[str, ...], towards: str) -> str:
    """The colour, moved towards another until text in it reads well on all papers."""
    steps = (mixed(colour, towards, step / 20) for step in range(21))
    return next(c for c in steps if all(contrast(c, paper) >= LEAST for paper in papers))


def tint(colour: str, paper: str) -> str:
    """As much of a colour on a paper as leaves text in the very colour readable on it."""
    tints = (mixed(colour, paper, share / 100) for share in range(88, 101))
    return next(made for made in tints if made == paper or contrast(colour, made) >= LEAST)


def colour_faults(accent: str | None, dark: str | None) -> Iterator[tuple[str, str, str]]:
    """Name, message and hint of each colour in which links couldn't be read."""
    for name, colour, papers, towards in (
        ("accent", accent, PAPERS, "#000000"),
        ("accent_dark", dark, DARK_PAPERS, "#ffffff"),
    ):
        if colour is None:
            continue
        least = min(contrast(colour, paper) for paper in papers)
        if least < LEAST:
            ground = "light" if towards == "#000000" else "dark"
            message = (
                f"links in {colour} can't be read on the {ground} page: their contrast is "
                f"{least:.1f}, and {LEAST} is the least (WCAG 2.2 AA)"
            )
            near = readable_on(colour, papers, towards)
            yield name, message, f'write "{near}", the nearest that can, or choose another'

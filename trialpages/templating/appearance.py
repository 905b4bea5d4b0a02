"""The style sheet made from an editor's colours: the theme's own names with other values."""

from __future__ import annotations

from collections.abc import Mapping

from trialpages.settings.colours import DARK_PAPERS, PAPERS, ink_on, mixed, readable_on, tint
from trialpages.settings.site_file import Colours


def colours_css(colours: Colours) -> str:
    """The style sheet; empty where nothing was chosen. Paper keeps the theme's black on white."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    if colours.accent:
        light |= _accent(colours.accent, PAPERS, "#000000")
    chosen = colours.accent_dark or colours.accent
    if chosen:
        dark |= _accent(readable_on(chosen, DARK_PAPERS, "#ffffff"), DARK_PAPERS, "#ffffff")
    if colours.header:
        light |= {"header": colours.header, "header-ink": ink_on(colours.header)}
    if not light and not dark:
        return ""
    css = f"@media screen {{\n:root {{\n{_values(light)}}}\n}}\n"
    return css + (
        f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{_values(dark)}}}\n}}\n"
    )


def _accent(accent: str, papers: tuple[str, ...], ink: str) -> Mapping[str, str]:
    """An accent and what goes with it: its ink, its stronger form, its tint as a ground."""
    return {
        "accent": accent,
        "accent-ink": papers[0],
        "accent-hover": mixed(accent, ink, 0.3),
        "accent-soft": tint(accent, papers[0]),
    }


def _values(values: Mapping[str, str]) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in values.items())

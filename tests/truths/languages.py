"""Of a site in several languages: each page is there in each, says which it is in, and leads to the
same page in the others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from truths.addresses import address
from truths.register import Answers, Scope, answer, edits, truth
from truths.site import Site


@lru_cache(64)
def folders(content: Path) -> Mapping[str, str]:
    """The folder of each of the site's languages; the first is at the root."""
    settings = yaml.load((content / "site.yaml").read_text("utf-8"), yaml.BaseLoader) or {}
    named = settings.get("languages") or [settings.get("language", "en")]
    return {code: f"{code}/" if at else "" for at, code in enumerate(named)}


def language_of(site: Site, path: str) -> str:
    """The language whose folder a file is in."""
    first, *others = folders(site.content)
    return next((code for code in others if path.startswith(f"{code}/")), first)


def _within(site: Site, path: str) -> str:
    """The path from the root of its language."""
    return path.removeprefix(folders(site.content)[language_of(site, path)])


_ANSWERED = re.compile(r'<a href="([^"]*)" hreflang="([^"]*)" lang="([^"]*)">')
_ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')
_ROOT = re.compile(r'<html lang="([^"]*)"')
_APART = ("admin/",)


@truth(
    "Each page of a site in several languages is there in each, says in `lang` which it is in, "
    "and leads to the same page in each of the others, by its switch and by hreflang, with the "
    "first as x-default; a site in one language names no other",
    things="pages",
    scope=Scope.SITE,
    mutations=(
        *edits('<html lang="es"', '<html lang="en"', ending="es/about.html"),
        *edits('href="es/about.html"', 'href="es/help.html"', ending="about.html"),
        *edits('hreflang="x-default"', 'hreflang="fr"', ending="about.html"),
        *edits('hreflang="es" href="https', 'hreflang="es" href="http', ending="about.html"),
    ),
)
def pages_are_in_each_language(site: Site) -> Answers:
    named = folders(site.content)
    pages = [path for path in site.paths if path.endswith(".html") and not path.startswith(_APART)]
    for path in pages:
        text, within, own = site.read(path).decode(), _within(site, path), language_of(site, path)
        root = _ROOT.search(text)
        yield answer(bool(root and root[1] == own), path, f"it isn't in {own}")
        others = {code: folder + within for code, folder in named.items() if code != own}
        led = _led(text, path)
        yield answer(within == "404.html" or led == others, path, f"{led} and not {others}")
        yield answer(all(map(site.has, others.values())), path, f"one of {others} is missing")
        if 'rel="canonical"' in text and 'http-equiv="refresh"' not in text:
            yield answer(_said(text) == _to_say(site, within), path, f"hreflang: {_said(text)}")


def _led(text: str, path: str) -> Mapping[str, str]:
    return {
        code: posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
        for href, code, lang in _ANSWERED.findall(text)
        if lang == code
    }


def _said(text: str) -> Mapping[str, str]:
    return dict(_ALTERNATE.findall(text))


def _to_say(site: Site, within: str) -> Mapping[str, str]:
    named = folders(site.content)
    if len(named) == 1 or not address(site, ""):
        return {}
    found = {code: address(site, folder + within) for code, folder in named.items()}
    return {**found, "x-default": address(site, within)}

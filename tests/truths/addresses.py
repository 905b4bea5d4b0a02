"""Of the site's own addresses: one page has one, wherever it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import yaml
from selectolax.lexbor import LexborHTMLParser

from truths.page import resolve
from truths.register import Answers, Change, Scope, Violation, answer, edits, truth
from truths.site import Site


@lru_cache(64)
def site_url(content: Path) -> str:
    """The address the editor gave the site, with the slash at its end; empty where none is."""
    settings = yaml.load((content / "site.yaml").read_text("utf-8"), yaml.BaseLoader) or {}
    given = str(settings.get("url", ""))
    return f"{given.rstrip('/')}/" if given else ""


def address(site: Site, path: str) -> str:
    """The one address of a file: a folder's index is the folder."""
    return site_url(site.content) + re.sub(r"(^|/)index\.html$", r"\1", path)


_UNLISTED = re.compile(r"^404\.html$|^admin/")


def _is_page(site: Site, path: str) -> bool:
    """Whether search engines may have it: not where it moves elsewhere or asks to be left out."""
    if not path.endswith(".html") or _UNLISTED.search(path) or site.facts(path).is_redirect:
        return False
    return not site.facts(path).is_hidden


@truth(
    "The canonical link of a page is its one address; on a site without an address only a former "
    "address has one, and it names the trial's file",
    things="pages",
    mutations=edits(
        '<link rel="canonical" href="https://trials.example/', '<link rel="canonical" href="/'
    ),
)
def canonical_links_agree(site: Site) -> Answers:
    for facts in site.every_fact:
        leads = facts.moved_to if facts.is_redirect else facts.path
        if site_url(site.content):
            want = address(site, leads) if facts.path != "404.html" else ""
        else:
            want = leads.rpartition("/")[2] if facts.is_redirect else ""
        if not facts.canonical and facts.is_hidden:
            continue
        yield answer(facts.canonical == want, facts.path, f"{facts.canonical!r}, not {want!r}")


@truth(
    "The sitemap names the address of each page once and nothing else; without an address of the "
    "site there is none",
    things="addresses",
    scope=Scope.SITE,
    mutations=(
        *edits("/about.html</loc>", "/abut.html</loc>", ending="sitemap.xml"),
        *edits("/about.html</loc>", "/help.html</loc>", ending="sitemap.xml"),
    ),
)
def sitemap_names_every_page(site: Site) -> Answers:
    if not site_url(site.content):
        yield answer(not site.has("sitemap.xml"), "sitemap.xml", "the site has no address")
        return
    found = re.findall(r"<loc>([^<]*)</loc>", site.read("sitemap.xml").decode())
    want = {address(site, path) for path in site.paths if _is_page(site, path)}
    for one in found:
        yield answer(unxml(one) in want, "sitemap.xml", f"{one} is no page's address")
    told = [unxml(one) for one in found]
    for one in sorted(want):
        yield answer(told.count(one) == 1, "sitemap.xml", f"{one}: {told.count(one)} times")


def unxml(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@truth(
    "robots.txt names the sitemap by its address, where there is one",
    things="files",
    scope=Scope.SITE,
    mutations=edits("Sitemap: https://trials.example/", "Sitemap: https://", ending="robots.txt"),
)
def robots_name_the_sitemap(site: Site) -> Answers:
    found = re.findall(r"^Sitemap: *(\S+)", site.read("robots.txt").decode(), re.MULTILINE)
    want = [address(site, "sitemap.xml")] if site_url(site.content) else []
    yield answer(found == want, "robots.txt", f"{found}, not {want}")


_TEXT_FILES = (".html", ".xml", ".json", ".ris", ".bib", ".txt")


def _own_addresses(site: Site, path: str) -> Iterator[str]:
    """What is written below the site's host in a file."""
    parts = urlsplit(site_url(site.content))
    host = f"{parts.scheme}://{parts.netloc}"
    text = site.read(path).decode()
    if host in text:
        for found in re.findall(re.escape(host) + r"[^\s\"'<>\\)}\u201d]*", text):
            yield unxml(found).rstrip(".,;")


@truth(
    "Whatever stands below the site's own address in a page, feed, citation or export is the one "
    "address of a file that is there",
    things="addresses",
    mutations=(
        *edits('UR  - https://trials.example/trials/', 'UR  - https://trials.exampletrials/', ending=".ris"),
        *edits('"url":"https://trials.example/trials/', '"url":"https://trials.example/trial/'),
        *edits("url = {https://trials.example/trials/", "url = {https://trials.example/", ending=".bib"),
        *edits(
            '<link rel="alternate" type="text/html" href="https://trials.example/',
            '<link rel="alternate" type="text/html" href="https://trials.example/x',
            ending="feed.xml",
        ),
    ),
)  # fmt: skip
def own_addresses_lead_somewhere(site: Site) -> Answers:
    base = site_url(site.content)
    if not base:
        return
    for path in site.files(*_TEXT_FILES):
        if path.startswith("pagefind/"):
            continue
        for found in _own_addresses(site, path):
            yield _is_own(site, base, path, found)


def _is_own(site: Site, base: str, path: str, found: str) -> Violation | None:
    if not found.startswith(base) and found != base.rstrip("/"):
        return Violation(path, f"{found} isn't below {base}")
    rest = unquote(re.split(r"[?#]", found.removeprefix(base))[0])
    target = rest if rest and not rest.endswith("/") else f"{rest}index.html"
    if not site.has(target):
        return Violation(path, f"{found} leads to no file")
    if f"/{target}".endswith("/index.html") and rest and not rest.endswith("/"):
        return Violation(path, f"{found} is another address of {address(site, target)}")
    return None


@truth(
    "A trial's page, citations, linked data and feed entries give one and the same address",
    things="addresses",
    scope=Scope.PAGE,
    mutations=(
        *edits("trials/NCT00000001.html", "trials/NCT00000002.html", ending="NCT00000001.ris"),
        *edits("trials/NCT00000001.html", "trials/NCT00000002.html", ending="NCT00000001.bib"),
        *edits('"url":"https://trials.example/trials/NCT00000001', '"url":"https://trials.example/trials/NCT00000002', ending="NCT00000001.html"),
    ),
)  # fmt: skip
def a_trial_has_one_address(site: Site) -> Answers:
    base = site_url(site.content)
    if not base:
        return
    for path in site.files(".ris", ".bib", ".html"):
        name = Path(path).name
        stem = name.rpartition(".")[0]
        if path.startswith("trials/") and stem in site.ids:
            want = f"{base}trials/{quote(stem)}.html"
            for found in _trial_addresses(site.read(path).decode(), name, base):
                yield answer(found == want, path, f"{found}, not {want}")


def _trial_addresses(text: str, name: str, base: str) -> Iterator[str]:
    if name.endswith(".ris"):
        yield from (one for one in re.findall(r"^UR  - (.*?)\r?$", text, re.M) if base in one)
    elif name.endswith(".bib"):
        yield from re.findall(r"^ *url = \{(.*)\}", text, re.M)
    else:
        head = LexborHTMLParser(text)
        for script in head.css('script[type="application/ld+json"]'):
            yield from re.findall(rf'"url": ?"({re.escape(base)}[^"]*)"', script.text())
        for meta in head.css('meta[property="og:url"]'):
            yield meta.attributes.get("content") or ""


def _root_link(site: Site) -> Change:
    text = site.read("404.html").decode()
    return Change({"404.html": text.replace('href="/index.html"', 'href="index.html"').encode()})


@truth(
    "Each link of 404.html leads to a file of the site from wherever it is shown",
    things="links",
    scope=Scope.SITE,
    mutations=(_root_link,),
)
def not_found_leads_back(site: Site) -> Answers:
    folder = urlsplit(site_url(site.content)).path if site_url(site.content) else "/"
    for link in site.facts("404.html").links:
        if not link.href.startswith(("#", "mailto:")) and not urlsplit(link.href).netloc:
            inside = link.href.startswith(folder) or not site_url(site.content)
            target, _ = resolve("404.html", link.href.removeprefix(folder))
            there = site.has(target) or site.has(f"{target}/index.html".lstrip("/"))
            yield answer(
                inside and there, "404.html", f"{link.href} leads to no file below {folder}"
            )

"""content/site.yaml: what the site is called, how it looks, where it is published, what it offers.

`content/README.md` tells editors about it.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from trialpages.addresses import BadAddressError, site_address
from trialpages.language.strings import narrowing
from trialpages.problems import Problem, Where
from trialpages.records.explain import Fault, first_faults, name_of
from trialpages.records.model import Markup, RecordPart, decode_scalar
from trialpages.records.our_sites import OUR_SITES, OurSites
from trialpages.records.places import placed, yaml_problems
from trialpages.records.plausible import is_email
from trialpages.records.unfit import UNFIT_CHARACTER, unfit_faults
from trialpages.settings.colours import colour_faults
from trialpages.settings.search_engine import SearchEngine, check_key
from trialpages.settings.translations import (
    MenuEntry,
    SiteLanguage,
    Translation,
    closed_menu,
    closed_translation,
    language_faults,
    menu_faults,
)
from trialpages.text.bidi import check_bidi, closed, closed_markup
from trialpages.text.file_text import decode
from trialpages.text.front_matter import Tree, YamlError, read_yaml
from trialpages.text.hosts import check_hosts
from trialpages.text.meant import closest

Colour = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$(?!\n)", examples=['"#005d6b"'])]

Picture = Annotated[
    str, Meta(pattern=r"^[\w-]+\.(svg|png|jpg|jpeg|webp)$(?!\n)", examples=["logo.svg"])
]


MOST_OF_A_TITLE = 1_000
"""Characters of what stands on every page."""


class Colours(RecordPart, frozen=True, kw_only=True):
    """The site's own colours. What isn't given is the theme's, or made from what is."""

    accent: Colour | None = None
    """Links and buttons, on light paper."""
    accent_dark: Colour | None = None
    """The same on dark paper."""
    header: Colour | None = None
    """The ground of the page's header."""


class Publish(RecordPart, frozen=True, kw_only=True):
    """What is made beside the trials' pages. Where nothing is said, see `templating/offer.py`."""

    forms: tuple[str, ...] | None = None
    """Of `exports/forms.py`."""
    lists: tuple[str, ...] | None = None
    """Of `trial/kinds.py`; all of them where nothing is said."""
    feeds: tuple[str, ...] | None = None
    lists_of_one: bool | None = None
    """Whether a condition, intervention, sponsor or heading of one trial alone has a list."""
    related: bool = True
    """Whether a trial's page names those of the site that are most alike."""
    ictrp: bool = False
    """Whether there is a file of all trials in the form that registries hand to the WHO."""


def chosen(names: Collection[str] | None, known: Iterable[str]) -> tuple[str, ...]:
    """Those of the known ones that site.yaml names, in their order; all where it says nothing."""
    return tuple(name for name in known if names is None or name in names)


@dataclass(frozen=True, slots=True)
class Choices:
    """What site.yaml may name."""

    pages: Collection[str]
    """The names of the site's own pages."""
    media: Collection[str]
    """Files of content/media."""
    languages: Collection[str]
    """Codes of the languages that the theme has words in."""
    forms: Collection[str]
    lists: Collection[str]


class ClosedTrials(enum.Enum):
    """Where lists have trials that take nobody new."""

    LISTED = "listed"
    LAST = "last"
    """Behind all others, each marked."""
    LEFT_OUT = "left_out"
    """In a list of their own alone."""


class Backend(enum.Enum):
    """Where the web form keeps the files."""

    GITHUB = "github"
    TEST = "test-repo"


class Admin(RecordPart, frozen=True, kw_only=True):
    """The web form under /admin/: whose repository it writes to."""

    backend: Backend = Backend.GITHUB
    """`test-repo` keeps everything in the browser: to try the form out."""
    repo: Annotated[
        str, Meta(pattern=r"^([\w.-]+/[\w.-]+)?$", examples=["your-name/your-repository"])
    ] = ""
    branch: Annotated[str, Meta(pattern=r"^[\w./-]+$", examples=["main"])] = "main"
    folder: Annotated[str, Meta(pattern=r"^[\w-][\w./-]*$", examples=["content"])] = "content"
    """The content's folder within the repository."""
    login: Annotated[
        str, Meta(pattern=r"^(https://[\w.-]+(:\d+)?/?)?$", examples=["https://login.example.org"])
    ] = ""
    """A sign-in helper (OAuth); without one, people sign in with a token of GitHub's."""


class Site(RecordPart, frozen=True, kw_only=True):
    """The site's own settings. Every one has a default."""

    title: str = "Clinical trials"
    description: str = ""
    url: str = ""
    """Where the site is published, as `site_address` writes it: sitemap, feeds, citations and
    canonical links need it."""
    language: SiteLanguage = "en"
    """The only language, or the first of `languages`."""
    languages: tuple[SiteLanguage, ...] = ()
    """Where there are several: the whole site is made in each, in the first at its root."""
    translations: tuple[Translation, ...] = ()
    """The site's own texts in its other languages."""
    contact: str = ""
    """An e-mail address for questions about the site."""
    footer: Markup = ""
    """CommonMark text at the foot of every page."""
    logo: Picture | None = None
    """A picture of content/media."""
    menu: tuple[MenuEntry, ...] = ()
    """What the menu has after the list of trials and the search."""
    search_names: tuple[tuple[str, ...], ...] = ()
    """What visitors call things beside what records call them, for the search: each a list of names
    of one thing."""
    search: SearchEngine | None = None
    """A search engine elsewhere, which the search page asks in place of an index here."""
    our_sites: OurSites = ()
    """The editor's own institutions, each a name or what `OurSite` says of it."""
    closed_trials: ClosedTrials = ClosedTrials.LISTED
    qr: bool = True
    """Whether the paper of a trial's page bears its address as a QR code; it needs `url`."""
    colours: Colours = Colours()
    publish: Publish = Publish()
    admin: Admin | None = None
    """A web form for editors without a terminal, if one is wanted."""


def published_lists(site: Site, known: Iterable[str]) -> tuple[str, ...]:
    """The kinds of lists that a site has, of the known ones."""
    kinds = chosen(site.publish.lists, known)
    return tuple(name for name in kinds if name != OUR_SITES or site.our_sites)


def read_site(content: bytes, path: str) -> tuple[Site, tuple[Problem, ...]]:
    """The settings in site.yaml's bytes, or the defaults and what is wrong with it."""
    text, problems = decode(content, path)
    if text is None:
        return Site(), problems
    try:
        tree, _ = read_yaml(text, "title")
        _name_sites(tree)
    except YamlError as error:
        return Site(), yaml_problems(error, text, path, 1)
    try:
        site = msgspec.convert(tree, Site, strict=False, dec_hook=decode_scalar)
    except msgspec.ValidationError:
        return Site(), placed(first_faults(tree, Site), text, path)
    site, bad_url = _at_its_url(site)
    alone = site.language if "language" in tree else None
    found = (
        *unfit_faults(tree),
        *bad_url,
        *language_faults(alone, site.languages, site.translations),
        *_title_faults(site),
        *_menu_faults(site),
        *_colour_faults(site),
        *_contact_faults(site),
        *_admin_faults(site),
    )
    wrong = placed(found, text, path)
    at = {one.where.line for one in wrong if one.where and one.code == UNFIT_CHARACTER}
    turned = (one for one in check_bidi(text, path) if one.where and one.where.line not in at)
    return _closed(site), (
        *wrong,
        *check_key(site.search, text, path),
        *turned,
        *check_hosts(text, path),
    )


def _name_sites(tree: Tree) -> None:
    """Let a site of ours that is one text have that as its name."""
    sites = tree.get("our_sites")
    if isinstance(sites, list):
        tree["our_sites"] = [{"name": one} if isinstance(one, str) else one for one in sites]


def _closed(site: Site) -> Site:
    """The same with texts that end what they begin to turn round: see `closed`."""
    return msgspec.structs.replace(
        site,
        language=site.languages[0] if site.languages else site.language,
        translations=tuple(map(closed_translation, site.translations)),
        title=closed(site.title),
        description=closed(site.description),
        footer=closed_markup(site.footer),
        menu=closed_menu(site.menu),
        search_names=tuple(tuple(map(closed, names)) for names in site.search_names),
        our_sites=tuple(
            msgspec.structs.replace(one, name=closed(one.name)) for one in site.our_sites
        ),
    )


def with_url(site: Site, written: str) -> Site:
    """The site published at a URL, whatever form that is written in. Raises BadAddressError."""
    return msgspec.structs.replace(site, url=site_address(written))


def _at_its_url(site: Site) -> tuple[Site, tuple[Fault, ...]]:
    try:
        return with_url(site, site.url), ()
    except BadAddressError as error:
        return with_url(site, ""), (Fault(("url",), "bad-url", error.message, error.hint),)


def check_names(site: Site, content: bytes, path: str, known: Choices) -> tuple[Problem, ...]:
    """What site.yaml names and isn't there."""
    wrong = (
        *_unknown_pages(site, known),
        *_unknown_parts(site.publish, known),
        *_unknown_logo(site, known),
        *_unknown_languages(site, known),
    )
    return placed(wrong, content.decode("utf-8-sig"), path) if wrong else ()


def _unknown_pages(site: Site, known: Choices) -> Iterator[Fault]:
    named = sorted({*known.pages, *published_lists(site, known.lists)})
    for field, menu in menus(site):
        for at, entry in enumerate(menu):
            if entry.page and entry.page not in named:
                message = f"there is no page `{entry.page}`"
                meant = closest(entry.page.rpartition("/")[2].partition(".")[0], named)
                hint = f"did you mean {meant}?" if meant else "write one of " + ", ".join(named)
                yield Fault((*field, at, "page"), "no-such-page", message, hint)


def _unknown_parts(publish: Publish, known: Choices) -> Iterator[Fault]:
    for key, names in (("forms", known.forms), ("lists", known.lists), ("feeds", known.lists)):
        for at, name in enumerate(getattr(publish, key) or ()):
            if name not in names:
                meant = closest(name, names)
                hint = f"did you mean {meant}?" if meant else "one of " + ", ".join(names)
                message = f"`publish.{key}[{at + 1}]` can't be `{name}`"
                yield Fault(("publish", key, at), "unknown-value", message, hint)


def _unknown_logo(site: Site, known: Choices) -> Iterator[Fault]:
    if site.logo and site.logo not in known.media:
        hint = f"put the picture into content/media/{site.logo}"
        yield Fault(("logo",), "no-such-picture", f"there is no {site.logo}", hint)


def _unknown_languages(site: Site, known: Choices) -> Iterator[Fault]:
    several = ((("languages", at), code) for at, code in enumerate(site.languages))
    for field, language in several if site.languages else ((("language",), site.language),):
        if not any(code in known.languages for code in narrowing(language)):
            message = f"the theme has no words in the language `{language}`"
            hint = "write one of " + ", ".join(sorted(known.languages))
            hint += f", or translate strings/en.yaml as templates/strings/{language}.yaml"
            yield Fault(field, "no-strings", message, hint)


def _title_faults(site: Site) -> Iterator[Fault]:
    titles = ((("menu", at, "title"), entry.title) for at, entry in enumerate(site.menu))
    others = (
        (("translations", n, "title"), t.title or "") for n, t in enumerate(site.translations)
    )
    names = ((("our_sites", at, "name"), one.name) for at, one in enumerate(site.our_sites))
    for field, title in ((("title",), site.title), *titles, *others, *names):
        if len(title) > MOST_OF_A_TITLE:
            message = f"`{name_of(field)}` has {len(title):,} characters; "
            message += f"{MOST_OF_A_TITLE:,} is the most, since every page shows it"
            yield Fault(field, "too-long", message, "write a shorter one")


def menus(site: Site) -> Iterator[tuple[tuple[str | int, ...], tuple[MenuEntry, ...]]]:
    """The menu in each language that has one of its own, with where it stands in the file."""
    yield ("menu",), site.menu
    for at, one in enumerate(site.translations):
        yield ("translations", at, "menu"), one.menu or ()


def _menu_faults(site: Site) -> Iterator[Fault]:
    for field, menu in menus(site):
        yield from menu_faults(menu, field)


def _colour_faults(site: Site) -> Iterator[Fault]:
    colours = site.colours
    for name, message, hint in colour_faults(colours.accent, colours.accent_dark):
        yield Fault(("colours", name), "low-contrast", message, hint)


def _contact_faults(site: Site) -> Iterator[Fault]:
    if site.contact and not is_email(site.contact):
        message = (
            f"`contact` can't be `{site.contact}`: every page links to it as an e-mail address"
        )
        yield Fault(("contact",), "email", message, "write it like trials@hospital.example")


def _admin_faults(site: Site) -> Iterator[Fault]:
    if site.admin and site.admin.backend is Backend.GITHUB and not site.admin.repo:
        hint = "add `repo: your-name/your-repository`, as in its address at GitHub"
        yield Fault(("admin",), "missing-field", "`admin` names no repository", hint)


def missing_site(path: str) -> Problem:
    """Said when there is no site.yaml at `path`: the defaults serve."""
    message = "there is no such file, so the site has no title of its own"
    hint = "make it, with a line `title: …`; if the file is elsewhere, name its folder: --content"
    return Problem("no-site-file", "warning", message, Where(path), hint)

"""What site.yaml says of a site in several languages: which, and its own texts in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from trialpages.problems import quoted
from trialpages.records.explain import Fault
from trialpages.records.model import Markup, RecordPart
from trialpages.text.bidi import closed, closed_markup
from trialpages.text.weblinks import web_url

Address = Annotated[
    str, Meta(pattern=r"^(https?://|mailto:)\S+$(?!\n)", examples=["https://x.org/"])
]
SiteLanguage = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$(?!\n)",
        examples=["en, es-MX or zh-Hans"],
    ),
]
"""A language, and where it is said a script and a region (BCP 47)."""


class MenuEntry(RecordPart, frozen=True, kw_only=True):
    """An entry of the menu: a page of this site or an address elsewhere."""

    title: str
    page: str | None = None
    """The name of a file of content/pages without `.md`, or a kind of list."""
    url: Address | None = None


class Translation(RecordPart, frozen=True, kw_only=True):
    """The site's own texts in one of its other languages. What isn't given is as in the first."""

    language: SiteLanguage
    title: str | None = None
    description: str | None = None
    footer: Markup | None = None
    menu: tuple[MenuEntry, ...] | None = None


def closed_menu(menu: Iterable[MenuEntry]) -> tuple[MenuEntry, ...]:
    """The same with texts that end what they begin to turn round: see `closed`."""
    return tuple(msgspec.structs.replace(entry, title=closed(entry.title)) for entry in menu)


def closed_translation(one: Translation) -> Translation:
    return msgspec.structs.replace(
        one,
        title=None if one.title is None else closed(one.title),
        description=None if one.description is None else closed(one.description),
        footer=None if one.footer is None else closed_markup(one.footer),
        menu=None if one.menu is None else closed_menu(one.menu),
    )


def language_faults(
    language: str | None, languages: Sequence[str], translations: Sequence[Translation]
) -> Iterator[Fault]:
    """What of the languages can't be; `language` is None where site.yaml names none alone."""
    if languages and language not in (None, languages[0]):
        message = f"`language` says {language}, and `languages` begins with {languages[0]}"
        hint = "take `language` away: the first of `languages` is at the site's root"
        yield Fault(("language",), "two-languages", message, hint)
    for at, code in enumerate(languages):
        if code in languages[:at]:
            message = f"`languages` names {code} twice"
            yield Fault(("languages", at), "two-languages", message, "leave one of them out")
    others, seen = languages[1:], set[str]()
    for at, one in enumerate(translations):
        field = ("translations", at, "language")
        if one.language not in others:
            message = f"`languages` has no other language {one.language}"
            hint = f"write one of {', '.join(others)}" if others else "add it to `languages`"
            yield Fault(field, "no-such-language", message, hint)
        elif one.language in seen:
            message = f"there are two translations into {one.language}"
            yield Fault(field, "two-languages", message, "make one of them")
        seen.add(one.language)


def menu_faults(menu: Sequence[MenuEntry], field: tuple[str | int, ...]) -> Iterator[Fault]:
    """What of a menu leads nowhere, or hides where it leads; `field` is where it stands."""
    for at, entry in enumerate(menu):
        if bool(entry.page) == bool(entry.url):
            message = f"the menu's entry `{entry.title}` leads nowhere"
            if entry.page:
                message = f"the menu's entry `{entry.title}` has both a page and a url"
            hint = "give it either `page: about` or `url: https://…`"
            yield Fault((*field, at), "menu-entry", message, hint)
        elif entry.url and not web_url(entry.url):
            message = f"the menu can't lead to {quoted(entry.url)}: it hides where it leads"
            hint = "write an address without a name or a password before its host, its host in "
            hint += "letters of one script, or `mailto:` and one address alone"
            yield Fault((*field, at, "url"), "bad-url", message, hint)

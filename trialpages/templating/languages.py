"""What every page says of the site's other languages: what each is called, and where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from trialpages.language.cldr import language_name
from trialpages.language.site_language import Language
from trialpages.settings.editions import Edition


class Version(Struct, frozen=True):
    """The site in one of its languages, as the pages of all of them name it."""

    code: str
    name: str
    """In this very language."""
    folder: str
    """From the site's root."""
    address: str
    """Under the site's URL; empty where it has none."""
    invites: str
    """What tells somebody who reads it, in it, that the page is there in this language too."""
    close: str
    """What that can be put away by."""


@dataclass(frozen=True, slots=True)
class Invitations:
    """What a script shows to whoever reads another of the site's languages."""

    of_language: Mapping[str, tuple[str, str]]
    """By its code, what it offers that language with, and what that is put away by."""


INVITATIONS = "languages.js"
ONLY_FOR_SEVERAL = ("languages.css", "languages.js")
"""Files of the theme that a site of one language has no use for."""


def invitations(found: Sequence[Version]) -> Invitations:
    return Invitations({one.code: (one.invites, one.close) for one in found})


def versions(spoken: Sequence[tuple[Edition, Language]], address: str) -> tuple[Version, ...]:
    """Of each of the site's editions, in its language; nothing where there is but one. `address` is
    the site's URL."""
    if len(spoken) == 1:
        return ()
    return tuple(
        Version(
            code=edition.code,
            name=language_name(edition.code, edition.code),
            folder=edition.folder,
            address=address and address + edition.folder,
            invites=language.words["language_offer"],
            close=language.words["language_offer_close"],
        )
        for edition, language in spoken
    )

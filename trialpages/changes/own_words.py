"""A change of what another registry's record says in words of its own: what it is about, in short.

`extra` keeps it by its JSON Pointer. How a member state has the trial, in which countries it is and
whom to ask weighs there what it weighs in a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from trialpages.changes.compare import WITHIN
from trialpages.changes.differing_words import cut_to
from trialpages.records.ctis_codes import BY_FIELD
from trialpages.records.model import Change

EXTRA = "extra"
_MOST_SIGNS = 100

_STANDING = re.compile(
    r".*/(?:mscPublicStatusCode|trialStatus|\w*StatusOverride)$"
    r"|/ct(?:Public)?Status(?:Code)?$|/Recruitment_Status$"
    r"|(?:/events)?/(?:trialEvents|temporaryHaltList)"
)
_COUNTRIES = re.compile(r"/Countries$|.*/(?:recruitmentCountries|rowCountriesInfo)(?:/|$)")
_CONTACTS = re.compile(
    r"/contact(?:/|$)|/Contact_|.*/(?:public|scientific)Contacts|.*/personInfo(?:/|$)"
    r"|.*/organisationAddressInfo/(?:phone|email)$"
)
_CODE = re.compile("[A-Z]+(?:_[A-Z]+)+")
_STOPS = re.compile(r"halt|suspen|stop|terminat|withdr|revok|cancel|expir|not auth", re.IGNORECASE)


class InOwnWords(NamedTuple):
    place: str
    of: str
    """Whose it is: `Belgium`."""
    old: str
    new: str
    """In the registry's words; '' for nothing."""


def in_own_words(change: Change) -> InOwnWords:
    place, _, of = (change.entries[0] if change.entries else "").partition(WITHIN)
    name = place.rpartition("/")[2]
    return InOwnWords(place, of, _words(name, change.old), _words(name, change.new))


def is_standing(change: Change) -> bool:
    """Whether it is about how the trial stands, as a whole or in a country."""
    return bool(_STANDING.match(in_own_words(change).place))


def is_stopped(change: Change) -> bool:
    return is_standing(change) and bool(_STOPS.search(in_own_words(change).new))


def is_of_countries(change: Change) -> bool:
    return bool(_COUNTRIES.match(in_own_words(change).place))


def is_of_contacts(change: Change) -> bool:
    return bool(_CONTACTS.match(in_own_words(change).place))


def is_readable(change: Change) -> bool:
    """Whether it can be told in short: one value that isn't a key of the registry's own system."""
    said = in_own_words(change)
    is_value = all(not one or one[:1] not in "[{" for one in (change.old, change.new))
    return is_value and not _KEY.search(said.place) and max(map(len, said[2:])) <= _MOST_SIGNS


_KEY = re.compile(r"(?:^|/)@?(?:uu)?id$|(?:Id|Pk|Key|md5sum)$")


def own_words_in_short(changes: Iterable[Change]) -> Iterator[str]:
    """`Belgium: Ongoing, recruiting → Suspended`, `countries: China → China;Japan`."""
    for change in changes:
        said = in_own_words(change)
        name = said.of if said.of and _STANDING.match(said.place) else _named(said)
        old, new = (cut_to(one, _MOST_SIGNS) or "nothing" for one in (said.old, said.new))
        yield f"{name}: new {new}" if not said.old else f"{name}: {old} → {new}"


def _named(said: InOwnWords) -> str:
    steps = [step for step in said.place.split("/") if not step.isdigit()]
    name = re.sub(r"(?<=[a-z])(?=[A-Z])|_+", " ", steps[-1]).lower()
    return f"{name} of {said.of}" if said.of else name


def _words(name: str, text: str | None) -> str:
    if text is None:
        return ""
    try:
        return " ".join(_told(name, msgspec.json.decode(text)).split())
    except (msgspec.DecodeError, RecursionError):
        return text


def _told(name: str, value: Any) -> str:
    """A value's texts; codes as their words."""
    if isinstance(value, dict):
        told = (_told(key, one) for key, one in value.items() if not key.endswith(("Id", "id")))
    elif isinstance(value, list):
        told = (_told(name, one) for one in value)
    else:
        text = "" if value is None else str(value)
        text = text.replace("_", " ").capitalize() if _CODE.fullmatch(text) else text
        return BY_FIELD.get(name, {}).get(text, text)
    return ", ".join(filter(None, told))

"""Whom a visitor should ask first, of the contacts that a record gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from trialpages.records.model import Contact, Location, Trial
from trialpages.records.our_sites import OurSites, site_of
from trialpages.trial.derived import lead_sponsor, place_text
from trialpages.trial.taking import Stand, stands_of_places


class WhoToCall(Struct, frozen=True):
    """The first contact a visitor should try, and where it answers."""

    kind: Literal["site", "central", "sponsor"]
    contact: Contact | None
    place: str
    reachable: bool
    stand: Stand = "unsaid"
    """How that place stands."""
    is_ours: bool = False
    """Whether it is one of our sites."""


def who_to_call(trial: Trial, ours: OurSites = ()) -> WhoToCall | None:
    """The contact of one of our sites, else that of the one site, else a central one, else any
    site's, else the sponsor.

    One of our sites that is said to take nobody is as any other.
    A contact without a phone number and an e-mail address comes last of all, and one who can be
    called before one who can only be written to, except at our sites and where nobody is taken. Of
    several sites those that take people come first, then those of which nothing is said; of several
    contacts of a kind the first that has both is before those with one, of these a phone number
    before an address.
    """
    sites = [
        WhoToCall(
            "site",
            contact,
            place_text(one.place),
            bool(_ways(contact)),
            one.stand,
            bool(site_of(one.place, ours)),
        )
        for one in stands_of_places(trial)
        for contact in one.place.contacts
    ]
    central = [
        WhoToCall("central", contact, "", bool(_ways(contact)))
        for contact in trial.central_contacts
    ]
    here = [one for one in sites if one.is_ours and one.stand in _MAY_TAKE]
    kinds = (here, sites, central) if len(trial.locations) == 1 else (here, central, sites)
    best = [max(kind, key=_helps) for kind in kinds if kind]
    if best:
        return max(best, key=_comes_first)  # of several the first
    sponsor = lead_sponsor(trial)
    return WhoToCall("sponsor", None, sponsor, reachable=False) if sponsor else None


class InFull(Struct, frozen=True):
    """Where on its page a contact is shown in full that the record has more than once; elsewhere it
    is shown by name."""

    place: Location | None
    """The place; none for a contact of the whole study."""
    id: str
    """Of what the others lead to."""


def in_full(central: Iterable[Contact], places: Iterable[Location]) -> Mapping[Contact, InFull]:
    """For contacts that are alike to the letter, and whose name no other has: of two a `Study Desk`
    that isn't in full may be either. `places` are in the page's order."""
    found = {contact: InFull(None, "contacts") for contact in central}
    again = set[Contact]()
    for place in places:
        for contact in dict.fromkeys(place.contacts):
            if contact in found:
                again.add(contact)
            else:
                found[contact] = InFull(place, f"person-{len(found) + 1}")
    named = Counter(contact.name for contact in found if _ways(contact))
    return {
        contact: one
        for contact, one in found.items()
        if contact in again and contact.name and _ways(contact) and named[contact.name] == 1
        if not one.place or one.place.contacts.count(contact) == 1
    }


_MAY_TAKE: tuple[Stand, ...] = ("unsaid", "taking")


def _comes_first(one: WhoToCall) -> tuple[bool, bool, bool]:
    """Of what use the best contact of a kind is beside that of another kind."""
    may_take = one.stand in _MAY_TAKE
    return one.reachable, one.is_ours and may_take, _has_phone(one.contact) and may_take


def _helps(one: WhoToCall) -> tuple[bool, int, int, bool]:
    """How much a contact is of use, for comparing it with others of its kind."""
    stand = _MAY_TAKE.index(one.stand) if one.stand in _MAY_TAKE else -1
    return one.reachable, stand, _ways(one.contact), _has_phone(one.contact)


def _ways(contact: Contact | None) -> int:
    return _has_phone(contact) + bool(contact and contact.email)


def _has_phone(contact: Contact | None) -> bool:
    return bool(contact and contact.phone)

"""One contact that stands twice in a file, and was corrected in one place alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from trialpages.problems import Problem, Where, quoted
from trialpages.records.as_imported import AsImported
from trialpages.records.model import Trial, to_tree
from trialpages.text.front_matter import Path

_WAYS = ("phone", "email")
_KNOWN_BY = ("name", "email", "phone")

Contact = Mapping[str, Any]


def check_contacts(trial: Trial, came: AsImported, path: str) -> Iterator[Problem]:
    """A warning for each number or address that an editor has changed elsewhere, where the
    registry had one and the same in all places of one contact."""
    now, before = list(_contacts(to_tree(trial))), [one for _, one in _contacts(came.values)]
    told: set[Path] = set()
    for way in _WAYS:
        for known_by in _KNOWN_BY:
            if known_by != way:
                for place, said, other in _parted(way, known_by, now, before):
                    if (here := (*place, way)) not in told:
                        told.add(here)
                        yield _problem(way, said, other, Where(path, field=here))


def _parted(
    way: str, known_by: str, now: list[tuple[Path, Contact]], before: list[Contact]
) -> Iterator[tuple[Path, str, str]]:
    """Where a contact's value still is the registry's, that, and the other one it has now."""
    then: defaultdict[str, list[Any]] = defaultdict(list)
    for contact in before:
        then[_plain(contact, known_by)].append(contact.get(way))
    values: defaultdict[str, list[str]] = defaultdict(list)
    for _, contact in now:
        values[_plain(contact, known_by)].append(str(contact.get(way) or ""))
    for place, contact in now:
        name, said = _plain(contact, known_by), str(contact.get(way) or "")
        was = then.get(name, ())
        if not (name and said and len(was) > 1 and {*was} == {said}):
            continue
        if others := [one for one in values[name] if one and one != said]:
            yield place, said, others[0]


def _plain(contact: Contact, field: str) -> str:
    return " ".join(str(contact.get(field) or "").split()).casefold()


def _contacts(tree: Mapping[str, Any]) -> Iterator[tuple[Path, Contact]]:
    """All contacts of a trial, each with its place."""
    yield from _listed(("central_contacts",), tree.get("central_contacts"))
    for at, place in enumerate(_list(tree.get("locations"))):
        if isinstance(place, Mapping):
            yield from _listed(("locations", at, "contacts"), place.get("contacts"))


def _listed(path: Path, found: Any) -> Iterator[tuple[Path, Contact]]:
    for at, contact in enumerate(_list(found)):
        if isinstance(contact, Mapping):
            yield (*path, at), contact


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _problem(way: str, said: str, other: str, where: Where) -> Problem:
    what = "phone" if way == "phone" else "e-mail address"
    message = (
        f"the {what} {quoted(said)} of this contact is the registry's; elsewhere in this file it "
        f"was changed to {quoted(other)}"
    )
    hint = "a reader finds both: change it here too, or take the other change back"
    return Problem("two-values", "warning", message, where, hint)

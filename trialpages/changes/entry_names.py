"""What a reader calls an entry of a list, and what else it says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from trialpages.changes.identities import Entry, Identity
from trialpages.records.vocabulary import ContactRole


def names_of(
    entries: Sequence[Entry], identity: Identity, among: Iterable[Sequence[Entry]] = ()
) -> tuple[str, ...]:
    """What a reader knows each entry by, on one line; of one without a name all it says. `among`
    are the whole lists that a part is of: a name must be one there, too."""
    plain = [_name(entry, identity.name) for entry in entries]
    times = Counter(plain)
    for every in among:
        times |= Counter(_name(entry, identity.name) for entry in every)
    return tuple(
        _name(entry, (*identity.name, *identity.further)) if times[name] > 1 else name
        for entry, name in zip(entries, plain, strict=True)
    )


def _name(entry: Entry, fields: tuple[str, ...]) -> str:
    said = [(f, str(entry[f])) for f in fields if entry.get(f)]
    parts = [_ROLES.get(text, text) if f == "role" else text for f, text in said]
    every = (_ROLES.get(text, text) for text in texts(entry) if text != ContactRole.CONTACT.value)
    return " ".join((", ".join(parts) or " · ".join(every)).split())


def texts(value: Any) -> Iterator[str]:
    """All texts, numbers and truth values in a tree."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif value is not None:
        yield value if isinstance(value, str) else json.dumps(value)


def says(entry: Entry, identity: Identity, name: str) -> str:
    """What else the entry said, on one line; not what parts it in its `name` from others, nor what
    is its name for want of another."""
    if not any(entry.get(f) for f in identity.name):
        return ""
    said = (
        (f, " ".join(_ROLES.get(text, text).split()))
        for f in identity.says
        for text in texts(_with_extension(entry) if f == "phone" else entry.get(f))
        if text != ContactRole.CONTACT.value
    )
    parts = [one for f, one in said if f not in identity.further or not name.endswith(f", {one}")]
    return " · ".join(parts)


def _with_extension(entry: Entry) -> str | None:
    """A number as a page shows it."""
    phone, extension = entry.get("phone"), entry.get("phone_ext")
    return f"{phone or ''} ({extension})".lstrip() if extension else phone


_ROLES = {role.value: role.label for role in ContactRole}
"""A contact's role is said where it is another."""

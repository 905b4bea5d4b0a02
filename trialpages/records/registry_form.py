"""A trial as structs under the registry's names (API v2), which msgspec fills and encodes in C.

The structs are made from the model: one for each of its classes, with the same fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo, replace

from trialpages.records.model import REGISTRY_MODULES, Contact, Module, RecordPart, Trial
from trialpages.records.registry_names import own_fields, part_of
from trialpages.records.vocabulary import ContactRole


def registry_form(trial: Trial) -> dict[str, Any]:
    """The trial's fields where the registry has them, as dicts of structs; `encoded` writes them.

    Without what the model can't carry (`extra`) and without posted results.
    """
    trial = _in_the_registrys_roles(trial)
    record: dict[str, Any] = {}
    for place in _places():
        source = getattr(trial, place.field) if place.field else trial
        values = msgspec.convert(source, place.shape, from_attributes=True)
        if values != place.empty:
            node = record
            for section in place.sections:
                node = node.setdefault(section, {})
            node[place.name] = values
    return record


def encoded(record: dict[str, Any]) -> bytes:
    return msgspec.json.encode(record, enc_hook=str)  # PartialDate is a kind of str


# --- the shapes ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the record, and what of a trial stands there."""

    sections: tuple[str, ...]
    name: str
    field: str
    """The trial's field; empty for a module, which takes several."""
    shape: Any
    empty: Any
    """What the place holds where the trial says nothing."""


@cache
def _places() -> tuple[_Place, ...]:
    return tuple(place for module in REGISTRY_MODULES for place in _places_of(module))


def _places_of(module: type[Module]) -> Iterator[_Place]:
    """The module's own place, or one for each field of a class that stands for a whole section."""
    if len(module.path) > 1:
        *sections, name = module.path
        shape = _struct(module)
        yield _Place(tuple(sections), name, "", shape, shape())
        return
    for field, api in own_fields(module):
        yield _Place(module.path, api, field.name, _shape(field.type), None)


@cache
def _struct(kind: type[RecordPart]) -> type[Struct]:
    """A struct of the fields that this very class declares, under the registry's names."""
    own = tuple(own_fields(kind))
    return msgspec.defstruct(
        kind.__name__,
        [(field.name, _shape(field.type), _default(field)) for field, _ in own],
        rename={field.name: api for field, api in own},
        frozen=True,
        omit_defaults=True,
        gc=False,
    )


def _default(field: FieldInfo) -> Any:
    """What isn't written. What a trial can't be without has a default too, so that an empty struct
    can be made to compare with."""
    return None if field.required else field.default


def _shape(kind: Any) -> Any:
    """The type of a field: a struct, a list of them, or whatever value stands there."""
    part, many = part_of(kind)
    if part is None:
        return Any
    struct: Any = _struct(part)
    return tuple[struct, ...] if many else struct | None


# --- roles --------------------------------------------------------------------------------------


def _in_the_registrys_roles(trial: Trial) -> Trial:
    """The trial with its contacts in the one role the registry has for our own two."""
    sites = (contact for site in trial.locations for contact in site.contacts)
    if not any(contact.role in _OUR_ROLES for contact in (*trial.central_contacts, *sites)):
        return trial
    locations = (replace(site, contacts=_exported(site.contacts)) for site in trial.locations)
    central = _exported(trial.central_contacts)
    return replace(trial, central_contacts=central, locations=tuple(locations))


_OUR_ROLES = (ContactRole.PRIMARY, ContactRole.BACKUP)


def _exported(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(
        replace(contact, role=ContactRole.CONTACT) if contact.role in _OUR_ROLES else contact
        for contact in contacts
    )

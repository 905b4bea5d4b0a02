"""The registries there are, and who of them knows an id, an address or a question."""

from __future__ import annotations

import re

from trialpages.records.registry_numbers import registry_meant, with_letters
from trialpages.registries.ctgov import REGISTRY as CTGOV
from trialpages.registries.ctis import REGISTRY as CTIS
from trialpages.registries.door import Parameters, Registry
from trialpages.registries.installed import installed_registries
from trialpages.registries.isrctn import REGISTRY as ISRCTN
from trialpages.text.commands import command

SHIPPED: tuple[Registry, ...] = (CTGOV, ISRCTN, CTIS)


def registries() -> tuple[Registry, ...]:
    """Every registry, those of installed packages last: none takes over another's numbers.

    Raises MachineFailure where one can't be loaded.
    """
    return (*SHIPPED, *installed_registries(frozenset(one.key for one in SHIPPED)))


def registry_called(key: str) -> Registry | None:
    """The registry that `queries.yaml` calls so."""
    return next((registry for registry in registries() if registry.key == key), None)


def find_trial(text: str) -> tuple[Registry, str] | None:
    """The registry and the id in an id or an address of a record's page."""
    found = ((registry, registry.trial_id(text)) for registry in registries())
    return next(((registry, trial_id) for registry, trial_id in found if trial_id), None)


def at_another(text: str) -> tuple[str, str] | None:
    """What to say of a number or an address of a registry that can't be asked, and what to do."""
    entry = registry_meant(text)
    asked = [one.name for one in registries()]
    if entry is None or entry.name in asked:
        return None
    message = f"`{text}` is of another registry, {entry.name}"
    hint = f"only {', '.join(asked[:-1])} and {asked[-1]} can be asked over the network"
    hint += f"; a file of it, or the WHO's export, can be imported: `{command('import', 'FILE')}`"
    return message, hint


def trials_in(text: str) -> tuple[str, ...]:
    """The ids and addresses in a text, parted by commas or blanks; the text itself where it is one,
    or none of its parts is."""
    parts = tuple(filter(None, re.split(r"[\s,;]+", text)))
    are_trials = [bool(find_trial(part)) for part in parts]
    if all(are_trials) or (any(are_trials) and not find_trial(text)):
        return parts or (text,)
    return (text,)


def meant_trial(text: str) -> str:
    """The number that is meant by one without its letters, or with a sign too many between;
    '' where there is none. A person has to say so: nothing is fetched by it."""
    bare = re.sub(r"[\W_]+", "", text)
    found = (find_trial(one) for one in (bare, *with_letters(bare)))
    return next((one[1] for one in found if one), "")


def find_question(text: str) -> tuple[Registry, Parameters] | None:
    """The registry and the parameters in a question or an address of a search page.

    Raises CallFailure where the one registry that knows it can't ask it.
    """
    found = ((registry, registry.parameters(text)) for registry in registries())
    return next(((registry, asked) for registry, asked in found if asked), None)

"""ClinicalTrials.gov over its Data API, version 2 (https://clinicaltrials.gov/data-api/api).

A list of trials comes with their ids and dates alone, a thousand a request; then the records that
are newer than ours. A page's token belongs to one version of the data: where that changes in the
middle, the list is begun anew. `TRIALPAGES_CTGOV` names another address: a mirror, or a test's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import msgspec

from trialpages.problems import MachineFailure, Problem
from trialpages.registries import ctgov_words
from trialpages.registries.ctgov_answers import (
    MOST_STUDIES,
    Page,
    ask_page,
    ask_version,
    at_address,
    listed_of,
    number_of,
    other_shape,
    version_of,
)
from trialpages.registries.door import Fetched, Listed, Parameters, Refused
from trialpages.registries.troubles import failure

if TYPE_CHECKING:
    from trialpages.registries.client import Client

PAGES = "https://clinicaltrials.gov/study/"

_MOST_A_PAGE = 1000
_IDS_A_REQUEST = 100
_ROUNDS = 3
"""How often a list is begun, where the data changes under our hands."""

_FORM = {"format": "json", "markupFormat": "markdown"}
_LISTED = "NCTId|NCTIdAlias|LastUpdatePostDate|VersionHolder"
"""The last one is the date of the data: it tells whether two pages are of one version."""

_UPDATED = "AREA[LastUpdatePostDate]RANGE[{},MAX]"


class ClinicalTrialsGov:
    """See `door.Registry`."""

    key = "ctgov"
    name = "ClinicalTrials.gov"
    address = PAGES

    def trial_id(self, text: str) -> str:
        return ctgov_words.trial_id(text)

    def parameters(self, text: str) -> Parameters:
        return ctgov_words.parameters(text)

    def checked(self, parameters: Parameters) -> Parameters:
        return ctgov_words.checked(parameters)

    def version(self, client: Client) -> str:
        with _understood():
            return ask_version(client)

    def list_trials(self, client: Client, ids: Collection[str]) -> Iterator[Listed | Problem]:
        for some in _hundreds(sorted(ids)):
            asked = self._listed(client, {"filter.ids": ",".join(some)})
            with _understood():
                yield from (one for one in asked if _is_among(one, some))

    def list_answer(self, client: Client, parameters: Parameters) -> tuple[Listed | Problem, ...]:
        with _addressed():
            return tuple(self._listed(client, parameters))

    def _listed(self, client: Client, parameters: Parameters) -> Iterator[Listed | Problem]:
        asked = {**parameters, "fields": _LISTED}
        for _ in range(_ROUNDS):
            try:
                found = _whole_list(client, asked)
            except _Moved as error:
                why = str(error)
            else:
                yield from found
                return
        raise failure("no-answer", f"ClinicalTrials.gov can't be listed whole: {why}", _LATER)

    def records(
        self, client: Client, wanted: Collection[Listed], parameters: Parameters | None
    ) -> Iterator[Fetched]:
        left = {listed.id for listed in wanted}
        if parameters is not None and len(left) > _IDS_A_REQUEST:
            since = min(listed.updated for listed in wanted)
            with _understood():
                yield from _taken(_until_moved(client, _since(parameters, since)), left)
        for some in _hundreds(sorted(left)):
            with _understood():
                yield from _taken(_until_moved(client, {"filter.ids": ",".join(some)}), left)


def _is_among(found: Listed | Problem, ids: Sequence[str]) -> bool:
    """Whether a trial was asked for; what has no number may be one that was."""
    return isinstance(found, Problem) or not {found.id, *found.aliases}.isdisjoint(ids)


@contextmanager
def _understood() -> Iterator[None]:
    """Raise MachineFailure where what is no editor's question is refused as one."""
    with _addressed():
        try:
            yield
        except Refused as refused:
            message = f"ClinicalTrials.gov refuses what it used to understand: {refused}"
            hint = "see whether there is a newer version of trialpages"
            raise failure("refused", message, hint) from None


@contextmanager
def _addressed() -> Iterator[None]:
    """Let a failure say who names the address, where that isn't the registry's own."""
    try:
        yield
    except MachineFailure as failed:
        raise MachineFailure(*map(at_address, failed.problems)) from None


def _taken(studies: Iterator[bytes], left: set[str]) -> Iterator[Fetched]:
    """Those that are wanted, each once; `left` are those still to come."""
    for study in studies:
        trial_id = number_of(study)
        if trial_id in left:
            left.remove(trial_id)
            yield Fetched(trial_id, f"{PAGES}{trial_id}", msgspec.Raw(study))


_LATER = "its data is renewed once a day: run the same again in a few minutes"

REGISTRY = ClinicalTrialsGov()


def _since(parameters: Parameters, date: str) -> Parameters:
    """The question, narrowed to what has changed since a date; all of it without one."""
    if not date:
        return parameters
    newer = _UPDATED.format(date)
    said = parameters.get("filter.advanced")
    return {**parameters, "filter.advanced": f"({said}) AND {newer}" if said else newer}


def _hundreds(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _IDS_A_REQUEST] for at in range(0, len(ids), _IDS_A_REQUEST))


# --- pages --------------------------------------------------------------------------------------


class _Moved(Exception):  # noqa: N818  (the list is begun anew)
    """The data changed between two pages of a list."""


_MOST_ODD = 50
"""Pages that lead on though they aren't full, or with no word of how many trials there are."""

_TOLD = 10
"""After so many pages it is said how far it is."""


def _pages(client: Client, parameters: Parameters) -> Iterator[Page]:
    """All pages of an answer. Raises _Moved where the data changes between two of them or they hold
    more trials than are counted, and MachineFailure where they have no end."""
    token, seen, odd, whole = "", 0, 0, None
    ids: set[str] = set()
    for number in count(1):
        size = {"pageSize": str(_MOST_A_PAGE)}
        more = {"pageToken": token} if token else {"countTotal": "true"}
        try:
            page = ask_page(client, {**parameters, **_FORM, **size, **more})
        except Refused:
            if token:  # what was understood a page ago still is: it is the token that is refused
                raise _Moved("its data changed between two pages") from None
            raise
        yield page
        token, known = page.token, len(ids)
        ids.update(filter(None, map(number_of, page.studies)))
        seen, whole = seen + len(page.studies), page.total if whole is None else whole
        if whole is not None and len(ids) > whole:
            raise _Moved(f"it counts {whole:,} trials and hands over {len(ids):,} and more")
        is_full = len(page.studies) >= _MOST_A_PAGE  # then another may follow, whatever it counts
        if not token or (whole is not None and seen >= whole and not is_full):
            return
        odd += whole is None or not is_full
        if len(ids) == known or seen > MOST_STUDIES or odd > _MOST_ODD:
            raise other_shape("studies", f"its pages don't end: {seen:,} studies on {number:,}")
        if number % _TOLD == 0:
            of = f"of {whole:,}" if whole is not None else "and it doesn't say of how many"
            client.say(f"ClinicalTrials.gov: {seen:,} trials so far, {of}")


def _whole_list(client: Client, parameters: Parameters) -> tuple[Listed | Problem, ...]:
    """Every trial of an answer, all of one version of the data. Raises _Moved otherwise."""
    found: dict[str, Listed] = {}
    versions: set[str] = set()
    total, nameless = None, 0
    for page in _pages(client, parameters):
        total = page.total if page.total is not None else total
        listed = [one for study in page.studies if (one := listed_of(study))]
        if page.studies and not listed:
            raise other_shape("studies", "no study in it has an `nctId`")
        found |= {one.id: one for one in listed}
        nameless += len(page.studies) - len(listed)
        versions |= {version for study in page.studies if (version := version_of(study))}
        if len(versions) > 1:
            raise _Moved("its data changed between two pages")
    handed = len(found) + nameless
    if total is not None and handed < total:
        raise _Moved(f"it counts {total:,} trials and hands over {handed:,}")
    return (*found.values(), *([_nameless(nameless, handed)] if nameless else []))


def _nameless(number: int, handed: int) -> Problem:
    message = (
        f"{number:,} of {handed:,} trials in an answer of ClinicalTrials.gov have no number: they "
        "were left out"
    )
    return Problem("no-number", "error", message, hint="only the registry can mend that")


def _until_moved(client: Client, parameters: Parameters) -> Iterator[bytes]:
    """The studies of an answer, as far as its pages belong together."""
    try:
        for page in _pages(client, parameters):
            yield from page.studies
    except _Moved:
        return

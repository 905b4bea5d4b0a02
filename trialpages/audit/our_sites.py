"""Our sites as site.yaml names them, beside the places that records have: names that no place has,
and names that places of several towns have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trialpages.problems import Problem, quoted
from trialpages.records.explain import Fault
from trialpages.records.model import Location, Trial
from trialpages.records.our_sites import OurSite, is_at
from trialpages.records.places import placed
from trialpages.settings.site_file import Site
from trialpages.text.meant import alike
from trialpages.text.spelling import folded


def check_our_sites(
    site: Site, trials: Iterable[Trial], content: str, path: str
) -> Iterator[Problem]:
    """Warnings; `trials` are all there are."""
    places = [place for trial in trials for place in trial.locations if site.our_sites]
    for at, one in enumerate(site.our_sites):
        here = [place for place in places if is_at(place, one)]
        faults = _of_several_towns(one, here, at) if here else _unknown(one, places, at)
        yield from (replace(one, severity="warning") for one in placed(faults, content, path))


def _unknown(one: OurSite, places: Sequence[Location], at: int) -> Iterator[Fault]:
    named = {folded(place.facility): place.facility for place in places if place.facility}
    message = f"no place of a trial is called {quoted(one.name)}"
    hint = "write it under `written:` as records do"
    if one.cities and any(folded(name) in named for name in (one.name, *one.written)):
        message += f" in {', '.join(map(quoted, one.cities))}"
        hint = "write the town as records do"
    elif near := alike(one.name, named.values()):
        hint = f"did you mean {' or '.join(map(quoted, near))}?"
    yield Fault(("our_sites", at), "no-such-place", message, hint)


def _of_several_towns(one: OurSite, here: Sequence[Location], at: int) -> Iterator[Fault]:
    towns = {folded(place.city): place.city for place in here if place.city}
    if len(towns) > 1 and not one.cities:
        some = ", ".join(map(quoted, [*towns.values()][:_MOST_TOWNS]))
        message = f"places called {quoted(one.name)} are in {len(towns)} towns: {some}"
        message += ", …" if len(towns) > _MOST_TOWNS else ""
        hint = "name those that are yours, as records write them: `cities: [one, another]`"
        yield Fault(("our_sites", at), "several-towns", message, hint)


_MOST_TOWNS = 6

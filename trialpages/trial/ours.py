"""Which of our sites a trial has, and whether it takes people there, as its record says."""

from __future__ import annotations

from trialpages.records.model import Trial
from trialpages.records.our_sites import OurSites, site_of
from trialpages.trial.facts import AtOurSite
from trialpages.trial.standing import recruits
from trialpages.trial.taking import Stand, are_undecided, stands_of_places, together


def at_ours(trial: Trial, ours: OurSites) -> tuple[AtOurSite, ...]:
    """In the order of site.yaml. How a place stands counts only while the trial recruits, and
    where nobody has to decide about its places first."""
    found: dict[str, set[Stand]] = {site.name: set() for site in ours}
    for one in stands_of_places(trial) if ours else ():
        if name := site_of(one.place, ours):
            found[name].add(one.stand)
    says = recruits(trial) and not are_undecided(trial)
    return tuple(
        AtOurSite(name, together(stands) if says else "unsaid")
        for name, stands in found.items()
        if stands
    )

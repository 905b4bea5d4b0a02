"""The registries there are: what each is called, what its numbers look like, where a record stands.

A number says itself which registry gave it; what a record names as its source counts only where
the number is of no known form. Forms as the registries publish them; those of the same form, and
those that can't be told from a number of somebody's own, are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from trialpages.addresses import address_of, trial_path
from trialpages.prose.markup import web_url
from trialpages.records.model import Trial

CLINICALTRIALS_GOV = "ClinicalTrials.gov"


class Registry(NamedTuple):
    name: str
    """As one cites it."""
    number: str
    """A pattern that its numbers match whole, in any case of letters."""
    page: str = ""
    """The address of a record, with `{}` for its number; '' where the number doesn't tell it."""


REGISTRIES = (
    Registry(CLINICALTRIALS_GOV, r"NCT\d{8}", "https://clinicaltrials.gov/study/{}"),
    Registry("ISRCTN", r"ISRCTN\d{8}", "https://www.isrctn.com/{}"),
    Registry(
        "EU Clinical Trials Information System (CTIS)",
        r"20\d\d-5\d{5}-\d\d-\d\d",
        "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={}",
    ),
    Registry(
        "EU Clinical Trials Register",
        r"(19|20)\d\d-\d{6}-\d\d",
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{}",
    ),
    Registry("German Clinical Trials Register (DRKS)", r"DRKS\d{8}"),
    Registry("Australian New Zealand Clinical Trials Registry (ANZCTR)", r"ACTRN\d{14}p?"),
    Registry("Brazilian Registry of Clinical Trials (ReBEC)", r"RBR-[0-9a-z]{5,8}"),
    Registry("Chinese Clinical Trial Registry (ChiCTR)", r"ChiCTR(-[A-Z]{2,4}-)?\d{8,10}"),
    Registry("Clinical Research Information Service (CRIS)", r"KCT\d{7}"),
    Registry("Clinical Trials Registry - India (CTRI)", r"CTRI[/-]20\d\d[/-]\d\d\d?[/-]\d{6}"),
    Registry("Cuban Public Registry of Clinical Trials (RPCEC)", r"RPCEC\d{8}"),
    Registry("Iranian Registry of Clinical Trials (IRCT)", r"IRCT\d{8,14}N\d+"),
    Registry("Japan Registry of Clinical Trials (jRCT)", r"jRCTs?\d{9,10}"),
    Registry("Lebanese Clinical Trials Registry (LBCTR)", r"LBCTR\d{10}"),
    Registry("Pan African Clinical Trials Registry (PACTR)", r"PACTR\d{15}"),
    Registry("Sri Lanka Clinical Trials Registry (SLCTR)", r"SLCTR[/-]20\d\d[/-]\d{3}"),
    Registry("Thai Clinical Trials Registry (TCTR)", r"TCTR\d{11}"),
    Registry("UMIN Clinical Trials Registry (UMIN-CTR)", r"UMIN\d{9}"),
)

_FORMS = tuple((re.compile(each.number, re.IGNORECASE), each) for each in REGISTRIES)
_NAMES = frozenset(
    part.casefold() for each in REGISTRIES for part in re.split(r" \(|\)", each.name) if part
)
"""What the registries of the table go by, long and short."""


@lru_cache(maxsize=1 << 14)
def registry_of(number: str) -> Registry | None:
    """The registry that gave a number; None where its form is none of those known."""
    return next((each for form, each in _FORMS if form.fullmatch(number)), None)


def study_page(number: str) -> str:
    """The address of a trial at the registry its number belongs to, or '' where it isn't known."""
    registry = registry_of(number)
    return registry.page.format(number) if registry else ""


def registry_page(trial: Trial) -> str:
    """The record's address at its registry, or '' where it isn't known."""
    return study_page(trial.nct_id) or (web_url(trial.source.url) if trial.source else "")


def page_address(trial: Trial, site: str) -> str:
    """The trial's page under the site's URL; the registry's page where the site has none."""
    return address_of(trial_path(trial.nct_id), site) or registry_page(trial)


def registry_name(trial: Trial) -> str:
    """The registry that the trial's number is one of, or ''.

    Where the number's form is unknown, it is what the record names as its source, unless that is a
    registry whose numbers look otherwise.
    """
    if registry := registry_of(trial.nct_id):
        return registry.name
    said = (trial.source.registry or "") if trial.source else ""
    return "" if said.casefold() in _NAMES else said

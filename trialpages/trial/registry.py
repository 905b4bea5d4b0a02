"""Which registry a trial comes from, and where its record stands there."""

from __future__ import annotations

import re

from trialpages.addresses import address_of, trial_path
from trialpages.prose.markup import web_url
from trialpages.records.model import Trial

_STUDY = "https://clinicaltrials.gov/study/"


def study_page(trial_id: str) -> str:
    """The address of a trial at the registry its id belongs to, or '' where it isn't known."""
    return _STUDY + trial_id if _NCT_ID.fullmatch(trial_id) else ""


_NCT_ID = re.compile(r"NCT\d{8}")


def registry_page(trial: Trial) -> str:
    """The record's address at its registry, or '' where it isn't known."""
    return study_page(trial.nct_id) or (web_url(trial.source.url) if trial.source else "")


def page_address(trial: Trial, site: str) -> str:
    """The trial's page under the site's URL; the registry's page where the site has none."""
    return address_of(trial_path(trial.nct_id), site) or registry_page(trial)


def registry_name(trial: Trial) -> str:
    """`ClinicalTrials.gov`, or what the record names as its source, or ''."""
    if study_page(trial.nct_id):
        return "ClinicalTrials.gov"
    return (trial.source.registry or "") if trial.source else ""

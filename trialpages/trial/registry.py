"""Where a trial's record stands at its registry, and what the registry is called.

What a record names as its source counts only where its number is of no known form.
"""

from __future__ import annotations

from trialpages.addresses import address_of, escaped_name, trial_path
from trialpages.records.model import Trial
from trialpages.records.registry_numbers import (
    CLINICALTRIALS_GOV,
    NAMES,
    is_address_of,
    registry_of,
)
from trialpages.text.weblinks import web_url


def study_page(number: str) -> str:
    """The address of a trial at the registry its number belongs to, or '' where it isn't known."""
    registry = registry_of(number)
    return registry.page_of(number) if registry else ""


def document_page(filename: str, number: str) -> str:
    """Where ClinicalTrials.gov keeps a study document, or '' for another registry's number.

    >>> document_page("Prot_SAP_000.pdf", "NCT02750215")
    'https://cdn.clinicaltrials.gov/large-docs/15/NCT02750215/Prot_SAP_000.pdf'
    """
    registry = registry_of(number)
    if not registry or registry.name != CLINICALTRIALS_GOV:
        return ""
    kept = f"https://cdn.clinicaltrials.gov/large-docs/{number[-2:]}/{number}"
    return f"{kept}/{escaped_name(filename)}"


def registry_page(trial: Trial) -> str:
    """The record's address at its registry, or '' where it isn't known."""
    return study_page(trial.nct_id) or source_page(trial)


def source_page(trial: Trial) -> str:
    """What the record names as its source; '' where no page may lead to it: it is no address of its
    number's registry, or that of another trial there."""
    url = web_url(trial.source.url) if trial.source else ""
    return url if is_address_of(url, trial.nct_id) else ""


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
    return "" if said.casefold() in NAMES else said

"""Identifiers that can't be right: ORCID, DOI, PubMed and registry numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialpages.problems import Problem, Where
from trialpages.records.model import Trial

_ORCID = re.compile(r"(?<![\d-])\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?![\d-])")
_DOI = re.compile(r"(?:\bdoi:\s*|\bdoi\.org/)(\S+)", re.IGNORECASE)
_DOI_FORM = re.compile(r"10\.\d{4,9}(\.\d+)*/\S+")
_NCT = re.compile(r"(?<![A-Za-z0-9])NCT[- ]?\d+(?![A-Za-z0-9])", re.IGNORECASE)
_NCT_FORM = re.compile(r"NCT\d{8}")
_PMID_FORM = re.compile(r"[1-9]\d{0,8}")


def check_lines(text: str, path: str) -> Iterator[Problem]:
    """Identifiers of the forms above, wherever they stand in a content file."""
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _ORCID.finditer(line):
            if not is_orcid(found[0]):
                yield _problem(path, number, line, found.span(), "orcid", f"ORCID {found[0]}")
        for found in _DOI.finditer(line):
            if not _DOI_FORM.match(found[1]):
                yield _problem(path, number, line, found.span(1), "doi", f"DOI {found[1]}")
        for found in _NCT.finditer(line):
            if not _NCT_FORM.fullmatch(found[0]):
                yield _problem(path, number, line, found.span(), "nct", f"trial number {found[0]}")


_HINTS = {
    "orcid": "its check digit doesn't fit: compare it with the source, digit by digit",
    "doi": "a DOI looks like 10.1000/182",
    "nct": "ClinicalTrials.gov's numbers are NCT and eight digits, without a space",
}


def _problem(
    path: str, line: int, source: str, span: tuple[int, int], code: str, what: str
) -> Problem:
    start, end = span
    where = Where(path, line, start + 1, source, end - start)
    return Problem(code, "warning", f"the {what} can't be right", where, _HINTS[code])


def is_orcid(text: str) -> bool:
    """Whether the last sign is the check digit of the others (ISO 7064 MOD 11-2)."""
    digits = text.replace("-", "").upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return digits[-1] == "0123456789X"[(12 - total % 11) % 11]


def check_pmids(trial: Trial, path: str) -> Iterator[Problem]:
    """PubMed numbers that aren't numbers."""
    hint = "a PubMed number has up to nine digits and no other sign"
    for index, reference in enumerate(trial.references):
        if reference.pmid and not _PMID_FORM.fullmatch(reference.pmid):
            message = f"the PubMed number `{reference.pmid}` can't be right"
            where = Where(path, field=("references", index, "pmid"))
            yield Problem("pmid", "warning", message, where, hint)

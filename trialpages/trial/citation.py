"""A trial's record as a work that is cited: its author is the lead sponsor, its year that of the
last update. What the page, its meta tags and the files for reference managers say alike."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.characters import one_line
from trialpages.records.model import Trial
from trialpages.trial.derived import lead_sponsor
from trialpages.trial.registry import registry_name
from trialpages.trial.registry_dates import is_dated_by_publication


def cited_title(trial: Trial) -> str:
    return trial.official_title or trial.brief_title


def cited_author(trial: Trial) -> str:
    """The lead sponsor's name, or ''."""
    return lead_sponsor(trial)


def cited_date(trial: Trial) -> str:
    """The date the record was last updated, as far as it is known; of one that somebody else passed
    on and that doesn't say it, of when that copy is; '' if neither is known."""
    posted, source = trial.last_update_post_date, trial.source
    copied = source.date if source and source.via else None
    return (posted.date if posted else trial.last_update_submit_date) or copied or ""


def passed_on(trial: Trial) -> str:
    """Who passed the record on, and of when that copy is; '' where its registry handed it out."""
    source = trial.source
    if not source or not source.via:
        return ""
    return f"Passed on by {source.via}" + (f", copy of {source.date}" if source.date else "")


def cited_keywords(trial: Trial) -> tuple[str, ...]:
    """Its conditions and keywords, each once."""
    return tuple(dict.fromkeys((*trial.conditions, *trial.keywords)))


def corporate_author(name: str) -> str:
    """An organization's name so that reference managers keep it whole: `Qilu Co. Ltd.,`.

    Without a comma EndNote takes the last word for a last name, and behind every comma EndNote and
    Zotero see a first name: a name ends in one, and those inside are left out as citations do.
    """
    whole = " ".join(one_line(name).replace(",", " ").split())
    return f"{whole}," if whole else ""


def in_a_sentence(trial: Trial) -> str:
    """The reference as the page shows it."""
    registry, posted = registry_name(trial), trial.last_update_post_date
    how = "Published" if is_dated_by_publication(trial) else "Updated"
    parts = (
        cited_author(trial),
        cited_title(trial),
        f"{registry} identifier {trial.nct_id}" if registry else f"Identifier {trial.nct_id}",
        passed_on(trial),
        f"{how} {posted.date}" if posted else "",
    )
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def citation_tags(trial: Trial, url: str) -> Iterator[tuple[str, str]]:
    """Name and content of the page's meta tags for reference managers (Highwire's, as Google
    Scholar documents them): a report, to its registry's number. `url` is the page's.

    An institution makes it a report to Zotero, which else takes it for an article in a journal.
    """
    tags = (
        ("citation_title", cited_title(trial)),
        ("citation_author", corporate_author(cited_author(trial))),
        ("citation_date", cited_date(trial).replace("-", "/")),
        ("citation_technical_report_institution", registry_name(trial)),
        ("citation_technical_report_number", trial.nct_id),
        ("citation_public_url", url),
        ("citation_language", trial.lang or ""),
    )
    yield from ((name, one_line(text)) for name, text in tags if text)

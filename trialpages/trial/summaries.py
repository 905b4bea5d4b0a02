"""The summary in plain words in the site's other languages: its editor's translation, or else the
first one, of which the page then says which language it is in."""

from __future__ import annotations

from msgspec.structs import replace

from trialpages.records.model import SummaryTranslation, Trial


def summary_in(trial: Trial, code: str) -> Trial:
    """The trial with its summary as it reads in another language; as it is where that is none."""
    plain, found = trial.plain_language_summary, _translation(trial, code)
    if plain is None or found is None:
        return trial
    signed = replace(
        plain,
        text=found.text,
        author=found.author or plain.author,
        date=found.date or plain.date,
    )
    return replace(trial, plain_language_summary=signed)


def summary_language(trial: Trial, code: str, first: str) -> str:
    """The language of the summary on a page in a language, where it isn't that: the site's
    `first`."""
    return "" if code == first or _translation(trial, code) else first


def _translation(trial: Trial, code: str) -> SummaryTranslation | None:
    plain = trial.plain_language_summary
    there = plain.translations if plain else ()
    return next((one for one in there if one.language == code), None)

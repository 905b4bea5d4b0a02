"""What the index knows of a trial: the sections people search, under the ids they have there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape

from trialpages.language import Language
from trialpages.prose.markup import prose
from trialpages.records.model import Outcome, Trial
from trialpages.search.documents import SearchDocument, SearchSection
from trialpages.search.facts import known_ids
from trialpages.trial.views import TrialPage, trial_path


def trial_document(trial: Trial, page: TrialPage, language: Language) -> SearchDocument:
    """The search document of a trial and its page. What is filtered by is left to the facts."""
    ids = known_ids(trial)
    also = (*ids, trial.acronym, trial.official_title)
    return SearchDocument(
        url=trial_path(trial.nct_id),
        language=trial.lang or language.code,
        title=trial.brief_title,
        sections=tuple(_sections(trial, page)),
        meta=_meta(trial, page, language),
        also=" ".join(part for part in also if part),
    )


_NAMED = 2.0
"""The weight of a word in what names a trial's conditions and treatments."""


def _sections(trial: Trial, page: TrialPage) -> Iterator[SearchSection]:
    titles = dict(page.sections)

    def section(anchor: str, *parts: str, weight: float = 1) -> Iterator[SearchSection]:
        html = "".join(parts)
        if html and anchor in titles:
            yield SearchSection(anchor, titles[anchor], html, weight)

    plain = trial.plain_language_summary
    yield from section("plain-language", _prose(plain.text if plain else None))
    yield from section("summary", _prose(trial.brief_summary))
    others = (_prose(part.text) for part in trial.sections)
    yield from section("description", _prose(trial.detailed_description), *others)
    terms = _list((*trial.conditions, *trial.keywords))
    yield from section("conditions", terms, weight=_NAMED)
    yield from section("arms", *(_named(a.id, a.arm.label, a.arm.description) for a in page.arms))
    named = (
        _named(i.id, i.intervention.name, i.intervention.description, *i.intervention.other_names)
        for i in page.interventions
    )
    yield from section("interventions", *named)
    outcomes = (*trial.primary_outcomes, *trial.secondary_outcomes, *trial.other_outcomes)
    yield from section("outcomes", *map(_outcome, outcomes))
    for group in page.criteria:
        yield SearchSection(group.id, group.heading or titles["eligibility"], str(group.html))
    yield from section("locations", _list(_places(trial)))
    yield from section("sponsors", _list(_sponsors(trial)))
    yield from section("investigators", _list(o.name for o in trial.overall_officials))
    yield from section("references", _list(r.citation for r in trial.references))


def _prose(text: str | None) -> str:
    return prose(text) if text else ""


def _named(anchor: str, name: str | None, description: str | None, *others: str) -> str:
    head = f'<p id="{anchor}" data-pagefind-weight="{_NAMED:g}">{escape(name or "")}</p>'
    return head + _prose(description) + _list(others)


def _outcome(outcome: Outcome) -> str:
    return f"<p>{escape(outcome.measure or '')}</p>" + _prose(outcome.description)


def _list(items: Iterable[str | None]) -> str:
    return "".join([f"<li>{escape(item)}</li>" for item in items if item])


_MOST_PLACES = 50


def _places(trial: Trial) -> list[str]:
    """Facilities and cities; of a very large trial only the cities, each once."""
    if len(trial.locations) <= _MOST_PLACES:
        return [
            " ".join(part for part in (place.facility, place.city, place.state) if part)
            for place in trial.locations
        ]
    return list(dict.fromkeys(place.city for place in trial.locations if place.city))


def _sponsors(trial: Trial) -> list[str]:
    sponsors = (trial.lead_sponsor, *trial.collaborators)
    return [sponsor.name for sponsor in sponsors if sponsor and sponsor.name]


def _meta(trial: Trial, page: TrialPage, language: Language) -> dict[str, str]:
    facts = {
        "nct_id": trial.nct_id,
        "status": language.label(trial.overall_status),
        "phase": page.phase,
        "countries": ", ".join(name for name, _ in page.countries),
    }
    return {key: value for key, value in facts.items() if value}

"""What the index knows of a trial: the sections people search, under the ids they have there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.addresses import trial_path
from trialpages.language import Language
from trialpages.prose.markup import prose
from trialpages.records.model import Outcome, Trial
from trialpages.search.documents import Block, Prose, SearchDocument, SearchSection, Words
from trialpages.search.facts import known_ids
from trialpages.trial.views import TrialPage


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

_OF_ANOTHER = 0.1
"""The weight of a word in the title of another trial."""


def _sections(trial: Trial, page: TrialPage) -> Iterator[SearchSection]:
    titles = dict(page.sections)
    for anchor, blocks, weight in _contents(trial, page):
        found = tuple(blocks)
        if found and anchor in titles:
            yield SearchSection(anchor, titles[anchor], found, weight)
        if anchor == "outcomes":
            for group in page.criteria:
                heading = f"{group.part} {group.heading}".strip() or titles["eligibility"]
                yield SearchSection(group.id, heading, (Prose(group.html),))


def _contents(trial: Trial, page: TrialPage) -> Iterator[tuple[str, Iterable[Block], float]]:
    """The id of each section, what it holds, and the weight of its words, in the page's order."""
    plain = trial.plain_language_summary
    others = [part.text for part in trial.sections]
    outcomes = (*trial.primary_outcomes, *trial.secondary_outcomes, *trial.other_outcomes)
    yield "plain-language", _prose(plain.text if plain else None), 1
    yield "summary", _prose(trial.brief_summary), 1
    yield "description", _prose(trial.detailed_description, *others), 1
    yield "conditions", _words((*trial.conditions, *trial.keywords)), _NAMED
    yield "arms", _arms(page), 1
    yield "interventions", _interventions(page), 1
    yield "outcomes", (block for outcome in outcomes for block in _outcome(outcome)), 1
    yield "locations", _words(_places(trial)), 1
    yield "sponsors", _words(_sponsors(trial)), 1
    yield "investigators", _words(official.name for official in trial.overall_officials), 1
    yield "references", _words(reference.citation for reference in trial.references), 1
    yield "related", _words(other.title for other in page.related), _OF_ANOTHER


def _prose(*texts: str | None) -> Iterator[Block]:
    return (Prose(prose(text)) for text in texts if text)


def _words(texts: Iterable[str | None]) -> Iterator[Block]:
    return (Words(text) for text in texts if text)


def _arms(page: TrialPage) -> Iterator[Block]:
    for one in page.arms:
        yield Words(one.arm.label or "", one.id, _NAMED)
        yield from _prose(one.arm.description)


def _interventions(page: TrialPage) -> Iterator[Block]:
    for one in page.interventions:
        given = one.intervention
        yield Words(given.name or "", one.id, _NAMED)
        yield from _prose(given.description)
        yield from _words(given.other_names)


def _outcome(outcome: Outcome) -> Iterator[Block]:
    yield from _words([outcome.measure])
    yield from _prose(outcome.description)


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

"""What the index knows of a trial: the sections people search, and few facts to filter by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup, escape

from trialpages.pages.language import Language
from trialpages.pages.prose import prose
from trialpages.pages.views import TrialPage, trial_path
from trialpages.records.model import Outcome, Trial
from trialpages.records.vocabulary import Vocabulary
from trialpages.search.documents import ID_SEPARATOR, SearchDocument, SearchSection

Label = Callable[[Vocabulary], str]


def trial_document(trial: Trial, page: TrialPage, language: Language) -> SearchDocument:
    """The search document of a trial and its page. Places are left to the filters."""
    titles = dict(page.sections)
    return SearchDocument(
        url=trial_path(trial.nct_id),
        language=trial.lang or language.code,
        title=trial.brief_title,
        sections=tuple(_sections(trial, page, titles)),
        filters=_filters(trial, page, language.label),
        meta=_meta(trial, page, language.label),
        also=" ".join(part for part in (*_ids(trial), trial.acronym, trial.official_title) if part),
    )


def _sections(trial: Trial, page: TrialPage, titles: dict[str, str]) -> Iterator[SearchSection]:
    def section(anchor: str, *parts: str) -> Iterator[SearchSection]:
        html = "".join(parts)
        if html and anchor in titles:
            yield SearchSection(anchor, titles[anchor], html)

    plain = trial.plain_language_summary
    yield from section("plain-language", _prose(plain.text if plain else None))
    yield from section("summary", _prose(trial.brief_summary))
    others = (_prose(part.text) for part in trial.sections)
    yield from section("description", _prose(trial.detailed_description), *others)
    yield from section("conditions", _list((*trial.conditions, *trial.keywords)))
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
    return str(prose(text)) if text else ""


def _named(anchor: str, name: str | None, description: str | None, *others: str) -> str:
    head = Markup('<p id="{}">{}</p>').format(anchor, name or "")
    return head + _prose(description) + _list(others)


def _outcome(outcome: Outcome) -> str:
    return str(Markup("<p>{}</p>").format(outcome.measure or "")) + _prose(outcome.description)


def _list(items: Iterable[str | None]) -> str:
    return "".join(f"<li>{escape(item)}</li>" for item in items if item)


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


def _ids(trial: Trial) -> list[str]:
    own = trial.org_study_id_info.id if trial.org_study_id_info else None
    others = (other.id for other in trial.secondary_id_infos)
    found = (trial.nct_id, *trial.nct_id_aliases, *trial.aliases, own, *others)
    return [identifier for identifier in dict.fromkeys(found) if identifier]


def _filters(trial: Trial, page: TrialPage, label: Label) -> dict[str, tuple[str, ...]]:
    sponsor = trial.lead_sponsor
    return {
        "status": (label(trial.overall_status),),
        "phase": tuple(map(label, trial.phases)),
        "type": (label(trial.study_type),),
        "sponsor_class": (label(sponsor.class_),) if sponsor and sponsor.class_ else (),
        "age_group": tuple(map(label, page.std_ages)),
        "sex": (label(trial.sex),) if trial.sex else (),
        "country": tuple(name for name, _ in page.countries),
    }


def _meta(trial: Trial, page: TrialPage, label: Label) -> dict[str, str]:
    facts = {
        "nct_id": trial.nct_id,
        "ids": ID_SEPARATOR.join(_ids(trial)),
        "status": label(trial.overall_status),
        "phase": page.phase,
        "countries": ", ".join(name for name, _ in page.countries),
        "updated": trial.last_update_post_date.date if trial.last_update_post_date else "",
    }
    return {key: value for key, value in facts.items() if value}

"""What a search engine elsewhere is told of a trial: its document, field by field, in one table.

A field more is a row more: documents, both engines' settings, what the search page asks for and the
README beside the documents are made from FIELDS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from trialpages.addresses import address_of, trial_path
from trialpages.prose.plain_values import plain_text
from trialpages.records.model import DateStruct, Trial
from trialpages.records.registry_numbers import file_name
from trialpages.search.facts import SearchFacts
from trialpages.search.near import Whereabouts, position_of
from trialpages.search.weights import Field
from trialpages.trial.days import span
from trialpages.trial.derived import sponsors
from trialpages.trial.taking import Stand

Kind = Literal["string", "string[]", "int32", "int64", "bool", "geopoint[]", "object"]
"""As Typesense calls them; an `object` is handed back as it came, and never searched."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A trial as its document is made from."""

    trial: Trial
    facts: SearchFacts
    where: Whereabouts
    names: tuple[str, ...]
    """What its things are called beside what the record says."""
    spellings: tuple[str, ...]
    site: str
    """The site's URL; empty where it has none."""
    language: str
    cards: Mapping[str, Mapping[str, str]]
    """What a card shows of it, by language of the site."""


@dataclass(frozen=True, slots=True)
class EngineField:
    name: str
    kind: Kind
    told: str
    """What it is, for who loads the documents."""
    of: Callable[[HandedOver], Any]
    """Its value; where that is None or empty, the document goes without."""
    weight: Field | None = None
    """What a word in it is worth, where it is searched."""
    group: str = ""
    """The group of the search page's filters that it is chosen in."""
    filters: bool = False
    """Whether one may filter by it beyond the page's groups."""
    sorts: bool = False


NO_LIMIT = 9_999_999
"""Hours: more than any age."""

_TEXTS = (
    EngineField("acronym", "string", "the trial's short name", lambda t: t.trial.acronym,
                Field.ACRONYM),
    EngineField("title", "string", "its title", lambda t: t.facts.title, Field.TITLE),
    EngineField("conditions", "string[]", "what is studied, as the record says it",
                lambda t: t.facts.conditions, Field.CONDITIONS),
    EngineField("interventions", "string[]", "what is given or done, as the record names it",
                lambda t: _once(one.name for one in t.trial.interventions), Field.TREATMENTS),
    EngineField("numbers", "string[]", "every number the trial is known by, its registry's first",
                lambda t: t.facts.ids, Field.NUMBERS, filters=True),
    EngineField("official_title", "string", "its official title",
                lambda t: t.facts.official_title, Field.OFFICIAL_TITLE),
    EngineField("other_names", "string[]", "other names of interventions, as the record has them",
                lambda t: _once(name for one in t.trial.interventions for name in one.other_names),
                Field.OTHER_NAMES),
    EngineField("keywords", "string[]", "the record's keywords", lambda t: t.facts.keywords,
                Field.KEYWORDS),
    EngineField("headings", "string[]", "MeSH headings of conditions and interventions",
                lambda t: _once((*t.facts.headings, *t.facts.treatment_headings)), Field.HEADINGS),
    EngineField("also_called", "string[]", "names of these things that trialpages adds: lay words, "
                "`search_names` of site.yaml, headings in the order of speech",
                lambda t: t.names, Field.HEADINGS),
    EngineField("sponsors", "string[]", "lead sponsor and collaborators",
                lambda t: sponsors(t.trial), Field.PEOPLE),
    EngineField("arms", "string[]", "labels of the arms",
                lambda t: _once(one.label for one in t.trial.arm_groups), Field.ARMS),
    EngineField("towns", "string[]", "towns of its places, each with its country",
                lambda t: t.facts.cities, Field.CITIES, group="city"),
    EngineField("broader", "string[]", "the MeSH headings above these",
                lambda t: _once((*t.facts.broader, *t.facts.treatment_broader)), Field.BROADER),
    EngineField("countries", "string[]", "countries of its places, in the site's language",
                lambda t: t.facts.countries, Field.PLACES, group="country"),
    EngineField("places", "string[]", "names of its places, their regions and countries as the "
                "record has them", lambda t: _once(_places(t.trial)), Field.PLACES),
    EngineField("summary", "string", "its summary",
                lambda t: _plain(t.trial.brief_summary), Field.SUMMARY),
    EngineField("plain_language_summary", "string", "the one in plain words",
                lambda t: _in_plain_words(t.trial), Field.SUMMARY),
    EngineField("spellings", "string[]", "words of titles, conditions and interventions in the one "
                "spelling of trialpages' own index", lambda t: t.spellings, Field.PROSE),
    EngineField("description", "string", "its description",
                lambda t: _plain(t.trial.detailed_description), Field.PROSE),
    EngineField("outcomes", "string[]", "what is measured", lambda t: _once(_outcomes(t.trial)),
                Field.PROSE),
    EngineField("criteria", "string", "who can take part and who can't, as the record says it",
                lambda t: _plain(t.trial.eligibility_criteria), Field.CRITERIA),
)  # fmt: skip

_CHOSEN = (
    EngineField("status", "string", "whether it recruits", lambda t: t.facts.status,
                group="status"),
    EngineField("subjects", "string[]", "conditions, their headings and those above them",
                lambda t: _once((*t.facts.conditions, *t.facts.headings, *t.facts.broader)),
                group="condition"),
    EngineField("our_sites", "string[]", "those of `our_sites` of site.yaml that it has",
                lambda t: t.facts.our_sites, group="our_site"),
    EngineField("phases", "string[]", "its phases", lambda t: t.facts.phases, group="phase"),
    EngineField("study_type", "string", "the type of study", lambda t: t.facts.study_type,
                group="type"),
    EngineField("intervention_types", "string[]", "kinds of what is given or done",
                lambda t: t.facts.intervention_types, group="intervention"),
    EngineField("sex", "string", "ALL, FEMALE or MALE, where the record says whom it takes",
                lambda t: t.facts.sex, group="sex"),
    EngineField("healthy_volunteers", "bool", "whether it takes them, where the record says so",
                lambda t: t.facts.healthy_volunteers, group="healthy"),
    EngineField("has_results", "bool", "whether it has results at its registry, where that is said",
                lambda t: t.facts.has_results, group="results"),
    EngineField("sponsor_class", "string", "what kind of institution leads it",
                lambda t: t.facts.sponsor_class, group="sponsor_class"),
    EngineField("start_year", "int32", "the year it begins or began",
                lambda t: _year(t.trial.start_date), group="start"),
)  # fmt: skip

_NUMBERS = (
    EngineField("start_date", "int64", "when it begins or began",
                lambda t: _seconds(t.trial.start_date), filters=True, sorts=True),
    EngineField("completion_date", "int64", "when it ends or ended",
                lambda t: _seconds(t.trial.completion_date), filters=True, sorts=True),
    EngineField("last_updated", "int64", "when its registry last had a newer version",
                lambda t: _seconds(t.trial.last_update_post_date), filters=True, sorts=True),
    EngineField("enrollment", "int64", "how many people it has or plans for",
                lambda t: t.facts.enrollment, filters=True, sorts=True),
    EngineField("takes_from", "int32", "the lowest age it takes, in hours; 0 where the record sets "
                "no limit; none where its ages can't be read",
                lambda t: _unless_unread(t, t.facts.youngest or 0), filters=True),
    EngineField("takes_below", "int32", f"the age that is too old, in hours; {NO_LIMIT} where the "
                "record sets no limit; none where its ages can't be read",
                lambda t: _unless_unread(t, _below(t.facts.oldest)), filters=True),
    EngineField("status_rank", "int32", "0 where it recruits, and higher the less one can join it",
                lambda t: t.facts.status_rank, filters=True, sorts=True),
    EngineField("positions", "geopoint[]", "latitude and longitude of its places",
                lambda t: _positions(t.trial)),
    EngineField("open_positions", "geopoint[]", "the same of places of a recruiting trial that "
                "aren't said to take nobody", lambda t: _open_positions(t.where)),
)  # fmt: skip

_SHOWN = (
    EngineField("path", "string", "the trial's page, from the site's root",
                lambda t: trial_path(t.trial.nct_id)),
    EngineField("address", "string", "the page's whole address, where the site has a `url`",
                lambda t: address_of(trial_path(t.trial.nct_id), t.site)),
    EngineField("language", "string", "the record's language (BCP 47)",
                lambda t: t.trial.lang or t.language, filters=True),
    EngineField("cards", "object", "what a card of the search page shows, by language of the site",
                lambda t: t.cards),
    EngineField("closed", "object", "countries and towns in which a recruiting trial takes nobody, "
                "and how it stands there", lambda t: _closed(t.facts)),
)  # fmt: skip

FIELDS = (*_TEXTS, *_CHOSEN, *_NUMBERS, *_SHOWN)


def is_indexed(one: EngineField) -> bool:
    """Whether an engine has to know it: it is searched, chosen, filtered or sorted by."""
    is_asked = one.weight or one.group or one.filters or one.sorts
    return bool(is_asked) or one.kind == "geopoint[]"


def searched() -> Sequence[tuple[EngineField, float]]:
    """The fields that words are looked for in, what counts most first, and what each counts."""
    found = [(one, one.weight.value.own) for one in FIELDS if one.weight]
    return sorted(found, key=lambda both: -both[1])


def document(trial: HandedOver) -> dict[str, Any]:
    """The trial's document; its `id` is one that both engines take."""
    values = ((one.name, one.of(trial)) for one in FIELDS)
    told = {name: value for name, value in values if value not in (None, "", (), {}, [])}
    return {"id": engine_id(trial.trial.nct_id), **told}


_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_-]")


def engine_id(number: str) -> str:
    """Meilisearch takes letters of ASCII, digits, `-` and `_` alone."""
    return _NOT_IN_IDS.sub("_", file_name(number))


def _once(texts: Iterator[str | None] | Sequence[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _plain(text: str | None) -> str:
    return plain_text(text) if text else ""


def _in_plain_words(trial: Trial) -> str:
    plain = trial.plain_language_summary
    return _plain(plain.text) if plain else ""


def _places(trial: Trial) -> Iterator[str | None]:
    for place in trial.locations:
        yield from (place.facility, place.state, place.country)


def _outcomes(trial: Trial) -> Iterator[str | None]:
    every = (*trial.primary_outcomes, *trial.secondary_outcomes, *trial.other_outcomes)
    return (one.measure for one in every)


def _seconds(written: DateStruct | None) -> int | None:
    """Since 1970, of the first day that a partial date may mean."""
    if not written:
        return None
    day = span(written.date).first
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _unless_unread(trial: HandedOver, limit: int) -> int | None:
    return None if trial.facts.ages_unread else limit


def _below(oldest: int | None) -> int:
    return NO_LIMIT if oldest is None else min(oldest, NO_LIMIT)


def _year(written: DateStruct | None) -> int | None:
    return int(written.date[:4]) if written else None


def _positions(trial: Trial) -> list[tuple[float, float]]:
    return [*dict.fromkeys(at for place in trial.locations if (at := position_of(place)))]


def _open_positions(where: Whereabouts) -> list[tuple[float, float]]:
    return [*dict.fromkeys(at for place in where.places if (at := place.position))]


def _closed(facts: SearchFacts) -> dict[str, Mapping[str, Stand]]:
    both = (("country", facts.closed_countries), ("city", facts.closed_cities))
    return {group: dict(stands) for group, stands in both if stands}

"""What the index knows of a trial: the sections people search, under the ids they have there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.addresses import trial_path
from trialpages.language.site_language import Language
from trialpages.prose.markup import editors_prose, prose
from trialpages.records.model import Browse, Outcome, Trial
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV, registry_of
from trialpages.records.vocabulary import Phase
from trialpages.search.document import Block, Prose, SearchDocument, SearchSection, Words
from trialpages.search.facts import known_ids
from trialpages.search.weights import Field
from trialpages.trial.derived import sponsors
from trialpages.trial.own_words import own_texts
from trialpages.trial.registry import registry_name
from trialpages.trial.sections import texts_of_ours
from trialpages.trial.standing import conditions_said, ours_said
from trialpages.trial.views import TrialPage


def trial_document(trial: Trial, page: TrialPage, language: Language) -> SearchDocument:
    """The search document of a trial and its page. What is filtered by is left to the facts."""
    return SearchDocument(
        url=trial_path(trial.nct_id),
        language=trial.lang or language.code,
        title=trial.brief_title,
        sections=tuple(_sections(trial, page, language)),
        meta=card_facts(trial, page, language),
    )


def _sections(trial: Trial, page: TrialPage, language: Language) -> Iterator[SearchSection]:
    titles = dict(page.sections)
    for anchor, blocks in (("ours", _ours(trial)), *_record(trial), *_treatment(trial, page)):
        found = tuple(blocks)
        if found and anchor in titles:
            yield SearchSection(anchor, titles[anchor], found)
    for group in page.criteria:
        field = Field.EXCLUSION if group.kind == "exclusion" else Field.CRITERIA
        own = f"{group.part} {group.heading}".strip()
        blocks = (*_words(field, [own]), Prose(group.html, field))
        nameless = titles["eligibility"]
        if group.kind == "other":  # an excerpt of it must not look like what lets people in
            nameless = language.words["search_unsure"]
        yield SearchSection(group.id, own or nameless, blocks)
    for anchor, blocks in (*_people(trial), *_elsewhere(trial, page)):
        found = tuple(blocks)
        if found and anchor in titles:
            yield SearchSection(anchor, titles[anchor], found)
    for anchor, heading, browse in (
        ("conditions", "mesh_conditions", trial.condition_browse),
        ("interventions", "mesh_interventions", trial.intervention_browse),
    ):
        if browse and (found := tuple(_headings(browse))):
            yield SearchSection(anchor, language.words[heading], found)


Passages = Iterator[tuple[str, Iterable[Block]]]
"""The id of each section, and what it holds."""


def _ours(trial: Trial) -> Iterator[Block]:
    for label, texts in texts_of_ours(trial):
        yield Words(label, Field.PROSE)
        yield from (Prose(editors_prose(text, "trials"), Field.PROSE) for text in texts)


def _record(trial: Trial) -> Passages:
    plain = trial.plain_language_summary
    others = [part.text for part in trial.sections]
    if plain and plain.text:
        yield "plain-language", (Prose(editors_prose(plain.text, "trials"), Field.SUMMARY),)
    yield "summary", _prose(Field.SUMMARY, trial.brief_summary)
    yield "description", _prose(Field.PROSE, trial.detailed_description, *others)
    yield (
        "conditions",
        (*_words(Field.CONDITIONS, trial.conditions), *_words(Field.KEYWORDS, trial.keywords)),
    )
    design = trial.design_info
    masking = design.masking_info if design else None
    sample = trial.bio_spec
    yield (
        "design",
        _prose(
            Field.PROSE,
            design.intervention_model_description if design else None,
            masking.masking_description if masking else None,
            sample.description if sample else None,
        ),
    )


def _treatment(trial: Trial, page: TrialPage) -> Passages:
    outcomes = (*trial.primary_outcomes, *trial.secondary_outcomes, *trial.other_outcomes)
    yield "arms", _arms(page)
    yield "interventions", _interventions(page)
    yield "outcomes", (block for outcome in outcomes for block in _outcome(outcome))
    yield "eligibility", _prose(Field.PROSE, trial.gender_description, trial.study_population)


def _people(trial: Trial) -> Passages:
    officials = trial.overall_officials
    party = trial.responsible_party
    yield "locations", _places(trial)
    yield "contacts", _words(Field.NAMES, (contact.name for contact in trial.central_contacts))
    yield "sponsors", _words(Field.PEOPLE, sponsors(trial))
    if party:
        of_today = party.investigator_full_name, party.investigator_affiliation
        formerly = party.old_name_title, party.old_organization
        yield "responsible-party", (*_person(*of_today), *_person(*formerly))
    who = (block for one in officials for block in _person(one.name, one.affiliation))
    yield "investigators", who


def _person(name: str | None, where: str | None) -> Iterator[Block]:
    yield from _words(Field.NAMES, [name])
    yield from _words(Field.PEOPLE, [where])


def _elsewhere(trial: Trial, page: TrialPage) -> Passages:
    sharing = trial.ipd_sharing_statement
    if sharing:
        texts = (sharing.description, sharing.time_frame, sharing.access_criteria)
        yield "ipd-sharing", _prose(Field.REFERENCES, *texts)
    citations = (reference.citation for reference in trial.references)
    links = (link.label for link in trial.see_also_links)
    yield (
        "references",
        (*_words(Field.REFERENCES, citations), *_prose(Field.REFERENCES, *links)),
    )
    yield (
        "identifiers",
        (
            *_words(Field.OFFICIAL_TITLE, [trial.official_title]),
            *_words(Field.ACRONYM, [trial.acronym]),
            *_words(Field.NUMBERS, known_ids(trial)),
            *_words(Field.REFERENCES, _registries_beside(trial)),
        ),
    )
    own = own_texts(trial)
    for section in dict.fromkeys((*own, "record")):
        came_by = _came_by(trial) if section == "record" else ()
        yield section, _words(Field.REFERENCES, (*came_by, *own.get(section, ())))
    yield "related", _words(Field.OF_OTHERS, (other.title for other in page.related))
    yield "at-a-glance", _prose(Field.PROSE, trial.why_stopped)


def _came_by(trial: Trial) -> Iterator[str | None]:
    """The registry that a record is of and who passed it on, as its page names them; not what all
    records of a site of ClinicalTrials.gov would say."""
    if trial.source and registry_name(trial) != CLINICALTRIALS_GOV:
        yield trial.source.registry
        yield (trial.source.via or "").partition(_EXPORTED)[0]


_EXPORTED = ", export of "


def _registries_beside(trial: Trial) -> Iterator[str | None]:
    """Whose the further numbers of such a record are; a registry's number says that itself, and
    who asks for a registry asks for its own records."""
    if registry_name(trial) != CLINICALTRIALS_GOV:
        numbers = trial.secondary_id_infos
        yield from dict.fromkeys(one.domain for one in numbers if not registry_of(one.id or ""))


def _prose(field: Field, *texts: str | None) -> Iterator[Block]:
    return (Prose(prose(text), field) for text in texts if text)


def _words(field: Field, texts: Iterable[str | None]) -> Iterator[Block]:
    return (Words(text, field) for text in texts if text)


def _arms(page: TrialPage) -> Iterator[Block]:
    for one in page.arms:
        yield Words(one.arm.label or "", Field.ARMS, one.id)
        yield from _prose(Field.PROSE, one.arm.description)


def _interventions(page: TrialPage) -> Iterator[Block]:
    for one in page.interventions:
        given = one.intervention
        yield Words(given.name or "", Field.TREATMENTS, one.id)
        yield from _prose(Field.PROSE, given.description)
        yield from _words(Field.OTHER_NAMES, given.other_names)


def _outcome(outcome: Outcome) -> Iterator[Block]:
    yield from _words(Field.PROSE, [outcome.measure, outcome.time_frame])
    yield from _prose(Field.PROSE, outcome.description)


def _headings(browse: Browse) -> Iterator[Block]:
    yield from _words(Field.HEADINGS, (mesh.term for mesh in browse.meshes))
    yield from _words(Field.BROADER, (mesh.term for mesh in browse.ancestors))


def _places(trial: Trial) -> Iterator[Block]:
    """Cities, each once, then facilities, so that of a thousand places no name is written twice."""
    regions = (place.state for place in trial.locations)
    cities = (place.city for place in trial.locations)
    yield from _words(Field.CITIES, dict.fromkeys(cities))
    yield from _words(Field.PLACES, dict.fromkeys(regions))
    yield from _words(Field.PLACES, dict.fromkeys(place.facility for place in trial.locations))


def card_facts(trial: Trial, page: TrialPage, language: Language) -> dict[str, str]:
    """What a result shows beside its title: all that a card in a list shows."""
    facts = {
        "nct_id": trial.nct_id,
        "status": page.status_said,
        "phase": page.phase if trial.phases != (Phase.NA,) else "",
        "ages": page.ages,
        "ours": ours_said(page.ours, language),
        "countries": page.where_said,
        "conditions": conditions_said(trial.conditions, language),
    }
    return {key: value for key, value in facts.items() if value}

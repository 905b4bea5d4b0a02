"""The ResearchStudy itself: which study this is, what it is about, what it is linked with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialpages.exports.fhir.concepts import as_markdown, concept, concepts, label, named
from trialpages.exports.fhir.contained import contained, sites, typed
from trialpages.exports.fhir.design import (
    classifiers,
    period,
    phase,
    progress,
    purpose,
    study_designs,
    verified,
)
from trialpages.exports.fhir.groups import arms, eligibility, outcomes, recruitment
from trialpages.exports.fhir.people import parties
from trialpages.exports.fhir.types import (
    Annotation,
    Article,
    ArticleIdentifier,
    ArticleReference,
    Attachment,
    CodeableConcept,
    CodeableReference,
    Document,
    Identifier,
    Label,
    Link,
    Reference,
    RelatedArtifact,
    ResearchStudy,
)
from trialpages.prose.plain_values import filled, plain_text, written
from trialpages.records import model
from trialpages.records.model import LargeDoc, Trial
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV, registry_of
from trialpages.records.vocabulary import Vocabulary
from trialpages.text.weblinks import web_url
from trialpages.trial import derived
from trialpages.trial.registry import registry_name, registry_page


def research_study(trial: Trial, url: str, corrected: Sequence[str] = ()) -> bytes:
    """The trial, whose page is at `url`, as the JSON of an R5 ResearchStudy. `corrected` are what
    its registry says otherwise, by the registry's names. Raises TooDeep."""
    updated = trial.last_update_post_date
    eligible = eligibility(trial)
    study = ResearchStudy(
        id=trial.nct_id,
        language=trial.lang,
        contained=tuple(contained(trial, eligible)),
        url=web_url(url) or None,
        identifier=tuple(_identifiers(trial)),
        version=trial.last_update_submit_date,  # by which the registry tells versions apart
        title=trial.brief_title,
        label=tuple(_labels(trial)),
        related_artifact=tuple(_artifacts(trial)),
        date=updated.date if updated else None,
        status="draft" if trial.draft else "active",
        condition=concepts(trial.conditions),
        keyword=concepts(trial.keywords),
        region=concepts(derived.countries(trial)),
        description_summary=trial.brief_summary,
        description=trial.detailed_description,
        primary_purpose_type=purpose(trial),
        phase=phase(trial),
        study_design=tuple(study_designs(trial)),
        focus=tuple(_focus(trial)),
        period=period(trial),
        classifier=tuple(classifiers(trial)),
        associated_party=tuple(parties(trial)),
        progress_status=tuple(progress(trial)),
        why_stopped=_why_stopped(trial),
        site=tuple(_sites(trial)),
        note=(*verified(trial), *_corrected(corrected)),
        recruitment=recruitment(trial, eligible),
        comparison_group=tuple(arms(trial)),
        outcome_measure=tuple(outcomes(trial)),
    )
    return written(study)


def _corrected(names: Sequence[str]) -> Iterator[Annotation]:
    if names:
        lead = "Not the registry's record as it stands; this site says something else in"
        yield Annotation(text=f"{lead}: {', '.join(names)}")


def _labels(trial: Trial) -> Iterator[Label]:
    for kind, text in (
        (("official", "Official title"), trial.official_title),
        (("acronym", "Acronym"), trial.acronym),
    ):
        if text and text.strip():
            yield label(kind, text)


def _focus(trial: Trial) -> Iterator[CodeableReference]:
    for each in derived.interventions(trial):
        name = typed(each.intervention) or None
        yield CodeableReference(reference=Reference(reference=f"#{each.id}", display=name))


def _why_stopped(trial: Trial) -> CodeableConcept | None:
    text = plain_text(trial.why_stopped) if trial.why_stopped else ""
    return concept(text) if text else None


def _sites(trial: Trial) -> Iterator[Reference]:
    return (Reference(reference=f"#{name}", display=site.facility) for name, site in sites(trial))


# --- identifier, relatedArtifact ----------------------------------------------------------------

_SYSTEMS = {CLINICALTRIALS_GOV: "https://clinicaltrials.gov"}
"""By the registry's name. Others go by their name alone: no system is agreed on for them."""
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov"


def _identifiers(trial: Trial) -> Iterator[Identifier]:
    yield _registered("official", trial.nct_id, registry_name(trial))
    for alias in trial.nct_id_aliases:
        registry = registry_of(alias)
        yield _registered("old", alias, registry.name if registry else "")
    own, organization = trial.org_study_id_info, trial.organization
    if own and own.id:
        assigner = organization.full_name if organization else None
        yield _identifier(own.type, own.id, assigner)
    for other in trial.secondary_id_infos:
        if other.id:
            yield _identifier(other.type, other.id, other.domain)


def _registered(use: str, number: str, registry: str) -> Identifier:
    system = _SYSTEMS.get(registry)
    return Identifier(use=use, value=number, system=system, assigner=named(registry))


def _identifier(kind: Vocabulary | None, value: str, assigner: str | None) -> Identifier:
    return Identifier(
        use="secondary",
        type=concept(kind.label) if kind else None,
        value=value,
        assigner=named(assigner),
    )


def _artifacts(trial: Trial) -> Iterator[RelatedArtifact]:
    if page := registry_page(trial):
        yield _link(page, registry_name(trial))
    yield from (_article(reference) for reference in trial.references)
    for link in trial.see_also_links:
        yield _link(link.url, plain_text(link.label or ""))
    for data in trial.avail_ipds:
        yield _link(data.url, data.type, data.id)
    yield from (_document(document) for document in trial.large_docs)


def _link(url: str | None, text: str | None, label: str | None = None) -> Link:
    """An address that no browser should follow is kept as text."""
    address = web_url(url)
    found = Attachment(url=address) if address else Attachment(title=url)
    return Link(type="documentation", display=text or url, document=filled(found), label=label)


def _article(reference: model.Reference) -> Article:
    kind = reference.type.label if reference.type else None
    pubmed = reference.pmid and ArticleIdentifier(
        type=concept("PMID"), system=_PUBMED, value=reference.pmid
    )
    return Article(
        type="citation",
        classifier=concepts([kind, "Retracted" if reference.retractions else None]),
        citation=as_markdown(reference.citation or "") or None,
        resource_reference=ArticleReference(identifier=pubmed) if pubmed else None,
    )


def _document(document: LargeDoc) -> Document:
    """A document posted with the record. `size` is an integer64, which JSON holds as a string."""
    file = Attachment(
        title=document.filename,
        size=None if document.size is None else str(document.size),
        creation=document.date,
    )
    return Document(
        type="documentation",
        label=document.type_abbrev,
        display=document.label,
        document=filled(file),
    )

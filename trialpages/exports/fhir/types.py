"""The types of R5, as far as a trial fills them.

Fields stand in the order in which they are written. What is absent (None, an empty list) is not
written; a field without a default always is.
"""

from __future__ import annotations

from msgspec import Struct


class Element(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    """A datatype of R5, or a part of a resource."""


class Resource(Element, frozen=True, kw_only=True, tag_field="resourceType"):
    """A resource of R5. It writes its type first."""

    id: str


# --- datatypes ----------------------------------------------------------------------------------


class Coding(Element, frozen=True, kw_only=True):
    system: str
    code: str
    display: str


class CodeableConcept(Element, frozen=True, kw_only=True):
    coding: tuple[Coding, ...] = ()
    text: str


Concepts = tuple[CodeableConcept, ...]


class Reference(Element, frozen=True, kw_only=True):
    reference: str | None = None
    display: str | None = None


class CodeableReference(Element, frozen=True, kw_only=True):
    reference: Reference


class Identifier(Element, frozen=True, kw_only=True):
    use: str
    type: CodeableConcept | None = None
    value: str
    system: str | None = None
    assigner: Reference | None = None


class Period(Element, frozen=True, kw_only=True):
    start: str | None = None
    end: str | None = None


class Quantity(Element, frozen=True, kw_only=True):
    value: int
    unit: str
    system: str
    code: str


class Range(Element, frozen=True, kw_only=True):
    low: Quantity | None = None
    high: Quantity | None = None


class Attachment(Element, frozen=True, kw_only=True):
    url: str | None = None
    title: str | None = None
    size: str | None = None
    creation: str | None = None


# --- people and places --------------------------------------------------------------------------


class HumanName(Element, frozen=True, kw_only=True):
    text: str


class ContactPoint(Element, frozen=True, kw_only=True):
    system: str
    value: str


class ContactDetail(Element, frozen=True, kw_only=True):
    """R5's ExtendedContactDetail."""

    purpose: CodeableConcept | None = None
    name: tuple[HumanName, ...] = ()
    telecom: tuple[ContactPoint, ...] = ()


class PractitionerRole(Resource, frozen=True, kw_only=True, tag=True):
    practitioner: Reference | None = None
    organization: Reference | None = None
    code: Concepts = ()
    contact: tuple[ContactDetail, ...] = ()


class Address(Element, frozen=True, kw_only=True):
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


class Position(Element, frozen=True, kw_only=True):
    """Degrees."""

    longitude: float
    latitude: float


class Location(Resource, frozen=True, kw_only=True, tag=True):
    name: str | None = None
    contact: tuple[ContactDetail, ...] = ()
    address: Address | None = None
    position: Position | None = None
    characteristic: Concepts = ()


# --- what is studied, and in whom ---------------------------------------------------------------


class EvidenceVariable(Resource, frozen=True, kw_only=True, tag=True):
    status: str
    title: str | None = None
    description: str | None = None


class Characteristic(Element, frozen=True, kw_only=True):
    code: CodeableConcept
    value_codeable_concept: CodeableConcept | None = None
    value_range: Range | None = None
    value_boolean: bool | None = None
    exclude: bool


class Group(Resource, frozen=True, kw_only=True, tag=True):
    type: str
    membership: str
    description: str | None = None
    characteristic: tuple[Characteristic, ...] = ()


# --- ResearchStudy ------------------------------------------------------------------------------


class Label(Element, frozen=True, kw_only=True):
    type: CodeableConcept
    value: str


class RelatedArtifact(Element, frozen=True, kw_only=True):
    type: str


class Link(RelatedArtifact, frozen=True, kw_only=True):
    display: str | None = None
    document: Attachment | None = None
    label: str | None = None


class Document(RelatedArtifact, frozen=True, kw_only=True):
    label: str | None = None
    display: str | None = None
    document: Attachment | None = None


class ArticleIdentifier(Element, frozen=True, kw_only=True):
    type: CodeableConcept
    system: str
    value: str


class ArticleReference(Element, frozen=True, kw_only=True):
    identifier: ArticleIdentifier


class Article(RelatedArtifact, frozen=True, kw_only=True):
    classifier: Concepts = ()
    citation: str | None = None
    resource_reference: ArticleReference | None = None


class AssociatedParty(Element, frozen=True, kw_only=True):
    name: str | None = None
    role: CodeableConcept
    classifier: Concepts = ()
    party: Reference | None = None


class Annotation(Element, frozen=True, kw_only=True):
    time: str | None = None
    text: str


class ProgressStatus(Element, frozen=True, kw_only=True):
    state: CodeableConcept
    actual: bool | None = None
    period: Period | None = None


class Recruitment(Element, frozen=True, kw_only=True):
    target_number: int | None = None
    actual_number: int | None = None
    eligibility: Reference | None = None


class ComparisonGroup(Element, frozen=True, kw_only=True):
    link_id: str
    name: str
    type: CodeableConcept | None = None
    description: str | None = None
    intended_exposure: tuple[Reference, ...] = ()


class OutcomeMeasure(Element, frozen=True, kw_only=True):
    name: str | None = None
    type: Concepts
    description: str | None = None


class ResearchStudy(Resource, frozen=True, kw_only=True, tag=True):
    language: str | None = None
    contained: tuple[Resource, ...] = ()
    url: str | None = None
    identifier: tuple[Identifier, ...] = ()
    version: str | None = None
    title: str
    label: tuple[Label, ...] = ()
    related_artifact: tuple[RelatedArtifact, ...] = ()
    date: str | None = None
    status: str
    condition: Concepts = ()
    keyword: Concepts = ()
    region: Concepts = ()
    description_summary: str | None = None
    description: str | None = None
    primary_purpose_type: CodeableConcept | None = None
    phase: CodeableConcept | None = None
    study_design: Concepts = ()
    focus: tuple[CodeableReference, ...] = ()
    period: Period | None = None
    classifier: Concepts = ()
    associated_party: tuple[AssociatedParty, ...] = ()
    progress_status: tuple[ProgressStatus, ...] = ()
    why_stopped: CodeableConcept | None = None
    site: tuple[Reference, ...] = ()
    note: tuple[Annotation, ...] = ()
    recruitment: Recruitment | None = None
    comparison_group: tuple[ComparisonGroup, ...] = ()
    outcome_measure: tuple[OutcomeMeasure, ...] = ()

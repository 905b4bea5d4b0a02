"""The trial record: the registry's own fields, and ours beside them.

Names are those of the ClinicalTrials.gov API v2 in snake_case, without the module wrappers and
without the suffixes `Struct` and `List`. One class stands for one module of the API, so that a
field's class says where it goes when the record is exported. A field is one line here; what else
it takes is in docs/changing.md.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta, Struct, field

from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.results_vocabulary import (
    BrowseLeafRelevance,
    UnpostedEventType,
    ViolationEventType,
)
from trialpages.records.short_forms import long_forms
from trialpages.records.vocabulary import (
    AgencyClass,
    ArmGroupType,
    BioSpecRetention,
    ContactRole,
    DateType,
    DesignAllocation,
    DesignMasking,
    DesignTimePerspective,
    EnrollmentType,
    ExpandedAccessStatus,
    InterventionalAssignment,
    InterventionType,
    IpdSharing,
    IpdSharingInfoType,
    ObservationalModel,
    OfficialRole,
    OrgStudyIdType,
    Phase,
    PrimaryPurpose,
    RecruitmentStatus,
    ReferenceType,
    ResponsiblePartyType,
    SamplingMethod,
    SecondaryIdType,
    Sex,
    StandardAge,
    Status,
    StudyType,
    WhoMasked,
)


class PartialDate(str):
    """A date as far as it is known: `2024`, `2024-07` or `2024-07-03`. Never completed by us."""

    __slots__ = ()

    def __new__(cls, text: str) -> PartialDate:
        if not _is_partial_date(text):
            raise ValueError(f"'{text}' is not a date; write 2024-07-03, 2024-07 or 2024")
        return super().__new__(cls, text)


PARTIAL_DATE = r"\d{4}(-\d\d(-\d\d)?)?"
_PARTIAL_DATE = re.compile(PARTIAL_DATE, re.ASCII)


def _is_partial_date(text: str) -> bool:
    if not _PARTIAL_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


Markup = Annotated[
    str,
    Meta(description="CommonMark text", extra_json_schema={"contentMediaType": "text/markdown"}),
]
"""One of the registry's 50 markup fields; every other text is plain and never parsed."""

Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
"""A whole number that every reader of JSON can hold."""

Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""How many there are."""

Latitude = Annotated[float, Meta(ge=-90, le=90)]
"""Degrees north."""

Longitude = Annotated[float, Meta(ge=-180, le=180)]
"""Degrees east."""

LanguageCode = Annotated[
    str,
    Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["en"]),
]
"""A language as BCP 47 writes it, as far as its form goes."""

RegistryId = Annotated[
    str,
    Meta(
        pattern=r"^(?:(?:CTRI|SLCTR)/\d[\d/]{6,30}|EUCTR[\d-]{14}-Outside-EU/EEA|"
        r"(?=.*\d{4}|(?:RBR|PER|HKUCTR)-|NL\d|NTR\d)[A-Za-z0-9][A-Za-z0-9-]{4,39})$(?!\n)",
        examples=["NCT01234567"],
    ),
]
"""A trial's number as its registry writes it: letters, digits, hyphens, in India and Sri Lanka
slashes, and one where the EU's old register means countries outside. `registry_numbers.file_name`
makes a name of it that any file can have."""

Duration = Annotated[
    str,
    Meta(pattern=r"^[0-9]{1,9} (Minute|Hour|Day|Week|Month|Year)s?$(?!\n)", examples=["18 Years"]),
]
"""The registry's NormalizedTime."""


class RecordPart(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A piece of a record. An absent text is None, an absent list is empty."""


class Module(RecordPart, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The fields of one module of the API, found at `path` in the registry's JSON.

    The modules are a chain, each adding its fields to those before it: msgspec's structs, being
    slotted, can't inherit from two.
    """

    path: ClassVar[tuple[str, ...]] = ()
    suffix: ClassVar[str] = ""
    """What the API adds to the names of the fields that this very class declares."""


# --- protocolSection ------------------------------------------------------------------------


class OrgStudyId(RecordPart, frozen=True, kw_only=True):
    id: str | None = None
    type: OrgStudyIdType | None = None
    link: str | None = None


class SecondaryId(RecordPart, frozen=True, kw_only=True):
    id: str | None = None
    type: SecondaryIdType | None = None
    domain: str | None = None
    link: str | None = None


class Organization(RecordPart, frozen=True, kw_only=True):
    full_name: str | None = None
    class_: AgencyClass | None = field(default=None, name="class")


class Identification(Module, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "identificationModule")

    nct_id: RegistryId
    nct_id_aliases: tuple[str, ...] = ()
    org_study_id_info: OrgStudyId | None = None
    secondary_id_infos: tuple[SecondaryId, ...] = ()
    brief_title: str
    official_title: str | None = None
    acronym: str | None = None
    organization: Organization | None = None


class ExpandedAccess(RecordPart, frozen=True, kw_only=True):
    has_expanded_access: bool | None = None
    nct_id: str | None = None
    status_for_nct_id: ExpandedAccessStatus | None = None


class DateStruct(RecordPart, frozen=True, kw_only=True):
    """A date and whether it has happened. `start_date: 2024-07-03` is short for one without."""

    date: PartialDate
    type: DateType | None = None


class StatusModule(Identification, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "statusModule")

    status_verified_date: PartialDate | None = None
    overall_status: Status
    last_known_status: Status | None = None
    delayed_posting: bool | None = None
    why_stopped: Markup | None = None
    expanded_access_info: ExpandedAccess | None = None
    start_date: DateStruct | None = None
    primary_completion_date: DateStruct | None = None
    completion_date: DateStruct | None = None
    study_first_submit_date: PartialDate | None = None
    study_first_submit_qc_date: PartialDate | None = None
    study_first_post_date: DateStruct | None = None
    results_waived: bool | None = None
    results_first_submit_date: PartialDate | None = None
    results_first_submit_qc_date: PartialDate | None = None
    results_first_post_date: DateStruct | None = None
    disp_first_submit_date: PartialDate | None = None
    disp_first_submit_qc_date: PartialDate | None = None
    disp_first_post_date: DateStruct | None = None
    last_update_submit_date: PartialDate | None = None
    last_update_post_date: DateStruct | None = None


class ResponsibleParty(RecordPart, frozen=True, kw_only=True):
    type: ResponsiblePartyType | None = None
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


class Sponsor(RecordPart, frozen=True, kw_only=True):
    name: str | None = None
    class_: AgencyClass | None = field(default=None, name="class")


class SponsorCollaborators(StatusModule, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "sponsorCollaboratorsModule")

    responsible_party: ResponsibleParty | None = None
    lead_sponsor: Sponsor | None = None
    collaborators: tuple[Sponsor, ...] = ()


class Oversight(SponsorCollaborators, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "oversightModule")

    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = None


class Description(Oversight, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "descriptionModule")

    brief_summary: Markup | None = None
    detailed_description: Markup | None = None


class Conditions(Description, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "conditionsModule")

    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class ExpandedAccessTypes(RecordPart, frozen=True, kw_only=True):
    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class Masking(RecordPart, frozen=True, kw_only=True):
    masking: DesignMasking | None = None
    masking_description: Markup | None = None
    who_masked: tuple[WhoMasked, ...] = ()


class DesignInfo(RecordPart, frozen=True, kw_only=True):
    allocation: DesignAllocation | None = None
    intervention_model: InterventionalAssignment | None = None
    intervention_model_description: Markup | None = None
    primary_purpose: PrimaryPurpose | None = None
    observational_model: ObservationalModel | None = None
    time_perspective: DesignTimePerspective | None = None
    masking_info: Masking | None = None


class BioSpec(RecordPart, frozen=True, kw_only=True):
    retention: BioSpecRetention | None = None
    description: Markup | None = None


class Enrollment(RecordPart, frozen=True, kw_only=True):
    count: Count | None = None
    type: EnrollmentType | None = None


class Design(Conditions, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "designModule")

    study_type: StudyType
    n_ptrs_to_this_exp_acc_nct_id: Whole | None = None
    expanded_access_types: ExpandedAccessTypes | None = None
    patient_registry: bool | None = None
    target_duration: Duration | None = None
    phases: tuple[Phase, ...] = ()
    design_info: DesignInfo | None = None
    bio_spec: BioSpec | None = None
    enrollment_info: Enrollment | None = None


class ArmGroup(RecordPart, frozen=True, kw_only=True):
    label: str | None = None
    type: ArmGroupType | None = None
    description: Markup | None = None
    intervention_names: tuple[str, ...] = ()
    """`Type: Name` as the registry gives them, or the name alone where the type was lost."""


class Intervention(RecordPart, frozen=True, kw_only=True):
    type: InterventionType | None = None
    name: str | None = None
    description: Markup | None = None
    arm_group_labels: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


class ArmsInterventions(Design, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "armsInterventionsModule")

    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()


class Outcome(RecordPart, frozen=True, kw_only=True):
    measure: str | None = None
    description: Markup | None = None
    time_frame: str | None = None


class Outcomes(ArmsInterventions, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "outcomesModule")

    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()
    other_outcomes: tuple[Outcome, ...] = ()


class Eligibility(Outcomes, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "eligibilityModule")

    eligibility_criteria: Markup | None = None
    healthy_volunteers: bool | None = None
    sex: Sex | None = None
    gender_based: bool | None = None
    gender_description: Markup | None = None
    minimum_age: Duration | None = None
    maximum_age: Duration | None = None
    std_ages: tuple[StandardAge, ...] = ()
    study_population: Markup | None = None
    sampling_method: SamplingMethod | None = None


class Contact(RecordPart, frozen=True, kw_only=True):
    name: str | None = None
    role: ContactRole | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class Official(RecordPart, frozen=True, kw_only=True):
    name: str | None = None
    affiliation: str | None = None
    role: OfficialRole | None = None


class GeoPoint(RecordPart, frozen=True, kw_only=True):
    """A place on the globe."""

    lat: Latitude
    lon: Longitude


class Location(RecordPart, frozen=True, kw_only=True):
    facility: str | None = None
    status: RecruitmentStatus | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: tuple[Contact, ...] = ()
    geo_point: GeoPoint | None = None


class ContactsLocations(Eligibility, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "contactsLocationsModule")

    central_contacts: tuple[Contact, ...] = ()
    overall_officials: tuple[Official, ...] = ()
    locations: tuple[Location, ...] = ()


class Retraction(RecordPart, frozen=True, kw_only=True):
    pmid: str | None = None
    source: str | None = None


class Reference(RecordPart, frozen=True, kw_only=True):
    pmid: str | None = None
    type: ReferenceType | None = None
    citation: str | None = None
    retractions: tuple[Retraction, ...] = ()


class SeeAlsoLink(RecordPart, frozen=True, kw_only=True):
    label: Markup | None = None
    url: str | None = None


class AvailIpd(RecordPart, frozen=True, kw_only=True):
    id: str | None = None
    type: str | None = None
    url: str | None = None
    comment: Markup | None = None


class References(ContactsLocations, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection", "referencesModule")

    references: tuple[Reference, ...] = ()
    see_also_links: tuple[SeeAlsoLink, ...] = ()
    avail_ipds: tuple[AvailIpd, ...] = ()


class IpdSharingStatement(RecordPart, frozen=True, kw_only=True):
    """A module of its own in the API; kept together, for its `description` and `url` need it."""

    ipd_sharing: IpdSharing | None = None
    description: Markup | None = None
    info_types: tuple[IpdSharingInfoType, ...] = ()
    time_frame: Markup | None = None
    access_criteria: Markup | None = None
    url: str | None = None


class IpdSharingModule(References, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("protocolSection",)
    suffix: ClassVar[str] = "Module"

    ipd_sharing_statement: IpdSharingStatement | None = None


# --- documentSection, annotationSection, derivedSection, hasResults ---------------------------


class LargeDoc(RecordPart, frozen=True, kw_only=True):
    type_abbrev: str | None = None
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None
    label: str | None = None
    date: PartialDate | None = None
    upload_date: str | None = None
    filename: str | None = None
    size: Count | None = None
    """Bytes."""


class LargeDocuments(IpdSharingModule, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("documentSection", "largeDocumentModule")

    no_sap: bool | None = None
    large_docs: tuple[LargeDoc, ...] = ()


class UnpostedEvent(RecordPart, frozen=True, kw_only=True):
    type: UnpostedEventType | None = None
    date: PartialDate | None = None
    date_unknown: bool | None = None


class UnpostedAnnotation(RecordPart, frozen=True, kw_only=True):
    unposted_responsible_party: str | None = None
    unposted_events: tuple[UnpostedEvent, ...] = ()


class ViolationEvent(RecordPart, frozen=True, kw_only=True):
    type: ViolationEventType | None = None
    description: str | None = None
    creation_date: PartialDate | None = None
    issued_date: PartialDate | None = None
    release_date: PartialDate | None = None
    posted_date: PartialDate | None = None


class ViolationAnnotation(RecordPart, frozen=True, kw_only=True):
    violation_events: tuple[ViolationEvent, ...] = ()


class Annotations(LargeDocuments, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("annotationSection", "annotationModule")

    unposted_annotation: UnpostedAnnotation | None = None
    violation_annotation: ViolationAnnotation | None = None


class MeshTerm(RecordPart, frozen=True, kw_only=True):
    id: str | None = None
    term: str | None = None


class BrowseLeaf(RecordPart, frozen=True, kw_only=True):
    id: str | None = None
    name: str | None = None
    as_found: str | None = None
    relevance: BrowseLeafRelevance | None = None


class BrowseBranch(RecordPart, frozen=True, kw_only=True):
    abbrev: str | None = None
    name: str | None = None


class Browse(RecordPart, frozen=True, kw_only=True):
    """MeSH headings the registry derived, and the broader headings above them."""

    meshes: tuple[MeshTerm, ...] = ()
    ancestors: tuple[MeshTerm, ...] = ()
    browse_leaves: tuple[BrowseLeaf, ...] = ()
    browse_branches: tuple[BrowseBranch, ...] = ()


class FirstMcpInfo(RecordPart, frozen=True, kw_only=True):
    post_date: DateStruct | None = None


class SubmissionInfo(RecordPart, frozen=True, kw_only=True):
    release_date: PartialDate | None = None
    unrelease_date: PartialDate | None = None
    unrelease_date_unknown: bool | None = None
    reset_date: PartialDate | None = None
    mcp_release_n: Whole | None = None


class SubmissionTracking(RecordPart, frozen=True, kw_only=True):
    estimated_results_first_submit_date: PartialDate | None = None
    first_mcp_info: FirstMcpInfo | None = None
    submission_infos: tuple[SubmissionInfo, ...] = ()


class MiscInfo(Annotations, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("derivedSection", "miscInfoModule")

    version_holder: PartialDate | None = None
    removed_countries: tuple[str, ...] = ()
    submission_tracking: SubmissionTracking | None = None


class DerivedBrowse(MiscInfo, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ("derivedSection",)
    suffix: ClassVar[str] = "Module"

    condition_browse: Browse | None = None
    intervention_browse: Browse | None = None


class Root(DerivedBrowse, frozen=True, kw_only=True):
    path: ClassVar[tuple[str, ...]] = ()

    has_results: bool | None = None


# --- ours -------------------------------------------------------------------------------------


class SummaryTranslation(RecordPart, frozen=True, kw_only=True):
    """An editor's summary in another of the site's languages."""

    language: LanguageCode
    text: Markup
    author: str | None = None
    date: PartialDate | None = None


class PlainLanguageSummary(RecordPart, frozen=True, kw_only=True):
    """An editor's summary: its text is in the body, who signed it and when in the front matter."""

    text: Markup | None = None
    author: str | None = None
    date: PartialDate | None = None
    translations: tuple[SummaryTranslation, ...] = ()


class RelatedTrial(RecordPart, frozen=True, kw_only=True):
    nct_id: RegistryId
    title: str | None = None


class RecordSource(RecordPart, frozen=True, kw_only=True):
    registry: str | None = None
    via: str | None = None
    """Who passed the registry's record on, if it didn't hand it over itself."""
    url: str | None = None
    file: str | None = None
    sha256: str | None = None
    date: PartialDate | None = None


class ImportNote(RecordPart, frozen=True, kw_only=True):
    field: str
    code: str
    message: str


class Change(RecordPart, frozen=True, kw_only=True):
    """One thing that a newer version of the record changed."""

    date: PartialDate
    """Of the newer version: at the latest then."""
    after: PartialDate | None = None
    """Of the version that was here before: later than that; the same day where another copy of that
    version says so. None where nobody knows."""
    field: str
    """Where in the record: `overall_status`, `locations.status`; without an entry's number."""
    entries: tuple[str, ...] = ()
    """Of which entries of a list, by what a reader knows them by: `Charité, Berlin, Germany`. Of
    the criteria, the heading."""
    kind: ChangeKind | None = None
    """None where the value is another than before."""
    old: str | None = None
    new: str | None = None


class Review(RecordPart, frozen=True, kw_only=True):
    date: PartialDate
    by: str | None = None


class Section(RecordPart, frozen=True, kw_only=True):
    """A level-2 heading of the body that is none of ours, and its text."""

    heading: str
    text: Markup


class Trial(Root, frozen=True, kw_only=True):
    """One trial, whole: the registry's fields through its bases, and ours."""

    plain_language_summary: PlainLanguageSummary | None = None
    related_trials: tuple[RelatedTrial, ...] = ()
    source: RecordSource | None = None
    import_notes: tuple[ImportNote, ...] = ()
    history: tuple[Change, ...] = ()
    aliases: tuple[RegistryId, ...] = ()
    also: tuple[RegistryId, ...] = ()
    """Its numbers at other registries under which this site has its record, too."""
    draft: bool = False
    lang: LanguageCode | None = None
    reviewed: Review | None = None
    sections: tuple[Section, ...] = ()
    ours: dict[str, tuple[Markup, ...]] = field(default_factory=dict)
    """What this site adds to the record under labels of its own; no update touches it."""
    extra: dict[str, str] = field(default_factory=dict)
    """What the registry sent and the model doesn't know: JSON Pointer (RFC 6901) -> JSON text."""


REGISTRY_MODULES = tuple(
    kind for kind in reversed(Trial.__mro__) if "path" in vars(kind) and kind is not Module
)
"""The classes that stand for the API's modules, in the order a content file lists their fields."""


def decode_scalar(kind: type, value: Any) -> Any:
    """msgspec's hook for the types of our own. ValueError where the text isn't one."""
    if kind is PartialDate and isinstance(value, str):
        return PartialDate(value)
    raise ValueError(f"'{value}' is not a {kind.__name__}")


def to_trial(tree: dict[str, Any]) -> Trial:
    """A tree of texts, lists and mappings, as the front matter gives it, as a Trial:
    short forms too.

    Raises msgspec.ValidationError for the first thing that doesn't fit.
    """
    return msgspec.convert(long_forms(tree), Trial, strict=False, dec_hook=decode_scalar)


def to_tree(part: RecordPart) -> dict[str, Any]:
    """A part as a tree of plain values, defaults left out, in the model's order."""
    tree: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(part, enc_hook=str))
    return tree

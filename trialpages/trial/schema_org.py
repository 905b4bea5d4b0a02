"""The types of schema.org, as far as a trial fills them.

Properties stand in the order in which they are written, the type first. What is absent (None, an
empty list) is not written; a property without a default always is.
"""

from __future__ import annotations

from msgspec import Struct, field


class Thing(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename="camel",
    tag_field="@type",
    tag=True,
    gc=False,
):
    """Its type is the name of its class."""


# --- names and numbers --------------------------------------------------------------------------


class PropertyValue(Thing, frozen=True, kw_only=True):
    property_id: str | None = field(default=None, name="propertyID")
    value: str
    url: str | None = None


class MedicalCode(Thing, frozen=True, kw_only=True):
    code_value: str
    coding_system: str


class MedicalWebPage(Thing, frozen=True, kw_only=True):
    url: str | None = None
    date_modified: str | None = None
    last_reviewed: str | None = None
    in_language: str | None = None
    keywords: tuple[str, ...] = ()


class MedicalScholarlyArticle(Thing, frozen=True, kw_only=True):
    description: str | None = None
    identifier: PropertyValue | None = None
    url: str | None = None
    creative_work_status: str | None = None


# --- who is behind it ---------------------------------------------------------------------------


class Party(Thing, frozen=True, kw_only=True):
    name: str


class Organization(Party, frozen=True, kw_only=True):
    """A Party that is no person."""


class Person(Party, frozen=True, kw_only=True):
    """A Party that is one person."""


class Grant(Thing, frozen=True, kw_only=True):
    name: str
    identifier: str
    url: str | None = None
    funder: Organization | None = None


# --- where --------------------------------------------------------------------------------------


class AdministrativeArea(Thing, frozen=True, kw_only=True):
    name: str


# --- the study ----------------------------------------------------------------------------------


class MedicalCondition(Thing, frozen=True, kw_only=True):
    name: str
    code: MedicalCode | None = None


class Subject(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    """What a study tries out: a Drug, a MedicalDevice …"""

    type: str = field(name="@type")
    name: str
    alternate_name: tuple[str, ...] = ()
    code: MedicalCode | None = None


class Study(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    """A MedicalStudy or one of its two kinds."""

    context: str = field(name="@context")
    type: str = field(name="@type")
    name: str
    alternate_name: tuple[str, ...] = ()
    description: str | None = None
    url: str | None = None
    same_as: str | None = None
    main_entity_of_page: MedicalWebPage | None = None
    identifier: tuple[PropertyValue, ...] = ()
    code: MedicalCode | None = None
    status: tuple[str, ...] = ()
    trial_design: tuple[str, ...] = ()
    study_design: tuple[str, ...] = ()
    sponsor: tuple[Party, ...] = ()
    funding: tuple[Grant, ...] = ()
    health_condition: tuple[MedicalCondition, ...] = ()
    study_subject: tuple[Subject, ...] = ()
    study_location: tuple[AdministrativeArea, ...] = ()
    subject_of: tuple[MedicalScholarlyArticle, ...] = ()

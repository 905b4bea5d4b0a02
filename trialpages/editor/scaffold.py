"""`new`: a starter file that holds every common field, explained in plain words."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path

import msgspec

from trialpages.content.listing import refuse_links
from trialpages.problems import CallFailure, MachineFailure, Problem
from trialpages.records.explain import bare
from trialpages.records.field_help import field_help
from trialpages.records.model import RegistryId, Trial
from trialpages.records.registry_numbers import as_written, file_name, miscounted, with_letters
from trialpages.records.starter_words import (
    COUNTRY,
    EMAIL,
    EXCLUSION,
    HEAD,
    HOSPITAL,
    INCLUSION,
    PARTNER,
    PERSON,
    PHONE,
    SPONSOR,
    SUMMARY,
    TOWN,
)
from trialpages.records.trial_file import PROSE_HEADINGS
from trialpages.records.vocabulary import Vocabulary
from trialpages.text.files import TRIAL_SUFFIXES
from trialpages.text.written_yaml import write_yaml

_OPTIONAL = f"""\
official_title: A Randomized Trial of Rest in Adults With Migraine
acronym: REST
start_date: 2026-01-15
primary_completion_date: 2027-06
completion_date: 2027-12
last_update_post_date: 2026-01-20
why_stopped: Too few people joined.
lead_sponsor:
  name: {SPONSOR}
  class: OTHER
collaborators:
  - name: {PARTNER}
    class: OTHER
conditions:
  - Migraine
keywords:
  - headache
phases:
  - PHASE2
design_info:
  allocation: RANDOMIZED
  intervention_model: PARALLEL
  primary_purpose: TREATMENT
  masking_info:
    masking: DOUBLE
    who_masked:
      - PARTICIPANT
      - INVESTIGATOR
enrollment_info:
  count: 120
  type: ESTIMATED
arm_groups:
  - label: Rest
    type: EXPERIMENTAL
    description: An hour of rest each day.
    intervention_names:
      - Daily rest
interventions:
  - type: BEHAVIORAL
    name: Daily rest
    description: An hour in a dark room.
primary_outcomes:
  - measure: Days with migraine
    time_frame: 12 weeks
secondary_outcomes:
  - measure: Days with pain killers
    time_frame: 12 weeks
healthy_volunteers: false
sex: ALL
minimum_age: 18 Years
maximum_age: 75 Years
central_contacts:
  - name: {PERSON}
    role: CONTACT
    phone: {PHONE}
    email: {EMAIL}
overall_officials:
  - name: {HEAD}
    affiliation: {HOSPITAL}
    role: PRINCIPAL_INVESTIGATOR
locations:
  - facility: {HOSPITAL}
    status: RECRUITING
    city: {TOWN}
    country: {COUNTRY}
references:
  - pmid: "12345678"
    citation: Doctor B. Rest for migraine. J Rest. 2024;1(1):1-9.
plain_language_summary:
  author: A. Nurse
  date: 2026-01-20
related_trials:
  - nct_id: NCT00000001
    title: Sleep for Migraine
"""
"""The optional fields a starter shows, in the model's order, with examples."""


def new_trial(content: Path, trial_id: str, title: str, suffix: str) -> Path:
    """Write a starter file; returns its path.

    Raises CallFailure for an id that can't be one or that has a file already, ContentFailure where
    the trials' folder is a link, MachineFailure where the disk refuses.
    """
    checked_id = _checked(trial_id)
    name = file_name(checked_id)
    refuse_links([content / "trials"])
    for taken in (content / "trials" / f"{name}{other}" for other in TRIAL_SUFFIXES):
        if taken.exists():
            hint = "edit that file, or choose another id"
            raise CallFailure(Problem("exists", "error", f"{taken} is there already", hint=hint))
    path = content / "trials" / f"{name}{suffix}"
    text = starter(checked_id, title, suffix)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        message = f"can't write {path}: {error.strerror}"
        hint = "check the disk's room and the folder's permissions"
        raise MachineFailure(Problem("unwritable", "error", message, hint=hint)) from None
    return path


def _checked(trial_id: str) -> str:
    if wrong := miscounted(trial_id):
        hint = "look it up on the registry's page and write it whole"
        raise CallFailure(Problem("bad-id", "error", wrong, hint=hint))
    if meant := tuple(with_letters(trial_id)):
        first, *others = meant
        hint = f"did you mean {first}?"
        if others:
            hint += f" At another registry it is {' or '.join(others)}"
        message = f"`{trial_id}` lacks the letters that a registry's number begins with"
        raise CallFailure(Problem("bad-id", "error", message, hint=hint))
    try:
        return msgspec.convert(as_written(trial_id), RegistryId)
    except msgspec.ValidationError:
        message = f"`{trial_id}` can't be a trial's id"
        hint = "write it as its registry does, like NCT01234567: letters, digits, hyphens"
        raise CallFailure(Problem("bad-id", "error", message, hint=hint)) from None


def starter(trial_id: str, title: str, suffix: str) -> str:
    """The text of a starter file: valid as it stands, and still off the site."""
    required = {"nct_id": trial_id, "draft": "true", "brief_title": title}
    facts = {"overall_status": "NOT_YET_RECRUITING", "study_type": "INTERVENTIONAL"}
    lines = [_HEAD]
    for name, value in {**required, **facts}.items():
        lines.append(f"\n{_comment(name)}{_plain(name, value)}")
    lines.append(_OPTIONAL_HEAD)
    lines += [f"\n{_comment(name)}{block}" for name, block in _blocks()]
    front = "".join(lines)
    if suffix == ".yaml":
        return front + _yaml_body()
    return f"---\n{front}---\n{_markdown_body()}"


_HEAD = "# Lines that begin with # are remarks and are not published.\n"
_OPTIONAL_HEAD = """
# --- What else there is to say -------------------------------------------------------------------
# Take the # and the space behind it away from the lines you need, and delete the others.
"""


def _plain(name: str, value: str) -> str:
    return f"{name}: {value}\n" if name == "draft" else write_yaml({name: value})


def _comment(name: str) -> str:
    text = f"# {field_help('Trial', name)}\n"
    values = _values(name)
    return f"{text}# One of: {', '.join(values)}\n" if values else text


def _values(name: str) -> list[str]:
    """The values a field may have, where there is a list of them."""
    kind = bare({field.name: field.type for field in msgspec.structs.fields(Trial)}[name])
    if typing.get_origin(kind) is tuple:
        kind = typing.get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, Vocabulary):
        return [member.value for member in kind]
    return []


def _blocks() -> Iterator[tuple[str, str]]:
    """Each optional field and its example, made a remark."""
    name, block = "", ""
    for line in [*_OPTIONAL.splitlines(), "end:"]:
        if not line.startswith(" "):
            if block:
                yield name, block
            name, block = line.split(":", 1)[0], ""
        block += f"# {line}\n"


_MARKDOWN_CRITERIA = f"""
## Eligibility criteria

### Inclusion criteria

1. {INCLUSION}

### Exclusion criteria

1. {EXCLUSION}
"""


def _markdown_body() -> str:
    """The long texts. What stands here is published, so it says that it is to be replaced."""
    heading = PROSE_HEADINGS["brief_summary"]
    return f"\n## {heading}\n\n{SUMMARY}\n{_MARKDOWN_CRITERIA}"


def _yaml_body() -> str:
    return f"""
# What is studied, and why.
brief_summary: |
  {SUMMARY}

# Who can and who can't take part.
eligibility_criteria: |
  Inclusion Criteria:

  1. {INCLUSION}

  Exclusion Criteria:

  1. {EXCLUSION}
"""

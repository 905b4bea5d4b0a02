"""Of the sentences about trials: each is true of the record whose page says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from truths.conditions import CLOSED, CONDITIONS, GOING_ON, Condition, Filled, Told
from truths.page import Page, words_of
from truths.record import Record
from truths.register import Answers, Change, Mutation, answer, edits, truth
from truths.site import Site
from truths.words import values, words


class Said(NamedTuple):
    name: str
    words: str
    filled: Filled


_PLACES = (
    ".glance-status > p, .why-stopped > h3, .doubts p, .facts dt, .facts dd > p, .lead, .print-only,"
    " #eligibility .meaning, #results p, #record li, #record p, #contacts p"
)
"""Where pages speak in the theme's own words."""


def _name(key: str) -> str:
    """A sentence's name: its key without the ending for a number."""
    name = key.removeprefix("say_")
    return name if name in CONDITIONS else re.sub(r"_(?:zero|one|two|few|many|other)$", "", name)


@cache
def _phrases(language: str) -> Mapping[str, tuple[str, str]]:
    """Each key of a sentence, with its name and its words; the longest words first."""
    found = {key: said for key, said in words(language).items() if key.startswith("say_")}
    unjudged = {name for key in found if (name := _name(key)) not in CONDITIONS}
    if unjudged:
        raise KeyError(f"tests/truths/conditions.py has no condition for {', '.join(unjudged)}")
    ordered = sorted(found.items(), key=lambda one: -len(one[1]))
    return {key: (_name(key), said) for key, said in ordered}


def _form(said: str) -> str:
    """The pattern of a phrase, with a group for what is filled in."""
    parts = re.split(r"\{(\w+)\}", said)
    pattern = "".join(
        f"(?P<{part}>{_filling(part, last=at == len(parts) - 2 and not parts[-1])})"
        if at % 2
        else re.escape(part)
        for at, part in enumerate(parts)
    )
    short = len(said.split()) < 3
    return (r"(?:^|(?<=\. ))" if short else r"(?<!\w)") + pattern + r"(?!\w)"


def _filling(name: str, *, last: bool) -> str:
    """What may stand for `{name}`: a number never reaches into the sentence before it."""
    if name in ("n", "all"):
        return r"\d[\d.,\u00a0\u202f]*"
    return ".+" if last else ".+?"


@cache
def _forms(language: str) -> tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]]:
    """One pattern for all phrases, its groups their keys, and one for each."""
    each = {key: _form(said) for key, (_, said) in _phrases(language).items()}
    whole = "|".join(
        f"(?P<{key}>{re.sub(r'[(][?]P<[a-z]+>', '(?:', form)})" for key, form in each.items()
    )
    return re.compile(whole), {key: re.compile(form) for key, form in each.items()}


@lru_cache(400)
def said_on(page: Page, language: str) -> tuple[Said, ...]:
    """The sentences of ours that stand on a page, with what it filled in."""
    places = (words_of(node) for node in page.tree.css(_PLACES))
    return tuple(said for words in places for said in _said_in(words, language))


@lru_cache(10_000)
def _said_in(words: str, language: str) -> tuple[Said, ...]:
    """The same of one place; many pages say the same there."""
    whole, each = _forms(language)
    found = ((one, one.lastgroup or "") for one in whole.finditer(words))
    return tuple(
        Said(_name(key), one[0], inner.groupdict() if (inner := each[key].search(one[0])) else {})
        for one, key in found
    )


def _pages(site: Site) -> Iterator[tuple[Page, Record]]:
    yield from site.trial_pages
    yield from site.results_pages


def _told(site: Site, record: Record) -> Told:
    return Told(record.trial, site.as_of, values(site.language))


# --- mutations: each sentence where it is false ---------------------------------------------------

_FILLED = {
    **{"n": "97", "all": "98", "registry": "Nowhere", "status": "Asleep", "date": "1 May 1901"},
    **{"own": "Dormant", "there": "Awake"},
}
_OPENING = '<div class="glance-status">'


def _where_false(name: str, condition: Condition) -> Mutation:
    def mutation(site: Site) -> Change:
        key, said = next(
            (key, said) for key, (own, said) in _phrases(site.language).items() if own == name
        )
        text = re.sub(r"\{(\w+)\}", lambda found: _FILLED[found[1]], said)
        for trial in site.trials:
            path = f"trials/{trial.nct_id}.html"
            if not condition(Told(trial, site.as_of, values(site.language)), _FILLED):
                html = site.read(path).decode()
                return Change({path: html.replace(_OPENING, f"{_OPENING}<p>{text}</p>").encode()})
        raise AssertionError(f"{key} is true of every record")

    return mutation


@truth(
    "Each sentence of the theme's own about a trial is true of its record: by its status, dates, "
    "numbers of people, sex, ages, groups, places, contacts, registry and results",
    things="sentences",
    mutations=tuple(
        _where_false(name, condition) for name, condition in CONDITIONS.items() if condition
    ),
)
def sentences_are_true(site: Site) -> Answers:
    for page, record in _pages(site):
        told = _told(site, record)
        for said in said_on(page, site.language):
            condition = CONDITIONS[said.name]
            holds = condition is None or condition(told, said.filled)
            yield answer(holds, page.path, f"says {said.words!r} ({told.status}, {told.kind})")


# --- not true by silence --------------------------------------------------------------------------

_STARTS = {"started", "planned_to_start", "was_planned_to_start", "start"}
_ENDS = {"ended", "planned_to_end", "was_planned_to_end", "end"}
_SEXES = {name for name in CONDITIONS if name.endswith("_only")} | {"any_sex"}


def _must_say(told: Told) -> Iterator[set[str]]:
    """Sets of sentences one of which a page has to say."""
    trial, enrolled = told.trial, told.trial.enrollment_info
    if trial.start_date:
        yield _STARTS
    if trial.completion_date:
        yield _ENDS
    if trial.sex:
        yield _SEXES
    if not trial.locations:
        yield {"no_place"}
    if not told.contacts:
        yield {"no_contacts"}
    if not enrolled or enrolled.count is None:
        yield {"no_number", "number_by_state", "number_unread"}
    elif told.kind == "INTERVENTIONAL" and told.status == "COMPLETED" and told.people("ACTUAL"):
        yield {"so_many_joined"}
    asks = trial.eligibility_criteria or trial.sex or trial.minimum_age or trial.maximum_age
    if told.status in CLOSED and asks and not told.is_access:
        yield {"nobody_new", "nobody_new_then"}
    if told.status in ("SUSPENDED", "TERMINATED", "WITHDRAWN") and not trial.why_stopped:
        yield {"no_reason"}
    if told.is_old_copy and told.status in GOING_ON:
        told_in = ("", "_months")
        yield {
            f"doubt_{name}{n}"
            for name in ("old_copy", "not_verified", "not_updated")
            for n in told_in
        }
    if told.status == "ENROLLING_BY_INVITATION" and asks and told.may_join:
        invited = {"only_invited", "only_invited_then"}
        yield invited if not told.begun(trial.completion_date) else {"who_it_is_for"}


@truth(
    "A trial's page says of its dates, people, sex, places, contacts and whether somebody new can "
    "take part what is sure of them",
    things="sentences",
    mutations=(
        *edits(">Started<", "><", ">Begun<"),
        *edits("<p>This is how many people really joined.</p>", ""),
        *edits("Nobody new can take part. This says whom the study was meant for.", ""),
    ),
)
def what_is_sure_is_said(site: Site) -> Answers:
    for page, record in site.trial_pages:
        names = {said.name for said in said_on(page, site.language)}
        for wanted in _must_say(_told(site, record)):
            yield answer(bool(names & wanted), page.path, f"says none of {sorted(wanted)}")


# --- what the registry's values mean --------------------------------------------------------------


@cache
def _meanings(language: str) -> Mapping[str, set[str]]:
    """What we say that values mean -> the values that mean it."""
    found: dict[str, set[str]] = {}
    for name, (_, meaning) in values(language).items():
        if meaning:
            found.setdefault(" ".join(meaning.split()), set()).add(name)
    return found


@cache
def _meaning_form(language: str) -> re.Pattern[str]:
    ordered = sorted(_meanings(language), key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=\. ))(?:{'|'.join(map(re.escape, ordered))})")


def _fits(told: Told, name: str) -> bool:
    """Whether what a value means can be true of a record that says more."""
    trial, groups = told.trial, len(told.trial.arm_groups)
    joined = told.people("ACTUAL")
    design = trial.design_info
    divided = design and design.allocation and design.allocation.value != "NA"
    judged = {
        "Status.COMPLETED": not trial.why_stopped,
        "Status.WITHDRAWN": not joined and not trial.has_results,
        "Status.NOT_YET_RECRUITING": not told.begun(trial.start_date),
        "ExpandedAccessStatus.AVAILABLE": not told.is_aged,
        "ExpandedAccessStatus.TEMPORARILY_NOT_AVAILABLE": not told.is_aged,
        "DesignAllocation.NA": groups <= 1,
        "DesignAllocation.RANDOMIZED": groups != 1,
        "DesignAllocation.NON_RANDOMIZED": groups != 1,
        "InterventionalAssignment.SINGLE_GROUP": groups <= 1 and not divided,
        "InterventionalAssignment.PARALLEL": groups != 1,
    }
    by_dates = name.startswith("Status.") and told.has_no_status
    by_own_word = name == "Status.UNKNOWN" and told.has_own_status
    return judged.get(name, True) and not by_dates and not by_own_word


def _wrong_value(site: Site) -> Change:
    """The page of a completed trial says what `recruiting` means."""
    for page, record in site.trial_pages:
        if record.trial.overall_status.value == "COMPLETED":
            meaning = values(site.language)["Status.RECRUITING"][1]
            return Change(
                {page.path: page.html.replace(_OPENING, f"{_OPENING}<p>{meaning}</p>").encode()}
            )
    raise AssertionError("no trial is completed")


def _old_access(site: Site) -> Change:
    """A page of an old record says that a treatment can be had."""
    for page, record in site.trial_pages:
        way = "ExpandedAccessStatus.AVAILABLE"
        if way in record.value_names and _told(site, record).is_aged:
            meaning = values(site.language)[way][1]
            return Change(
                {page.path: page.html.replace(_OPENING, f"{_OPENING}<p>{meaning}</p>").encode()}
            )
    raise AssertionError("no old record names a way to a treatment")


@truth(
    "What a page says that a value of the registry's means is said of a value the record has, and "
    "where the record says nothing that speaks against it",
    things="meanings",
    mutations=(_wrong_value, _old_access),
)
def meanings_fit(site: Site) -> Answers:
    meanings, form = _meanings(site.language), _meaning_form(site.language)
    for page, record in site.trial_pages:
        told = _told(site, record)
        for node in page.tree.css(".meaning, .glance-status > p, .fact-phase dd > p"):
            for found in form.finditer(words_of(node)):
                names = meanings[found[0]] & record.value_names
                fits = any(_fits(told, name) for name in names)
                yield answer(fits, page.path, f"says {found[0]!r}; the record has {names}")

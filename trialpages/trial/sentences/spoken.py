"""The sentences of one record in the site's language: what templates see as `page.sentences`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from trialpages.language.site_language import Language
from trialpages.records.model import PartialDate, Trial
from trialpages.records.our_sites import OurSites
from trialpages.records.vocabulary import Vocabulary
from trialpages.trial.freshness import Verdict
from trialpages.trial.registry_dates import (
    is_dated_by_publication,
    is_dated_by_registration,
    planned_recruitment,
    recruitment_end,
    starts_with_enrolment,
    starts_with_recruitment,
)
from trialpages.trial.said_here import NOTHING, SaidHere
from trialpages.trial.sentences.case import Case, Sentence
from trialpages.trial.sentences.lacking import MISSING, doubt_name
from trialpages.trial.sentences.meanings import fits
from trialpages.trial.sentences.table import PLACES
from trialpages.trial.taking import Taking

PREFIX = "say_"
"""Of a sentence's words in the strings files. A template's `t` has none of them."""

_IN_YEARS = 24
"""Months from which on an age is told in years."""


def plain_words(language: Language) -> dict[str, str]:
    """The words that claim nothing of a trial, which a template may say where it likes."""
    return {key: said for key, said in language.words.items() if not key.startswith(PREFIX)}


class Sentences:
    """What a page may say of its trial: at each place of `table.PLACES` the words, or ''."""

    def __init__(
        self,
        trial: Trial,
        as_of: str,
        language: Language,
        ours: OurSites = (),
        here: SaidHere = NOTHING,
    ) -> None:
        self._case, self._language = Case(trial, as_of, ours, here), language

    def __getattr__(self, place: str) -> str:
        if place not in PLACES:
            raise AttributeError(f"the table of sentences has no place {place}")
        true = (sentence for sentence in PLACES[place] if sentence.is_true(self._case))
        said = next((self._words(sentence) for sentence in true), "")
        self.__dict__[place] = said
        return said

    def _words(self, sentence: Sentence) -> str:
        if sentence.number:
            of = sentence.out_of(self._case) if sentence.out_of else 0
            date = (sentence.date(self._case) if sentence.date else None) or ""
            said = self._language.date_text(date) if date else ""
            number = sentence.number(self._case)
            return self._language.count(number, PREFIX + sentence.name, of, said)
        words = self._language.words[PREFIX + sentence.name]
        if "{" not in words:
            return words
        case, status = self._case, self._case.dates.at_registry
        there = self._language.label(status) if status else ""
        date = (sentence.date(case) if sentence.date else None) or ""
        said = self._language.date_text(date) if date else ""
        return words.format(registry=case.registry, own=case.own_status, there=there, date=said)

    def meaning(self, value: Vocabulary) -> str:
        """What a value of the record means in plain words; '' where it explains itself or where
        the record says otherwise."""
        meaning = self._language.meaning(value)
        return meaning if meaning and fits(value, self._case) else ""

    @property
    def starts_with_recruitment(self) -> bool:
        """Whether its start is that of recruitment."""
        return starts_with_recruitment(self._case.trial)

    @property
    def starts_with_enrolment(self) -> bool:
        """Whether it is the day on which the first joins."""
        return starts_with_enrolment(self._case.trial)

    @property
    def planned_recruitment(self) -> PartialDate | None:
        return planned_recruitment(self._case.trial)

    @property
    def recruitment_end(self) -> PartialDate | None:
        return recruitment_end(self._case.trial)

    @property
    def is_dated_by_registration(self) -> bool:
        """Whether its first date is the day on which it was registered."""
        return is_dated_by_registration(self._case.trial)

    @property
    def taking(self) -> Taking | None:
        """Where it takes people, if it recruits and not everywhere."""
        return self._case.taking

    @property
    def elsewhere_href(self) -> str:
        """The record's address at its registry, or ''."""
        return self._case.registry_page

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What the record should have and lacks."""
        return tuple(self._words(each) for each in MISSING if each.is_true(self._case))

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """Why to check before relying on the record, as of the day the page is made."""
        return tuple(self._doubts())

    def _doubts(self) -> Iterator[str]:
        language = self._language
        status = self._case.own_status or language.label(self._case.trial.overall_status)
        for doubt in self._case.doubts:
            key = PREFIX + doubt_name(doubt.verdict)
            date = language.date_text(doubt.date) if doubt.date else ""
            if doubt.is_neglect:
                yield f"{self._neglected(doubt.months, key)} {self._last(key, doubt.verdict, date)}"
            else:
                yield language.words[key].format(status=status, date=date)

    def _last(self, key: str, verdict: Verdict, date: str) -> str:
        """When it last was: of EU CTIS when it was published, which is no update, if it doesn't
        tell of a later one."""
        words, posted = self._language.words, self._case.trial.last_update_post_date
        is_posted = posted is not None and posted.date == self._case.dates.updated
        is_published = is_posted and is_dated_by_publication(self._case.trial)
        if verdict != "not-updated" or not is_published:
            return words[f"{key}_date"].format(date=date)
        return f"{words['say_published_there']}{words['colon']} {date}{words['full_stop']}"

    def _neglected(self, months: int, key: str) -> str:
        """Under two years in months: 20 of them are no `1 year`."""
        if months < _IN_YEARS:
            return self._language.count(months, f"{key}_months")
        return self._language.count(months // 12, key)

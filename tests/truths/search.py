"""Of the search page, driven in a browser: what it finds is what the records say."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote

from browser import serve, visit
from fidelity import leaves
from msgspec.structs import replace
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from trialpages.records.model import Trial
from truths.record import shown
from truths.register import Answers, Change, Scope, answer, truth
from truths.search_index import plain, words_in
from truths.site import Site
from truths.standings import own_word
from truths.words import values, words

SEED = 20
"""Which words are asked; one site is always asked the same."""
_WORDS = 20
_MOST_SAY = 80
"""Words that more trials say aren't asked for: their lists would be read for minutes."""
_AS_WORDS = "&".join(
    f"as-words={name}" for name in ("age", "sex", "phase", "status", "place", "spelling")
)
"""What the page would understand as a filter, `kids`, or as a slip is asked for as a word."""
_MOST_LISTED = 100
"""So many results of a question are read, at most."""


class Found(NamedTuple):
    number: int
    """What the page says it found."""
    results: Mapping[str, str]
    """What each trial's result shows, by its id."""


@contextmanager
def searching(site: Site, over: str) -> Iterator[tuple[Tab, str]]:
    """A tab, and the site's address over http or from the disk."""
    with site.on_disk() as folder:
        if over == "file":
            with visit(site.browser, folder.as_uri() + "/") as tab:
                yield tab.page, folder.as_uri() + "/"
        else:
            with serve(folder) as address, visit(site.browser, address) as tab:
                yield tab.page, address


def ask(tab: Tab, address: str, parameters: str, *, whole: bool = True) -> Found:
    """What the search page answers; of long answers only the number where `whole` isn't asked."""
    tab.goto(f"{address}search.html?{parameters}")
    tab.locator("#search[data-answered]").wait_for(state="attached")
    language = (tab.locator("html").get_attribute("lang") or "en").split("-")[0]
    said = number_said(tab.locator("#search-status").inner_text(), language)
    more = tab.locator("#more-results")
    while whole and more.is_visible() and tab.locator("#results > .card").count() < _MOST_LISTED:
        count = tab.locator("#results > .card").count()
        more.click()
        tab.locator("#results > .card").nth(count).wait_for(state="attached")
    shown_results = tab.evaluate(
        "[...document.querySelectorAll('#results > .card')].map((item) =>"
        " [item.querySelector('a').href, item.innerText])"
    )
    results = {
        re.split(r"[?#]", href)[0].rpartition("/")[2][:-5]: text for href, text in shown_results
    }
    return Found(said if results else 0, results)


_COUNTED = ("found", "some")
"""Of trials with all words; or where none has, of those with some."""


def number_said(status: str, language: str) -> int:
    """How many trials the page says it found. Of other trials it speaks too: how many there would
    be for what may have been meant, how many more have some of the words."""
    for kind in _COUNTED:
        for number in ("one", "other"):
            before, after = words(language)[f"search_{kind}_{number}"].split("{n}")
            sentence = (
                rf"{re.escape(before)}(\d[\d,.\u00a0\u202f]*){re.escape(after.split('{')[0])}"
            )
            if found := re.search(sentence, status):
                return int(re.sub(r"\D", "", found[1]))
    return 0


# --- words ----------------------------------------------------------------------------------------

_SEARCHED = re.compile(
    r"brief_title|official_title|acronym|brief_summary|detailed_description|conditions\[|keywords\["
    r"|arm_groups\[\d+\]\.(?:label|description)|interventions\[\d+\]\.(?:name|description|other_names)"
    r"|(?:primary|secondary|other)_outcomes\[\d+\]\.(?:measure|description)|eligibility_criteria"
    r"|(?:lead_sponsor|collaborators\[\d+\])\.name|overall_officials\[\d+\]\.name"
    r"|references\[\d+\]\.citation|locations\[\d+\]\.(?:city|facility)|plain_language_summary\.text"
    r"|related_trials\[\d+\]\.title"
)
"""Where a search looks: all that people look for, not codes, dates and contacts."""
_MOST_PLACES = 50
"""Of a trial with more places the index has only the towns."""


def searched(trial: Trial) -> Iterator[str]:
    """The texts of a record that a search looks through."""
    many = len(trial.locations) > _MOST_PLACES
    for leaf in leaves(trial):
        if _SEARCHED.match(leaf.path) and not (many and leaf.path.endswith("facility")):
            yield shown(leaf.text) if leaf.is_markup else leaf.text


def sayers(site: Site) -> Mapping[str, frozenset[str]]:
    """For each word, the trials whose records say it where a search looks."""
    if not site.known.sayers:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for trial in site.trials:
            for word in {word for text in searched(trial) for word in words_in(text)}:
                found[word].add(trial.nct_id)
        site.known.sayers.update((word, frozenset(names)) for word, names in found.items())
    return site.known.sayers


def _random_words(site: Site) -> list[str]:
    """Words of two kinds in turn: any word, and words that several trials say."""
    known = {word: names for word, names in sayers(site).items() if re.fullmatch(r"\w{4,}", word)}
    chance = random.Random(SEED)
    every = sorted(known)
    shared = [word for word in every if 3 <= len(known[word]) <= _MOST_SAY]
    chosen = chance.sample(every, min(len(every), _WORDS // 2))
    return list(dict.fromkeys([*chosen, *chance.sample(shared, min(len(shared), _WORDS // 2))]))


def _is_form_of(word: str, shown_words: set[str]) -> bool:
    """Whether a result shows a word of the same stem, which a visitor takes for the same:
    `metabolic` of `metabolically`."""
    shared = max(3, round(len(word) * 0.6))
    return any(plain(other).startswith(word[:shared]) for other in shown_words)


def _compounds_in(text: str) -> set[str]:
    """Words with a hyphen as one: `multi-phase` is what `multiphase` asks for."""
    return {plain(re.sub(r"\W", "", word)) for word in re.findall(r"\w+(?:[-‐‑]\w+)+", text)}


def _names_another(site: Site, text: str) -> bool:
    """Whether a result says that it was found by another name."""
    return words(site.language)["search_found_as"].partition("{")[0].strip() in text


def _other_title(site: Site) -> Change:
    """The records of three trials say one more word each, which no index knows."""
    word = _random_words(site)[0]
    others = [name for name in site.trial_ids if name not in sayers(site)[word]][:3]
    more = {
        name: replace(one := site.trial(name), brief_title=f"{one.brief_title} {word}")
        for name in others
    }
    return Change(trials=more)


@truth(
    "A search for a word finds all trials that say it, and no others but those that show a form of "
    "it or name the other name they were found by (random words, http and file)",
    things="trials asked for by a word",
    scope=Scope.MACHINE,
    mutations=(_other_title,),
)
def searches_find_what_records_say(site: Site) -> Answers:
    chosen = _random_words(site)
    for over, asked in (("http", chosen), ("file", chosen[:: 1 if site.is_large else 4])):
        with searching(site, over) as (tab, address):
            for word in asked:
                found = ask(tab, address, f"q={quote(word)}&{_AS_WORDS}")
                yield from _found_rightly(site, f"{over}: {word}", word, found)


def _found_rightly(site: Site, where: str, word: str, found: Found) -> Answers:
    want = sayers(site)[word]
    listed = len(found.results)
    counts = found.number == listed or found.number > listed >= _MOST_LISTED
    yield answer(counts, where, f"says {found.number}, lists {listed}")
    for name in sorted(want if found.number <= _MOST_LISTED else ()):
        yield answer(name in found.results, where, f"{name} says the word and isn't found")
    for name in sorted(set(found.results) - want):
        text = found.results[name]
        shown_words = words_in(text) | _compounds_in(text)
        fits = _is_form_of(plain(word), shown_words) or _names_another(site, text)
        yield answer(fits, where, f"{name} is found and shows neither the word nor another name")


# --- filters --------------------------------------------------------------------------------------


_OPEN = """document.querySelectorAll('#filter-groups [data-group]')
  .forEach((group) => { group.open = true; })"""
_UNREAD = "[data-group]:not([hidden]) .choices:empty"
_READ = """[...document.querySelectorAll('#filter-groups [data-group]')].flatMap((group) =>
  [...group.querySelectorAll('.choice')].map((choice) => [group.dataset.group,
    choice.querySelector('input').value, choice.querySelector('.choice-count').innerText]))"""


def _labels(trial: Trial, language: str) -> Iterator[tuple[str, str]]:
    """The values of the filters that a record falls under, as the page names them."""
    labels = values(language)
    yield "status", own_word(trial) or labels[f"Status.{trial.overall_status.value}"][0]
    yield "type", labels[f"StudyType.{trial.study_type.value}"][0]
    yield from (("phase", labels[f"Phase.{one.value}"][0]) for one in trial.phases)
    if trial.healthy_volunteers is not None:
        yield "healthy", "yes" if trial.healthy_volunteers else "no"
    if trial.start_date:
        yield "start", trial.start_date.date[:4]


def _number(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else -1


def _more_trials(site: Site) -> Change:
    """The records of two trials say another status than the tables of the search."""
    chosen = [one for one in site.trials if one.overall_status.value == "COMPLETED"][:2]
    other = type(chosen[0].overall_status)("RECRUITING")
    return Change(trials={one.nct_id: replace(one, overall_status=other) for one in chosen})


@truth(
    "The number beside each value of a filter is the number of records it holds for, and as many "
    "trials are found once it is chosen",
    things="values of filters",
    scope=Scope.MACHINE,
    mutations=(_more_trials,),
)
def filters_count_what_records_say(site: Site) -> Answers:
    real: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for trial in site.trials:
        for group, label in set(_labels(trial, site.language)):
            real[group][label] += 1
    with searching(site, "http") as (tab, address):
        ask(tab, address, "")
        tab.evaluate(_OPEN)
        expect(tab.locator(_UNREAD)).to_have_count(0)
        shown_values = tab.evaluate(_READ)
        for group, label, count in shown_values:
            if group in real:
                said, want = _number(count), real[group].get(label, 0)
                yield answer(
                    said == want, f"{group}: {label}", f"says {count!r}; the records {want}"
                )
        for group, counts in sorted(real.items()):
            label = min(counts, key=lambda one: (counts[one], one))
            found = ask(tab, address, f"{group}={quote(label)}", whole=False)
            wrong = f"{found.number} are found, {counts[label]} records say so"
            yield answer(found.number == counts[label], f"{group} = {label}", wrong)

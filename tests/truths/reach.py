"""Of the ways through a site: every page is reached, every link leads to what it says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache

from babel.numbers import format_decimal

from trialpages.language.cldr import country_in
from trialpages.records.model import Trial
from truths.page import Facts
from truths.register import Answers, Change, Scope, Violation, answer, edits, truth
from truths.site import LISTS, NAMED, Site
from truths.words import words

_NOT_FOR_WALKING = {"404.html"}
"""Served where an address is wrong; nobody is led there."""


def _is_walked(facts: Facts) -> bool:
    return not facts.is_redirect and facts.path.rpartition("/")[2] not in _NOT_FOR_WALKING


def _without_list(site: Site) -> Change:
    """Every link to the page of one intervention gone."""
    files = {}
    gone = next(
        path
        for path in site.files(".html")
        if path.startswith("interventions/") and "index" not in path and "letter" not in path
    )
    name = gone.rpartition("/")[2]
    for path in site.files(".html"):
        text = site.read(path).decode()
        if f"{name}" in text:
            files[path] = re.sub(rf'href="[^"]*{re.escape(name)}"', 'href=""', text).encode()
    return Change(files)


@truth(
    "Every page is reached from index.html by links",
    things="pages",
    scope=Scope.SITE,
    mutations=(_without_list,),
)
def every_page_is_reached(site: Site) -> Answers:
    seen, ahead = {"index.html"}, ["index.html"]
    while ahead:
        for link in site.facts(ahead.pop()).links:
            if link.target.endswith(".html") and link.target not in seen and site.has(link.target):
                seen.add(link.target)
                ahead.append(link.target)
    for facts in site.every_fact:
        if _is_walked(facts):
            yield answer(facts.path in seen, facts.path, "no link leads here from index.html")


@truth(
    "Every link within the site leads to a file that is there, and every anchor to a place that is",
    things="links",
    scope=Scope.SITE,
    mutations=(
        *edits('href="#eligibility"', 'href="#eligible"', 'href="NCT00000000.html"'),
        *edits('href="#inc-9-1"', 'href="#inc-9-7"'),
    ),
)
def every_link_leads_somewhere(site: Site) -> Answers:
    for facts in site.every_fact:
        for link in facts.links:
            if link.target:
                yield _leads(site, facts, link.target, link.anchor, link.href)


def _leads(site: Site, facts: Facts, target: str, anchor: str, href: str) -> Violation | None:
    if facts.path == "404.html":  # its links begin at the root of the server, below the site's URL
        return None
    if not site.has(target):
        return Violation(facts.path, f"{href} leads to no file")
    if anchor and target.endswith(".html") and anchor not in site.facts(target).ids:
        return Violation(facts.path, f"{href}: {target} has no place {anchor}")
    return None


@truth(
    "No id stands twice on a page",
    things="pages",
    mutations=edits('<section id="summary">', '<section id="summary"><p id="design"></p>'),
)
def ids_are_unique(site: Site) -> Answers:
    for facts in site.every_fact:
        yield answer(
            not facts.repeated, facts.path, f"twice on it: {', '.join(facts.repeated[:5])}"
        )


# --- lists ----------------------------------------------------------------------------------------


def list_of(path: str) -> str:
    """The list a page is part of: `conditions/x` for its page `conditions/x.3.html`."""
    return re.sub(r"(\.\d+)?\.html$", "", path)


def members(site: Site) -> Mapping[str, tuple[str, ...]]:
    """The trials on every list, its pages put together."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in site.files(".html"):
        if path.split("/")[0] in (*LISTS, "trials"):
            found[list_of(path)].extend(site.facts(path).cards)
    return {name: tuple(cards) for name, cards in found.items() if cards}


@cache
def number(text: str, language: str) -> int:
    """The number a text begins with, as the language writes it; -1 where there is none."""
    found = re.match(r"[\d,.\u00a0\u202f]+", text)
    return int(re.sub(r"\D", "", found[0])) if found else -1


def spoken(count: int, language: str) -> str:
    return str(format_decimal(count, locale={"en": "en_001", "es": "es_419"}[language]))


@truth(
    "A number beside a link to a list is the number of trials on that list",
    things="links with a number",
    scope=Scope.SITE,
    mutations=edits('<span class="count">1<', '<span class="count">2<'),
)
def link_numbers_are_counts(site: Site) -> Answers:
    lists = members(site)
    for facts in site.every_fact:
        for link in facts.links:
            if link.count and (name := list_of(link.target)) in lists:
                real = len(lists[name])
                wrong = f"{link.words} says {link.count}; the list has {real}"
                yield answer(number(link.count, site.language) == real, facts.path, wrong)


@truth(
    "A link to a list is named as the list names itself, a title that leads to a trial is its title",
    things="links",
    scope=Scope.SITE,
    mutations=(
        *edits(
            '">Migraine</a>&nbsp;<span class="count">', '">Megrim</a>&nbsp;<span class="count">'
        ),
        *edits('.html">A study at 13 places</a></h', '.html">A study at 31 places</a></h'),
    ),
)
def links_say_where_they_lead(site: Site) -> Answers:
    for facts in site.every_fact:
        for link in facts.links:
            if link.target == facts.path:
                continue
            if link.count and link.target.startswith("trials/"):
                named = set().union(*_named_by(site.trial(_stem(link.target))).values())
                wrong = f"{link.words!r} leads to a trial that doesn't name it"
                yield answer(_folded(link.words) in named, facts.path, wrong)
            elif link.count and site.has(link.target) and not link.target.endswith("index.html"):
                real = site.facts(link.target).heading
                yield answer(link.words == real, facts.path, f"{link.words!r} leads to {real!r}")
            elif link.is_card:
                real = " ".join(site.trial(_stem(link.target)).brief_title.split())
                yield answer(link.words == real, facts.path, f"{link.words!r} leads to {real!r}")


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".html")


def _takes_nobody(trial: Trial, country: str, language: str) -> bool:
    """Whether a recruiting trial has places in a country, as it is called in this language, and
    none of them takes people."""
    here = [one for one in trial.locations if country_in(language, one.country or "") == country]
    said = {one.status.value if one.status else "" for one in here}
    taking = {"", "RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"}
    return bool(here) and trial.overall_status.value == "RECRUITING" and not said & taking


@truth(
    "The number of trials, and of those recruiting, that a list says in its heading is its own",
    things="lists",
    scope=Scope.SITE,
    mutations=(
        *edits('<p class="lead">1 trial', '<p class="lead">4 trials', '<p class="lead">1 trials'),
        *edits('<p class="lead">1 trial, 1 rec', '<p class="lead">1 trial, 7 rec'),
    ),
)
def heading_numbers_are_counts(site: Site) -> Answers:
    lists = members(site)
    recruiting = {
        trial.nct_id for trial in site.trials if trial.overall_status.value == "RECRUITING"
    }
    for facts in site.every_fact:
        trials = lists.get(list_of(facts.path))
        if trials and facts.lead:
            said = [
                int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d,.\u00a0\u202f]*", facts.lead)
            ]
            now = sum(name in recruiting for name in trials)
            doubted = sum(name in recruiting and name in site.doubted for name in trials)
            closed = (
                _takes_nobody(site.trial(name), facts.heading, site.language) for name in trials
            )
            elsewhere = sum(closed)
            told = not facts.path.startswith("statuses/recruiting.")  # there it is the first
            numbers = (len(trials), now * told, elsewhere, doubted)
            want = [number for number in numbers if number]
            plural = ("trials" in facts.lead) == (len(trials) != 1) or site.language != "en"
            yield answer(said == want and plural, facts.path, f"says {facts.lead!r}; are {want}")


@truth(
    "The home page's numbers of trials and of those recruiting are the site's",
    things="numbers",
    scope=Scope.SITE,
    mutations=(
        *edits(" listed as recruiting</a>", "0 listed as recruiting</a>"),
        *edits(" may be out of date)</span></li>", " are out of date)</span></li>"),
    ),
)
def home_numbers_are_counts(site: Site) -> Answers:
    if site.asked is not None and "index.html" not in site.asked:
        return
    said = site.page("index.html").tree.css(".numbers li")
    texts = [node.text(strip=True) for node in said]
    recruiting = sum(trial.overall_status.value == "RECRUITING" for trial in site.trials)
    for text, real in zip(texts, (len(site.trial_ids), recruiting), strict=False):
        wrong = f"says {text!r}; are {real}"
        yield answer(number(text.partition("(")[0], site.language) == real, "index.html", wrong)
    doubted = sum(site.trial(one).overall_status.value == "RECRUITING" for one in site.doubted)
    said_doubts = words(site.language)["of_doubtful_one" if doubted == 1 else "of_doubtful_other"]
    want = f"({said_doubts.format(n=doubted)})" if doubted else ""
    real = texts[1][texts[1].find("(") :] if "(" in texts[1] else ""
    yield answer(real == want, "index.html", f"says {texts[1]!r}, not {want!r}")


# --- who is on which list -------------------------------------------------------------------------


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _wanted(site: Site) -> Mapping[str, dict[str, set[str]]]:
    """By kind of list: by term, case and white space aside, the trials that name it."""
    found: dict[str, defaultdict[str, set[str]]] = {kind: defaultdict(set) for kind in NAMED}
    for trial in site.trials:
        for kind, names in _named_by(trial).items():
            for name in names:
                found[kind][name].add(trial.nct_id)
    return {kind: dict(terms) for kind, terms in found.items()}


def _named_by(trial: Trial) -> dict[str, set[str]]:
    """By kind of list, the terms that a trial names."""
    sponsors = (trial.lead_sponsor, *trial.collaborators)
    browse = trial.condition_browse
    named = {
        "headings": [one.term for one in browse.meshes] if browse else [],
        "conditions": trial.conditions,
        "interventions": [one.name for one in trial.interventions],
        "countries": [place.country for place in trial.locations],
        "sponsors": [one.name for one in sponsors if one],
    }
    return {kind: {_folded(name) for name in names if name} - {""} for kind, names in named.items()}


def _led_to(site: Site, kind: str) -> Mapping[str, str]:
    """By term, the one trial that the indexes of a kind lead to in place of a list."""
    return {
        _folded(link.words): _stem(link.target)
        for facts in site.every_fact
        if facts.path.startswith(f"{kind}/")
        for link in facts.links
        if link.count and link.target.startswith("trials/")
    }


def _card_gone(site: Site) -> Change:
    path = next(p for p in site.files(".html") if p.startswith("conditions/migraine"))
    return Change({path: site.read(path).replace(b'<li class="card"', b'<li class="gone"', 1)})


@truth(
    "Each trial is on the list of each of its headings, conditions, interventions, countries and "
    "sponsors, and on no other of these lists; the index leads to it from what it alone has, where "
    "that is no list",
    things="trials on lists",
    scope=Scope.SITE,
    mutations=(_card_gone,),
)
def trials_are_on_their_lists(site: Site) -> Answers:
    lists = members(site)
    headings = {list_of(one.path): _folded(one.heading) for one in site.every_fact}
    wanted = _wanted(site)
    for kind in NAMED:
        by_trial: defaultdict[str, list[str]] = defaultdict(list)
        for name, cards in lists.items():
            if name.startswith(f"{kind}/"):
                for card in cards:
                    by_trial[card].append(name)
        alone = _led_to(site, kind)
        listed = {one: ids for one, ids in wanted[kind].items() if ids != {alone.get(one)}}
        yield from _on_lists(listed, lists, headings, kind)


def _on_lists(
    wanted: Mapping[str, set[str]],
    lists: Mapping[str, tuple[str, ...]],
    headings: Mapping[str, str],
    kind: str,
) -> Answers:
    """A list may join several spellings of one term: each of its trials names one of them."""
    of_trial: defaultdict[str, set[str]] = defaultdict(set)
    for name, cards in lists.items():
        if name.startswith(f"{kind}/"):
            for card in cards:
                of_trial[card].add(name)
    for term, trials in wanted.items():
        homes = set.intersection(*(of_trial[one] for one in trials)) if trials else set()
        wrong = f"no list holds all {len(trials)} trials that name it, such as {min(trials)}"
        yield answer(bool(homes), f"{kind}: {term}", wrong)
    allowed: defaultdict[str, int] = defaultdict(int)
    for trials in wanted.values():
        for one in trials:
            allowed[one] += 1
    for trial, names in of_trial.items():
        wrong = f"is on {len(names)} lists, but names {allowed[trial]} terms"
        yield answer(len(names) <= allowed[trial], f"{kind}: {trial}", wrong)


_HOLDS = {"areas": "headings", "headings": "conditions"}
"""What a list says it holds, by its folder."""


def _none_there(site: Site) -> Change:
    """An area's page without its trials."""
    path = next(one for one in site.files(".html") if one.startswith("areas/nerves"))
    return Change({path: site.read(path).replace(b'<li class="card"', b'<li class="gone"')})


@truth(
    "An area of medicine leads to the headings, and a heading to the conditions, that put most of "
    "the trials into it that have none beside",
    things="links",
    scope=Scope.SITE,
    mutations=(_none_there,),
)
def what_is_within_puts_trials_there(site: Site) -> Answers:
    lists = members(site)
    each = Counter(
        (name.split("/")[0], trial)
        for name, trials in lists.items()
        for trial in {*trials}
        if name.split("/")[0] in _HOLDS.values()
    )
    for facts in site.every_fact:
        folder = facts.path.split("/")[0]
        inside, here = _HOLDS.get(folder, ""), {*lists.get(list_of(facts.path), ())}
        for link in facts.links:
            name = list_of(link.target)
            if inside and link.count and name.startswith(f"{inside}/"):
                alone = {one for one in lists[name] if each[inside, one] == 1}
                wrong = f"most trials of {name} alone aren't in this {folder}"
                yield answer(2 * len(alone & here) > len(alone), facts.path, wrong)

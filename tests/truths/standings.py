"""Of what lists say of a trial in a few words: never more than its own page vouches for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from selectolax.lexbor import LexborNode

from trialpages.records.model import Trial
from truths.forms import xml_fault
from truths.page import words_of
from truths.register import Answers, Change, Mutation, Scope, Violation, answer, edits, truth
from truths.search_index import facts_beside, other_facts
from truths.site import LISTS, Site
from truths.words import values, words

_ATOM = "{http://www.w3.org/2005/Atom}"
_OPEN = ("RECRUITING", "ENROLLING_BY_INVITATION")
"""Of a place."""

_OWN = {'"1"': "Under evaluation", '"10"': "Revoked"}
"""CTIS's words for what has no equal here, by their codes."""


def own_word(trial: Trial) -> str:
    """What the record itself calls how it stands, where no status here means that."""
    passed_on = trial.extra.get("/Recruitment_Status", "").strip('"')
    return _OWN.get(trial.extra.get("/ctPublicStatusCode", "")) or passed_on


def _is_flat(site: Site, name: str, said: str) -> Violation | None:
    """Whether a status is said as its trial's page says it: flatly only without a doubt."""
    trial = site.trial(name)
    label = values(site.language)[f"Status.{trial.overall_status.value}"][0]
    needs_more = name in site.doubted and trial.overall_status.value != "UNKNOWN"
    right = said == own_word(trial) or (said.startswith(label) and (said != label) == needs_more)
    return answer(right, name, f"stands as {said!r}; its page doubts it: {name in site.doubted}")


def _shown(site: Site) -> Iterator[tuple[str, str]]:
    """Of each place that names a trial's status: the trial, and the words."""
    for page in site.pages:
        if page.trial_id and page.tree.body:
            yield page.trial_id, _text(page.tree.body, ".glance-status .status")
        for card in page.tree.css(".card"):
            yield _text(card, ".trial-id"), _text(card, ".status")
        for note in page.tree.css("#related .related li > .quiet:first-of-type"):
            name, parted, said = words_of(note).partition(" · ")
            if parted:
                yield name, said
    for path in site.files(".xml"):
        if not xml_fault(site.read(path)):
            for entry in ElementTree.fromstring(site.read(path)).iter(f"{_ATOM}entry"):
                name, _, said = (entry.findtext(f"{_ATOM}summary") or "").partition(": ")
                yield name, said.partition(". ")[0]


def _text(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return words_of(found) if found else ""


def _flatly(before: str, ending: str) -> Mutation:
    """A doubted status behind these words said flatly, in the first file that has one."""
    doubted = re.compile(f"({before}Recruiting) (?:when|at the) last [^<.]*")

    def mutation(site: Site) -> Change:
        for path in site.paths:
            if path.endswith(ending) and doubted.search(text := site.read(path).decode()):
                return Change({path: doubted.sub(r"\1", text, count=1).encode()})
        raise AssertionError(f"no file *{ending} says a doubted status behind {before!r}")

    return mutation


@truth(
    "A card, a feed or a trial's page states a status flatly only where the page of the trial that "
    "has it doesn't doubt it",
    things="statuses",
    mutations=(
        *edits(' status-doubted">Recruiting when last checked', '">Recruiting</span><span>'),
        *edits(
            'status-recruiting">Recruiting<', 'status-recruiting">Recruiting when last checked<'
        ),
        _flatly(": ", ".xml"),
        _flatly(r'quiet">[\w-]+ · ', ".html"),
    ),
)
def lists_doubt_what_pages_doubt(site: Site) -> Answers:
    for name, said in _shown(site):
        if name in site.ids:
            yield _is_flat(site, name, said)


@truth(
    "The search shows a status flatly only where the trial's page doesn't doubt it",
    things="results",
    scope=Scope.SITE,
    mutations=(lambda site: other_facts(site, "status", "Recruiting when", "Recruiting"),),
)
def results_doubt_what_pages_doubt(site: Site) -> Answers:
    for meta in facts_beside(site):
        yield _is_flat(site, meta["nct_id"], meta["status"])


def _explained(site: Site) -> Change:
    """What recruiting means, on a page that doubts it."""
    meaning = values(site.language)["Status.RECRUITING"][1]
    for name in sorted(site.doubted):
        if site.trial(name).overall_status.value == "RECRUITING":
            path = f"trials/{name}.html"
            opening = '<div class="glance-status">'
            html = site.read(path).decode().replace(opening, f"{opening}<p>{meaning}</p>")
            return Change({path: html.encode()})
    raise AssertionError("no recruiting trial is doubted")


@truth(
    "A page that doubts its trial's status doesn't say what the status would mean",
    things="pages in doubt",
    mutations=(_explained,),
)
def doubted_statuses_are_not_explained(site: Site) -> Answers:
    for page, record in site.trial_pages:
        status = record.trial.overall_status.value
        if page.trial_id in site.doubted and status != "UNKNOWN":
            meaning = " ".join(values(site.language)[f"Status.{status}"][1].split())
            said = " ".join(words_of(node) for node in page.tree.css(".glance-status > p"))
            yield answer(meaning not in said, page.path, f"says that it means {meaning!r}")


_FLAT_STANDS = ("not_yet", "not_now", "no_longer", "withdrawn")


@truth(
    "A page that doubts its trial's status says of each country's places how they are listed, and "
    "not how they stand",
    things="countries",
    mutations=(
        *edits("listed as no longer taking people", "no longer taking people"),
        *edits("places listed as taking people", "places taking people"),
    ),
)
def places_doubt_what_pages_doubt(site: Site) -> Answers:
    said = words(site.language)
    taking = [re.escape(said[f"sites_taking_{form}"]) for form in ("one", "other")]
    stands = {said[f"site_stand_{stand}"] for stand in _FLAT_STANDS}
    taking += [re.escape(said["sites_stand"].replace("{stand}", stand)) for stand in sorted(stands)]
    flat = re.compile("|".join(re.sub(r"\\\{\w+\\\}", r"[\\d.,]+", one) for one in taking))
    for page in site.pages:
        for node in page.tree.css("#locations h3 > .quiet"):
            if page.trial_id in site.doubted:
                how_many = words_of(node)
                is_flat = flat.fullmatch(how_many) or how_many.partition(", ")[2] in stands
                yield answer(not is_flat, page.path, f"says flatly {how_many!r}")


@truth(
    "The linked data of a page states a status as a code only where the page doesn't doubt it, and "
    "an export to FHIR says when its record was last verified",
    things="exports",
    mutations=(
        *edits('"status":["Recruiting when', '"status":["https://schema.org/Recruiting","'),
        *edits("Record last verified by the study team: 20", "Verified: 19", ending=".fhir.json"),
    ),
)
def exports_doubt_what_pages_doubt(site: Site) -> Answers:
    for page, _ in site.trial_pages:
        for script in page.tree.css('script[type="application/ld+json"]'):
            said = json.loads(script.text())["status"]
            codes = [one for one in said if "schema.org" in one and "Results" not in one]
            wrong = f"its linked data states {codes} flatly"
            yield answer(not codes or page.trial_id not in site.doubted, page.path, wrong)
    for path in site.files(".fhir.json"):
        study = json.loads(site.read(path))
        verified = site.trial(study["id"]).status_verified_date
        said = [(note["time"], note["text"].split()[-1]) for note in study.get("note", ())]
        wanted = [(verified, verified)] if verified else []
        yield answer(said == wanted, path, f"says {said} of when it was verified")


# --- where --------------------------------------------------------------------------------------


def _closed(trial: Trial) -> set[str]:
    """The countries of a recruiting trial in which each place says that it takes nobody."""
    if trial.overall_status.value != "RECRUITING":
        return set()
    stands: dict[str, set[str]] = {}
    for place in trial.locations:
        if place.country:
            status = place.status.value if place.status else ""
            stands.setdefault(place.country, set()).add(status)
    quiet = {*_OPEN, "", "AVAILABLE"}
    return {name for name, said in stands.items() if not said & quiet}


@truth(
    "A card names no country in which no place of a recruiting trial takes people, but where there "
    "is no other",
    things="cards",
    mutations=edits("Listed as open in: <span>", "Listed as open in: <span>Poland, "),
)
def cards_name_open_countries(site: Site) -> Answers:
    label = words(site.language)["card_open_in"]
    for page in site.pages:
        for card in page.tree.css(".card"):
            name = _text(card, ".trial-id")
            if name not in site.ids:
                continue
            is_open = _text(card, ".card-where").startswith(label)
            closed = _closed(site.trial(name))
            named = set(_text(card, ".card-where span").split(", ")) if is_open else set()
            yield answer(not named & closed, page.path, f"{name} is closed in {named & closed}")


_FORMER = {
    *(
        "Turkey",
        "Türkiye",
        "Korea, Republic of",
        "Russian Federation",
        "Czech Republic",
        "Viet Nam",
    ),
    *("Iran, Islamic Republic of", "UK", "USA", "Moldova, Republic of", "Brunei Darussalam"),
}


@truth(
    "Lists, cards and the search call a country by one name, whichever a record has",
    things="names of countries",
    scope=Scope.SITE,
    mutations=(
        *edits("<span>United Kingdom</span>", "<span>UK</span>"),
        lambda site: other_facts(site, "countries", "United Kingdom", "UK"),
    ),
)
def countries_have_one_name(site: Site) -> Answers:
    for facts in site.every_fact:
        if facts.path.startswith("countries/"):
            yield answer(facts.heading not in _FORMER, facts.path, f"is a list of {facts.heading}")
    for path in site.files(".html"):
        if path == "index.html" or path.split("/")[0] in LISTS:
            for row in site.page(path).tree.css(".card-where > span"):
                named = set(words_of(row).split(", "))
                wrong = f"a card says {named & _FORMER}"
                yield answer(not named & _FORMER, path, wrong)
    for meta in facts_beside(site):
        named = set(meta.get("countries", "").rpartition(": ")[2].split(", "))
        yield answer(not named & _FORMER, meta["nct_id"], f"a result says {named & _FORMER}")

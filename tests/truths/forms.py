"""Of the other forms of a trial and of lists: well-formed, and the record's own words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from bibtexparser.entrypoint import parse_string
from fhir.resources.researchstudy import ResearchStudy

from trialpages.records.model import Trial, to_tree
from trialpages.trial.registry import registry_name
from truths.page import Page
from truths.record import single
from truths.register import Answers, Change, answer, edit, edits, truth
from truths.site import Site
from truths.text import leavings


@truth(
    "Every XML and SVG file is well-formed",
    things="files",
    mutations=edits("</title>", "</titel>", "\x1b</title>", "&nbsp;</title>", ending="feed.xml"),
)
def xml_is_well_formed(site: Site) -> Answers:
    for path in site.files(".xml", ".svg"):
        yield answer(not (wrong := xml_fault(site.read(path))), path, wrong)


def xml_fault(content: bytes) -> str:
    try:
        ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        return str(error)
    return ""


@truth(
    "Every JSON file, and the linked data of every page, can be read",
    things="texts",
    mutations=(
        *edits('"protocolSection":{', '"protocolSection":{,', ending="1.json"),
        *edits('"@type":"MedicalTrial"', '"@type":"Medical"Trial"'),
    ),
)
def json_can_be_read(site: Site) -> Answers:
    for path in site.files(".json"):
        yield answer(not (wrong := _json_fault(site.read(path).decode())), path, wrong)
    for page in site.pages:
        for script in page.tree.css('script[type="application/ld+json"]'):
            yield answer(not (wrong := _json_fault(script.text())), page.path, wrong)


def _json_fault(text: str) -> str:
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode()
    except (ValueError, UnicodeEncodeError) as error:
        return str(error)
    return ""


# --- the record again -----------------------------------------------------------------------------


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def _leaves(tree: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The name and the value of each leaf, whatever it is nested in."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _leaves(value, key)
    elif isinstance(tree, list):
        for value in tree:
            yield from _leaves(value, name)
    else:
        yield name, json.dumps(tree, ensure_ascii=False)


_OURS = {"plain_language_summary", "related_trials", "source", "import_notes", "history", "aliases"}
_OURS |= {"draft", "lang", "reviewed", "sections", "extra", "ours"}


def _of_the_registry(trial: Trial) -> Counter[tuple[str, str]]:
    """The leaves of the registry's own fields, under its names for them."""
    tree = {key: value for key, value in to_tree(trial).items() if key not in _OURS}
    return Counter((_plain(_camel(name)), value) for name, value in _leaves(tree))


def _plain(name: str) -> str:
    return re.sub(r"(?:Struct|Module|List)$", "", name)


@truth(
    "The JSON of a trial has each value of its record, under the registry's name, and no other",
    things="values",
    mutations=(
        *edits('"briefTitle":"', '"briefTitle":"A ', ending="1.json"),
        *edits('"count":0', '"count":1', ending=".json"),
        *edits('"overallStatus"', '"overalStatus"', ending="1.json"),
    ),
)
def json_is_the_record(site: Site) -> Answers:
    for path, _ in _forms(site, ".json"):
        trial = site.written(Path(path).name.removesuffix(".json"))
        tree = json.loads(site.read(path))
        came = tree.pop("passedOn", {}) == _came_by(trial)
        found = Counter((_plain(name), value) for name, value in _exported(tree, trial))
        want = _of_the_registry(trial)
        differ = [*(want - found), *(found - want)]
        yield answer(came and not differ, path, f"differ: {differ[:4]}; by whom it came: {came}")
        yield from [None] * (want.total() - 1)


def _came_by(trial: Trial) -> Mapping[str, str]:
    """By whom a record came that its registry didn't hand out itself."""
    if not trial.source or not trial.source.via:
        return {}
    said = {name: getattr(trial.source, name) for name in ("registry", "via", "url", "date")}
    return {name: str(text) for name, text in said.items() if text}


def _exported(tree: Mapping[str, Any], trial: Trial) -> Iterator[tuple[str, str]]:
    """The leaves of an export but for results and for what the record keeps under `extra`."""
    places = [place.split("/")[1:] for place in trial.extra]
    for name in places:
        tree = _without(tree, name)
    yield from _leaves({key: value for key, value in tree.items() if key != "resultsSection"})


def _without(tree: Any, place: list[str]) -> Any:
    step, *more = [part.replace("~1", "/").replace("~0", "~") for part in place]
    if isinstance(tree, list):
        at = int(step)
        inner = [_without(tree[at], more)] if more else []
        return [*tree[:at], *inner, *tree[at + 1 :]]
    if not more:
        return {key: value for key, value in tree.items() if key != step}
    return {**tree, step: _without(tree[step], more)}


@truth(
    "The JSON of a trial is what the registry sent, to the letter, where that is at hand",
    things="records",
    mutations=(lambda site: _as_sent(site),),
    needs_more=True,
)
def json_is_what_was_sent(site: Site) -> Answers:
    for path, trial in _forms(site, ".json"):
        sent = site.raw(trial.nct_id)
        if sent is not None:
            same = json.loads(site.read(path)) == sent
            yield answer(same, path, "isn't the record as the registry sent it")


def _as_sent(site: Site) -> Change:
    """A site whose registry said something else of its first trial."""
    name = next(iter(site.trial_ids))
    sent = json.loads(site.read(f"trials/{name}.json"))
    sent["protocolSection"]["identificationModule"]["briefTitle"] += "."
    return Change(raw={name: sent})


def _forms(site: Site, ending: str) -> Iterator[tuple[str, Trial]]:
    for path in site.files(ending):
        name = Path(path).name.removesuffix(ending)
        if path.startswith("trials/") and name in site.ids:
            yield path, site.trial(name)


@truth(
    "The FHIR form of a trial is a ResearchStudy as FHIR R5 has it, with its number and title",
    things="files",
    mutations=(
        *edits('"resourceType":"ResearchStudy"', '"resourceType":"Study"', ending="1.fhir.json"),
        *edits('"status":"', '"stats":"', ending="1.fhir.json"),
        *edits('"title":"', '"title":"A ', ending="1.fhir.json"),
    ),
)
def fhir_is_valid(site: Site) -> Answers:
    for path, trial in _forms(site, ".fhir.json"):
        text = site.read(path).decode()
        try:
            study = ResearchStudy.model_validate_json(text)
        except ValueError as error:
            yield answer(False, path, " ".join(str(error).split())[:200])
            continue
        titles = {study.title, *(one.value for one in study.label or ())}
        mine = {trial.official_title or trial.brief_title, trial.brief_title}
        yield answer(bool(mine & titles), path, f"titled {titles}, not {mine}")


# --- citations ------------------------------------------------------------------------------------

_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _ris(text: str) -> tuple[list[tuple[str, str]], str]:
    """The fields of a RIS record, and what is wrong with its lines."""
    lines = [
        _RIS_LINE.fullmatch(line) for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")
    ]
    if not all(lines):
        return [], "a line is no field"
    fields = [(found[1], found[2]) for found in lines if found]
    tags = [tag for tag, _ in fields]
    if tags[0] != "TY" or tags[-1] != "ER" or tags.count("TY") + tags.count("ER") != 2:
        return [], "doesn't go from TY to ER"
    odd = [value for _, value in fields if _CONTROL.search(value)]
    return fields, f"a control character in {odd[0]!r}" if odd else ""


@truth(
    "A trial's RIS citation is one record of RIS with the title and number of its record",
    things="files",
    mutations=(
        *edits("TI  - ", "TI  - A ", "\nTI  - ", ending="1.ris"),
        *edits("ER  - ", "ER  - \nTY  - ", ending="1.ris"),
    ),
)
def ris_is_well_formed(site: Site) -> Answers:
    for path, trial in _forms(site, ".ris"):
        fields, wrong = _ris(site.read(path).decode())
        title = single(trial.official_title or trial.brief_title)
        if not wrong and title not in [single(value) for tag, value in fields if tag == "TI"]:
            wrong = f"its title isn't {title!r}"
        if not wrong and trial.nct_id not in [
            value for tag, value in fields if tag in ("ID", "AN")
        ]:
            wrong = f"it doesn't give {trial.nct_id}"
        yield answer(not wrong, path, wrong)


@truth(
    "A trial's BibTeX citation is one entry of BibTeX with the number of its record",
    things="files",
    mutations=(
        *edits("title = {{", "title = {{{", ending="1.bib"),
        *edits("@misc{", "misc{", ending="1.bib"),
        *edits("@misc{NCT00000001", "@misc{NCT 1,", ending="1.bib"),
    ),
)
def bibtex_is_well_formed(site: Site) -> Answers:
    for path, trial in _forms(site, ".bib"):
        text = site.read(path).decode()
        read = parse_string(text)
        keys = [entry.key for entry in read.entries]
        even = _balance(text) == 0 and not read.failed_blocks
        yield answer(
            even and keys == [trial.nct_id], path, f"read as {keys}, braces off {_balance(text)}"
        )


def _balance(text: str) -> int:
    """How many braces are left open; BibTeX counts those behind a backslash as well."""
    return text.count("{") - text.count("}")


@truth(
    "The meta tags of a trial's page make it a report with the title, sponsor and number of its "
    "record to a reference manager, and the sponsor one author",
    things="pages",
    mutations=(
        *edits(
            'citation_technical_report_number" content="',
            'citation_technical_report_number" content="A',
        ),
        *edits('name="citation_technical_report_institution"', 'name="citation_publisher"'),
        *edits('name="citation_author"', 'name="author"'),
        *edits('name="citation_title" content="', 'name="citation_title" content="A '),
    ),
)
def tags_make_a_report(site: Site) -> Answers:
    for page, record in site.trial_pages:
        trial, said = record.trial, _citation_tags(page)
        sponsor = (trial.lead_sponsor.name or "") if trial.lead_sponsor else ""
        asked = {
            "title": trial.official_title or trial.brief_title,
            "technical_report_number": trial.nct_id,
            "technical_report_institution": registry_name(trial),
            "author": f"{single(sponsor.replace(',', ' '))}," if sponsor else "",
        }
        wrong = [name for name, one in asked.items() if said.get(name, "") != single(one)]
        yield answer(not wrong, page.path, f"{wrong} of {said}")


def _citation_tags(page: Page) -> dict[str, str]:
    tags = page.tree.css('meta[name^="citation_"]')
    contents = {tag.attributes["name"]: single(tag.attributes["content"] or "") for tag in tags}
    return {str(name).removeprefix("citation_"): content for name, content in contents.items()}


@truth(
    "No entry of a feed, citation or linked data holds markup, a template's leavings or a code",
    things="texts",
    mutations=(
        *edits("<summary>", "<summary>&lt;p id='arm-2'&gt;", ending="feed.xml"),
        *edits("TI  - ", "TI  - &eacute;", ending="1.ris"),
        *edits('"name":"', '"name":"{unheard_of} '),
    ),
)
def exports_hold_no_leavings(site: Site) -> Answers:
    for path, text in _exported_texts(site):
        found = [(kind, signs) for kind, signs in leavings(text) if kind != "a code"]
        wrong = [f"{kind} {signs!r}" for kind, signs in found if not _is_said(site, signs)]
        yield answer(not wrong, path, f"{', '.join(wrong)} in {text[:120]!r}")


def _is_said(site: Site, signs: str) -> bool:
    return signs in site.everything_written or signs in site.everything_said


def _exported_texts(site: Site) -> Iterator[tuple[str, str]]:
    for path in site.files(".xml"):
        if not xml_fault(site.read(path)):
            for node in ElementTree.fromstring(site.read(path)).iter():
                if node.text and node.tag.rpartition("}")[2] in ("title", "summary", "name"):
                    yield path, node.text
    for path in site.files(".ris"):
        yield from ((path, value) for _, value in _ris(site.read(path).decode())[0])
    for page in site.pages:
        for script in page.tree.css('script[type="application/ld+json"]'):
            if not _json_fault(script.text()):
                for name, value in _leaves(json.loads(script.text())):
                    if name not in (
                        "@type",
                        "@id",
                        "url",
                        "status",
                        "trialDesign",
                        "phase",
                        "@context",
                        "urlTemplate",
                    ):
                        yield page.path, str(json.loads(value))


# --- feeds ----------------------------------------------------------------------------------------

_ATOM = "{http://www.w3.org/2005/Atom}"


@truth(
    "Each entry of a feed has the title, the status and the date of its trial's record",
    things="entries",
    mutations=(
        *edits("<title>Rest in", "<title>Unrest in", ending="feed.xml"),
        lambda site: edit(site, "-05-20T00:00:00Z</updated>\n<summary>", "-05-21T00:00:00Z</updated>\n<summary>", "feed.xml"),
    ),
)  # fmt: skip
def feeds_say_what_records_say(site: Site) -> Answers:
    for path in site.files(".xml"):
        if xml_fault(site.read(path)):
            continue
        for entry in ElementTree.fromstring(site.read(path)).iter(f"{_ATOM}entry"):
            yield _entry(site, path, entry)


def _entry(site: Site, path: str, entry: ElementTree.Element) -> Any:
    link = entry.find(f"{_ATOM}link")
    name = (
        (link.get("href") or "").rpartition("/")[2].removesuffix(".html")
        if link is not None
        else ""
    )
    if name not in site.ids:
        return answer(False, path, f"an entry leads to {name}, which is no trial")
    trial = site.trial(name)
    title, updated = (entry.findtext(f"{_ATOM}{tag}") or "" for tag in ("title", "updated"))
    posted = str(trial.last_update_post_date.date) if trial.last_update_post_date else ""
    same = single(title) == single(trial.brief_title) and updated.startswith(posted or updated)
    return answer(same, path, f"{name}: {title!r} of {updated}; the record says {posted}")

"""Of the packs of trials, from which the shortlist and lists as files are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec
from selectolax.lexbor import LexborHTMLParser

from trialpages.lists.packs import Packed, number_of_packs, pack_of
from truths.record import single
from truths.register import Answers, Scope, answer, edits, truth
from truths.site import Site

_PACK = re.compile(r"trialpagesPack\((\d+),(\d+),(.*)\);\n", re.DOTALL)


@truth(
    "Each trial is in the pack that its name leads to, and in no other, with its row of the table "
    "of all trials, its citations to the letter and its card as the list of all trials has it",
    things="trials in packs",
    scope=Scope.SITE,
    mutations=(
        *edits("trialpagesPack(0,", "trialpagesPack(1,", ending="packs/0.js"),
        *edits('"csv":"NCT', '"csv":"NTC', ending=".js"),
        *edits('"ris":"TY', '"ris":"TI', ending=".js"),
        *edits('"bib":"@misc', '"bib":"@book', ending=".js"),
        *edits('trial-id\\">NCT', 'trial-id\\">NTC', ending=".js"),
    ),
)
def packs_say_what_the_site_says(site: Site) -> Answers:
    rows = set(site.read("trials.csv").decode("utf-8-sig").split("\r\n"))
    cards = dict(_cards(site))
    count = number_of_packs(len(site.trial_ids))
    found = list[str]()
    for path, number, of, trials in _packs(site):
        yield answer((path, of) == (f"packs/{number}.js", count), path, f"{number} of {of}")
        for name, one in trials.items():
            found.append(name)
            here = f"{path}, {name}"
            yield answer(pack_of(name, count) == number, here, "is in the wrong pack")
            yield answer(one.csv.removesuffix("\r\n") in rows, here, one.csv)
            for form in ("ris", "bib"):
                text = getattr(one, form)
                file = f"trials/{name}.{form}"
                same = not site.has(file) or site.read(file).decode() == text
                yield answer(same, here, f"{form}: {text}")
            card = LexborHTMLParser(one.card).text()
            yield answer(single(card) == cards.get(name), here, f"{card!r}, not {cards.get(name)}")
    yield answer(sorted(found) == sorted(site.trial_ids), "packs", f"{len(found)} trials")


def _packs(site: Site) -> Iterator[tuple[str, int, int, Mapping[str, Packed]]]:
    for path in site.paths:
        if re.fullmatch(r"packs/\d+\.js", path):
            found = _PACK.fullmatch(site.read(path).decode())
            assert found, path
            trials = msgspec.json.decode(found[3], type=dict[str, Packed])
            yield path, int(found[1]), int(found[2]), trials


def _cards(site: Site) -> Iterator[tuple[str, str]]:
    """The words of each trial's card on the list of all trials, by the name of its files."""
    for path in site.paths:
        if re.fullmatch(r"trials/index(\.\d+)?\.html", path):
            for card in LexborHTMLParser(site.read(path).decode()).css(".card"):
                href = card.css(".card-title a")[0].attributes["href"] or ""
                yield href.rpartition("/")[2].removesuffix(".html"), single(card.text())


@truth(
    "The script beside a list in several pages names the trials of all its pages, in their order",
    things="lists in several pages",
    scope=Scope.SITE,
    mutations=(*edits("NCT", "NTC", ending="trials/index.ids.js"),),
)
def whole_lists_are_whole(site: Site) -> Answers:
    for path in site.paths:
        if not path.endswith(".ids.js"):
            continue
        stem = path.removesuffix(".ids.js")
        pages = [f"{stem}.html"]
        while site.has(f"{stem}.{len(pages) + 1}.html"):
            pages.append(f"{stem}.{len(pages) + 1}.html")
        shown = [
            (link.attributes["href"] or "").rpartition("/")[2].removesuffix(".html")
            for page in pages
            for link in LexborHTMLParser(site.read(page).decode()).css("#cards .card-title a")
        ]
        said = re.findall(r'"(.*)"', site.read(path).decode())[0].split()
        yield answer(said == shown, path, f"{len(said)} names of {len(shown)} trials")

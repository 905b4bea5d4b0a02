"""Of what the search shows of each trial it finds, in a browser."""

from __future__ import annotations

from html import unescape
from urllib.parse import quote

from truths.register import Answers, Scope, answer, truth
from truths.search import ask, sayers, searching
from truths.search_index import marked_texts
from truths.site import Site
from truths.text import leavings

_WORDS = 12
"""Searched for: the words of four letters and more that most trials say."""


def _own(site: Site, name: str) -> str:
    """What a trial's record says, in every reading of an escape."""
    texts = (site.record(name).raw, site.record(name).said)
    return "\n".join((*texts, *map(unescape, texts)))


@truth(
    "No result of a search shows markup, a template's leavings, a Python repr, a code of ours or an "
    "unresolved escape, unless the record says just these signs (the commonest words)",
    things="excerpts",
    scope=Scope.MACHINE,
    mutations=(marked_texts,),
)
def excerpts_hold_no_markup(site: Site) -> Answers:
    said = {word: len(names) for word, names in sayers(site).items() if len(word) >= 4}
    commonest = sorted(said, key=lambda word: (-said[word], word))[:_WORDS]
    with searching(site, "http") as (tab, address):
        for word in commonest if site.is_large else commonest[:2]:
            for name, text in ask(tab, address, f"q={quote(word)}").results.items():
                found = list(leavings(text))
                own = _own(site, name) if found else ""
                wrong = [f"{kind} {signs!r}" for kind, signs in found if signs not in own]
                yield answer(not wrong, f"{word}: {name}", f"{', '.join(wrong)} in {text[:200]!r}")

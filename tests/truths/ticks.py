"""Of criteria on paper: what has a box to tick, and what a tick there is said to mean."""

from __future__ import annotations

import re

from truths.record import single
from truths.register import Answers, answer, edits, truth
from truths.site import Site
from truths.words import words

_CHOICE = re.compile(r"\b(?:one|any|either|two|three|[1-9])(?: or more)? of the following\b[^.]*:$")
_EXCEPTED = re.compile(r"\bwith (?:the |these )?(?:following )?exceptions?\b[^.;:]{0,40}:$")


@truth(
    "Where a line of a list of inclusion criteria says that one of those behind it is enough, the sentence over them doesn't say that each counts",
    things="groups of criteria with such a line",
    mutations=edits(
        "What lets people in. Some lines are a choice: where it says so, one of them is enough.",
        "What lets someone take part.",
    ),
)
def choices_are_told(site: Site) -> Answers:
    said = words(site.language)
    flat = {said["say_inclusion"], said["say_inclusion_access"]}
    for page, _ in site.trial_pages:
        for node in page.tree.css("section.criteria-inclusion"):
            items = node.css(".criteria-text > ul > li, .criteria-text > ol > li")
            bare = [single(one.text()) for one in items if not one.css("ul, ol")]
            if choices := [line for line in bare if _CHOICE.search(line)]:
                leads = {single(one.text()) for one in node.css(".lead")}
                yield answer(not leads & flat, page.path, f"says flatly of {choices[0][:80]!r}")


@truth(
    "A paragraph of criteria that goes on with its own exceptions has a box to tick on paper",
    things="paragraphs that end so",
    mutations=edits(
        "<p>Active or history of cancer, including",
        '<p class="lead-in">Active or history of cancer',
    ),
)
def what_has_exceptions_is_ticked(site: Site) -> Answers:
    for page, _ in site.trial_pages:
        for node in page.tree.css(".criteria-text > p"):
            if _EXCEPTED.search(line := single(node.text())):
                wrong = f"no box at {line[-80:]!r}"
                yield answer(
                    "lead-in" not in (node.attributes.get("class") or ""), page.path, wrong
                )

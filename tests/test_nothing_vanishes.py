"""Every letter and sign of a record's text stands on the page, but for marks that are drawn."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from faults.counts import FULL
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from trialpages.prose.criteria import criteria
from trialpages.prose.excess import _texts
from trialpages.prose.markup import editors_prose, prose, without_tags
from trialpages.records.registry_shape import from_registry
from trialpages.text.commonmark import TooDeep

CORPUS = Path(__file__).parents[2] / "shared/corpus/ctgov-v2.ndjson.gz"

KEPT = (
    "[x]: http://a",
    "* [x]: http://a",
    "1. [x]: <http://a> 'title'",
    "[not]: http://a\n\nPeople may [not] take part",
    "[a]:\nhttp://x",
    "[^1]: a footnote\n\ntext[^1]",
    "[text](http://a.example 'title')",
    "![a picture](http://a.example/a.png)",
    "<http://a.example>",
    "<me@a.example>",
    "<!-- a remark -->",
    "a <!-- b --> c",
    "<b>a</b>",
    "age <18 years> or >65",
    "<script>alert(1)</script>",
    "<?php a ?>",
    "<![CDATA[a]]>",
    "# of patients",
    "## Eligibility criteria",
    "# Head #",
    "### C #",
    "#",
    "###",
    "a\n===",
    "=====",
    "> 18 years",
    "* > 18 years",
    ">",
    "    four spaces > here",
    "~~~ word\na\n~~~",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "2021. A year",
    "5*10*9/L",
    "a**b**c",
    "&bogus; & &;",
    "&#x202e;abc",
    "&#8206;a",
    "a &shy;b",
    "[ ] a",
    "* [x] a",
    "10^9 ~a~ $x$ {y} :: @a",
    "---a",
    "*a",
)


def _signs(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _read(markup: str) -> str:
    """What a reader sees of HTML: a list's marks too."""
    numbered = re.sub(
        r'<(ul|ol)( class="parens?")?>|<li(?: value="(\d+)")?[^>]*>', _list_mark, markup
    )
    return _signs(without_tags(numbered))


def _list_mark(found: re.Match[str]) -> str:
    return "" if found[1] else f"{found[3]}." if found[3] else "*"


@pytest.mark.parametrize("text", KEPT)
def test_what_commonmark_would_hide_stands_on_the_page(text: str) -> None:
    assert _read(prose(text)) == _signs(text)


@pytest.mark.parametrize("text", KEPT)
def test_an_editors_text_hides_no_words_either(text: str) -> None:
    """Marks are drawn there: the words stay, and the addresses of links are where they lead."""
    shown = html.unescape(editors_prose(text))
    assert [word for word in re.findall(r"\w+", text) if word not in shown] == []


_MARKS = st.sampled_from(
    ["[", "]", "](", ":", "<", ">", "!", "#", "##", "---", "===", "~~~", "```", "`", "|", "&", ";"]
)
_PIECES = st.lists(st.one_of(_MARKS, st.sampled_from(["a", "b c", " ", "\n", "\n\n", "* ", "1. "])))


@given(_PIECES.map("".join))
def test_no_letter_is_lost_whatever_stands_around_it(text: str) -> None:
    try:
        shown = prose(text)
    except TooDeep:
        return
    assert Counter(re.findall("[abc]", _read(shown))) == Counter(re.findall("[abc]", text))


# --- real records -------------------------------------------------------------------------------

_RULE = re.compile(r"^[ ]*(?:[-*_][ ]*){3,}$", re.MULTILINE)
_ITEMS = re.compile(r"^ *(?:(?:[*+-]|\d{1,9}[.)])(?: +|$))+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\w+|\w+);)")


def _written(text: str) -> str:
    """A text as it is to be read: list marks, escapes and rules are drawn."""
    marks = _ITEMS.sub(lambda found: re.sub("[+-]", "*", found[0].replace(")", ".")), text)
    marks = _RULE.sub("", marks)
    return _signs(_ESCAPED.sub(lambda one: one[1] or html.unescape(one[2]), marks))


_EVERY = 10 if FULL else 30
"""Of the records; with 1 all 3,002 take a quarter of a minute."""


def _record_texts() -> Iterator[tuple[str, str, str]]:
    with gzip.open(CORPUS) as lines:
        for line in islice(lines, 0, None, _EVERY):
            trial = from_registry(json.loads(line))
            for field, text in _texts(trial, ()):
                yield trial.nct_id, str(field), text


@pytest.mark.skipif(not CORPUS.exists(), reason="NOT RUN: no real records in ../shared/corpus")
def test_every_letter_and_sign_of_real_records_stands_on_the_page() -> None:
    tried, lost = 0, list[str]()
    for trial_id, field, text in _record_texts():
        tried += 1
        if _read(prose.__wrapped__(text)) != _written(text):
            lost.append(f"{trial_id} {field}")
        if "eligibility_criteria" in field:
            parts = ((one.part, one.heading, one.html) for one in criteria(text))
            groups = Markup("").join(piece for part in parts for piece in part)
            if Counter(_letters(groups)) != Counter(_letters(prose.__wrapped__(text))):
                lost.append(f"{trial_id} criteria")
    assert tried > 1_000
    assert lost == []


def _letters(markup: str) -> str:
    return re.sub(r"[\W\d_]+", "", without_tags(markup))

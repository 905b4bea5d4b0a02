"""Records of other registries, bent at random by a seed: whatever they hold, a page shows it all.

Blocks are missing, lists empty or long, codes unknown, members new, texts full of signs that are
markup elsewhere. A record that can be no trial is refused in words.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import test_ctis
import test_ictrp
import test_isrctn
from fidelity import read
from test_fidelity import page_of

from trialpages.importers import ictrp_words, isrctn_words
from trialpages.importers.ctis import read_ctis
from trialpages.importers.ictrp import read_ictrp
from trialpages.importers.isrctn import RECORD, read_isrctn
from trialpages.importers.xml_records import one_of_xml
from trialpages.problems import ContentFailure
from trialpages.records.model import Trial
from trialpages.records.trial_file import read_trial, write_trial

TEXTS = (
    "Age < 18 & weight > 3 kg &lt;p&gt; &amp;nbsp;",
    "*none* _of_ [this](https://x.example) is `markup` | a | b | # c",
    "<b>bold</b> <br> and <script>no</script>",
    "年齢は18歳以上 — العمر ١٨",
    "First line\n\nafter a blank one\n  indented\n***\n===",
    "\u200bbetween\u00a0blanks\t",
    *("19", "13", "-1", "0", "true", "2026-02-30", "30/02/2026", "n/a", "Nil known", "; ; a;"),
)
DOCUMENT = test_isrctn.DOCUMENT.encode()
NEW = {"newBlock": {"deep": [["unheard of"], {"code": 19}, None, []]}}

Place = tuple[Any, Any]
"""A dict or a list, and the key or index in it."""


def places(value: Any) -> Iterator[Place]:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from places(value[key])


def bent(record: dict[str, Any], seed: int) -> dict[str, Any]:
    """The record with a dozen places made odd."""
    chosen, odd = random.Random(seed), copy.deepcopy(record)
    for _ in range(12):
        around, key = chosen.choice([*places(odd)])
        chosen.choice(BENDS)(chosen, around, key)
    return odd


def _lose(_: random.Random, around: Any, key: Any) -> None:
    del around[key]


def _say(chosen: random.Random, around: Any, key: Any) -> None:
    around[key] = chosen.choice(TEXTS)


def _empty(chosen: random.Random, around: Any, key: Any) -> None:
    around[key] = chosen.choice(([], {}, "", " ", None))


def _repeat(chosen: random.Random, around: Any, key: Any) -> None:
    value = around[key]
    several = [copy.deepcopy(value) for _ in range(chosen.choice((2, 30)))]
    around[key] = value + copy.deepcopy(value) if isinstance(value, list) else several


def _add(_: random.Random, around: Any, key: Any) -> None:
    if isinstance(around[key], dict):
        around[key] |= copy.deepcopy(NEW)


BENDS: tuple[Callable[[random.Random, Any, Any], None], ...] = (_lose, _say, _say, _empty, _repeat)
BENDS = (*BENDS, _add)
SEEDS = (*range(9), 41, 45, 115)


def taken(read_one: Callable[[], Trial]) -> Trial | None:
    """The trial, the same out of its file; None for a record that is refused in words."""
    try:
        whole = read_one()
    except ContentFailure as failure:
        assert all(one.message and one.code for one in failure.problems)
        return None
    assert read_trial(write_trial(whole).encode(), f"{whole.nct_id}.md").trial == whole
    return whole


def lost(record: Any, whole: Trial) -> list[str]:
    """The texts of a record of which the page lacks a word."""
    page = read(page_of(whole))
    there = {*_WORD.findall(page.text.casefold().replace(",", "")), *page.dates, *_MEANT}
    return [text for text in map(_plain, _texts(record)) if not _is_there(text, there)]


def _is_there(text: str, there: set[str]) -> bool:
    words = _WORD.findall(text.casefold().replace(",", ""))
    day = re.sub(r"\A(\d\d)/(\d\d)/(\d{4})\Z", r"\3-\2-\1", text)[:10]
    day = re.sub(r"\A(\d{4})(\d\d)(\d\d)\Z", r"\1-\2-\3", day)
    return day in there or " ".join(text.casefold().split()) in there or set(words) <= there


def _plain(text: str) -> str:
    """Without the end of a line and the signs as the WHO writes them, and an item's number."""
    return re.sub(r"<br ?/? ?>|(?m:^ *\d{1,3}[.)])", " ", unescape(text), flags=re.IGNORECASE)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


_WORD = re.compile(r"[^\W_]{2,}")
_MEANT = {
    *("true", "false", "10000017", "80 year(s)", "ii/iii", "female: yes male: yes"),
    *(one.casefold() for one in (*ictrp_words.STUDY_TYPES, *ictrp_words.SEXES)),
    *(one.casefold() for one in (*isrctn_words.PHASES, *isrctn_words.SEXES)),
}
"""What a page says by words of its own."""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_page_shows_all_of_an_odd_record_of_ctis(seed: int) -> None:
    record = bent(test_ctis.RECORD, seed)
    if whole := taken(lambda: read_ctis(record, "one.json").trial):
        assert lost(record, whole) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_page_shows_all_of_an_odd_record_of_isrctn(seed: int) -> None:
    record = {RECORD: bent(one_of_xml(DOCUMENT, "one.xml", RECORD)[RECORD], seed)}
    if whole := taken(lambda: read_isrctn(record, "one.xml", test_isrctn.TODAY).trial):
        assert lost(record, whole) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_page_shows_all_of_an_odd_copy_of_the_who(seed: int) -> None:
    record = {"Trial": bent(test_ictrp.FIELDS, seed)}
    if whole := taken(lambda: read_ictrp(record, "all.xml[0]").trial):
        assert lost(record, whole) == []

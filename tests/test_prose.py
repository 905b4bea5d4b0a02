"""CommonMark to HTML: the quick way for texts without marks gives what the parser gives."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from fidelity import leaves
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trialpages.prose.markup import (
    _html,
    _parsed_criteria,
    _plain_criteria,
    _plain_paragraphs,
    _tokens,
)
from trialpages.prose.plain_markdown import Unusual, read_blocks, to_html
from trialpages.records.registry_shape import from_registry

CORPUS = Path(__file__).parents[2] / "shared/corpus/ctgov-v2.ndjson.gz"


def same(text: str) -> bool:
    """Whether a quick way took the text; it must not come out otherwise than the parser's."""
    quick = _plain_paragraphs(text)
    try:
        blocks = read_blocks(text)
    except Unusual:
        assert not quick or quick == _html(_tokens(text))
        return bool(quick)
    parsed = _html(_tokens(text))
    assert to_html(blocks) == parsed
    assert not quick or quick == parsed
    assert tuple(_plain_criteria(blocks)) == tuple(_parsed_criteria(_tokens(text)))
    return True


SIGNS = "ab \n1.)-+*=~#_`[]<>&!\"'\\|^:/\u00a0\u2003\u2028\t"


@settings(deadline=None, max_examples=2000)
@given(st.lists(st.sampled_from(["a", "b c", "\n", "\n\n", *SIGNS]), max_size=12).map("".join))
@example("a\n===")
@example("a\n\n\n\nb\n")
@example("http://example.org www.example.org a@b.org")
@example("a  \nb")
@example("1. a")
@example("a\n    b")
@example("~~~\na")
@example('say "so"')
def test_any_text_comes_out_alike(text: str) -> None:
    same(text)


@settings(deadline=None, max_examples=500)
@given(st.text())
def test_any_character_comes_out_alike(text: str) -> None:
    same(text)


LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", " ", "  ", "   ", "    ", "     ", "       "]),
    st.sampled_from(["", "* ", "* ", "- ", "+ ", "1. ", "2. ", "10. ", "1) ", "*  ", "* * ", "1."]),
    st.sampled_from([
        "", "", "a", "b c", "Inclusion Criteria:", "exclusion criteria", "\\* a", "1\\. b",
        "a \\< 5", "> 5", "x < 5 & y", "5 * 6", "a\\", "a ", "- ", "\\- a", "\\", "[a]", "&lt;",
        "#a", "===", "---",
    ]),
)  # fmt: skip


@settings(deadline=None, max_examples=3000)
@given(st.lists(LINES, max_size=9).map("\n".join))
@example("* a\n  * b\n\n* c")
@example("* a\n  * b\n\n  c")
@example("1. a\n\n   b\n2. c")
@example("10. a\n     * b")
@example("* a\n    * b\n  * c")
def test_any_list_comes_out_alike(text: str) -> None:
    same(text)


def test_plain_lists_are_taken() -> None:
    assert same("Inclusion Criteria:\n\n1. a \\< 5\n   * b\n   * c\n2. d\n\nand\n\n* e")


def test_plain_paragraphs_are_taken() -> None:
    assert same('At least 5 (\u2265 3).\nMore, "quoted" 10^9/L: yes; no?\n\nAnother\'s end')


def test_real_texts_come_out_alike() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus of real records isn't here: the generated texts prove the same")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        trials = [from_registry(json.loads(line)) for n, line in enumerate(lines) if n % 30 == 0]
    texts = [leaf.text for trial in trials for leaf in leaves(trial) if leaf.is_markup]
    assert sum(map(same, texts)) > 0.95 * len(texts)

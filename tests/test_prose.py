"""CommonMark to HTML: the quick way for texts without marks gives what the parser gives."""

from __future__ import annotations

import gzip
import json
import re
from functools import partial
from pathlib import Path

import pytest
from fidelity import leaves
from hypothesis import example, given
from hypothesis import strategies as st

from trialpages.prose.blocks import to_html
from trialpages.prose.markup import _editor, _record, _rendered, _tokens, prose
from trialpages.prose.parsed_blocks import parsed_blocks
from trialpages.prose.plain_markdown import Unusual, read_blocks
from trialpages.records.registry_shape import from_registry

CORPUS = Path(__file__).parents[2] / "shared/corpus/ctgov-v2.ndjson.gz"


def same(text: str) -> bool:
    """Whether the quick way took the text; it must not come out otherwise than the parser's."""
    tokens = _tokens(_record, text)
    parsed = parsed_blocks(tokens, _rendered)
    assert _without_breaks(to_html(parsed)) == _without_breaks(_rendered(tokens))
    try:
        blocks = read_blocks(text)
    except Unusual:
        return False
    assert blocks == parsed == parsed_blocks(_tokens(partial(_editor, ""), text), _rendered)
    return True


def _without_breaks(html: str) -> str:
    """Where markdown-it-py breaks a line beside a block's tag, no reader sees it."""
    return re.sub(rf"\n*(</?(?:{_BLOCKS})\b[^>]*>)\n*", r"\1", html)


_BLOCKS = "p|ul|ol|li|blockquote|h[1-6]|hr|pre"
SIGNS = "ab \n1.)-+*=~#_`[]<>&!\"'\\|^:/\u00a0\u2003\u2028\t"


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
        trials = [from_registry(json.loads(line)) for n, line in enumerate(lines) if n % 90 == 0]
    texts = [leaf.text for trial in trials for leaf in leaves(trial) if leaf.is_markup]
    assert sum(map(same, texts)) > 0.95 * len(texts)


@pytest.mark.parametrize("line", ["- 5 D or worse", "+ 3 D"])
@pytest.mark.parametrize("mark", ["*", "1."])
def test_an_item_that_begins_with_a_signed_number_keeps_its_sign(mark: str, line: str) -> None:
    html = prose(f"{mark} Myopia\n{mark.replace('1', '2')} {line}")
    assert html.count("<li") == 2
    assert f">{line}</li>" in html


def test_a_list_of_numbers_within_an_item_stays_one() -> None:
    assert prose("* Doses\n  - 5 mg\n  - 6 mg").count("<li>") == 3

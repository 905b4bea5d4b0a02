"""The quick reader of front matter gives what libyaml gives, or leaves the text to it."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trialpages.records.registry_shape import from_registry
from trialpages.records.trial_file import write_trial
from trialpages.text.block_yaml import BlockPlaces, Unusual, read_block_yaml
from trialpages.text.front_matter import YamlError, read_yaml
from trialpages.text.written_yaml import write_yaml

CORPUS = Path(__file__).parents[2] / "shared/corpus/ctgov-v2.ndjson.gz"

SIGNS = "aB9é試 :#-?,[]{}&*!|>'\"%@`=<~\\/.\n_"
texts = st.one_of(st.text(st.sampled_from(SIGNS), max_size=12), st.text(max_size=12))
keys = st.from_regex(r"[a-z_/][A-Za-z0-9_./]{0,6}", fullmatch=True)
trees = st.recursive(
    texts,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(keys, inner, min_size=1, max_size=4)
    ),
    max_leaves=25,
)


def same(text: str) -> bool:
    """Whether the quick reader took the text; it must not read it otherwise than libyaml."""
    try:
        quick = read_block_yaml(text)
    except Unusual:
        return False
    tree, marks = read_yaml(text)
    assert quick == tree
    places = BlockPlaces(text)
    for path, (_, mark) in marks.items():
        assert places.of(path) in (None, (mark.line, mark.column, mark.length))
    return True


@given(st.dictionaries(keys, trees, min_size=1, max_size=5))
def test_what_we_write_is_read_alike(tree: dict[str, Any]) -> None:
    same(write_yaml(tree))


@given(st.dictionaries(keys, trees, min_size=1, max_size=4), st.data())
def test_what_a_hand_changed_is_read_alike(tree: dict[str, Any], data: st.DataObject) -> None:
    text = write_yaml(tree)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 3)))
    put = data.draw(st.text(st.sampled_from(SIGNS), max_size=4))
    same(text[:start] + put + text[end:])


@given(st.text(st.sampled_from("ab: -\n'\"|#{}"), max_size=40))
@example("a: |-\n   b\n")
@example("a: b\n  c\n")
@example("a:\n  - b\n  c: d\n")
@example("- a\n")
@example("a: ''\nb: \"\"\nc: {}\nd: []\n")
def test_any_text_is_read_alike(text: str) -> None:
    same(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x b\n", "a: *x\n", "a: !t b\n", "a: b\na: c\n", "<<: b\n", "a: b: c\n", "a: b #c\n",
        "a: >\n  b\n", "a: |\n  b\n", "a: |2-\n   b\n", "a: b\n\tc: d\n", "a:\n- b\n",
        "a: \"\\x41\"\n",
        "a: b\n...\n", "a: b\n---\nc: d\n", "? a\n: b\n", "a:\n", "", "a\n", "a: {b: c}\n",
        "a: [b]\n",
        "a:\n   b: c\n", "a: - b\n", "a: ? b\n", "a: 'b' c\n", "a: \u2028\n", "a: b \n", "a: @b\n",
    ],
)  # fmt: skip
def test_the_unusual_is_left_to_libyaml(text: str) -> None:
    with pytest.raises(Unusual):
        read_block_yaml(text)


def test_a_plain_value_has_its_place() -> None:
    text = "a: b\nc:\n  - d: é f\n    g:\n      - h\n      - i\n  - 'j'\n"
    places = BlockPlaces(text)
    assert places.of(("a",)) == (0, 3, 1)
    assert places.of(("c", 0, "d")) == (2, 7, 3)
    assert places.of(("c", 0, "g", 1)) == (5, 8, 1)
    for path in (("c", 1), ("c",), ("x",), ("a", "b"), ("c", 2)):
        assert places.of(path) is None


def test_depth_is_refused_by_libyaml_alone() -> None:
    text = "".join(f"{'  ' * level}a:\n" for level in range(5000)) + "  " * 5000 + "a: b\n"
    with pytest.raises(Unusual):
        read_block_yaml(text)
    with pytest.raises(YamlError, match="levels deep"):
        read_yaml(text)


def test_real_records_are_read_alike() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus of real records isn't here: the generated ones prove the same")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        files = [write_trial(from_registry(json.loads(line))) for line in islice(lines, 40)]
    fronts = [file[4 : file.index("\n---\n") + 1] for file in files]
    assert sum(map(same, fronts)) > 0.95 * len(fronts)

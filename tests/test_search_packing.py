"""Texts packed against what they have in common."""

from __future__ import annotations

import zlib

import pytest
from unpacking import dictionary_in, unpacked

from trialpages.search.columns import as_script, numbers, raw
from trialpages.search.packing import (
    beginning,
    in_common,
    packed,
    samples,
)

TEXTS = [b"Inclusion Criteria: adults of %d years" % number for number in range(40)]


@pytest.mark.parametrize("dictionary", [b"", in_common(TEXTS), bytes(range(256)) * 62])
def test_any_decompressor_reads_what_follows_the_dictionary(dictionary: bytes) -> None:
    for text in (*TEXTS, b"", b"\0" * 100_000):
        kept = packed(text, dictionary)
        assert zlib.decompress(beginning(dictionary) + kept) == dictionary + text
        assert unpacked(kept, dictionary) == text
    columns = [numbers("open", [1, None]), raw("common", beginning(dictionary))]
    assert dictionary_in(as_script("index", 2, columns).encode()) == dictionary


def test_what_is_in_common_makes_texts_smaller() -> None:
    common = in_common(TEXTS)
    assert all(len(packed(text, common)) < len(zlib.compress(text, 9)) / 2 for text in TEXTS)


def test_what_is_cut_or_of_another_dictionary_is_noticed() -> None:
    kept = packed(TEXTS[0], in_common(TEXTS))
    for damaged, dictionary in ((kept[:-1], in_common(TEXTS)), (kept, in_common(TEXTS[9:]))):
        with pytest.raises(zlib.error):
            unpacked(damaged, dictionary)


@pytest.mark.parametrize(
    ("count", "chosen"), [(0, []), (1, [0]), (3, [0, 1, 2]), (8, [1, 3, 5, 7])]
)
def test_samples_are_spread_over_all(count: int, chosen: list[int]) -> None:
    assert samples(count) == chosen

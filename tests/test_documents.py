"""Study documents: where the registry keeps them, and their dates, types and sizes in words."""

from __future__ import annotations

import pytest
from sites import PROJECT

from trialpages.language.site_language import Language, read_language
from trialpages.trial.registry import document_page

TEXTS = {
    f"strings/{path.name}": path.read_text("utf-8")
    for path in (PROJECT / "templates/strings").glob("*.yaml")
}
ENGLISH, SPANISH = (read_language(code, TEXTS) for code in ("en", "es"))


@pytest.mark.parametrize(
    ("size", "words"),
    [(12, "12 bytes"), (431_499, "431 kB"), (999_700, "1 MB"), (2_422_279, "2.4 MB")],
)
def test_a_size_is_told_in_units_that_people_use(size: int, words: str) -> None:
    assert ENGLISH.file_size(size) == words


@pytest.mark.parametrize(
    ("language", "short", "words"),
    [
        (ENGLISH, "Prot", "Protocol"),
        (ENGLISH, "Prot_SAP_ICF", "Protocol, statistical analysis plan, informed consent form"),
        (SPANISH, "SAP", "Plan de análisis estadístico"),
        (ENGLISH, "Prot_X", ""),
    ],
)
def test_a_type_is_told_in_words_where_each_part_is_known(
    language: Language, short: str, words: str
) -> None:
    assert language.document_type(short) == words


def test_a_moment_is_told_as_its_day_and_another_text_as_it_is() -> None:
    day = '<time datetime="2025-08-04T20:30">4 August 2025</time>'
    assert ENGLISH.moment("2025-08-04T20:30") == day
    assert ENGLISH.moment("in <May>") == "in &lt;May&gt;"


def test_a_document_is_linked_where_its_registry_is_known_to_keep_it() -> None:
    kept = "https://cdn.clinicaltrials.gov/large-docs/67/NCT06369467"
    assert document_page("Prot_000.pdf", "NCT06369467") == f"{kept}/Prot_000.pdf"
    assert document_page("a/../b c.pdf", "NCT06369467") == f"{kept}/a%2F..%2Fb%20c.pdf"
    assert document_page("Prot_000.pdf", "ISRCTN12345678") == ""

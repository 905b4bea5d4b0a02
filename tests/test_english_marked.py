"""Words of a language that are missing: pages say them in English, and say that it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich import RICH_ID, rich_trial
from selectolax.lexbor import LexborHTMLParser
from sites import PROJECT, sample_files, write_files
from test_language import FILES

from trialpages.audit.site import audit_site
from trialpages.build import Request, build
from trialpages.content.reading import Folders
from trialpages.language.site_language import Language, read_language
from trialpages.templating.marking import english_marked

LACKING = Language("it", {"word": "Word", "dot": "."}, {}, ("word", "dot"))


@pytest.mark.parametrize(
    ("template", "marks"),
    [
        ("<p>{{ t.word }}</p>", 1),
        ("<p>{{ t.word.format(n=1) }}</p>", 1),
        ("<p>{{ t.other }}{{ t.dot }}</p>", 0),
        ('<p data-from="a > b" title="{{ t.word }}">x</p>', 0),
        ('<p title="{{ t.word }}">x</p>', 0),
        ('<p{% if a > 1 %} title="{{ t.word }}"{% endif %}>x</p>', 0),
        ("<title>{{ t.word }}</title>", 0),
        ("<title>x</title><b>{{ t.word }}</b>", 1),
        ("<select><option>{{ t.word }}</option></select>", 0),
        ("<p>{% block title %}{{ t.word }}{% endblock %}</p>", 0),
        ("{% macro m() %}{{ t.word }}{% endmacro %}", 0),
        ("{% macro m() %}<br><b>{{ t.word }}</b>{% endmacro %}", 1),
        ("<p>{% set a %}{{ t.word }}{% endset %}{{ t.word }}</p>", 1),
        ("<script>if (a < b) {{ t.word }}</script>", 0),
        ("{# <p> #}{{ t.word }}", 0),
    ],
)
def test_what_stands_in_the_text_of_an_element_is_marked(template: str, marks: int) -> None:
    (found,) = english_marked({"a.html": template}, LACKING).values()
    assert found.count('<span{{ lang_of("en") }}>{{ t.word') == marks
    assert found.replace('<span{{ lang_of("en") }}>', "").replace("</span>", "") == template


def test_a_language_that_lacks_nothing_has_the_templates_as_they_are() -> None:
    templates = {"a.html": "<p>{{ t.nav_home }}</p>"}
    assert english_marked(templates, read_language("fr", FILES)) is templates


def test_a_site_of_a_language_without_words_is_whole_and_says_what_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = {f"content/{name}": content for name, content in sample_files().items()}
    files |= {"content/site.yaml": "title: T\nlanguage: it\n"}
    files |= {f"content/trials/{RICH_ID}.md": rich_trial()}
    write_files(tmp_path, {**files, "templates/strings/it.yaml": "nav_trials: Studi\n"})
    kept = (Path("templates"), PROJECT / "theme", Path("site"))
    build(Request(Folders(Path("content"), *kept), "2025-10-01", search=False))
    assert audit_site(Path("site")).problems == ()
    page = LexborHTMLParser(Path(f"site/trials/{RICH_ID}.html").read_text("utf-8"))
    marked = {one.text() for one in page.css('span[lang="en"]')}
    assert len(marked) > 20 and "Skip to the main content" in marked and "Studi" not in marked

"""The theme as it is sent: in few files, and scripts without remarks and blanks, but no more."""

from __future__ import annotations

import pytest

from trialpages.templating.slim_scripts import slimmed
from trialpages.templating.theme import fingerprinted


@pytest.mark.parametrize(
    ("script", "slim"),
    [
        ("  a();\n\n    b();\n", "a();\nb();\n"),
        ("// said\na(); // said\n", "a();\n"),
        ("a('b // c');\nd('e'); // kept\n", "a('b // c');\nd('e'); // kept\n"),
        ("a(/[ // ]/);\nb = `\nc // d\n`; // kept\n", "a(/[ // ]/);\nb = `\nc // d\n`; // kept\n"),
        ("a(); /* b\nc // d */ e();\n", "a(); /* b\nc // d */ e();\n"),
        ("a(); // `said\nb(); // c `d` `e\n", "a();\nb();\n"),
        ("/* said\n   over lines */\na();\n", "a();\n"),
        ("/** of a */ a();\n", "a();\n"),
        (
            "a(`one\n  // two\n  /* three */`);\n  b();\n",
            "a(`one\n  // two\n  /* three */`);\nb();\n",
        ),
        ("a(/[`]/);\n// said\n  b();\n", "a(/[`]/);\n// said\n  b();\n"),
        ("a('http://b');\nc = d /* e */ / f;\n", "a('http://b');\nc = d /* e */ / f;\n"),
        ("/* it never ends\na();\n", "\n"),
    ],
)
def test_only_remarks_and_blanks_go(script: str, slim: str) -> None:
    assert slimmed(script) == slim


def test_the_search_page_has_its_scripts_and_its_styles_in_one_file_each() -> None:
    files = {"site.css": b"a{}\n", "search.css": b"b{}\n", "star.js": b"a();\n"}
    theme = fingerprinted({**files, "search/10-load.js": b"b();\n", "search/90-page.js": b"c();\n"})
    published = {name: theme.files[theme.names[name]] for name in theme.names}
    assert published["search.css"] == b"a{}\nb{}\n"
    assert published["search.js"] == b"a();\nb();\nc();\n"
    assert published["site.css"] == b"a{}\n"

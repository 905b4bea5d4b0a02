"""Scripts as they are sent: nothing is left out but remarks and blanks."""

from __future__ import annotations

import pytest

from trialpages.templating.slim_scripts import slimmed


@pytest.mark.parametrize(
    ("script", "slim"),
    [
        ("  a();\n\n    b();\n", "a();\nb();\n"),
        ("// said\na(); // kept\n", "a(); // kept\n"),
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

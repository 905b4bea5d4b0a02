"""Names of content files that a disk of another system can't hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import write_files

from trialpages.content.listing import list_content
from trialpages.problems import ContentFailure


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CON.png", "keeps the name `CON`"),
        ("nul.a.png", "keeps the name `nul`"),
        ("com\u00b9.png", "keeps the name `com\u00b9`"),
        ("lpt1", "keeps the name `lpt1`"),
        ('a"><b>.png', 'holds `"`'),
        ("a?.png", "holds `?`"),
        ("a.png.", "ends in a dot or a blank"),
        ("a.png ", "ends in a dot or a blank"),
        ("console.png", ""),
        ("com10.png", ""),
        ("a b-c_d.e.png", ""),
        ("stra\u00dfe.png", ""),
    ],
)
@pytest.mark.parametrize("folder", ["media", "sources", "pages"])
def test_a_name_that_windows_cant_hold_is_refused(
    tmp_path: Path, folder: str, name: str, said: str
) -> None:
    write_files(tmp_path, {"site.yaml": "title: T\n", f"{folder}/{name}": "x"})
    if not said:
        list_content(tmp_path)
        return
    with pytest.raises(ContentFailure) as caught:
        list_content(tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "bad-name"
    assert said in problem.message

"""Group K: characters that XML, HTML and citations can't hold, by every way into a site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich import RICH_ID, rich_results, rich_trial
from test_import import study

from faults.counts import count
from faults.rows import Row
from faults.sandbox import Project, id_of, project, trial
from trialpages.audit.content import audit_content
from trialpages.audit.markup import check_markup
from trialpages.audit.page import BuiltPage
from trialpages.characters import INSTEAD, UNFIT, fit, is_fit, published
from trialpages.importing import import_records
from trialpages.problems import ContentFailure
from trialpages.records.unfit import unfit_faults
from trialpages.updating.arrivals import Policy

SIGNS = (
    *("\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x1f", "\x7f", "\x80"),
    *("\x85", "\x9f", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"),
)
REFERENCES = ("&#x1b;", "&#0;", "&#xFFFE;", "&#xD800;", "&#12;", "&#x85;", "&#xFDD0;", "&#x1FFFE;")
"""What may become such a character in Markdown."""

_TEXTS = re.compile(
    r"^( *(?:- )?(?:brief_title|official_title|acronym|label|name|facility|city|country|citation|"
    r"title|message|measure|affiliation|domain|author|description): )(.+)$|^(  - )([A-Z][a-z]+)$",
    re.MULTILINE,
)


def _escaped(sign: str) -> str:
    return f"\\U{ord(sign):08x}"


def _spoiled(sign: str, number: int) -> str:
    """The rich trial with the sign, escaped, in the middle of every text of its front matter."""

    def with_sign(line: re.Match[str]) -> str:
        text = line[2] or line[4]
        return f'{line[1] or line[3]}"{text[:2]}{_escaped(sign)}{text[2:]}"'

    return _TEXTS.sub(with_sign, rich_trial()).replace(RICH_ID, id_of(number))


def _records() -> bytes:
    """Registry records with such a sign in their texts."""
    made = [study(id_of(100 + n), f"Ti{sign}tle") for n, sign in enumerate(SIGNS)]
    for one, sign in zip(made, SIGNS, strict=True):
        one["protocolSection"]["descriptionModule"] = {"briefSummary": f"A{sign}B {sign}"}
        one["protocolSection"]["conditionsModule"] = {"conditions": [f"Mi{sign}graine", sign]}
        one["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": f"* A{sign}B"}
    return json.dumps({"studies": made}).encode()


def _hostile(folder: Path) -> tuple[Project, int]:
    """A project with every sign by every way that takes it, and how many inputs that are."""
    made = project(folder, trials=0)
    files: dict[str, str | bytes] = {}
    for number, sign in enumerate(SIGNS, start=1):
        files[f"trials/{id_of(number)}.md"] = _spoiled(sign, number)
        results = json.loads(rich_results().replace("Rest", "Re@st").replace("Pain", "Pa@in"))
        written = json.dumps(results).replace("@", json.dumps(sign)[1:-1])
        files[f"trials/{id_of(number)}.results.json"] = written
    raw = [sign for sign in SIGNS if ord(sign) > 0xFF]
    bodies = [*REFERENCES, *raw]
    for number, text in enumerate(bodies, start=50):
        files[f"trials/{id_of(number)}.md"] = trial(number, body=f"\nAn odd {text} sign.\n")
    files["pages/about.md"] = f"# About {''.join(raw)}\n\n{' '.join(bodies)}\n"
    files["site.yaml"] = "title: Ours\nurl: https://example.org/\n"
    made.write(files)
    (folder / "in.json").write_bytes(_records())
    done = list(import_records([str(folder / "in.json")], BytesIO(), made.content, Policy.NEW_ONLY))
    assert [one.state for one in done] == ["new"] * len(SIGNS)
    return made, 2 * len(SIGNS) + 2 * len(bodies) + len(SIGNS)


_REFUSED: Mapping[str, str] = {
    "the site's title": "title: Ours\ntitle: {}\n",
    "its description": "title: Ours\ndescription: {}\n",
    "its footer": "title: Ours\nfooter: {}\n",
    "its contact": "title: Ours\ncontact: {}\n",
    "its URL": "title: Ours\nurl: {}\n",
    "an entry of the menu": "menu:\n  - {{page: about, title: {}}}\n",
}


def _not_refused(made: Project, tried: Sequence[str]) -> list[str]:
    """The settings and words that are taken with such a sign, or not named with their line."""
    before, found = made.digest(), []
    for place, text in _REFUSED.items():
        for sign in tried:
            setting = text.format(f'"a{_escaped(sign)}b"').replace("title: Ours\ntitle", "title")
            made.write({"site.yaml": setting})
            found += _unnamed(made, "content/site.yaml", f"{place} with U+{ord(sign):04X}")
    made.write({"site.yaml": "title: Ours\n"})
    words = made.own_templates() / "strings/en.yaml"
    said = words.read_text("utf-8")
    for sign in tried:
        words.write_text(said.replace("yes: ", f'yes: "{_escaped(sign)}" #', 1), "utf-8")
        found += _unnamed(made, "templates/strings/en.yaml", f"words with U+{ord(sign):04X}")
    assert made.digest() == before
    return found


def _unnamed(made: Project, file: str, what: str) -> list[str]:
    with pytest.raises(ContentFailure) as failure:
        made.build()
    named = [one for one in failure.value.problems if one.code in ("unfit-character", "bad-url")]
    places = {(one.where.path, bool(one.where.line)) for one in named if one.where}
    return [] if places == {(file, True)} else [what]


# --- what comes of it ---------------------------------------------------------------------------

_SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def _ill_formed(site: Path) -> Iterator[str]:
    """Each file of a site that isn't what its ending says, or holds such a character as it is."""
    for path in sorted(site.rglob("*.*")):
        name, content = path.relative_to(site).as_posix(), path.read_bytes()
        if name.startswith(("pagefind/", "assets/")):
            continue
        if not name.endswith(".json") and UNFIT.search(content.decode()):
            yield f"{name}: an unfit character"
        try:
            if path.suffix in (".xml", ".svg"):
                ElementTree.fromstring(content)
            elif path.suffix == ".json":
                json.loads(content)
            elif path.suffix == ".html":
                for drawing in _SVG.findall(content.decode()):
                    ElementTree.fromstring(drawing)
        except (ElementTree.ParseError, ValueError) as error:
            yield f"{name}: {error}"


def _blamed_on_templates(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        for problem in check_markup(BuiltPage(path.name, path.name, path.read_text("utf-8"))):
            yield f"{path.name}: {problem.message}"


_NAMED = ("unfit-character", "bidi-control")


def _unblamed(made: Project) -> set[str]:
    """The trials' files with such a character that `check` doesn't name with its line."""
    problems = audit_content(made.content, (), date(2025, 10, 1))
    places = [one.where for one in problems if one.code in _NAMED and one.where]
    assert all(where.line for where in places)
    named = {where.path for where in places}
    files = [path for path in made.content.rglob("*.*") if path.suffix in (".md", ".json")]
    having = {f"content/{path.relative_to(made.content)}" for path in files if _has_one(path)}
    return having ^ named


def _has_one(path: Path) -> bool:
    """Whether a file of ours holds such a character, raw or as an escape that is none of JSON's."""
    number = re.match(r"NCT0*(\d+)", path.name)
    text = path.read_text("utf-8")
    return ".imported" not in path.parts and bool(
        UNFIT.search(text) or (number and (int(number[1]) < 50 or int(number[1]) >= 100))
    )


def test_row_57_characters_nothing_can_hold(row: Row, tmp_path: Path) -> None:
    made, inputs = _hostile(tmp_path)
    made.build()
    files = sum(path.is_file() for path in made.site.rglob("*"))
    bad = [*_ill_formed(made.site), *_blamed_on_templates(made.site)]
    unblamed = _unblamed(made)
    shown = (made.site / "trials" / f"{id_of(1)}.html").read_text("utf-8")
    tried = SIGNS[:: -(-len(SIGNS) // count("57 signs"))]
    taken = _not_refused(project(tmp_path / "refused", trials=1), tried)
    refused = len(tried) * (len(_REFUSED) + 1)
    row.reached(
        f"{inputs} inputs by escapes of YAML and JSON, references and raw: {len(bad)} of {files} "
        f"files of the site ill-formed (feeds, sitemap, drawings, exports, HTML), "
        f"{len(unblamed)} content files not named with their line; {refused - len(taken)} of "
        f"{refused} settings and words refused with their line"
    )
    assert bad == []
    assert unblamed == set()
    assert taken == []
    assert f"<h1>Re{INSTEAD}st" in shown
    kept = json.loads((made.site / "trials" / f"{id_of(8)}.json").read_bytes())
    assert "\x1b" in kept["protocolSection"]["identificationModule"]["briefTitle"]


def test_the_quick_look_is_never_wrong() -> None:
    ends = [plane << 16 | last for plane in range(1, 17) for last in (0, 0xFFFD, 0xFFFE, 0xFFFF)]
    signs = [chr(code) for code in (*range(0x3000), *range(0xF900, 0x1_0000), *ends)]
    unfit = [sign for sign in signs if UNFIT.search(sign)]
    assert len(unfit) == 29 + 33 + 32 + 2 + 32 + 2
    assert not [sign for sign in unfit if is_fit(sign.encode())]
    assert len([sign for sign in signs if not is_fit(sign.encode())]) < 2 * len(unfit)
    for sign in unfit:
        assert published(f"a{sign}b") == f"a{INSTEAD}b".encode()
    assert published("a\ud800b") == f"a{INSTEAD}b".encode()
    assert fit("a\tb\r\n≥ é\u2028") == "a\tb\r\n≥ é\u2028"


@pytest.mark.parametrize(
    "mark", "\u0310\u0360\u0489\u05a0\u0650\u0e38\u0e49\u1ab1\u1dc1\u20dd\ufe21"
)
def test_marks_that_pile_up_over_others_are_told_and_shown_as_such(mark: str) -> None:
    assert published("a" + 8 * mark) == ("a" + 8 * mark).encode()
    assert published("a" + 10 * mark) == ("a" + 8 * mark + 2 * INSTEAD).encode()
    (fault,) = unfit_faults({"brief_title": "a" + 10 * mark})
    assert fault.code == "unfit-character"

"""What `check` finds: each planted fault, and nothing on a clean site."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from sites import SAMPLE, build_site, trial_text, write_files
from test_cli import project, run

from trialpages.audit import freshness
from trialpages.audit.accessibility import check_accessibility
from trialpages.audit.content import audit_content
from trialpages.audit.external import check_external
from trialpages.audit.identifiers import is_orcid
from trialpages.audit.links import check_links, page_links, web_addresses
from trialpages.audit.markup import check_markup
from trialpages.audit.page import BuiltPage
from trialpages.audit.reading_grade import reading, syllables_of
from trialpages.audit.site import audit_site, without_repeats
from trialpages.cli.terminal import show_problems
from trialpages.problems import BusyFailure, Problem, Where
from trialpages.publish.stage import MARKER_FILE
from trialpages.registries.troubles import NoAnswer
from trialpages.trial.freshness import VERDICTS

__all__ = ["project"]
TODAY = date(2025, 10, 1)


def test_a_site_of_real_records_has_no_fault(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    build_site(tmp_path)
    audit = audit_site(tmp_path / "site")
    assert len(audit.pages) > 20
    assert audit.problems == ()


# --- links --------------------------------------------------------------------------------------

_BROKEN = """
href="nowhere.html" | href="trials/nowhere.html" | href="../outside.html" | href="index.html#no"
href="#no" | href="about.html#no" | href="trials/#" | src="no.png" | action="no.html"
href="about.htm" | href="About.html" | href="trials/../no.html" | href="about.html/"
href="/about.html" | href="/" | href="no%20file.html" | href="trials/index.html#nein"
href="?q=1#no" | href="assets/no.css" | poster="no.jpg" | href="./no" | href="http://[bad"
href="about.html?x#no"
"""


def test_every_planted_broken_link_is_found() -> None:
    planted = [link for row in _BROKEN.split("\n") for link in row.split(" | ") if link]
    links = "".join(f"<p><a {link}>{number}</a></p>\n" for number, link in enumerate(planted))
    pages = {
        "index.html": page(links + '<b id="twice"></b><b id="twice"></b><i id="i"></i><i id="i">'),
        "about.html": page("about", "about.html"),
        "trials/index.html": page("trials", "trials/index.html"),
    }
    read = {name: page_links(found) for name, found in pages.items()}
    broken = list(check_links(read, pages.keys()))
    twice = [p for p in check_markup(pages["index.html"]) if p.code == "duplicate-html-id"]
    assert len(planted) == 23
    lines = [problem.where.line for problem in broken if problem.where]
    assert sorted(line or 0 for line in lines) == list(range(6, 6 + 23))
    assert [problem.where.line for problem in twice if problem.where] == [29, 29]


def test_good_links_are_left_alone() -> None:
    good = 'href="#here" | href="about.html" | href="trials/index.html?q=1" | href="https://x.org"'
    good += ' | href="mailto:a@b.c" | href="" | href="#top" | href="index.html#here"'
    links = "".join(f"<a {link}>x</a>" for link in good.split(" | "))
    pages = {"index.html": page(links + '<p id="here">'), "about.html": page("", "about.html")}
    pages["trials/index.html"] = page('<a href="../about.html">x</a>', "trials/index.html")
    read = {name: page_links(found) for name, found in pages.items()}
    assert list(check_links(read, pages.keys())) == []
    assert web_addresses(read.values()) == ["https://x.org"]


def page(body: str, path: str = "index.html", head: str = "<title>T</title>") -> BuiltPage:
    start = f"<!doctype html>\n<html lang='en'>\n<head>\n{head}</head>\n<body>\n"
    return BuiltPage(path, f"site/{path}", f"{start}<main><h1>T</h1>{body}</main></body></html>")


# --- HTML ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        "<p><div>a</div></p>",
        "<b><i>x</b></i>",
        '<a href="x" href="y">z</a>',
        "<table><div>x</div></table>",
        "</section>",
        "<div/>",
        "&bogus;",
        "<p>a<!-- b --!></p>",
        "<ul><li>a</ul></li>",
        "<h2>a</h3>",
    ],
)
def test_faults_of_the_html_are_found(wrong: str) -> None:
    assert [problem.code for problem in check_markup(page(wrong))].count("html") >= 1


def test_valid_html_is_left_alone() -> None:
    assert list(check_markup(page("<p>a<br>b &amp; c<ul><li>x<li>y</ul><svg><path/></svg>"))) == []


# --- accessibility ------------------------------------------------------------------------------

PLANTED = [
    ("image-text", '<img src="x.png">'),
    ("image-text", '<svg role="img"><path/></svg>'),
    ("control-name", '<a href="x.html"></a>'),
    ("control-name", "<button><img src=x alt=''></button>"),
    ("field-label", "<input name=q>"),
    ("field-label", "<select><option>a</select>"),
    ("frame-title", "<iframe src=x></iframe>"),
    ("empty-heading", "<h2> </h2>"),
    ("heading-order", "<h3>x</h3>"),
    ("main-heading", "<h1>again</h1>"),
    ("main-part", "<main>x</main>"),
    ("list-item", "<div><li>x</li></div>"),
    ("list-item", "<ul><p>x</p></ul>"),
    ("table-headers", "<table><tr><td>x</table>"),
    ("label-target", "<label for=no>x</label>"),
    ("aria-target", "<p aria-describedby=no>x</p>"),
    ("focus-order", "<p tabindex=3>x</p>"),
    ("hidden-focus", "<p aria-hidden=true><a href=x>y</a></p>"),
    ("nested-control", "<button>x <span tabindex=0><a href=x>y</a></span></button>"),
    ("autoplay", "<video autoplay src=x></video>"),
    ("moving-text", "<marquee>x</marquee>"),
    ("aria-role", "<p role=buton>x</p>"),
    ("aria-attribute", "<p aria-labeledby=x>x</p>"),
]
IN_HEAD = [
    ("zoom", '<title>T</title><meta name="viewport" content="user-scalable=no">'),
    ("zoom", '<title>T</title><meta name="viewport" content="maximum-scale=1.0">'),
    ("refresh", '<title>T</title><meta http-equiv="Refresh" content="5">'),
    ("page-title", "<title> </title>"),
]


@pytest.mark.parametrize(("code", "planted"), PLANTED)
def test_each_planted_barrier_is_found(code: str, planted: str) -> None:
    assert [problem.code for problem in check_accessibility(page(planted))] == [code]


@pytest.mark.parametrize(("code", "head"), IN_HEAD)
def test_each_planted_barrier_of_the_head_is_found(code: str, head: str) -> None:
    assert [problem.code for problem in check_accessibility(page("x", head=head))] == [code]


def test_a_page_that_hides_its_language_is_found() -> None:
    text = page("x").text.replace("lang='en'", "lang=''")
    (problem,) = check_accessibility(BuiltPage("a.html", "site/a.html", text))
    assert problem.code == "page-language"


@pytest.mark.parametrize("is_swapped", [True, False])
def test_a_site_that_is_built_while_it_is_checked_says_so(
    tmp_path: Path, *, is_swapped: bool
) -> None:
    site = tmp_path / "site"
    write_files(site, {"a.html": "", "b.html": "", MARKER_FILE: ""})

    def build(*_: object) -> None:
        if not (tmp_path / "old").exists():
            site.rename(tmp_path / "old")
            write_files(site, {"b.html": ""} if is_swapped else {"c.html": ""})

    with pytest.raises(BusyFailure, match="built anew while it was checked"):
        audit_site(site, build)


def test_a_problem_of_a_template_is_said_once() -> None:
    many = [Problem("a", "error", "m", Where(f"site/{n}.html")) for n in (1, 2, 3)]
    said = without_repeats([*many, Problem("b", "error", "m")])
    assert [p.message for p in said] == [
        "m (and 2 more pages like it: site/2.html, site/3.html)",
        "m",
    ]


# --- content ------------------------------------------------------------------------------------

FRONT = """\
---
nct_id: NCT00000001
brief_title: Rest for migraine
overall_status: {status}
study_type: INTERVENTIONAL
{more}---

## Brief summary

Does rest help?
{body}"""


@pytest.mark.parametrize(
    ("code", "place", "status", "more", "body"),
    [
        ("orcid", "11:5", "RECRUITING", "", "See 0000-0002-1825-0098."),
        ("doi", "11:9", "RECRUITING", "", "doi:11.1000/182"),
        ("nct", "11:5", "RECRUITING", "", "See NCT1234567"),
        ("pmid", "7:11", "RECRUITING", "references:\n  - pmid: PMC123\n", ""),
        (
            "related-nowhere",
            "7:13",
            "RECRUITING",
            "related_trials:\n  - nct_id: EU-CT-2024\n",
            "",
        ),
        ("related-self", "7:13", "RECRUITING", "related_trials:\n  - nct_id: NCT00000001\n", ""),
        ("stale", "6:23", "RECRUITING", "status_verified_date: 2023-09\n", ""),
        ("stale", "6:18", "RECRUITING", "completion_date: 2025-08\n", ""),
        ("stale", "6:13", "NOT_YET_RECRUITING", "start_date: 2025-09-30\n", ""),
        ("stale", "6:11", "COMPLETED", "reviewed: 2024-09-01\n", ""),
        ("stale", "6:17", "RECRUITING", "version_holder: 2024-09-30\n", ""),
        ("stale", "7:9", "RECRUITING", "source:\n  date: 2024-09-30\n", ""),
        ("stale", "6:17", "UNKNOWN", "version_holder: 2024-09-30\n", ""),
        ("stale", "6:24", "RECRUITING", "last_update_post_date: 2023-09-30\n", ""),
        ("inline-remark", "6:16", "COMPLETED", "acronym: REST  #5\n", ""),
        ("stray-quote", "6:14", "COMPLETED", 'acronym: REST"\n', ""),
    ],
)
def test_what_looks_wrong_is_said_at_its_place(
    code: str, place: str, status: str, more: str, body: str, tmp_path: Path
) -> None:
    body = f"See {body.removeprefix('See ')}\n" if body else ""
    text = FRONT.format(status=status, more=more, body=body)
    found = audit(tmp_path, {"trials/NCT00000001.md": text})
    assert [(problem.code, problem.severity) for problem in found] == [(code, "warning")]
    assert str(found[0].where) == f"content/trials/NCT00000001.md:{place}"
    assert found[0].hint


def test_what_an_editor_wrote_is_to_be_read_again_and_not_imported(tmp_path: Path) -> None:
    more = (
        "reviewed: 2024-09-01\nlast_update_post_date: 2025-09-01\n"
        "plain_language_summary:\n  date: 2025-08-31\n"
    )
    body = "## Plain-language summary\n\nWe ask whether rest helps.\n"
    text = FRONT.format(status="COMPLETED", more=more, body=body)
    found = [one for one in audit(tmp_path, {"trials/NCT00000001.md": text}) if one.code == "stale"]
    assert len(found) == 2
    assert all("again" in one.hint and "import" not in one.hint for one in found)
    assert ["`reviewed`" in one.hint for one in found] == [True, False]
    assert ["`date`" in one.hint for one in found] == [False, True]


def test_a_summary_of_a_day_to_come_is_named(tmp_path: Path) -> None:
    more = "last_update_post_date: 2025-09-01\nplain_language_summary:\n  date: {}\n"
    body = "## Plain-language summary\n\nWe ask whether rest helps.\n"
    for day, is_named in ((f"{TODAY.year + 9}-01-01", True), (TODAY.isoformat(), False)):
        text = FRONT.format(status="COMPLETED", more=more.format(day), body=body)
        found = audit(tmp_path, {"trials/NCT00000001.md": text})
        assert any(one.code == "future" for one in found) is is_named, found
    more = f"reviewed: {TODAY.year + 9}-01-01\n"
    text = FRONT.format(status="COMPLETED", more=more, body="")
    found = audit(tmp_path, {"trials/NCT00000001.md": text})
    assert [one.code for one in found] == ["future"]


def test_a_heading_without_its_blank_is_named(tmp_path: Path) -> None:
    body = "## Eligibility criteria\n\n### Inclusion criteria\n\n* Adults\n\n"
    for line, is_named in (("###Exclusion criteria", True), ("\\###Exclusion criteria", False)):
        text = FRONT.format(status="COMPLETED", more="", body=f"{body}{line}\n\n* Pregnancy\n")
        found = audit(tmp_path, {"trials/NCT00000001.md": text})
        assert [one.code for one in found] == (["tight-heading"] if is_named else [])
        assert not is_named or "write `### Exclusion criteria`" in found[0].hint


def test_a_place_that_was_pasted_twice_is_named(tmp_path: Path) -> None:
    place = "  - facility: Timone\n    city: Marseille\n    country: France\n"
    for other, is_named in ((place, True), (place.replace("Timone", "Pitié"), False)):
        more = f"locations:\n{place}{other}"
        text = FRONT.format(status="COMPLETED", more=more, body="")
        found = audit(tmp_path, {"trials/NCT00000001.md": text})
        lines = [(one.code, one.where and one.where.line) for one in found]
        line = text[: text.rindex("  - facility")].count("\n") + 1
        assert lines == ([("repeated-place", line)] if is_named else []), found


def test_check_tells_each_doubt_that_a_page_tells() -> None:
    """Of a trial whose status the registry calls unknown there is nothing to do but at a copy."""
    told_elsewhere = ("says-why-stopped", "no-place-takes")  # code `takes-nobody`
    assert freshness.SAID.keys() == {*VERDICTS} - {"should-be-over", *told_elsewhere}


def audit(project: Path, files: dict[str, str | bytes], *paths: Path) -> list[Problem]:
    write_files(project / "content", {"site.yaml": "title: T\n", **files})
    found = audit_content(project / "content", paths, TODAY)
    return [problem for problem in found if problem.code != "absent"]


def test_what_is_right_is_left_alone(tmp_path: Path) -> None:
    more = "completion_date: 2025-10\nstart_date: 2025\nstatus_verified_date: 2024\n"
    more += "official_title: 'A #1 trial'  # as on their page\nacronym: 6\" cut\n"
    more += "references:\n  - pmid: 12345678\n"
    more += "    citation: |-\n      One #2\n      'two\n"
    body = "0000-0002-1825-0097, doi:10.1000/182, https://doi.org/10.1000/x, NCT01234567.\n"
    status = "RECRUITING  # by phone, 3 March"
    text = FRONT.format(status=status, more=more, body=body)
    assert audit(tmp_path, {"trials/NCT00000001.md": text}) == []


def test_only_the_files_named_are_checked(tmp_path: Path) -> None:
    wrong = trial_text("NCT00000002").replace("RECRUITING", "RECRUTING")
    files: dict[str, str | bytes] = {
        "trials/NCT00000001.md": trial_text(),
        "trials/NCT00000002.md": wrong,
    }
    folder = tmp_path / "content/trials"
    assert audit(tmp_path, files, folder / "NCT00000001.md") == []
    assert len(audit(tmp_path, files, folder / "NCT00000002.md")) == 1
    assert len(audit(tmp_path, files, folder)) == len(audit(tmp_path, files)) == 1


def test_check_digits_of_orcids() -> None:
    assert is_orcid("0000-0002-1825-0097")
    assert is_orcid("0000-0002-1694-233X")
    assert not is_orcid("0000-0002-1825-0079")


_PLAIN_AND_HARD = {
    "en": (
        "We test if rest helps. You rest for one hour a day. We ask how you feel. ",
        "This randomised investigation evaluates whether pharmacological prophylaxis substantially "
        "ameliorates debilitating neurological manifestations, notwithstanding considerable "
        "heterogeneity among participating institutions and interventional protocols, as "
        "previously documented in comprehensive systematic reviews, thereby facilitating "
        "individualised therapeutic recommendations internationally.",
    ),
    "es": (
        "Vemos si el té le va bien. Toma té una vez al día. Le da la paz y el pan. ",
        "Esta investigación aleatorizada evalúa si la profilaxis farmacológica mejora "
        "sustancialmente las manifestaciones neurológicas incapacitantes, no obstante la "
        "considerable heterogeneidad de las instituciones participantes y de los procedimientos "
        "intervencionistas, previamente documentada en revisiones sistemáticas exhaustivas.",
    ),
    "fr": (
        "On voit si le thé fait du bien. Vous en buvez une fois par jour. On voit tout. ",
        "Cette investigation randomisée évalue si la prophylaxie pharmacologique améliore "
        "substantiellement les manifestations neurologiques invalidantes, nonobstant "
        "l’hétérogénéité considérable des institutions participantes et des protocoles "
        "interventionnels, antérieurement documentée dans des revues systématiques exhaustives.",
    ),
    "de": (
        "Wir sehen, ob Tee gut tut. Sie ruhen am Tag eine Stunde. Dann fragen wir Sie. ",
        "Diese randomisierte Untersuchung bewertet, ob pharmakologische Vorbeugungsmaßnahmen "
        "beeinträchtigende neurologische Krankheitserscheinungen wesentlich verbessern, "
        "ungeachtet der erheblichen Verschiedenartigkeit teilnehmender Einrichtungen und "
        "interventioneller Behandlungsprotokolle, die in systematischen Übersichtsarbeiten "
        "umfassend dokumentiert wurde.",
    ),
}


@pytest.mark.parametrize("code", _PLAIN_AND_HARD)
def test_a_hard_summary_is_told_and_a_plain_one_is_not(code: str) -> None:
    plain, hard = (reading(text, code) for text in (3 * one for one in _PLAIN_AND_HARD[code]))
    assert plain and not plain.hard, plain
    assert hard and hard.hard, hard
    assert reading("Too short to say.", code) is None


def test_a_language_without_a_formula_has_no_grade() -> None:
    assert reading(3 * _PLAIN_AND_HARD["en"][1], "pl") is None


def test_a_hard_summary_is_told_at_its_line_by_the_formula_of_its_language(tmp_path: Path) -> None:
    signed = "lang: es\nplain_language_summary:\n  author: A\n  date: 2025-09-01\n"
    summary = f"\n## Plain-language summary\n\n{2 * _PLAIN_AND_HARD['es'][1]}\n"
    text = FRONT.format(status="COMPLETED", more=signed, body=summary)
    (problem,) = audit(tmp_path, {"trials/NCT00000001.md": text})
    assert (problem.code, problem.where and problem.where.line) == ("reading-grade", 8)
    assert "Szigriszt-Pazos" in problem.message and "55 or higher" in (problem.hint or "")


_SYLLABLES = {
    "es": "pan 1, día 2, país 2, aeropuerto 5, ciudad 2, guía 2, que 1, mayoría 4, yo 1, rey 1",
    "fr": "le 1, étude 2, théâtre 2, réaction 3, lumière 2, qui 1, maïs 2, poésie 3, maladies 3",
    "de": "Tee 1, Haus 1, Häuser 2, Behandlung 3, Quelle 2, Krankheit 2, einschließen 3, Arzt 1",
}


@pytest.mark.parametrize("code", _SYLLABLES)
def test_syllables_are_counted_by_the_letters(code: str) -> None:
    counts = dict(pair.split() for pair in _SYLLABLES[code].split(", "))
    assert {word: str(syllables_of(word, code)) for word in counts} == counts


# --- web links ----------------------------------------------------------------------------------


class Host:
    """Answers by an address's last part, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def status(self, method: str, address: str) -> int:
        self.asked.append((method, address))
        name = address.rpartition("/")[2]
        if name == "dead":
            raise NoAnswer("no such host")
        answers = {"gone": 404, "busy": 429, "head": 405, "down": 503}
        return 200 if (name, method) == ("head", "GET") else answers.get(name, 200)


def test_web_links_are_tried_politely() -> None:
    host = Host()
    names = ("fine", "gone", "busy", "head", "down", "dead")
    found = list(check_external([f"https://x.org/{name}" for name in names], host))
    assert [(p.severity, p.message.split()[0].rpartition("/")[2]) for p in found] == [
        ("error", "gone"),
        ("warning", "down"),
        ("warning", "dead"),
    ]
    assert [method for method, address in host.asked if address.endswith("busy")] == ["HEAD"]


def test_a_host_that_never_answers_is_left_alone_after_three_links() -> None:
    host = Host()
    names = ("dead", "fine", "dead", "1/dead", "2/dead", "3/dead", "4/dead")
    found = [one.message for one in check_external([f"https://x.org/{n}" for n in names], host)]
    assert len(host.asked) == 5
    assert found[-1] == "x.org didn't answer 3 times in a row: 2 more of its addresses not tried"
    host.asked.clear()
    assert len(list(check_external([f"https://x.org/{n}" for n in names[:5]], host))) == 4


# --- the verb -----------------------------------------------------------------------------------


def test_check_speaks_of_content_and_site(project: Path) -> None:
    assert run(project, "--no-search").returncode == 0
    done = run(project, "check")
    assert done.returncode == 0, done.stderr
    assert "checked the content and " in done.stderr
    index = project / "site/index.html"
    index.write_text(
        index.read_text().replace('href="trials/index.html"', 'href="trails/index.html"', 1)
    )
    wrong = trial_text().replace("RECRUITING", "RECRUTING")
    (project / "content/trials/NCT00000001.md").write_text(wrong)
    done = run(project, "check", "--json")
    assert done.returncode == 1
    codes = [json.loads(line)["code"] for line in done.stdout.splitlines()]
    assert codes == ["unknown-value", "broken-link"]
    done = run(project, "check", "content/trials/NCT00000001.md")
    assert (done.returncode, "1 error" in done.stderr) == (1, True)
    assert run(project, "check", "content/trials/nowhere.md").returncode == 2


@pytest.mark.parametrize(
    "host", ["localhost:8080", "a.localhost", "127.0.0.1", "127.1", "0x7f000001", "10.0.0.1", "0"]
)
def test_a_link_into_this_network_is_not_tried(host: str) -> None:
    (found,) = check_external([f"http://{host}/stop"], NobodyAsks())
    assert (found.severity, "not tried" in found.message) == ("warning", True)


class NobodyAsks:
    def status(self, method: str, address: str) -> int:
        raise AssertionError(f"{method} {address}")


def test_external_links_need_a_built_site(project: Path) -> None:
    assert run(project, "check", "--external").returncode == 2


def test_what_deceives_is_not_pushed_out_by_warnings_that_do_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    harmless = [Problem("absent", "warning", f"no summary {n}") for n in range(40)]
    show_problems([*harmless, Problem("posing-link", "warning", "a link says another")])
    said = capsys.readouterr().err
    assert said.index("a link says another") < said.index("no summary 0")
    assert "and 37 more warnings of the kind absent" in said

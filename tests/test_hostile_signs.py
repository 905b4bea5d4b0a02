"""Signs that turn text round, addresses that lead elsewhere, output that floods or commands."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser
from sites import PROJECT, build_site, trial_text

from trialpages.audit.accessibility import check_accessibility
from trialpages.audit.page import BuiltPage
from trialpages.cli import cli
from trialpages.cli.terminal import annotation
from trialpages.pages.editorial import read_editorial
from trialpages.problems import ContentFailure, Problem, Where, errors_in, visible
from trialpages.prose.markup import editors_prose
from trialpages.records.codes import markup_meant, plain_meant
from trialpages.records.trial_file import read_trial
from trialpages.settings.site_file import read_site
from trialpages.text.bidi import check_bidi
from trialpages.text.hosts import check_hosts
from trialpages.text.weblinks import tel_address, web_url

OVERRIDE = "\u202e"


@pytest.mark.parametrize(
    "url",
    [
        "mailto:a@b.org?bcc=c@d.org",
        "mailto:a@b.org?subject=x&body=y",
        "mailto:a@b.org,c@d.org",
        "mailto:a%3Fbcc=c@b.org",
        "mailto:javascript:alert(1)//@b.org",
        "mailto:<a@b.org>",
        "MAILTO:a@b.org#x",
        "https://user:pass@host.example/",
        "https://hospital.example@evil.example/",
        "http://@evil.example",
        f"https://a.example/{OVERRIDE}gpj",
        "https://a.example/\u200b",
        "https://аpple.example/",  # its first letter is Cyrillic
        "https://XN--pple-43d.example:443/",
        "https://www.gооgle.example",
        "https://аррӏе.example",
        "https://xn--80ak6aa92e.com/",
        "https://ορα.example",
        "https://%D0%B0pple.example/",
        "mailto:a@hоspital.example",
    ],
)
def test_an_address_that_hides_where_it_leads_is_no_link(url: str) -> None:
    assert web_url(url) == ""
    if url.isascii() and "<" not in url:
        assert f'href="{url}"' not in editors_prose(f"[a]({url})")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x?y=1@2#z",
        "mailto:o'neill+x@b.example",
        "http://a.example:80/",
        "https://münchen.example/ä",
        "https://xn--mnchen-3ya.example/",
        "https://пример.рф/",
        "https://сор.рф/",
        "https://日本ラーメンabc.example/",
        "https://한국.example/",
        "https://xn--.example/",
    ],
)
def test_an_honest_address_is_a_link(url: str) -> None:
    assert web_url(url) == url


def test_an_override_runs_into_no_title_no_list_and_no_feed(tmp_path: Path) -> None:
    title = f"Rest {OVERRIDE}ylno"
    with pytest.raises(ContentFailure):
        build_site(tmp_path, {"site.yaml": f"title: {title}\nurl: https://a.example/\n"})
    report = build_site(
        tmp_path,
        {
            "site.yaml": "url: https://a.example/\n",
            "trials/NCT00000001.md": trial_text(title=title),
        },
    )
    assert any(one.code == "bidi-control" for one in report.warnings)
    for path in (tmp_path / "site").rglob("*"):
        if path.suffix in (".html", ".xml", ".ris", ".bib"):
            assert OVERRIDE not in path.read_text("utf-8"), path


@pytest.mark.parametrize(
    "written",
    [
        *("\u202e", "&#x202e;", "&#x0202E;", "&#8238;", "&#8206;", "&lrm;", "&#x61c;", "\u2067"),
        *("\\u202e", "\\U0000202E", "\\u061c"),
    ],
)
def test_a_sign_of_direction_is_warned_of_however_it_is_written(written: str) -> None:
    (problem,) = check_bidi(f"a\nb {written} c\n", "a.md")
    assert problem.where is not None
    assert (problem.where.line, problem.where.column) == (2, 3)
    shown = str(problem)
    assert "\ufffd" not in shown.partition("→")[0]
    assert (f"{written!a}"[1:-1].replace("\\\\", "\\")) in shown


@pytest.mark.parametrize("written", [OVERRIDE, "\\u202e", "&#x202e;"])
def test_an_override_is_told_of_once(written: str) -> None:
    title = f'brief_title: "Rest {written}"\n'
    trial = trial_text().replace("brief_title: Rest for migraine\n", title)
    for found in (
        read_trial(trial.encode(), "a.md").problems,
        read_editorial(f"# A\n\nb {written}c\n".encode(), "a", "a.md", ())[1],
        read_site(f'title: "Trials {written}"\n'.encode(), "site.yaml")[1],
    ):
        (problem,) = found
        assert problem.where is not None
        assert problem.where.line in (1, 3)


RLE, PDF, LRI, RLI, FSI, PDI = "\u202b", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (f"a {RLE}b", f"a {RLE}b{PDF}"),
        (f"a {RLI}b", f"a {RLI}b{PDI}"),
        (f"{RLI}{RLE}{LRI}", f"{RLI}{RLE}{LRI}{PDI}{PDF}{PDI}"),
        (f"{RLI}a{PDI} b", f"{RLI}a{PDI} b"),
        (f"{RLI}{RLE}a{PDI} b", f"{RLI}{RLE}a{PDI} b"),
        (f"a{PDI}b", f"{FSI}a{PDI}b"),
        (f"a{PDF}b", f"a{PDF}b"),
        (f"{RLE}{LRI}{PDF}a", f"{RLE}{LRI}{PDF}a{PDI}{PDF}"),
        ("&#x202b;a", f"{RLE}a{PDF}"),
        ("&#1;&#0;é", "\ufffdé"),
        ("Größe – 5 µg", "Größe – 5 µg"),
    ],
)
def test_a_title_ends_what_turns_its_direction(sent: str, shown: str) -> None:
    assert plain_meant(sent) == shown


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (f"a {RLE}b", f"a {RLE}b{PDF}"),
        ("a &#x202b;b", f"a &#x202b;b{PDF}"),
        (f"- a {RLI}b\n- c", f"- a {RLI}b\n- c{PDI}"),
        (f"- a{PDI}", f"- a{PDI}"),
        (f"{RLI}a\n===", f"{RLI}a\n==="),
        (f"```\n{RLI}a\n```", f"```\n{RLI}a\n```"),
    ],
)
def test_prose_ends_it_and_keeps_its_blocks(sent: str, shown: str) -> None:
    assert markup_meant(sent) == shown


def test_no_text_of_a_record_or_an_editor_turns_ours_round(tmp_path: Path) -> None:
    """In the page and its title, in lists, feeds and citations each line ends what it begins."""
    site = (
        f"title: 'Trials {RLI}'\ndescription: 'All {RLE}'\nfooter: 'Ask {RLI}{RLE}'\n"
        f"menu: [{{title: 'More {RLE}', url: 'https://b.example/'}}]\nurl: https://a.example/\n"
        f"search_names: [['migraine', 'head {RLI}']]\n"
    )
    front = (
        f"official_title: 'Sleep {RLI}'\nacronym: 'A{RLE}'\n"
        f"lead_sponsor: {{name: 'Clinic {RLE}'}}\n"
        f"plain_language_summary: {{author: 'Dr {RLI}', text: 'So {RLE}'}}\n"
    )
    text = trial_text(title=f"Rest {RLI}{RLE}").replace("- Migraine", f"- Migraine {RLI}x")
    build_site(
        tmp_path,
        {
            "site.yaml": site,
            "pages/about.md": f"# About {RLI}\n\nUs {RLE}\n",
            "trials/NCT00000001.md": text.replace("---\n\n##", f"{front}---\n\n##"),
        },
    )
    turned = 0
    for path in (tmp_path / "site").rglob("*"):
        if path.suffix not in (".html", ".xml", ".ris", ".bib"):
            continue
        for line in path.read_text("utf-8").split("\n"):
            turned += (RLI in line) or (RLE in line)
            assert line.count(RLI) == line.count(PDI), f"{path.name}: {line}"
            assert line.count(RLE) == line.count(PDF), f"{path.name}: {line}"
    assert turned > 40


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("+39 (0)6 555 0100", "tel:+39065550100"),
        ("49(0)30 555 0100", "tel:+49305550100"),
        ("0041(0)22 5550100", "tel:0041225550100"),
        ("+81-(0)3-5555-0100", "tel:+81355550100"),
        ("+61 (03) 5550 0100", "tel:+61355500100"),
        ("86(0571)-5550100", "tel:8605715550100"),
        ("(0)20 5550 0100", "tel:02055500100"),
        ("0049 30 555-0100", "tel:0049305550100"),
        ("86+30 5550100", ""),
        ("++44 20 7946 0000", ""),
        ("000-000-0000", ""),
    ],
)
def test_a_number_is_dialled_as_it_is_written_or_not_at_all(number: str, address: str) -> None:
    assert tel_address(number) == address


def test_a_host_that_passes_for_another_is_named(tmp_path: Path) -> None:
    text = "See [the form](https://hоspital.example/form) or https://xn--pple-43d.example.\n"
    report = build_site(
        tmp_path,
        {
            "site.yaml": "title: x\nfooter: https://gооgle.example/\n",
            "pages/about.md": f"# About\n\n{text}",
            "trials/NCT00000001.md": f"{trial_text()}\n## Plain-language summary\n\n{text}",
        },
    )
    found = [one for one in report.warnings if one.code == "disguised-host"]
    places = [(one.where.path.rpartition("/")[2], one.where.line) for one in found if one.where]
    assert sorted(places) == [("NCT00000001.md", 16), ("about.md", 3), ("site.yaml", 2)]
    assert "CYRILLIC and LATIN letters in `hоspital`" in found[1].message
    for name in ("about.html", "trials/NCT00000001.html"):
        page = (tmp_path / "site" / name).read_text("utf-8")
        assert 'href="https://h' not in page
        assert 'href="https://g' not in page


@pytest.mark.parametrize(
    "host",
    [
        *("gov.example\u2044a.evil.example", "gov.example\u2215a.evil.example"),
        *("gov\u3164.example", "gov\u115f.example", "gov\u01c0a.example", "gov\u0f0ca.example"),
        *("\ua4e0\ua4f2\ua4e7.example", "\u13df\u13a0\u13df.example", "\uab70.example"),
        *("\u1d04\u1d05\u1d04.example", "\u0261oogle.example", "\u03f2\u03f2.example"),
        *("gov.example\u0338.evil.example", "gov\u0308.example", "cl\u0131nic.example"),
        *("gov\u30cea.example", "gov\u0660example.org", "\uff47ov.example"),
        *("gov.example;a.evil.example", "gov.example,a.evil.example", "gov.example:a.example"),
        *("\u0430\u0435.example", "ni\u1e25.example", "xn--exampleevil-0h7d.example"),
    ],
)
def test_a_host_of_other_signs_than_names_have_is_no_link(host: str) -> None:
    assert not web_url(f"https://{host}/a")
    for text in (f"[a](https://{host}/)", f"<https://{host}/>"):
        assert "href" not in editors_prose(text)


@pytest.mark.parametrize(
    "host",
    [
        *("example.org:8080", "my_files.example", "münchen.example", "mu\u0308nchen.example"),
        *("пример.рф", "例え.jp", "コーヒー.jp", "中国.cn", "한국.kr", "हिन्दी.भारत", "ไทย.ไทย"),
        *("مثال.إختبار", "ישראל.example", "தமிழ்.example", "sağlık.gov.tr", "việt.vn", "łódź.pl"),
        "xn--mnchen-3ya.example",
    ],
)
def test_a_host_in_a_language_is_a_link(host: str) -> None:
    assert web_url(f"https://{host}/a")
    assert 'href="' in editors_prose(f"<https://{host}/>")
    assert not list(check_hosts(f"See https://{host}” for more", "a.md"))


@pytest.mark.parametrize(
    "url",
    [
        "https://a:b@evil.example/",
        "mailto:a@b.org?bcc=c@d.org",
        "https://gооgle.example/",
        "https://example.org⁄a.evil.example/",
    ],
)
def test_the_menu_leads_where_it_seems_to(tmp_path: Path, url: str) -> None:
    with pytest.raises(ContentFailure) as raised:
        build_site(tmp_path, {"site.yaml": f"title: x\nmenu:\n  - title: A\n    url: {url}\n"})
    (problem,) = errors_in(raised.value.problems)
    assert problem.where and (problem.where.line, problem.code) == (4, "bad-url")


_FORGED = """
## Plain-language summary

# In plain words

Who can take part
===

```signed
Written for this site
```

<h2 id="eligibility" class="signed">Who can take part</h2>

## Who can take part

### Who can take part {#eligibility .status}

* all
"""


def test_no_text_of_a_file_makes_a_heading_an_id_or_a_class_of_ours(tmp_path: Path) -> None:
    """Its headings stand in `.prose` or are marked, and a style sheet shows them unlike ours."""
    build_site(tmp_path, {"trials/NCT00000001.md": f"{trial_text()}{_FORGED}"})
    page = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    assert [one.code for one in check_accessibility(BuiltPage("a", "a", page))] == []
    tree = LexborHTMLParser(page)
    of_texts = tree.css(".prose :is(h1, h2, h3, h4, h5, h6)")
    assert [one.tag for one in of_texts] == ["h3", "h3", "h4"]
    headings = [one.text().strip() for one in tree.css("h1, h2, h3:not(.prose h3)")]
    assert headings.count("Who can take part") == 1
    assert [one.text() for one in tree.css("h3.of-the-file")] == ["Who can take part"]
    assert tree.css("#eligibility, .signed h2, .prose .signed, .prose .status, .prose [id]") == []
    classes = {one.attributes["class"] for one in tree.css(".prose [class]")}
    assert classes == {"language-signed"}
    (rule,) = (row for row in (PROJECT / "theme/site.css").read_text().split("\n") if _OF in row)
    assert rule.startswith(".sections .prose :is(h3, h4, h5, h6), ")


_OF = ".of-the-file {"


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("# a\n# b\n## c\n# d", [3, 3, 4, 3]),
        ("#### a\n###### b\n##### c\n## d\n### e", [3, 4, 4, 3, 4]),
        ("###### a\n# b\n###### c\n#### d", [3, 3, 4, 4]),
        ("a\n=\n> ### b\n\n- ##### c", [3, 4, 5]),
        ("# a\n## b\n### c\n#### d\n##### e", [3, 4, 5, 6, 6]),
    ],
)
def test_headings_of_a_text_skip_no_level(written: str, levels: list[int]) -> None:
    shown = editors_prose(written, "trials", 3)
    assert [int(level) for level in re.findall(r"<h(\d)>", shown)] == levels


def test_what_a_runner_would_take_for_an_end_of_line_is_content() -> None:
    where = Where("a%0A::error::b.md", 1)
    said = annotation(Problem("x", "error", "a%0D%0A::error::forged\r\n::error::b", where))
    assert said == (
        "::error file=a%250A%3A%3Aerror%3A%3Ab.md,line=1,title=x::"
        "a%250D%250A::error::forged\\r\\n::error::b"
    )


def test_equal_mistakes_of_an_import_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "all.ndjson"
    source.write_text("{}\n" * 3_000)
    done = CliRunner().invoke(cli, ["import", str(source), "--content", str(tmp_path / "content")])
    lines = done.stderr.splitlines()
    assert len(lines) < 250
    assert any("2,900 more of error" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "content", "said", "hint"),
    [
        ("bomb.json.gz", gzip.compress(b" " * 200_000_000, 1), "too large when it is", "unpack it"),
        ("deep.json", b'{"a":' * 3_000 + b"1" + b"}" * 3_000, "nested too deep", "nests ten"),
        ("nan.ndjson", b'{"protocolSection":{"a":NaN}}\n', "NaN and Infinity are no", "mend it"),
        ("bad.ndjson", b'{"protocolSection":{"a":"\xff"}}\n', "as the standard has it", "UTF-8"),
    ],
)
def test_a_hint_fits_what_is_wrong(
    tmp_path: Path, name: str, content: bytes, said: str, hint: str
) -> None:
    (tmp_path / name).write_bytes(content)
    words = ["import", str(tmp_path / name), "--content", str(tmp_path / "content")]
    shown = CliRunner().invoke(cli, words).stderr
    assert said in shown
    assert hint in shown.partition("→")[2]


@pytest.mark.parametrize("value", ["1e5x", "3OO", "12.5.1", "-7x"])
def test_no_number_is_guessed_from_what_is_none(value: str) -> None:
    text = trial_text().replace("conditions:", f"enrollment_info:\n  count: {value}\nconditions:")
    found = read_trial(text.encode(), "content/trials/NCT00000001.md").problems
    assert [one.hint for one in found if one.severity == "error"] == ["write digits only"]


def test_marks_that_pile_up_are_shown_as_escapes_in_a_message() -> None:
    pile = "e" + "\u0301" * 12
    assert visible(pile) == "e" + "\u0301" * 8 + r"\u0301" * 4
    assert visible("ไม่มี เมื่อ ที่สุด é") == "ไม่มี เมื่อ ที่สุด é"


@pytest.mark.parametrize(
    "url",
    [
        "https://[::1]/",
        "https://[2001:db8::1]/",
        "http://[::ffff:1.2.3.4]:80/",
        "https://a.example:99999/",
        "https://a.example:65536/",
    ],
)
def test_a_host_in_brackets_and_a_port_there_is_not_are_no_link(url: str) -> None:
    assert web_url(url) == ""

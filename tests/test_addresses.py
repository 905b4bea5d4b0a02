"""A site's URL in every form an editor may write it, and the addresses that are made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from rich import RICH_ID, rich_results, rich_trial
from sites import AS_OF, build_site, digest, folders, trial_text, write_files

from trialpages.addresses import BadAddressError, address_of, folder_on_server, site_address
from trialpages.build import Request, build
from trialpages.problems import CallFailure, ContentFailure

FORMS = {
    "https://example.org": "https://example.org/",
    "https://example.org/": "https://example.org/",
    "https://example.org/trials": "https://example.org/trials/",
    "https://example.org/trials//": "https://example.org/trials/",
    "https://example.org/trials/index.html": "https://example.org/trials/",
    "https://example.org/INDEX.html": "https://example.org/",
    "HTTPS://Example.ORG/Trials": "https://example.org/Trials/",
    "https://example.org:443/a": "https://example.org/a/",
    "http://example.org:80": "http://example.org/",
    "http://example.org:8080/a/b": "http://example.org:8080/a/b/",
    "http://localhost:8000": "http://localhost:8000/",
    "http://[::1]:8000/a": "http://[::1]:8000/a/",
    "https://example.org:/a": "https://example.org/a/",
    "https://bücher.example/prüfung": "https://xn--bcher-kva.example/pr%C3%BCfung/",
    "https://BÜCHER.example/pr%C3%BCfung/": "https://xn--bcher-kva.example/pr%C3%BCfung/",
    "https://straße.example": "https://xn--strae-oqa.example/",
    "https://example.org/a&b;c=(d)": "https://example.org/a&b;c=(d)/",
    "https://example.org/index.htmls": "https://example.org/index.htmls/",
    "": "",
}
REFUSED = {
    "example.org/trials": ("begin", "write it as https://example.org/trials"),
    "//example.org/trials": ("begin", "write it as https://example.org/trials"),
    "ftp://example.org/": ("begin", "https://example.org/trials/"),
    "javascript:alert(1)": ("begin", "https://"),
    "https://example.org/?page=1": ("`?`", "write it as https://example.org/"),
    "https://example.org/a#top": ("`#`", "write it as https://example.org/a"),
    "https://example.org/my trials": ("a space", ""),
    " https://example.org/": ("a space", ""),
    "https://example.org/\n": ("U+000A", ""),
    "https://example.org/a\u200b": ("U+200B", ""),
    "https://example.org/\x1b": ("U+001B", ""),
    'https://example.org/">': ('`"`', ""),
    "https://example.org\\trials": ("`\\`", ""),
    "https://": ("no server", ""),
    "https:///trials": ("no server", ""),
    "https://-a.example/": ("no name", ""),
    "https://a..b/": ("no name", ""),
    "https://[::1/": ("no web address", ""),
    "https://example.org:99999/": ("no web address", ""),
    "https://example.org:port/": ("no web address", ""),
    "https://me:secret@example.org/": ("password", ""),
    "https://example.org/a/../b": ("/../", ""),
    "https://example.org/a/%2e%2e/b": ("/../", ""),
    "https://example.org/.%2E": ("/../", ""),
    "https://example.org/%2e/b/": ("/../", ""),
    "https://example.org//a": ("//", ""),
    "https://example.org/50%": ("hexadecimal", ""),
    f"https://example.org/{'a' * 1_000}": ("1,021 characters", "shorter"),
    f"https://example.org/{'ä' * 200}": ("1,221 characters", "shorter"),
    "https://example.org/trials/start.html": ("names a page, `start.html`", "folder"),
}


@pytest.mark.parametrize(("written", "one"), FORMS.items())
def test_every_way_to_write_a_url_gives_its_one_form(written: str, one: str) -> None:
    assert site_address(written) == one
    assert site_address(one) == one


@pytest.mark.parametrize(("written", "expected"), REFUSED.items())
def test_what_is_no_sites_url_is_refused_with_its_reason(
    written: str, expected: tuple[str, str]
) -> None:
    with pytest.raises(BadAddressError) as refused:
        site_address(written)
    assert expected[0] in refused.value.message
    assert expected[1] in refused.value.hint
    assert refused.value.hint


def test_a_refused_url_is_named_with_its_line_and_nothing_is_built(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"trials/NCT00000001.md": trial_text()}
    build_site(tmp_path, files)
    before = digest(tmp_path / "site")
    with pytest.raises(ContentFailure) as failure:
        build_site(tmp_path, {"site.yaml": "title: T\nurl: example.org/trials\n"})
    (problem,) = (one for one in failure.value.problems if one.severity == "error")
    assert problem.where
    assert (problem.where.path, problem.where.line) == ("content/site.yaml", 2)
    assert problem.hint == "write it as https://example.org/trials"
    (tmp_path / "content/site.yaml").unlink()
    with pytest.raises(CallFailure, match="--url: "):
        build(Request(folders(tmp_path), AS_OF, url="example.org", search=False))
    assert digest(tmp_path / "site") == before


def test_the_longest_url_has_a_qr_code(tmp_path: Path) -> None:
    url = f"https://example.org/{'ä' * 163}/"
    name = f"A{'0' * 39}"
    site = f"title: T\nurl: {url}\n"
    build_site(tmp_path, {"site.yaml": site, f"trials/{name}.md": trial_text(name)})
    assert "qr" in (tmp_path / f"site/trials/{name}.html").read_text("utf-8")


def test_an_address_is_that_of_the_folder_where_it_is_a_folders_page() -> None:
    site = "https://example.org/trials/"
    assert address_of("index.html", site) == site
    assert address_of("trials/index.html", site) == site + "trials/"
    assert address_of("trials/a.index.html", site) == site + "trials/a.index.html"
    assert address_of("sources/50% of é #1?.txt", site) == (
        site + "sources/50%25%20of%20%C3%A9%20%231%3F.txt"
    )
    assert address_of("index.html", "") == ""
    assert folder_on_server(site) == "/trials/"
    assert folder_on_server("https://example.org/") == "/"
    assert folder_on_server("") == ""


# --- what a site says of itself -----------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


MORE = """\
aliases:
  - OLD-2020-1
last_update_post_date: 2024-07-03
source:
  file: a b.txt
"""


def content(url: str) -> dict[str, str | bytes]:
    first = trial_text().replace("study_type", MORE + "study_type")
    return {
        "site.yaml": f"title: Ours\nurl: {url}\n" if url else "title: Ours\n",
        "trials/NCT00000001.md": first,
        f"trials/{RICH_ID}.md": rich_trial(),
        f"trials/{RICH_ID}.results.json": rich_results(),
        "sources/a b.txt": "as it came\n",
        "pages/about.md": "# About\n\nUs.\n",
    }


@pytest.fixture(scope="module", params=["https://Example.org/My&Trials", "http://bücher.test:81"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("addresses")
    build_site(project, content(request.param))
    (project / "site/.asked").write_text(site_address(request.param), "utf-8")
    return project / "site"


def root(site: Path) -> str:
    return (site / ".asked").read_text("utf-8")


def pages(site: Path) -> Mapping[str, str]:
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")
    }


def named(text: str, pattern: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(pattern, text)]


CANONICAL = r'<link rel="canonical" href="([^"]*)">'


def canonical(text: str) -> str:
    (found,) = named(text, CANONICAL)
    return found


def file_at(site: Path, address: str) -> Path:
    """The file that a server sends for an address; it may have no other for it."""
    assert address.startswith(root(site)), address
    path = unquote(urlsplit(address).path).removeprefix(urlsplit(root(site)).path)
    assert not path.endswith("index.html"), address
    return site / (path + "index.html" if path.endswith("/") or not path else path)


def told(site: Path) -> Iterator[tuple[str, str]]:
    """Each address of the site that a file of it names for others, and where."""
    for path, text in pages(site).items():
        patterns = (CANONICAL, r'<meta property="og:url" content="([^"]*)">')
        yield from ((path, one) for pattern in patterns for one in named(text, pattern))
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text):
            tree = json.loads(data)
            yield path, tree["url"]
            if "potentialAction" in tree:
                yield path, tree["potentialAction"]["target"]["urlTemplate"].partition("?")[0]
    for file in site.rglob("*.xml"):
        tree = ElementTree.parse(file)
        yield from ((file.name, one.text or "") for one in tree.iter(f"{MAP}loc"))
        yield from ((file.name, one.text or "") for one in tree.iter(f"{ATOM}id"))
        yield from ((file.name, one.attrib["href"]) for one in tree.iter(f"{ATOM}link"))
    yield "robots.txt", named((site / "robots.txt").read_text(), r"Sitemap: (.*)")[0]


def test_every_address_a_site_gives_is_under_its_url_and_there(site: Path) -> None:
    found = list(told(site))
    assert len(found) > 60
    assert [(where, one) for where, one in found if not file_at(site, one).is_file()] == []
    assert root(site).isascii()


def test_a_trial_has_one_address_in_every_form(site: Path) -> None:
    page = (site / "trials/NCT00000001.html").read_text("utf-8")
    address = root(site) + "trials/NCT00000001.html"
    assert canonical(page) == address
    assert json.loads(re.findall(r"ld\+json\">(.*?)</script>", page)[0])["url"] == address
    form = site / "trials/NCT00000001"
    assert f"UR  - {address}\r\n" in form.with_suffix(".ris").read_bytes().decode()
    assert f"url = {{{address}}}" in form.with_suffix(".bib").read_text("utf-8")
    assert json.loads(form.with_suffix(".fhir.json").read_bytes())["url"] == address
    for feed in ("feed.xml", "conditions/migraine.xml"):
        entries = ElementTree.parse(site / feed).iter(f"{ATOM}entry")
        found = {one.findtext(f"{ATOM}id"): one.find(f"{ATOM}link") for one in entries}
        link = found[address]
        assert link is not None
        assert link.attrib["href"] == address
    lead = canonical((site / "trials/OLD-2020-1.html").read_text("utf-8"))
    assert lead == address


def test_the_sitemap_has_each_page_once_under_its_canonical_address(site: Path) -> None:
    listed = [one.text for one in ElementTree.parse(site / "sitemap.xml").iter(f"{MAP}loc")]
    wanted = [canonical(text) for text in pages(site).values() if "noindex" not in text]
    assert sorted(listed, key=str) == sorted(wanted)
    assert len(set(listed)) == len(listed)


def test_a_link_to_a_source_file_is_escaped(site: Path) -> None:
    page = (site / "trials/NCT00000001.html").read_text("utf-8")
    assert 'href="../sources/a%20b.txt"' in page


def test_without_a_url_nothing_names_an_address(tmp_path: Path) -> None:
    build_site(tmp_path, content(""))
    site = tmp_path / "site"
    assert not list(site.glob("sitemap*"))
    assert (site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    for path, text in pages(site).items():
        assert "og:url" not in text
        assert named(text, CANONICAL) == (["NCT00000001.html"] if "OLD-2020-1" in path else [])


def test_feeds_of_a_site_without_a_url_have_ids_of_their_own(tmp_path: Path) -> None:
    files = content("")
    seen: set[str] = set()
    for title in ("Ours", "Theirs"):
        project = tmp_path / title
        build_site(project, {**files, "site.yaml": f"title: {title}\n"})
        feeds = [ElementTree.parse(path) for path in (project / "site").rglob("*.xml")]
        ids = {one.text or "" for feed in feeds for one in feed.iter(f"{ATOM}id")}
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
        assert len(ids) == len(feeds) + 2  # a trial is one entry in whatever feed it is
        assert not ids & seen
        seen |= ids


def test_a_url_that_is_written_otherwise_changes_nothing(tmp_path: Path) -> None:
    write_files(tmp_path / "content", content("https://example.org/a/"))
    build_site(tmp_path)
    before = digest(tmp_path / "site")
    build_site(tmp_path, {"site.yaml": "title: Ours\nurl: HTTPS://EXAMPLE.org:443/a/index.html\n"})
    assert digest(tmp_path / "site") == before

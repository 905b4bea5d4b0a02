"""What is fuzzed, and what must hold for any bytes: no exception but those named, nothing lost."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from faults.vectors import ALLOWED_TAGS
from selectolax.lexbor import LexborHTMLParser

from trialpages.editor.server import site_file
from trialpages.importers.page_text import read_page_text
from trialpages.importers.registry_json import read_record
from trialpages.importers.sources import find_records
from trialpages.problems import ContentFailure
from trialpages.prose.criteria import criteria
from trialpages.prose.markup import prose
from trialpages.records.model import Trial
from trialpages.records.registry_shape import to_registry
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.text.block_yaml import Unusual, read_block_yaml
from trialpages.text.commonmark import TooDeep
from trialpages.text.file_text import decode
from trialpages.text.front_matter import YamlError, read_yaml
from trialpages.text.weblinks import web_url


def front_matter(data: bytes) -> None:
    """A content file is a trial or has problems; what it says survives writing and reading."""
    found = read_trial(data, "content/trials/NCT00000001.md")
    if found.trial is None:
        assert found.problems
        assert all(str(problem) for problem in found.problems)
    else:
        _comes_back(found.trial)
    text, _ = decode(data, "x.md")
    try:
        quick = read_block_yaml(text or "")
    except Unusual:
        quick = None
    try:
        assert quick in (None, read_yaml(text or "")[0])
    except YamlError:
        assert quick is None


def _comes_back(trial: Trial) -> None:
    text = write_trial(trial)
    again = read_trial(text.encode(), "x.md")
    assert again.trial == trial, again.problems
    assert write_trial(trial) == text


_HREF = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def markdown(data: bytes) -> None:
    """HTML of known elements only, without handlers or foreign addresses, ids all different."""
    text = data.decode("utf-8", "replace").replace("\x00", "")
    try:
        pieces = [str(prose.__wrapped__(text)), *(str(group.html) for group in criteria(text))]
    except TooDeep:
        return
    for piece in pieces:
        for node in LexborHTMLParser(piece).css("body *"):
            assert node.tag in ALLOWED_TAGS, node.tag
            assert not set(node.attributes) - {"href", "rel", "value", "id", "class", "title"}
            href = node.attributes.get("href")
            assert not href or (_HREF.match(href) and web_url(href)), href
    ids = re.findall(r'<li[^>]* id="([^"]+)"', "".join(pieces[1:]))
    assert len(ids) == len(set(ids))


def registry(data: bytes) -> None:
    """A stream is records and problems; a record goes out as it came, and survives its file."""
    for found in find_records(["-"], io.BytesIO(data)):
        if not isinstance(found.content, dict):
            continue
        try:
            imported = read_record(found.content, found.where)
        except ContentFailure as failure:
            assert failure.problems
            continue
        record = {key: value for key, value in found.content.items() if key != "resultsSection"}
        assert to_registry(imported.trial) == record
        _comes_back(imported.trial)


def page_text(data: bytes) -> None:
    """Any text is a trial with notes: each of its words is somewhere in the file it becomes."""
    text, _ = decode(data.decode("utf-8", "replace").encode(), "NCT00000001.txt")
    if text is None:
        return
    try:
        trial = read_page_text(text, "NCT00000001.txt", "0" * 64).trial
    except ContentFailure as failure:
        assert failure.problems
        return
    _comes_back(trial)


@cache
def _small_site() -> Path:
    """A site between two secrets, with links that lead out of it."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for name in ("site/index.html", "site/trials/a.html", "site-x/secret", "secret"):
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(name)
    (folder / "site/link").symlink_to(folder / "secret")
    (folder / "site/folder").symlink_to(folder / "site-x")
    return folder / "site"


def server_path(data: bytes) -> None:
    """An address path names a plain file inside the site, or nothing."""
    site = _small_site()
    found = site_file(site, data.decode("utf-8", "surrogateescape"))
    if found is not None:
        real = found.resolve()
        assert real.is_relative_to(site.resolve())
        assert "secret" not in real.read_text()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "front_matter": front_matter,
    "prose": markdown,
    "registry": registry,
    "page_text": page_text,
    "server_path": server_path,
}

WORDS: dict[str, tuple[bytes, ...]] = {
    "front_matter": (
        b"---\n", b"nct_id: NCT00000001\n", b"brief_title: ", b"overall_status: RECRUITING\n",
        b"study_type: OBSERVATIONAL\n", b"conditions:\n  - ", b"## Brief summary\n\n", b"\n", b": ",
        b" #", b"- ", b'"', b"'", b"|-\n", b"> ", b"&a", b"*a", b"!!str", b"<<: ", b"\xef\xbb\xbf",
        b"\r\n", b"\xe2\x80\xa8", b"  ", b"[", b"{", b"start_date: 2024-07\n", b"draft: true\n",
        b"## Eligibility criteria\n\n", b"### Inclusion criteria\n\n", b"\\## ", b"\x85", b"x",
    ),
    "prose": (
        b"* ", b"1. ", b"9) ", b"> ", b"# ", b"\n", b"\n\n", b"    ", b"`", b"```\n", b"[a](", b")",
        b"![", b"]", b"<b>", b"<a:b>", b"javascript:", b"https://a.org", b"\\", b"&lt;", b"**",
        b"_", b"Inclusion Criteria:\n\n", b"Exclusion Criteria:\n\n", b"\xe2\x89\xa5", b"a", b"\t",
        b"---", b"===", b"[a]: b", b'"', b"<!--", b"\x00", b"\xe2\x80\xa8", b"|", b"~~~",
    ),
    "registry": (
        b'{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"A"},',
        b'"statusModule":{"overallStatus":"RECRUITING"},"designModule":{"studyType":"OBSERVATIONAL"}',
        b"}}", b"{", b"}", b"[", b"]", b",", b":", b'"', b"null", b"true", b"-1e9", b"1.50", b'"a"',
        b'"phases":["NA"]', b'"conditionsModule":{"conditions":["x"]}', b"\n", b"PK\x03\x04",
        b"\x1f\x8b", b'"studies":', b'"hasResults":false', b"\\u0000", b"\\ud800",
        b'"derivedSection":',
    ),
    "page_text": (
        b"Study Overview\n", b"Brief Summary\n", b"Inclusion Criteria:\n", b"Exclusion Criteria:\n",
        b"ClinicalTrials.gov ID\nNCT00000001\n", b"\n", b"1. ", b"* ", b"  ", b"\\>", b"!", b"[",
        b"<", b"Recruiting\n", b"Sponsor\n", b"Contacts and Locations\n", b"Arms\n",
        b"Drug: x\n", b"18 Years", b"Ages Eligible for Study\n", b"Official Title\n",
        b"\xe2\x89\xa5", b"\t", b"\r\n", b"\x0c",
    ),
    "server_path": (
        b"/", b"..", b".", b"\\", b"index.html", b"trials", b"a.html", b"link", b"folder",
        b"secret", b"site-x", b"%2e", b"%2f", b"\x00", b":", b"C:", b"//", b"~", b"\xff",
        b" ", b"etc/passwd",
    ),
}  # fmt: skip
"""Words that lead deeper into each reader than bytes of no sense would."""

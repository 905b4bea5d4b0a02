"""Where a page may lead outside the site: the one check for every address that content names."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from trialpages.problems import unseen
from trialpages.text.hosts import disguise


@lru_cache(maxsize=256)  # a page, its linked data and its other forms ask for the same ones
def web_url(url: str | None) -> str:
    """`url` if a page may link to it, else the empty text. The one check for every href.

    Allowed are http and https with the name or the number of a host, a port there can be, and no
    name or password before it, which dress one host up as another; mailto with one address and
    nothing else, since `?bcc=` writes to more than a page shows. Nothing with white space or a
    backslash, or `%` in a host, which browsers read in ways of their own, or with a sign that can't
    be seen; no host in brackets, and none that passes for another.

    >>> web_url("https://example.org/a"), web_url("javascript:alert(1)"), web_url("//example.org")
    ('https://example.org/a', '', '')
    """
    if not url or _NOT_IN_A_URL.search(url) or unseen(url):
        return ""
    try:
        parts = urlsplit(url)
        port = parts.port  # raises where there can be no such port
    except ValueError:
        return ""
    if port == 0:
        return ""
    if parts.scheme.lower() in ("http", "https"):
        return url if _is_honest(parts.netloc) else ""
    return url if _MAIL.fullmatch(url) and _is_honest(url.partition("@")[2]) else ""


def _is_honest(host: str) -> bool:
    """Whether a host, maybe with its port, is one and looks like itself."""
    found = _HOST.fullmatch(host)
    return bool(found and not disguise(found[1]))


_MAIL = re.compile(r"mailto:[\w.!$'*+/=^`{|}~-]+@[\w.-]+", re.IGNORECASE)
_HOST = re.compile(r"((?:[\w.-]|[^\x00-\x7f])+)(?::[0-9]*)?", re.ASCII | re.I)
"""A name or a number, and a port."""
_NOT_IN_A_URL = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


def pubmed_page(pmid: str) -> str:
    """The page of an article at PubMed; '' for what is no number of one."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isascii() and pmid.isdigit() else ""


def tel_address(number: str) -> str:
    """The address (RFC 3966) that dials a number; '' where more than a number is written.

    A `+` stands where the record writes it, and where `(0)` says that a country's code is before
    it. Behind such a code the 0 in brackets is for callers within the country, and isn't dialled
    from abroad, but for Italy and its neighbours, where nobody leaves it out.

    >>> tel_address("+44 (0)20 7946 0000"), tel_address("(301) 555-0100"), tel_address("1 ext. 2")
    ('tel:+442079460000', 'tel:3015550100', '')
    """
    digits = re.sub(r"[ ().-]", "", _TRUNK.sub(_from_abroad, number))
    return f"tel:{digits}" if _DIALLED.fullmatch(digits) else ""


def beside_number(extension: str) -> str:
    """What a record has as extension and is none, in brackets; '' for one that is dialled.

    Registry forms hold a country's code there (`+33`, `0033`), a second number or words (`option
    6`): called an extension each of them would be dialled wrongly.

    >>> beside_number("+33"), beside_number("0033"), beside_number("635200"), beside_number("07")
    ('(+33)', '(0033)', '', '')
    """
    return "" if _EXTENSION.fullmatch(extension.strip()) else f"({extension})"


_EXTENSION = re.compile(r"(?!00[1-9])[0-9]{1,6}")


def _from_abroad(found: re.Match[str]) -> str:
    return f"{found['sign'] or '+'}{found['country']}{found['area'] or ''}"


_TRUNK = re.compile(
    r"^\s*(?:(?P<sign>\+|00)\s*)?(?P<country>(?!39|37[89])[1-9][0-9]{0,2})[\s-]*"
    r"\(0(?(sign)(?P<area>[0-9]{0,4}))\)"
)
_DIALLED = re.compile(r"(?!0+$)(?:\+[0-9]{5,15}|[0-9]{5,16})")

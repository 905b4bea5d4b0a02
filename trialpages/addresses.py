"""Where everything of the site is: paths below its root, and addresses under the site's URL.

The one place that makes either. A page links to its neighbours by paths; sitemap, feeds, canonical
links, linked data and citations name addresses, and a page has one address only.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit
from uuid import NAMESPACE_URL, uuid5

from trialpages.records.registry_numbers import file_name

HOME = "index.html"

# --- paths, from the site's root ----------------------------------------------------------------


def trial_path(trial_id: str) -> str:
    return f"trials/{file_name(trial_id)}.html"


def results_path(trial_id: str) -> str:
    """The page of a trial's posted results."""
    return f"trials/{file_name(trial_id)}.results.html"


def form_path(trial_id: str, ending: str) -> str:
    """The form of a trial for other programs: `json`, `ris` …"""
    return f"trials/{file_name(trial_id)}.{ending}"


def original_path(name: str) -> str:
    """Where a source file of that name is published."""
    return f"sources/{name}"


def index_path(kind: str) -> str:
    """The index of a kind of list: `conditions`, `sponsors` …"""
    return f"{kind}/{HOME}"


def list_path(kind: str, slug: str) -> str:
    """The list of the trials that share a term, by the name of its files."""
    return f"{kind}/{slug}.html"


def search_path(name: str, value: str) -> str:
    """The search page with one value of a filter chosen."""
    return f"search.html?{urlencode({name: value})}"


PACKS = "packs/index.js"
"""The entry of what `pack_path` names."""


def pack_path(number: int) -> str:
    """A few trials in one script: see `lists/packs.py`."""
    return f"packs/{number}.js"


def link_beside(path: str) -> str:
    """How a page links to a file in its own folder."""
    return escaped(path.rpartition("/")[2])


def escaped(path: str) -> str:
    """A path as a link names it: what isn't of letters, digits and `-._~` may be escaped."""
    return quote(path, safe=_IN_PATH)


def escaped_name(name: str) -> str:
    """One step of a path as a link names it: a slash within is escaped, too."""
    return quote(name, safe="")


_IN_PATH = "/:@!$&()*+,;=~"
"""What RFC 3986 allows in a path beside letters, digits and `-._`."""


# --- addresses ----------------------------------------------------------------------------------


def address_of(path: str, site: str) -> str:
    """The one address of a file under the site's URL (as `site_address` gives it): that of a
    folder's page ends with its slash. Empty where the site has no URL."""
    if not site:
        return ""
    folder, _, name = path.rpartition("/")
    kept = path if name != HOME else f"{folder}/" if folder else ""
    return site + escaped(kept)


def lasting_id(path: str, site: str, title: str, folder: str = "") -> str:
    """An id for a file of the site that no other site's file has (RFC 4287, atom:id): its address,
    or for a site without a URL a UUID made of the site's title and the path, which begins in the
    `folder` of its language."""
    if address := address_of(path, site):
        return address
    return uuid5(NAMESPACE_URL, f"trialpages\n{title}\n{folder}{path}").urn


def folder_on_server(site: str) -> str:
    """The site's root as a path on its server, `/trials/`: for a page that is shown at whatever
    address was asked for. Empty where the site has no URL."""
    return urlsplit(site).path if site else ""


def is_made_up(site: str) -> bool:
    """Whether nobody can own the name of the server, like that of the shipped content's site."""
    return (urlsplit(site).hostname or "").endswith(_MADE_UP)


_MADE_UP = (".example", ".invalid", ".test")
"""Ends of such names (RFC 2606)."""


# --- the site's own URL, as people write it -----------------------------------------------------


_WRITE = "write it as https://example.org/trials/"


class BadAddressError(ValueError):
    """No address a site can have: `message` says why, `hint` what to write."""

    def __init__(self, message: str, hint: str = _WRITE) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def site_address(written: str) -> str:
    """A site's URL in the one form that everything published uses; empty for an empty text.

    Scheme and host are in small letters, a host of other scripts in its ASCII form (UTS 46), a
    path in ASCII with a slash at its end and without `index.html`, a port only where it isn't the
    scheme's own. Raises BadAddressError for what no site can be published at.
    """
    if not written:
        return ""
    _check_signs(written)
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadAddressError(f"`{written}` is no web address") from None
    if parts.scheme not in _PORTS:
        has_other = ":" in written.split("/", 1)[0]
        hint = _WRITE if has_other else f"write it as https://{written.lstrip('/')}"
        raise BadAddressError(f"`{written}` doesn't begin with https:// or http://", hint)
    if "@" in parts.netloc:
        raise BadAddressError("the site's address holds a name or a password before `@`")
    number = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    address = f"{parts.scheme}://{_host(host)}{number}{_folder(parts.path)}"
    if len(address) > _LONGEST:
        message = f"the site's address has {len(address):,} characters; {_LONGEST:,} is the most"
        raise BadAddressError(message, "publish it in a folder of a shorter name")
    return address


_LONGEST = 1_000
"""Every page names it several times, and its QR code has room for twice as many."""
_PORTS = {"http": 80, "https": 443}
_ODD = " \"'<>\\`{}|^"
_NOT_A_FOLDER = re.compile(r"[?#]")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _check_signs(written: str) -> None:
    odd = next((sign for sign in written if sign in _ODD or not sign.isprintable()), "")
    if odd:
        name = "a space" if odd == " " else f"`{odd}`" if odd in _ODD else f"U+{ord(odd):04X}"
        raise BadAddressError(f"the site's address holds {name}, which no web address can")
    if found := _NOT_A_FOLDER.search(written):
        message = f"the site's address can't have a `{found[0]}` and what follows it"
        raise BadAddressError(message, f"write it as {written[: found.start()]}")
    if _NO_ESCAPE.search(written):
        raise BadAddressError("two hexadecimal digits must follow each `%` of the site's address")


_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*|[0-9a-f:.]*:[0-9a-f:.]*")


def _host(host: str) -> str:
    """A host's name in ASCII, an IPv6 address in its brackets."""
    name = host
    if not host.isascii():
        import idna  # takes longer to load than a small site to build, and few need it

        try:
            name = idna.encode(host, uts46=True).decode()
        except idna.IDNAError as error:
            raise BadAddressError(f"`{host}` is no name a server can have: {error}") from None
    if not name:
        raise BadAddressError("the site's address names no server")
    if not _HOST.fullmatch(name):
        raise BadAddressError(f"`{host}` is no name a server can have")
    return f"[{name}]" if ":" in name else name


def _folder(path: str) -> str:
    """A path with one slash at its end: `/trials/` of `/trials`, `/trials//`, `/trials/index.html`.

    Raises BadAddressError for one that names another page, or a folder in a roundabout way.
    """
    *folders, last = path.rstrip("/").split("/")
    if last.lower() == HOME:
        last = ""
    elif _PAGE.search(last):
        message = f"the site's address names a page, `{last}`"
        raise BadAddressError(message, "name the folder it is in")
    names = [*folders, last]
    while names and not names[-1]:
        names.pop()
    # Browsers take `%2e` for a dot.
    if any(_ESCAPED_DOT.sub(".", name) in ("", ".", "..") for name in names[1:]):
        raise BadAddressError("the path of the site's address holds `//`, `/./` or `/../`")
    return quote("/".join(names or [""]) + "/", safe=_IN_PATH + "%")


_ESCAPED_DOT = re.compile("%2e", re.IGNORECASE)
_PAGE = re.compile(r"\.(html?|php|aspx?)$", re.IGNORECASE)

"""The rows: what can go wrong, and the figure each must reach."""

# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Fault(NamedTuple):
    group: str
    fault: str
    asked: str
    """The figure to reach."""


GROUPS = {
    "A": "Files and encodings",
    "B": "YAML",
    "C": "Markdown and text",
    "D": "Templates",
    "E": "Names",
    "F": "Faults while building",
    "G": "Same in, same out",
    "H": "Browser and privacy",
    "I": "The preview server",
    "J": "Checks, supply, CI",
    "K": "Hostile content and hard-pressed machines",
}

ROWS = {
    1: Fault(
        "A",
        "not UTF-8 (UTF-16, Latin-1, cut, overlong, surrogate)",
        "12 of 12 refused with line and byte; unchanged",
    ),
    2: Fault(
        "A",
        "BOM",
        "output byte-equal with and without",
    ),
    3: Fault(
        "A",
        "CRLF, CR, mixed; U+2028, NEL",
        "20 inputs × 3 endings byte-equal",
    ),
    4: Fault(
        "A",
        "NUL, control characters, bidi controls",
        "C0/C1 but tab and newline refused with column; bidi warned",
    ),
    5: Fault(
        "A",
        "empty, absent or unclosed front matter",
        "8 shapes: one problem each, no page",
    ),
    6: Fault(
        "A",
        "`---` inside a body or a value",
        "parse(write(x)) == x for 10,000 random documents",
    ),
    7: Fault(
        "A",
        "a 50 MB file",
        "refused before it is read whole; ≤ 50 ms, ≤ 5 MB more memory. Limit ≥ 4 MB: real results reach 1.1 MB",
    ),
    8: Fault(
        "A",
        "symlink loop, dangling link, link to /etc, FIFO, mode 000",
        "6 kinds reported, ≤ 2 s, no foreign byte in site/",
    ),
    9: Fault(
        "A",
        "file rewritten or deleted during a build",
        "50 edits/s for 30 s: each page is some real version",
    ),
    10: Fault(
        "B",
        "alias bomb, merge-key bomb",
        "any alias, anchor, tag, `<<` refused, ≤ 10 ms",
    ),
    11: Fault(
        "B",
        "deep nesting",
        "10² … 10⁶ levels: no crash, ≤ 50 ms",
    ),
    12: Fault(
        "B",
        "duplicate keys",
        "at any depth: both lines named",
    ),
    13: Fault(
        "B",
        "NO, on, 012, 12:30:45, dates, `~`, 1_000, every ISO country code",
        "60 literals + 249 codes kept word for word",
    ),
    14: Fault(
        "B",
        "unquoted `:` `#` `@` `%` `*` `&` `>`",
        'the writer always quotes what needs it: 100,000 random strings round-trip; a hand edit gets a caret and "put quotes"',
    ),
    15: Fault(
        "B",
        "tab indentation, two documents, a list or a string on top, 1 MB of digits, `!!python/…`",
        "one problem each, nothing executed",
    ),
    16: Fault(
        "B",
        "misspelt field or value",
        "right suggestion for ≥ 95 % of one-letter typos",
    ),
    17: Fault(
        "C",
        "pathological Markdown (`![`×40k, `x <![CDATA[`×40k, nested brackets, lists)",
        "per-field bound; no input costs > 2 s a page; time ratio on doubling ≤ 2.4",
    ),
    18: Fault(
        "C",
        "text lost by nesting",
        "words in = words out, every record, 0 lost",
    ),
    19: Fault(
        "C",
        "text changed by Markdown (`>`, `*`, `1.`, `---`)",
        "text(render(s)) == normalise(s), 100,000 random strings and every real record",
    ),
    20: Fault(
        "C",
        "raw HTML, script, event handlers, style",
        "150 vectors in a real browser: 0 executions, only allow-listed tags",
    ),
    21: Fault(
        "C",
        "link schemes: javascript, vbscript, data, file, feed:javascript, jar, blob, view-source, `//host`",
        "http, https, mailto, relative only: 60 vectors, 0 pass",
    ),
    22: Fault(
        "C",
        "a data or javascript URL from front matter in an href",
        "every href/src from data goes through one URL check",
    ),
    23: Fault(
        "C",
        "remote images, inline styles, clashing ids",
        "0 external requests, 0 duplicate ids",
    ),
    24: Fault(
        "C",
        "template code in content",
        "40 payloads appear literally",
    ),
    25: Fault(
        "D",
        "undefined variable, syntax error, missing include",
        "20 of 20 reported with file and line; autoescape and StrictUndefined on; unchanged",
    ),
    26: Fault(
        "D",
        "`safe` used loosely",
        "one place in the code makes markup; a test finds any other",
    ),
    27: Fault(
        "E",
        "traversal through ids, slugs, aliases, zip members on import",
        "10,000 generated names: every write inside the output",
    ),
    28: Fault(
        "E",
        "collisions (case, NFC/NFD, alias against id)",
        "both files named; 12 of 12",
    ),
    29: Fault(
        "E",
        "CON, aux, COM1, trailing dot, 300-byte terms",
        "safe slugs; 30 of 30",
    ),
    30: Fault(
        "F",
        "any error at any stage",
        "unchanged, always",
    ),
    31: Fault(
        "F",
        "kill -9 at a random moment",
        "200 points: old or new, 200 of 200; the next build equals a clean one; nothing left over",
    ),
    32: Fault(
        "F",
        "the N-th I/O call fails (ENOSPC, EIO, EACCES, EMFILE)",
        "every N of a small build × 4 errors: exit 3, unchanged",
    ),
    33: Fault(
        "F",
        "disk really full, read-only site/",
        "exit 3 with what to do, unchanged",
    ),
    34: Fault(
        "F",
        "two builds at once, a build beside watch",
        "50 rounds, 0 mixed; a lock left by kill -9 holds nobody up",
    ),
    35: Fault(
        "F",
        "a reader during the swap",
        "4 readers for 60 s: 0 torn, 0 missing pages",
    ),
    36: Fault(
        "F",
        "power loss",
        "fsync of files and folders before the swap (checked in the system-call trace)",
    ),
    37: Fault(
        "F",
        "stale and foreign files in site/",
        "a deleted trial is gone from pages, lists, feeds and search in one build; a folder the tool didn't make is refused, never deleted",
    ),
    38: Fault(
        "F",
        "cache damaged, older, of another version",
        "1,000 bit flips and truncations: output equals a clean build",
    ),
    39: Fault(
        "F",
        "incremental differs from clean",
        "500 random edit sequences (same size and time, renames, template, theme and site.yaml edits, deletions): equal byte for byte, 500 of 500",
    ),
    40: Fault(
        "F",
        "Pagefind missing, crashing, hanging, finding nothing",
        "exit 3, unchanged",
    ),
    41: Fault(
        "G",
        "time zone, locale, umask, hash seed, path, core count, directory order, clock",
        "8 variants: one digest for all but the search index (SOURCE_DATE_EPOCH respected); the search answers the same 50 queries with the same results",
    ),
    42: Fault(
        "H",
        "content security policy",
        "strict meta CSP on every page: 0 violations on any page type, over http and file://",
    ),
    43: Fault(
        "H",
        "third-party requests, cookies, storage",
        "0 requests off the site's origin; nothing stored but what a visitor asked for",
    ),
    44: Fault(
        "I",
        "exposure, DNS rebinding",
        "loopback only; 12 foreign Hosts refused",
    ),
    45: Fault(
        "I",
        "path traversal (`..`, `%2e`, backslash, sibling `site-x/`, symlink)",
        "40 paths: 0 bytes from outside",
    ),
    46: Fault(
        "I",
        "cross-origin reading of the reload channel",
        "no CORS header, foreign Origin refused",
    ),
    47: Fault(
        "I",
        "an error page made of hostile file names",
        "inert; and no reload code in site/",
    ),
    48: Fault(
        "I",
        "a burst of 20,000 changes, atomic saves, editors' temporary files",
        "final state equals a clean build",
    ),
    49: Fault(
        "J",
        "broken internal link, anchor, duplicate id",
        "25 planted, 25 found, 0 false on a clean site",
    ),
    50: Fault(
        "J",
        "accessibility",
        "20 planted static faults found; axe: 0 violations on every page type, light, dark and print",
    ),
    51: Fault(
        "J",
        "dependencies",
        "lower and upper bounds stated, a constraints file with hashes; Pagefind run without a shell and with a clean environment",
    ),
    52: Fault(
        "J",
        "workflow",
        "actions pinned by commit, least permissions",
    ),
    53: Fault(
        "J",
        "network while building",
        "the build makes no connection (checked in an empty network namespace)",
    ),
    54: Fault(
        "J",
        "hostile registry input: 2 GB zip bomb, zip with `../`, JSON nested 100,000 deep, wrong types, missing modules, 735 partial records",
        "refused or imported with notes, never a crash, nothing outside content/ written; memory bounded",
    ),
    55: Fault(
        "K",
        "links to folders and files outside, at any depth of content/",
        "20 kinds of links: refused with their path, 0 foreign bytes in site/",
    ),
    56: Fault(
        "K",
        "text of content in messages: escapes, new lines, workflow commands, bidi",
        "60 payloads in every place a message quotes: 0 control bytes on the terminal, 0 lines that begin with `::` of its own making",
    ),
    57: Fault(
        "K",
        "characters XML can't hold, by every way in (YAML escapes, JSON, names, settings)",
        "40 inputs × feeds, sitemap, SVG, exports: all well-formed",
    ),
    58: Fault(
        "K",
        "pages that grow with a product of two lists; quadratic helpers",
        "doubling any list of any field: work and bytes × ≤ 2.4; page of 300 × 300 arms ≤ 0.5 MB",
    ),
    59: Fault(
        "K",
        "umask, ACL, setgid at every build of a sequence",
        "modes equal to a clean build with umask 022",
    ),
    60: Fault(
        "K",
        "names not UTF-8, of 255 bytes, with new lines, anywhere",
        "12 of 12 named",
    ),
    61: Fault(
        "K",
        "archives: password, Deflate64, zstd, damaged LZMA, wrong flags, nested, overlapping; disk bombs; TMPDIR full",
        "16 of 16: that file named, the rest imported; disk bounded; exit 3 for a full disk",
    ),
    62: Fault(
        "K",
        "import accepts what build refuses",
        "0 of 40 odd records imported that don't build",
    ),
    63: Fault(
        "K",
        "pictures: encodings, style sheets, entities, external references",
        "60 SVGs: 0 that ask another host when opened",
    ),
    64: Fault(
        "K",
        "search: any file of the index missing, cut, late, refused, of another build",
        "every file × 5 faults: a true count or a plain failure, and it heals without a reload by hand",
    ),
    65: Fault(
        "K",
        "memory short (`ulimit -v`, cgroup), threads refused",
        "exit 3 with the cause, unchanged",
    ),
    66: Fault(
        "K",
        "registry: 403, 429, 503, cut, slow, redirect loop, HTML in place of JSON, other shape, token of another data version",
        "200 mixed runs: content/ whole, nothing half written, the cause said",
    ),
    67: Fault(
        "K",
        "kill -9 in a sync",
        "100 of 100: content/ whole, the next sync ends the same",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a test while it runs."""

    number: int
    _properties: list[tuple[str, object]]

    def reached(self, figure: str) -> None:
        """Keep a figure: call it before the assertion, so that a failure shows it too."""
        self._properties.append(("reached", figure))


def number_of(test: str) -> int:
    """`test_row_10_alias_bombs` is of row 10."""
    found = re.match(r"test_row_(\d+)_", test)
    assert found, f"{test} is named after no row"
    return int(found[1])

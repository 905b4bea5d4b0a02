"""How to cite a trial's record: RIS and BibTeX, for reference managers.

What is cited is as `trial.citation` has it for the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from trialpages.characters import one_line
from trialpages.prose.plain_values import plain_text
from trialpages.records.model import Trial
from trialpages.records.registry_numbers import file_name
from trialpages.trial.citation import (
    cited_author,
    cited_date,
    cited_keywords,
    cited_title,
    corporate_author,
    passed_on,
)
from trialpages.trial.registry import registry_name, registry_page

# --- RIS ----------------------------------------------------------------------------------------


def ris(trial: Trial, url: str, accessed: date) -> str:
    """The record as one RIS reference (Research Information Systems format, 2011), CRLF lines.

    `url` is the trial's page, `accessed` the day it was read. Raises TooDeep.
    """
    lines = (f"{tag}  - {one_line(text)}\r\n" for tag, text in _ris(trial, url, accessed) if text)
    return "".join(lines) + "ER  - \r\n"


def _ris(trial: Trial, url: str, accessed: date) -> Iterator[tuple[str, str]]:
    updated = cited_date(trial)
    yield "TY", "ELEC"  # a web page; RIS has no type for a registry's record
    yield "ID", trial.nct_id
    yield "AU", corporate_author(cited_author(trial))
    yield "TI", cited_title(trial)
    yield "ST", trial.brief_title
    yield "T2", registry_name(trial)
    yield "PY", updated[:4]
    yield "DA", _ris_date(updated)
    yield "Y2", _ris_date(accessed.isoformat())
    yield "DB", registry_name(trial)
    yield "AN", trial.nct_id
    yield "AB", plain_text(trial.brief_summary or "")
    if "," in cited_author(trial):
        yield "N1", f"Sponsor: {cited_author(trial)}"  # to the letter
    yield "N1", passed_on(trial)
    for keyword in cited_keywords(trial):
        yield "KW", keyword
    for address in dict.fromkeys((url, registry_page(trial))):
        yield "UR", address


def _ris_date(day: str) -> str:
    """`2024/07/03/`: RIS writes year, month, day and other, each behind its slash."""
    if not day:
        return ""
    year, month, number = (*day.split("-"), "", "")[:3]
    return f"{year}/{month}/{number}/"


# --- BibTeX -------------------------------------------------------------------------------------


def bibtex(trial: Trial, url: str, accessed: date) -> str:
    """The record as one BibTeX entry in UTF-8, which biblatex reads as well.

    `url` is the trial's page, `accessed` the day it was read.
    """
    fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex(trial, url, accessed))
    return f"@misc{{{file_name(trial.nct_id)},\n{fields}}}\n"


def _bibtex(trial: Trial, url: str, accessed: date) -> Iterator[tuple[str, str]]:
    updated = cited_date(trial)
    if sponsor := cited_author(trial):
        yield "author", _kept_whole(sponsor)
    yield "title", _kept_whole(cited_title(trial))
    yield "shorttitle", _kept_whole(trial.brief_title)
    if registry := registry_name(trial):
        yield "howpublished", f"{{{tex(registry)}}}"
    note = "; ".join(filter(None, (f"Identifier: {trial.nct_id}", passed_on(trial))))
    yield "note", f"{{{tex(note)}}}"
    if updated:
        yield "year", f"{{{updated[:4]}}}"
    if len(updated) > len("2024"):
        yield "month", _MONTHS[int(updated[5:7]) - 1]
    if address := url or registry_page(trial):
        yield "url", f"{{{_verbatim_url(address)}}}"
        yield "urldate", f"{{{accessed.isoformat()}}}"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The strings that every BibTeX style defines."""


def _kept_whole(text: str) -> str:
    """A field's value whose case no style changes and whose words no style takes for names.

    A brace with a backslash right behind it would be BibTeX's "special character", whose case is
    changed after all; an empty group comes between.
    """
    escaped = tex(text)
    return "{{{}" + escaped + "}}" if escaped.startswith("\\") else "{{" + escaped + "}}"


def tex(text: str) -> str:
    """The text on one line as LaTeX source that prints the same signs.

    Braces become commands: BibTeX counts them even behind a backslash. < > and | become formulas:
    LaTeX's old font encoding prints them as ¡ ¿ and —, and not every reader knows `textless`.
    Signs that would join into another (--, '', ?`) are kept apart.
    """
    escaped = _SPECIAL.sub(lambda sign: _TEX[sign[0]], one_line(text))
    return _JOINING.sub(r"\g<0>{}", escaped)


_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"$\lbrace$",
    "}": r"$\rbrace$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    "|": "$|$",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
}
_SPECIAL = re.compile(f"[{re.escape(''.join(_TEX))}]")
_JOINING = re.compile(r"([-'`,])(?=\1)|[?!](?=`)")
"""The first of two signs."""


def _verbatim_url(url: str) -> str:
    """A URL as styles print it, verbatim: only what would end the field is percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", url)

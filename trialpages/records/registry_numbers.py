"""The registries there are: what each is called, how it writes its numbers, where a record stands.

A number says itself which registry gave it. Forms as the registries publish them; those that can't
be told from a number of somebody's own are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from trialpages.text.commands import command

if TYPE_CHECKING:
    from trialpages.records.model import Trial

CLINICALTRIALS_GOV = "ClinicalTrials.gov"
ISRCTN = "ISRCTN"
CTIS = "EU Clinical Trials Information System (CTIS)"
ICTRP = "WHO International Clinical Trials Registry Platform (ICTRP)"
"""Which gives no numbers: it passes on what the registries have."""


class RegistryEntry(NamedTuple):
    name: str
    """As one cites it."""
    number: str
    """A pattern of its numbers, in the capitals and small letters that it writes them in."""
    page: str = ""
    """The address of a record, with `{}` for its number; '' where the number doesn't tell it."""
    hosts: str = ""
    """Where its records stand else, parted by spaces; those of the others are its page's."""
    in_page: Callable[[str], str] = str
    """A number as its page's address has it."""

    def page_of(self, number: str) -> str:
        """The address of a record; '' where its number doesn't tell it."""
        return self.page.format(self.in_page(as_written(number)))


def _eudract(number: str) -> str:
    """Without what the WHO writes around it: `EUCTR2013-000615-24-BE`."""
    return number.removeprefix("EUCTR")[:14]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


REGISTRIES = (
    RegistryEntry(CLINICALTRIALS_GOV, r"NCT\d{8}", "https://clinicaltrials.gov/study/{}"),
    RegistryEntry(ISRCTN, r"ISRCTN\d{8}", "https://www.isrctn.com/{}"),
    RegistryEntry(
        CTIS,
        r"20\d\d-5\d{5}-\d\d-\d\d",
        "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={}",
    ),
    RegistryEntry(
        "EU Clinical Trials Register",
        r"(19|20)\d\d-\d{6}-\d\d|EUCTR(19|20)\d\d-\d{6}-\d\d"
        r"(-[A-Z]{2}|-Outside-EU/EEA)?",
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{}",
        in_page=_eudract,
    ),
    RegistryEntry(
        "German Clinical Trials Register (DRKS)",
        r"DRKS\d{8}",
        "https://drks.de/search/en/trial/{}",
    ),
    RegistryEntry(
        "Australian New Zealand Clinical Trials Registry (ANZCTR)",
        r"ACTRN\d{14}p?",
        "https://www.anzctr.org.au/{}.aspx",
    ),
    RegistryEntry(
        "Brazilian Registry of Clinical Trials (ReBEC)",
        r"RBR-[0-9a-z]{5,8}",
        "https://ensaiosclinicos.gov.br/rg/{}",
    ),
    RegistryEntry(
        "Chinese Clinical Trial Registry (ChiCTR)",
        r"ChiCTR(-[A-Z]{2,4}-)?\d{8,10}",
        hosts="chictr.org.cn",
    ),
    RegistryEntry(
        "Clinical Research Information Service (CRIS)", r"KCT\d{7}", hosts="cris.nih.go.kr"
    ),
    RegistryEntry(
        "Clinical Trials Registry - India (CTRI)",
        r"CTRI/20\d\d/\d\d\d?/\d{6}",
        hosts="ctri.nic.in ctri.icmr.org.in",
    ),
    RegistryEntry(
        "Cuban Public Registry of Clinical Trials (RPCEC)",
        r"RPCEC\d{8}",
        "https://rpcec.sld.cu/en/trials/{}-En",
    ),
    RegistryEntry(
        "Hong Kong University Clinical Trials Registry (HKUCTR)",
        r"HKUCTR-\d{1,4}",
        hosts="hkuctr.com",
    ),
    RegistryEntry(
        "Iranian Registry of Clinical Trials (IRCT)",
        r"IRCT\d{8,14}N\d+",
        hosts="irct.behdasht.gov.ir irct.ir",
    ),
    RegistryEntry(
        "Japan Registry of Clinical Trials (jRCT)",
        r"jRCTs?\d{9,10}",
        "https://jrct.mhlw.go.jp/en-latest-detail/{}",
        "jrct.niph.go.jp",
    ),
    RegistryEntry(
        "Japan Pharmaceutical Information Center Clinical Trials Information (JapicCTI)",
        r"JapicCTI-\d{6}",
        hosts="clinicaltrials.jp",
    ),
    RegistryEntry(
        "Japan Medical Association Center for Clinical Trials (JMACCT)",
        r"JMA-IIA\d{5}",
        hosts="jmacct.med.or.jp",
    ),
    RegistryEntry(
        "International Traditional Medicine Clinical Trial Registry (ITMCTR)",
        r"ITMCTR\d{10}",
        hosts="itmctr.ccebtcm.org.cn",
    ),
    RegistryEntry(
        "Lebanese Clinical Trials Registry (LBCTR)", r"LBCTR\d{10}", hosts="lbctr.moph.gov.lb"
    ),
    RegistryEntry(
        "Overview of Medical Research in the Netherlands (OMON)",
        r"NL-OMON\d{4,6}",
        "https://onderzoekmetmensen.nl/en/trial/{}",
        in_page=_digits,
    ),
    RegistryEntry(
        "Netherlands Trial Register (NTR)",
        r"(NL|NTR)\d{3,5}",
        hosts="trialregister.nl onderzoekmetmensen.nl",
    ),
    RegistryEntry(
        "Pan African Clinical Trials Registry (PACTR)",
        r"PACTR\d{15}",
        hosts="pactr.samrc.ac.za pactr.org",
    ),
    RegistryEntry(
        "Peruvian Clinical Trial Registry (REPEC)",
        r"PER-\d{3}-\d\d",
        hosts="ensayosclinicos-repec.ins.gob.pe",
    ),
    RegistryEntry(
        "Sri Lanka Clinical Trials Registry (SLCTR)",
        r"SLCTR/20\d\d/\d{3}",
        "https://slctr.lk/trials/{}",
        in_page=lambda number: file_name(number).lower(),
    ),
    RegistryEntry(
        "Thai Clinical Trials Registry (TCTR)",
        r"TCTR\d{11}",
        "https://www.thaiclinicaltrials.org/show/{}",
    ),
    RegistryEntry("UMIN Clinical Trials Registry (UMIN-CTR)", r"UMIN\d{9}", hosts="umin.ac.jp"),
)

_OF_ALL = "trialsearch.who.int"
"""The World Health Organization's copy of what most registries hold."""


def is_own_address(url: str, registry: RegistryEntry) -> bool:
    """Whether an address is one of a registry's own; also where its hosts aren't known."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        page = (urlsplit(registry.page).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    own = [*registry.hosts.split(), *([page] if page else [])]
    return not own or any(host == one or host.endswith(f".{one}") for one in (*own, _OF_ALL))


def is_address_of(url: str, number: str) -> bool:
    """Whether an address may be the page of that trial at its registry: it is one of the
    registry's own, and no other trial's number is in it. Many have none."""
    registry = registry_of(number)
    if registry is None:
        return True
    found = re.finditer(registry.number, url, re.IGNORECASE)
    named = {registry.in_page(as_written(one[0])) for one in found}
    ours = registry.in_page(as_written(number))
    return is_own_address(url, registry) and (not named or ours in named)


_FORMS = tuple((re.compile(each.number, re.IGNORECASE), each) for each in REGISTRIES)
NAMES = frozenset(
    part.casefold() for each in REGISTRIES for part in re.split(r" \(|\)", each.name) if part
)
"""What the registries of the table go by, long and short."""


@lru_cache(maxsize=1 << 14)
def registry_of(number: str) -> RegistryEntry | None:
    """The registry that gave a number, in any case of letters; None where its form is unknown."""
    return next((each for form, each in _FORMS if form.fullmatch(_with_slashes(number))), None)


def registry_meant(text: str) -> RegistryEntry | None:
    """The registry of a number, or of the address of a record's page."""
    if (text := text.strip()) and (found := registry_of(text)):
        return found
    try:
        host = urlsplit(text if "://" in text else f"https://{text}").hostname or ""
    except ValueError:
        return None
    own = (one for one in REGISTRIES if one.page or one.hosts)
    url = f"https://{host}"
    return next((one for one in own if _OF_ALL not in host and is_own_address(url, one)), None)


@lru_cache(maxsize=1 << 14)
def as_written(number: str) -> str:
    """A number as its registry writes it; one of no known form as it is."""
    registry = registry_of(number)
    if registry is None or re.fullmatch(registry.number, number):
        return number
    start = _LETTERS.match(registry.number)
    letters = start[0] if start else ""
    rest = _with_slashes(number)[len(letters) :]
    capitals = rest.upper()
    cases = (rest, rest.lower(), capitals, capitals.replace("-OUTSIDE-", "-Outside-"))
    tries = (f"{letters}{one}" for one in cases)
    return next((one for one in tries if re.fullmatch(registry.number, one)), number)


def miscounted(text: str) -> str:
    """What is wrong with the number in a text that has more or fewer digits than its registry
    gives; '' where there is none. Nothing is filled up: that could be another trial."""
    for registry in REGISTRIES:
        form = _COUNTED.fullmatch(registry.number)
        found = form and re.search(rf"(?<![^\W_])({form[1]})(\d+)(?![^\W_])", text, re.I | re.A)
        if form and found and len(found[2]) != int(form[2]):
            digits = f"{len(found[2])} digit{'' if len(found[2]) == 1 else 's'}"
            return f"`{found[0]}` has {digits}; a number of {registry.name} has {form[2]}"
    return ""


def with_letters(digits: str) -> Iterator[str]:
    """What a number may be that lacks its registry's letters: `07011550` is `NCT07011550`."""
    for registry in REGISTRIES:
        form = _COUNTED.fullmatch(registry.number)
        if form and len(digits) == int(form[2]) and digits.isascii() and digits.isdecimal():
            yield f"{form[1]}{digits}"


def called_otherwise(number: str, stem: str, suffix: str) -> str:
    """What to do where a trial's file is not called by the number in it: a number that has lost or
    won a digit is the slip, not the name."""
    if miscounted(number) and not miscounted(stem):
        return f"mend `nct_id`: a digit is missing or too many; the file says {stem}"
    return f"rename the file to {file_name(number)}{suffix}, or mend `nct_id`"


def how_to_fetch(number: str) -> str:
    """What to do about a number that this site doesn't have. No command is made of a text that is
    none: it would be copied and run.

    >>> how_to_fetch("nct01234567"), how_to_fetch("; rm -rf ~")
    ('fetch it (`fetch NCT01234567`)', "mend it: no registry's number has this form")
    """
    if number.isascii() and registry_of(number):
        return f"fetch it (`{command('fetch', as_written(number))}`)"
    return miscounted(number) or "mend it: no registry's number has this form"


_COUNTED = re.compile(r"([A-Za-z]+)\\d\{(\d+)\}")
"""A pattern of letters and so many digits."""


_LETTERS = re.compile(r"[A-Za-z]+(?!\?)")
"""What a pattern begins with, without a letter that may be missing."""


def _with_slashes(number: str) -> str:
    """`CTRI-2024-01-061234`, as the name of a file has it, is `CTRI/2024/01/061234`."""
    if _SLASHED.match(number):
        return number.replace("-", "/")
    return _OUTSIDE.sub(r"\1/\2", number)


_SLASHED = re.compile("(?:CTRI|SLCTR)-", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?<=-Outside-)(EU)-(EEA)\Z", re.IGNORECASE)


def file_name(number: str) -> str:
    """What a trial's files are called: its number, with nothing that no file's name can have."""
    return number.replace("/", "-")


def address_of(number: str) -> str:
    """What parts the addresses of trials' pages: many a disk takes capitals for small letters."""
    return file_name(number).casefold()


def has_line_for(trial: Trial, field: str) -> bool:
    """Whether the form that a record comes in has a line for what these fields say: where it has
    none, nothing is missing."""
    if trial.source and trial.source.via:
        return field not in ("brief_summary", "completion_date", "locations", "why_stopped")
    registry = registry_of(trial.nct_id)
    return registry is None or field not in _NO_LINE.get(registry.name, ())


_NO_LINE = {CTIS: ("brief_summary", "why_stopped"), ISRCTN: ("why_stopped",)}
"""ISRCTN's form has one only where a study was abandoned."""


def former_ids(trial: Trial) -> tuple[str, ...]:
    """The numbers that a trial's registry gave up for its present one."""
    found = (one for one in trial.nct_id_aliases if one.isascii() and registry_of(one))
    return tuple(one for one in dict.fromkeys(map(as_written, found)) if one != trial.nct_id)


def numbers_elsewhere(trial: Trial) -> tuple[str, ...]:
    """The numbers of other registries that a record gives as its own, as those write them."""
    own = registry_of(trial.nct_id)
    found = {}
    for other in trial.secondary_id_infos:
        registry = registry_of(other.id) if other.id else None
        if registry and registry is not own and other.id:
            found[as_written(other.id)] = registry
    return tuple(found)


def other_ids(trial: Trial) -> tuple[str, ...]:
    """The numbers that lead to a trial's page beside its own: its editor's, and former ones. Each
    address once, and none that is the trial's own."""
    found: dict[str, str] = {}
    for one in (*trial.aliases, *former_ids(trial)):
        found.setdefault(address_of(one), one)
    found.pop(address_of(trial.nct_id), None)
    return tuple(found.values())

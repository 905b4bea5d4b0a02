"""The site's trials in figures: how many of each status, phase, country … A bar leads to its list.

One entry of `_charts` makes a chart; the words call it `overview_<name>`. A bar is as long as its
number is beside the largest one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from trialpages.addresses import index_path, list_path, search_path, trial_path
from trialpages.language.site_language import Language
from trialpages.lists.terms import Term
from trialpages.records.vocabulary import AgencyClass
from trialpages.trial.facts import TrialFacts
from trialpages.trial.kinds import KINDS

_BARS = 15
_YEARS = 15
_EARLIEST = 1900
_AHEAD = 5
"""Years after today in which a trial may start that is planned."""


class Bar(Struct, frozen=True):
    label: str
    lang: str
    href: str
    """The list of these trials, from the site's root; empty where there is none."""
    count: int
    width: float
    """In hundredths of the longest bar."""
    says: str = ""
    """What the label means, where it doesn't say so itself."""
    doubted: int = 0
    """How many of these may no longer recruit, as their records' dates go."""


class Chart(Struct, frozen=True):
    name: str
    bars: tuple[Bar, ...]
    more: int
    """How many others there are, with fewer trials."""
    href: str
    """Where all of them are; empty where that is here."""
    unsaid: int
    """How many trials have none of them."""
    overlaps: bool
    """Whether a trial may count in several bars."""


class Overview(Struct, frozen=True):
    total: int
    charts: tuple[Chart, ...]


def overview(
    trials: Sequence[TrialFacts],
    terms: Mapping[str, Sequence[Term]],
    language: Language,
    doubts: Set[str],
    as_of: str,
    search: bool,
) -> Overview:
    """`terms` are those of the kinds of lists that the site has, `search` whether it has one;
    `as_of` is the day (ISO) of which the site is."""
    charts = _charts(trials, terms, language, doubts, int(as_of[:4]), search)
    return Overview(len(trials), tuple(chart for chart in charts if chart.bars))


def _charts(
    trials: Sequence[TrialFacts],
    terms: Mapping[str, Sequence[Term]],
    language: Language,
    doubts: Set[str],
    this_year: int,
    search: bool,
) -> Iterator[Chart]:
    for kind in ("statuses", "phases", "countries", "conditions"):
        if kind in terms:
            yield _of_terms(kind, terms[kind], trials, doubts if kind == "statuses" else set())
    yield _start_years(trials, language, this_year, search)
    yield _sponsors(trials, language, search)


def _of_terms(
    kind: str, terms: Sequence[Term], trials: Sequence[TrialFacts], doubts: Set[str]
) -> Chart:
    """`doubts` are the ids of trials that no longer are what these terms call them, perhaps."""
    counted = [(term, len(term.trials)) for term in terms]
    shown = counted if KINDS[kind].values else counted[:_BARS]
    most = max((count for _, count in counted), default=1)
    bars = tuple(
        Bar(
            term.name,
            term.lang,
            trial_path(term.only) if term.only else list_path(kind, term.slug),
            count,
            _width(count, most),
            doubted=sum(facts.id in doubts for facts in term.trials),
        )
        for term, count in shown
    )
    said = {facts.id for term in terms for facts in term.trials}
    overlaps = sum(count for _, count in counted) > len(said)
    return Chart(
        kind, bars, len(terms) - len(bars), index_path(kind), len(trials) - len(said), overlaps
    )


def _start_years(
    trials: Sequence[TrialFacts], language: Language, this_year: int, search: bool
) -> Chart:
    """The latest years one by one, a year without trials too, and those before as one; as one
    also those so late that a slip is likelier than a plan, as 2205 for 2025. No update moves these
    bounds: its date may be a slip as well."""
    years = Counter(int(facts.dates.start[:4]) for facts in trials if facts.dates.start)
    likely = [year for year in years if _EARLIEST <= year <= this_year + _AHEAD]
    last = max(likely, default=this_year)
    first = max(min(likely, default=this_year), last - _YEARS + 1)
    before = sum(count for year, count in years.items() if year < first)
    counts = {str(year): years[year] for year in range(first, last + 1)} if likely else {}
    if before:
        counts = {language.words["overview_before"].format(year=first): before} | counts
    if after := sum(count for year, count in years.items() if year > last):
        counts |= {language.words["overview_after"].format(year=last): after}
    most = max(counts.values(), default=1)
    bars = tuple(
        Bar(
            year,
            language.code,
            search_path("start", year) if search and count and year.isdecimal() else "",
            count,
            _width(count, most),
        )
        for year, count in counts.items()
    )
    return Chart("start_years", bars, 0, "", len(trials) - years.total(), overlaps=False)


def _sponsors(trials: Iterable[TrialFacts], language: Language, search: bool) -> Chart:
    counts = Counter(facts.sponsor_class for facts in trials)
    unsaid = counts.pop("", 0)
    most = max(counts.values(), default=1)
    bars = tuple(
        Bar(
            language.label(kind),
            language.code,
            search_path("sponsor_class", language.label(kind)) if search else "",
            count,
            _width(count, most),
            says=language.meaning(kind),
        )
        for kind, count in ((AgencyClass(code), count) for code, count in counts.most_common())
    )
    return Chart("sponsor_classes", bars, 0, "", unsaid, overlaps=False)


def _width(count: int, most: int) -> float:
    return round(100 * count / most, 1)

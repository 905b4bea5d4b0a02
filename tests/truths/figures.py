"""Of the overview: each number is how many records say so, and its link leads to as many."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from selectolax.lexbor import LexborNode

from trialpages.records.model import Trial
from trialpages.records.vocabulary import Status, Vocabulary
from truths.reach import number
from truths.record import single
from truths.register import Answers, Scope, answer, edits, truth
from truths.site import Site
from truths.words import values, words


@truth(
    "Each number of the overview is the number of records that say so",
    things="numbers",
    scope=Scope.SITE,
    mutations=(
        *edits('<span class="bar-count">2', '<span class="bar-count">3', ending="overview.html"),
        *edits(">Recruiting</a>", ">Completed</a>", ending="overview.html"),
        *edits('id="start_years"', 'id="phases"', ending="overview.html"),
    ),
)
def figures_are_counted(site: Site) -> Answers:
    asked = _counted(site)
    for chart in site.page(f"{site.place}overview.html").tree.css("section.chart"):
        of_chart = asked.get(chart.attributes["id"] or "")
        for label, said, href in _bars(chart):
            real = _on_list(site, href) if of_chart is None else _real(of_chart, label, site)
            wrong = f"{chart.attributes['id']}: {said} for {label!r}, not {real}"
            yield answer(said == real, "overview.html", wrong)


def _real(of_chart: Counter[str], label: str, site: Site) -> int:
    """How many records say so, or say a year before or after that of the label."""
    said = words(site.language)
    for key, is_there in (("overview_before", operator.lt), ("overview_after", operator.gt)):
        before, _, after = said[key].partition("{year}")
        if label.startswith(before) and label.endswith(after):
            year = label.removeprefix(before).removesuffix(after)
            return sum(count for one, count in of_chart.items() if is_there(one, year))
    return of_chart[label]


def _on_list(site: Site, href: str) -> int:
    if href.startswith("trials/"):  # the one trial that has it
        return 1
    lead = site.page(site.place + href).tree.css_first(".lead")
    return number(lead.text().strip(), site.language) if lead else -1


def _counted(site: Site) -> dict[str, Counter[str]]:
    """What records say, in the words of the site, for the charts whose words are plain."""

    def label(value: Vocabulary) -> str:
        return values(site.language)[f"{type(value).__name__}.{value.value}"][0]

    trials = list(site.trials)
    leads = [trial.lead_sponsor for trial in trials]
    starts = (trial.start_date.date for trial in trials if trial.start_date)
    phases = (set(map(label, trial.phases)) for trial in trials)
    return {
        "statuses": _statuses(trials, label, words(site.language)),
        "phases": Counter(phase for of_one in phases for phase in of_one),
        "start_years": Counter(start[:4] for start in starts if start),
        "sponsor_classes": Counter(label(one.class_) for one in leads if one and one.class_),
    }


def _statuses(
    trials: Sequence[Trial], label: Callable[[Vocabulary], str], said: Mapping[str, str]
) -> Counter[str]:
    """By their names; what has none here is counted under all that is said of such trials."""
    unknown, there = label(Status.UNKNOWN), dict[str, bool]()
    counted = Counter(label(trial.overall_status) for trial in trials)
    of_them = [trial for trial in trials if trial.overall_status is Status.UNKNOWN]
    own = {trial.nct_id for trial in of_them if any(one in trial.extra for one in _OWN_STATUS)}
    others = {trial.nct_id for trial in of_them} - own
    there[unknown] = any(one.startswith("NCT") for one in others)
    there[said["list_own_status"]] = bool(own)
    there[said["list_no_status"]] = any(not one.startswith("NCT") for one in others)
    counted[" / ".join(name for name, is_there in there.items() if is_there)] = counted.pop(
        unknown, 0
    )
    return counted


_OWN_STATUS = ("/ctPublicStatusCode", "/ctStatus", "/Recruitment_Status")


def _bars(chart: LexborNode) -> Iterator[tuple[str, int, str]]:
    for bar in chart.css("li"):
        label, count = bar.css_first(".bar-label"), bar.css_first(".bar-count")
        assert label and count
        link = label.css_first("a")
        href = (link.attributes["href"] or "") if link else ""
        for more in label.css(".doubted, .bar-says"):
            more.decompose()
        yield single(label.text()), int("".join(filter(str.isdigit, count.text()))), href

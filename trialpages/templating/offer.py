"""What a site offers beside its trials' pages: what site.yaml says, and else what hosts take.

With everything a trial takes some 13 files and 150 KB. So a small site has everything, and a large
one what most of its readers use, unless it says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from trialpages.exports.forms import FORMS
from trialpages.problems import Problem
from trialpages.settings.site_file import Site, chosen, published_lists
from trialpages.trial.kinds import FEEDS, KINDS

MOST_IN_FULL = 1_000
"""Trials of a site that has everything: the smallest of the common hosts takes 20,000 files. A
trial counts once for each language of the site."""

_LEAN_FORMS = ("ris", "bib")
_LEAN_FEEDS = tuple(name for name in FEEDS if not KINDS[name].is_open)


@dataclass(frozen=True, slots=True)
class Offer:
    endings: tuple[str, ...] = ()
    """Of the files beside a trial's page, each a form for other programs."""
    lists: tuple[str, ...] = ()
    """The kinds of lists."""
    feeds: tuple[str, ...] = ()
    """The kinds of lists that have a feed each."""
    lists_of_one: bool = True
    """Whether a term that only one trial has, in its record's words, is a list: else it leads to
    that trial."""
    ictrp: bool = False
    """Whether there is a file of all trials for the WHO's ICTRP."""


def offer(site: Site, trials: int) -> Offer:
    """What a site of so many trials offers."""
    said, in_full = site.publish, _has_everything(site, trials)
    forms = _LEAN_FORMS if said.forms is None and not in_full else said.forms
    feeds = FEEDS if in_full else _LEAN_FEEDS
    return Offer(
        tuple(FORMS[name].ending for name in chosen(forms, FORMS)),
        published_lists(site, KINDS),
        feeds if said.feeds is None else chosen(said.feeds, KINDS),
        in_full if said.lists_of_one is None else said.lists_of_one,
        said.ictrp,
    )


def _has_everything(site: Site, trials: int) -> bool:
    return trials * max(1, len(site.languages)) <= MOST_IN_FULL


def left_out(site: Site, trials: int) -> tuple[Problem, ...]:
    """A note of what a large site goes without because site.yaml doesn't say."""
    unsaid = [name for name in _MAKES if getattr(site.publish, name) is None]
    if _has_everything(site, trials) or not unsaid:
        return ()
    without = "; ".join(_MAKES[name] for name in unsaid)
    several = " in all its languages" if site.languages else ""
    message = f"with more than {MOST_IN_FULL:,} trials{several} a site goes without {without}"
    hint = "`publish:` in site.yaml says what it has; content/README.md shows how"
    return (Problem("left-out", "note", message, hint=hint),)


_MAKES = {
    "forms": "the forms " + " and ".join(f"`{name}`" for name in FORMS if name not in _LEAN_FORMS),
    "feeds": "feeds of " + ", ".join(name for name in FEEDS if name not in _LEAN_FEEDS),
    "lists_of_one": "lists of one trial",
}
"""What `publish:` may bring back, by its key."""

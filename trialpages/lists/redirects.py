"""Pages at a trial's former addresses that lead to the present one, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialpages.addresses import link_beside, trial_path
from trialpages.pages.parts import Page, ready_page
from trialpages.trial.facts import TrialFacts


@dataclass(frozen=True, slots=True)
class Redirect:
    former: str
    id: str
    title: str
    lang: str | None
    href: str
    """The trial's page, from the page that redirects."""
    path: str
    """The same, from the site's root."""


def redirect_pages(trials: Iterable[TrialFacts]) -> Iterator[Page]:
    """One page an alias. That no alias is another trial's id is checked with the content."""
    for facts in trials:
        for alias in facts.aliases:
            if alias != facts.id:
                path = trial_path(alias)
                present = trial_path(facts.id)
                href = link_beside(present)
                view = Redirect(alias, facts.id, facts.title, facts.lang, href, present)
                yield ready_page(path, "redirect.html", view, listed=False)

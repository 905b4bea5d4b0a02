"""Pages at other addresses of a trial or a list that lead to its own, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialpages.addresses import link_beside, trial_path
from trialpages.lists.terms import Term
from trialpages.pages.parts import Page, ready_page
from trialpages.trial.facts import TrialFacts


@dataclass(frozen=True, slots=True)
class Redirect:
    former: str
    id: str
    """The trial's; of a list it has neither."""
    title: str
    lang: str | None
    href: str
    """The page it leads to, from the page that redirects."""
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


def spelling_pages(kind: str, term: Term) -> Iterator[Page]:
    """One page for each other spelling of a term whose list it leads to."""
    file = f"{term.slug}.html"
    view = Redirect("", "", term.name, term.lang, file, f"{kind}/{file}")
    for name in term.former:
        yield ready_page(f"{kind}/{name}.html", "redirect.html", view, listed=False)

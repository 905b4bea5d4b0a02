"""templates/README.md says all that a template may use, and nothing that isn't there."""

from __future__ import annotations

import inspect
import re

import pytest
from sites import PROJECT

from trialpages.form.parts import FormPage
from trialpages.language.site_language import read_language
from trialpages.lists import lists
from trialpages.lists.beside import Beside
from trialpages.lists.feeds import Feed
from trialpages.lists.indexes import TermsPage
from trialpages.lists.outline import Sitemap
from trialpages.lists.redirects import Redirect
from trialpages.lists.terms import TermLink
from trialpages.settings.site_file import Site
from trialpages.templating.look import Look
from trialpages.templating.templates import Templates
from trialpages.templating.theme import Theme
from trialpages.trial import views
from trialpages.trial.likeness import Reason
from trialpages.trial.related import AlikeTrial

README = (PROJECT / "templates/README.md").read_text("utf-8")


def template_texts() -> dict[str, str]:
    folder = PROJECT / "templates"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize(
    "view",
    [
        *(lists.ListPage, TermsPage, lists.HomePage, lists.Way, lists.Card, TermLink, Beside),
        AlikeTrial,
        Reason,
        Redirect,
        Feed,
        Sitemap,
        FormPage,
    ],
)
def test_every_field_of_a_view_is_listed(view: type) -> None:
    fields = set(inspect.signature(view).parameters)
    assert fields <= set(re.findall(r"`(\w+)`", README))


def test_every_field_listed_for_a_trial_is_there() -> None:
    section = README.split("## `trial.html`")[1].split("\n## ")[0]
    listed = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
    assert listed == {name for name in vars(views.TrialPage) if not name.startswith("_")}


def test_filters_and_globals_are_those_listed() -> None:
    language = read_language("en", template_texts())
    look = Look(template_texts(), Site(), "2025-10-01", language, Theme({}, {}))
    renderer = Templates(look)
    ours = set(renderer.filters) & set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE))
    listed = README.split("## Filters")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", listed, re.MULTILINE)) == ours

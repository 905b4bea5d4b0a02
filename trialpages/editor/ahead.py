"""The page of a trial that was just saved, made before the whole site is built again.

An editor wants to see the sentence just written. That takes milliseconds, where lists, feeds and
the other trials that show it may take seconds; the build that follows makes all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from trialpages.addresses import trial_path
from trialpages.characters import published
from trialpages.content.content_file import read_file
from trialpages.pages.parts import TrialPages
from trialpages.phases.plan import Plan
from trialpages.problems import Failure, errors_in
from trialpages.records.checks import check_trial
from trialpages.records.codes import as_meant
from trialpages.records.trial_file import read_trial
from trialpages.templating.templates import Templates
from trialpages.text.commonmark import TooDeep
from trialpages.trial.summaries import summary_in
from trialpages.trial.views import TrialPage


class Ahead:
    """Makes single pages as the last build would have made them."""

    def __init__(self, plan: Plan, content: Path, state: Path) -> None:
        """`state`: the state folder, with the compiled templates."""
        start, folder = len(str(content)), str(content.resolve())
        self._trials: Mapping[str, Mapping[str, TrialPages]] = {
            edition.look.edition.folder: {
                folder + part.trial.source.disk[start:]: part
                for part in edition.parts
                if isinstance(part, TrialPages)
            }
            for edition in plan.editions
        }
        self._templates: Mapping[str, Templates] = plan.make_templates(state)

    def pages(self, changed: Iterable[str]) -> dict[str, bytes]:
        """The pages of trials by path, if their files are all that changed.

        `changed` are resolved paths. A file that the build will refuse has no page here.
        """
        paths = tuple(changed)
        found = {
            folder: [trials[path] for path in paths if path in trials]
            for folder, trials in self._trials.items()
        }
        if len(paths) > _MOST or any(len(parts) != len(paths) for parts in found.values()):
            return {}
        pages = {
            folder + part.path: self._page(part, self._templates[folder])
            for folder, parts in found.items()
            for part in parts
        }
        return {path: page for path, page in pages.items() if page}

    def _page(self, part: TrialPages, templates: Templates) -> bytes | None:
        try:
            source = part.trial.source
            trial = read_trial(read_file(source), source.path).trial
            if trial is None or trial.draft or trial_path(trial.nct_id) != part.path:
                return None
            if any(errors_in(check_trial(trial, source.path))):
                return None
            shown = as_meant(summary_in(trial, templates.look.edition.code))
            view = TrialPage(shown, part.context)
            return published(templates.fill("trial.html", part.path, view, trial=shown))
        except (Failure, TooDeep):
            return None


_MOST = 20
"""Of more pages a build isn't far behind."""

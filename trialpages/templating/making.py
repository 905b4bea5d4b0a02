"""Who makes the pages of a site, with the templates that set-up or an earlier build has compiled.

Run as a program, it is that part of set-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from trialpages.content.reading import read_templates, shipped
from trialpages.digests import digest
from trialpages.language.site_language import RECORD_LANGUAGE, read_language
from trialpages.settings.site_file import Site
from trialpages.state.cache import generator
from trialpages.state.compiled import CompiledTemplates, at_set_up
from trialpages.templating.look import Look
from trialpages.templating.templates import MANY, Templates
from trialpages.templating.theme import Theme, template_digests


def make_templates(look: Look, state: Path, parts: int) -> Templates:
    """For a site of so many parts, with the templates compiled in the state folder."""
    return Templates(look, compiled_templates(look, state, parts), parts)


def compiled_templates(look: Look, state: Path, parts: int) -> CompiledTemplates:
    """Those of the site's state folder."""
    return _kept_in(state / "templates" / look.language.code, look, parts)


def without_compiled(looks: Iterable[Look], state: Path, trials: int) -> tuple[Templates, ...]:
    """Of the languages in which the template of trials' pages isn't compiled, who makes their
    pages; nobody where there are few trials."""
    if trials < MANY:
        return ()
    return tuple(
        make_templates(look, state, trials)
        for look in looks
        if not compiled_templates(look, state, trials).has(_OF_TRIALS)
    )


def compile_for_trials(making: Iterable[Templates]) -> None:
    for one in making:
        one.compile(_OF_TRIALS)


_OF_TRIALS = "trial.html"


def compile_shipped(language: str = RECORD_LANGUAGE) -> None:
    """Compile the shipped templates for small sites of a language, where that isn't done."""
    templates = read_templates(shipped("templates"))
    look = Look(templates, Site(), "", read_language(language, templates), Theme({}, {}))
    kept = _kept_in(at_set_up(language), look, 1)
    making = Templates(look, kept)
    for name in templates:
        if name.endswith((".html", ".xml", ".txt")) and not kept.has(name):
            making.compile(name)


def _kept_in(folder: Path, look: Look, parts: int) -> CompiledTemplates:
    """Each with a digest of all that its compiled form may hold, and of how it is compiled for a
    site of few parts or many."""
    words = msgspec.json.encode((parts >= MANY, dict(look.language.words)))
    same = digest(words, generator())
    whole = template_digests(look.templates)
    made_from = {name: digest(own, same) for name, own in whole.items()}
    return CompiledTemplates(folder, made_from, at_set_up(look.language.code))


if __name__ == "__main__":
    compile_shipped()

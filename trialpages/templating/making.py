"""Who makes the pages of a site, with the templates that an earlier build has compiled."""

from __future__ import annotations

from pathlib import Path

import msgspec

from trialpages.digests import digest
from trialpages.state.cache import generator
from trialpages.state.compiled import CompiledTemplates
from trialpages.templating.look import Look
from trialpages.templating.templates import MANY, Templates
from trialpages.templating.theme import template_digests


def make_templates(look: Look, state: Path, parts: int) -> Templates:
    """For a site of so many parts, with the templates compiled in the state folder."""
    return Templates(look, compiled_templates(look, state, parts), parts)


def compiled_templates(look: Look, state: Path, parts: int) -> CompiledTemplates:
    """Each with a digest of all that its compiled form may hold, and of how it is compiled for a
    site of few parts or many."""
    words = msgspec.json.encode((parts >= MANY, dict(look.language.words)))
    same = digest(words, generator())
    whole = template_digests(look.templates)
    made_from = {name: digest(own, same) for name, own in whole.items()}
    return CompiledTemplates(state / "templates", made_from)

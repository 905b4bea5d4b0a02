"""All truths: whoever imports this has them entered in `register.ALL`."""

from truths import (
    addresses,
    contraries,
    criteria,
    figures,
    forms,
    languages,
    modes,
    on_paper,
    packs,
    reach,
    search,
    search_excerpts,
    search_index,
    sentences,
    standings,
    table,
    text,
    ticks,
)
from truths.register import ALL

THEMES = (
    text,
    sentences,
    standings,
    criteria,
    figures,
    contraries,
    ticks,
    reach,
    addresses,
    languages,
    forms,
    table,
    packs,
    search_index,
    search,
    search_excerpts,
    on_paper,
    modes,
)
"""The modules with truths, in the order the table has them."""

TRUTHS = tuple(ALL.values())

NOT_YET: dict[str, str] = {}
"""What isn't asked yet, and why; a test of each says so loudly."""

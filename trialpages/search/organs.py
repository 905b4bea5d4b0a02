"""Names that differ by how they say an organ: `pancreas cancer`, `pancreatic cancer`."""

from __future__ import annotations

from collections.abc import Iterator, Set

from trialpages.search.keys import singular

_TEXT = """
    heart cardiac, lung pulmonary, liver hepatic, kidney renal, stomach gastric,
    pancreas pancreatic, bowel intestinal intestine, colon colonic, esophagus esophageal,
    ovary ovarian, prostate prostatic, uterus uterine womb, testis testicular testicle,
    breast mammary, skin cutaneous, eye ocular, nose nasal, larynx laryngeal, rectum rectal
"""
FORMS = tuple(tuple(forms.split()) for forms in _TEXT.split(","))
_KEYS = tuple(tuple(map(singular, forms)) for forms in FORMS)
_OF = {form: forms for forms in _KEYS for form in forms}
"""By key. No cervix: what is cervical is of the neck, too. theme/search/37-cancers.js has the
same."""


def names_by_organ(known: Set[str]) -> Iterator[frozenset[str]]:
    """Of these names, as keys, those that are one but for the form of an organ's name.

    A name that nobody uses is none: no record speaks of lung hypertension.
    """
    for name in known:
        words = name.split()
        for at, word in enumerate(words if len(words) > 1 else ()):
            others = (" ".join((*words[:at], form, *words[at + 1 :])) for form in _OF.get(word, ()))
            if len(same := known & set(others)) > 1:
                yield frozenset(same)

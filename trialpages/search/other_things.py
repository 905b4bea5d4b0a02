"""Words that name another thing for what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

_BEHIND = frozenset(("non", "pre", "gall"))
"""What such a word stands before is another thing: non-small cell lung cancer is no small cell lung
cancer, pre-eclampsia no eclampsia, gall bladder cancer no bladder cancer."""

_BESIDE = {
    "hypertension": frozenset(("ocular", "portal", "pulmonary", "intracranial")),
    "depression": frozenset(("respiratory", "st", "marrow")),
}
"""What is another thing beside such a word: neither ocular hypertension nor `Hypertension, Portal`
is high blood pressure. The arterial kind is, but for the pulmonary one."""

_ARTERIAL = ("arterial", "artery")


def is_another_thing(words: Sequence[str], at: int) -> bool:
    """Whether the word there names, or begins the name of, another thing than by itself."""
    before = words[at - 1] if at else ""
    if before in _BEHIND:
        return True
    if before in _ARTERIAL and at > 1:
        before = words[at - 2]
    thing, *behind = words[at + (words[at] in _ARTERIAL) :][:2] or [""]
    return not _BESIDE.get(thing, frozenset()).isdisjoint((before, *behind))

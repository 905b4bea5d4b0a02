"""Of the criteria: no line under a sentence of ours says itself the contrary.

What a line decides is read here word by word: a verdict, the verb before it, and whether that is
denied. The reader of criteria goes by patterns; the two share nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile

from truths.criteria import groups, lines_of
from truths.register import Answers, answer, edits, truth
from truths.site import Site

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*|[.;:()\[\],（），；]")
_OUT = {"excluded", "ineligible", "prohibited", "forbidden", "exclusionary"}
_IN = {"eligible", "allowed", "permitted"}
_BE = {"is", "are", "was", "were", "be"}
_HELPERS = {"will", "should", "must", "may", "can", "would", "also", "shall"}
_DENIED = {"not", "cannot", "never", "won't", "can't", "isn't", "aren't"}
_ENDS = set(".;:()[],（），；")
_SENTENCE_ENDS = set(".;:([;；（")
_LINKS = {"who", "that", "which", "whom", "as", "than", "or", "but", "to", "if", "unless"}
_WHENS = {"if", "unless", "when", "where", "until", "whether"}
_EXCEPTIONS = {"except", "unless", "however", "but", "although", "though", "than"}
_STUDY = {"study", "trial", "participate", "enroll", "enrollment", "inclusion", "participation"}
_BETWEEN = _DENIED | {
    "also",
    "all",
    "considered",
    "deemed",
    "generally",
    "strictly",
    "then",
    "thus",
}
"""Words that may stand between a verdict and its verb."""


def _verdicts(tokens: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What is decided by a verb of its own, `in` or `out`, and where in the line."""
    for at, word in enumerate(tokens):
        if word not in _OUT | _IN or _is_of_something_else(word, tokens[at + 1 : at + 5]):
            continue
        back = tokens[:at][::-1]
        verb = sum(1 for _ in takewhile(lambda one: one in _BETWEEN, back))
        if _is_no_verdict(word, back[verb : verb + 2]) or _is_no_clause_of_its_own(
            back[verb + 1 :]
        ):
            continue
        denied = not _DENIED.isdisjoint(back[: verb + 2])
        yield ("out" if (word in _OUT) != denied else "in"), at


def _is_no_verdict(word: str, verb: Sequence[str]) -> bool:
    """Whether no verb decides it; `may be excluded` leaves it open."""
    return verb[:1] == [] or verb[0] not in _BE or (word in _OUT and verb[1:] == ["may"])


def _is_of_something_else(word: str, after: Sequence[str]) -> bool:
    """`eligible for transplantation`, `excluded by a scan`, `allowed to breastfeed`."""
    if not after:
        return False
    if word == "excluded":
        return after[0] in ("by", "using") or (after[0] == "from" and _STUDY.isdisjoint(after))
    other = {"a", "an", "another", "other"}
    return after[0] in ("for", "to") and (_STUDY.isdisjoint(after) or not other.isdisjoint(after))


def _is_no_clause_of_its_own(back: Sequence[str]) -> bool:
    """Whether what stands before the verb, read from there, makes it tell of whom or when a
    criterion is."""
    words = dropwhile(lambda one: one in _HELPERS | _DENIED, back)
    clause = list(takewhile(lambda one: one not in _ENDS, words))
    return bool(clause) and (clause[0] in _LINKS or not _WHENS.isdisjoint(clause))


def contrary(line: str, kind: str) -> bool:
    """Whether a line decides the contrary of its group. Among exclusions only what stands first
    counts: behind a criterion it is an exception."""
    tokens = [word.lower() for word in _TOKEN.findall(line)]
    for decided, at in _verdicts(tokens):
        if kind == "inclusion" and decided == "out":
            return True
        first = _SENTENCE_ENDS.isdisjoint(tokens[:at]) and _EXCEPTIONS.isdisjoint(tokens[:at])
        if kind == "exclusion" and decided == "in" and first:
            return True
    return False


_INCLUDED, _EXCLUDED = "></a>Adult<", "></a>Pregnant<"


@truth(
    "No group with our sentence has a line that itself decides the contrary of it, and none with a "
    "sentence of ours is empty",
    things="lines of criteria",
    mutations=(
        *edits(_INCLUDED, "></a>Patients with AIDS are not eligible.<"),
        *edits(_INCLUDED, "></a>Early cancer (Gleason 8 will be excluded)<"),
        *edits(_INCLUDED, "></a>Earlier treatment with tablets is not allowed<"),
        *edits(_EXCLUDED, "></a>Inhaled steroids are permitted.<"),
        *edits(_EXCLUDED, "></a>Women with asthma are not excluded<"),
    ),
)
def no_line_denies_its_sentence(site: Site) -> Answers:
    for page, _ in site.trial_pages:
        for kind, group in groups(page, site.language):
            yield answer(bool(group.css(".criteria-text > *")), page.path, f"empty group of {kind}")
            for line in (one for text in group.css(".criteria-text") for one in lines_of(text)):
                wrong = f"under our sentence of {kind} stands {line[:120]!r}"
                yield answer(not contrary(line, kind), page.path, wrong)

"""Lists that an editor chose: `content/lists/*.md`, front matter that says which trials, and below
it a title and an introduction as on a page of the site's own.

    ---
    conditions: [Migraine]
    statuses: [RECRUITING]
    trials: [NCT01234567]
    without: [NCT07654321]
    ---
    # Migraine at our hospital

A trial is on the list if it has, of each kind that is named, one of the terms; those in `trials`
are, whatever they have, and those in `without` are not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from trialpages.pages.editorial import Editorial, read_page
from trialpages.problems import Problem, Where, errors_in, quoted
from trialpages.records.explain import Fault, name_of, told
from trialpages.records.places import placed, yaml_problems
from trialpages.text.file_text import decode, split_file
from trialpages.text.front_matter import Tree, YamlError, read_yaml
from trialpages.text.meant import closest
from trialpages.trial.kinds import KINDS, Kind

LISTS = "lists"
"""Their folder, in content/ and on the site."""
BY_HAND, LEFT_OUT = "trials", "without"
_FIELDS = (*KINDS, BY_HAND, LEFT_OUT)
_MOST_ENTRIES = 5_000
"""Of a field, as of one of a trial."""
_LONGEST_ENTRY = 500
"""Characters. The longest name that a registry takes has 200."""


@dataclass(frozen=True, slots=True)
class CuratedList:
    page: Editorial
    """Its name, title and introduction."""
    terms: Mapping[str, tuple[str, ...]]
    """What a trial must have one of, by kind of list; of an enumeration the codes."""
    trials: tuple[str, ...]
    """The ids that are on it in any case."""
    without: tuple[str, ...]
    """Those that aren't."""
    front: str
    """The front matter as it is written, which begins in the second line of the file."""

    @property
    def stem(self) -> str:
        """Its path without ending."""
        return f"{LISTS}/{self.page.name}"


def read_curated(
    content: bytes, name: str, path: str, media: Collection[str]
) -> tuple[CuratedList | None, tuple[Problem, ...]]:
    """The list in a file, or what is wrong with it; `media` as for a page."""
    text, problems = decode(content, path)
    if text is None:
        return None, problems
    if name.lower() == "index":
        message, hint = "a list can't be called index: that is the page of all lists", "rename it"
        return None, (Problem("page-name", "error", message, Where(path), hint),)
    split = split_file(text, path)
    if isinstance(split, Problem):
        return None, (split,)
    front, first_line, body, body_line = split
    try:
        tree, _ = read_yaml(front, "conditions")
    except YamlError as error:
        return None, yaml_problems(error, front, path, first_line)
    page, found = read_page(body, body_line, name, path, media, "lists")
    wrong = (*placed(told(_faults(tree)), front, path, first_line), *found)
    if page is None or errors_in(wrong):
        return None, wrong
    terms = {key: tuple(_codes(KINDS[key], _texts(tree[key]))) for key in KINDS if key in tree}
    by_hand, left_out = (_texts(tree.get(key, ())) for key in (BY_HAND, LEFT_OUT))
    return CuratedList(page, terms, by_hand, left_out, front), wrong


def _texts(value: object) -> tuple[str, ...]:
    """One text, or a list of them."""
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def _codes(kind: Kind, texts: tuple[str, ...]) -> Iterator[str]:
    """The codes of values that are named by code or by label; other terms as they are."""
    for text in texts:
        yield _code(kind, text) or text


def _code(kind: Kind, text: str) -> str:
    said = text.casefold()
    values = kind.values or ()
    return next((v.value for v in values if said in (v.value.casefold(), v.label.casefold())), "")


def _faults(tree: Tree) -> Iterator[Fault]:
    for key, value in tree.items():
        if key not in _FIELDS:
            yield _unknown_field(key)
        elif not _is_texts(value):
            message = f"`{key}` must be a text or a list of texts"
            yield Fault((key,), "wrong-type", message, f"write `{key}: [one, another]`")
        elif too_much := _too_much(key, value):
            yield too_much
        elif key in KINDS and KINDS[key].values:
            yield from _unknown_values(KINDS[key], _texts(value), isinstance(value, list))
    if tree.keys() <= {LEFT_OUT}:
        message = "the list names nothing that a trial could have"
        yield Fault((), "empty-list", message, "add `conditions:`, or `trials:` with their numbers")


def _is_texts(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(one, str) for one in value)
    )


def _too_much(key: str, value: object) -> Fault | None:
    texts = _texts(value)
    if len(texts) > _MOST_ENTRIES:
        message = f"`{key}`: {len(texts):,} entries; {_MOST_ENTRIES:,} is the most"
        return Fault((key,), "too-many", message, "keep those that matter", on_key=True)
    at = next((at for at, text in enumerate(texts) if len(text) > _LONGEST_ENTRY), None)
    if at is None:
        return None
    field = (key, at) if isinstance(value, list) else (key,)
    message = (
        f"`{name_of(field)}` has {len(texts[at]):,} characters; {_LONGEST_ENTRY:,} is the most"
    )
    return Fault(field, "too-long", message, "write the term as the site's lists call it")


def _unknown_field(key: str) -> Fault:
    meant = closest(key, _FIELDS)
    hint = f"did you mean `{meant}`?" if meant else "write one of " + ", ".join(_FIELDS)
    return Fault((key,), "unknown-field", f"{quoted(key)} is no field of a list", hint, on_key=True)


def _unknown_values(kind: Kind, texts: tuple[str, ...], many: bool) -> Iterator[Fault]:
    known = [value.value for value in kind.values or ()]
    for at, text in enumerate(texts):
        if not _code(kind, text):
            field = (kind.name, at) if many else (kind.name,)
            meant = closest(text.upper(), known)
            hint = f"did you mean {meant}?" if meant else "one of " + ", ".join(known)
            yield Fault(field, "unknown-value", f"`{name_of(field)}` can't be {quoted(text)}", hint)

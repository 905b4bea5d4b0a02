"""A form that records come in: what a module for one offers, and the entry that names it.

Another form is a module with such functions and an entry in `known_sources`, or a package of its
own that names its `Source` under the entry point `trialpages.sources`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from trialpages.importers.archives import Readable
from trialpages.importers.found import Found
from trialpages.importers.registry_json import Imported
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.explain import first_faults
from trialpages.records.model import Trial, to_tree, to_trial

Content = dict[str, Any] | bytes
"""An object of JSON; or a file that isn't JSON, whole or as many bytes of it as are looked at."""


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    """As messages call it: `a study's JSON`."""
    recognises: Callable[[Content, str], bool]
    """Whether this is such a record. The text is where it was found: `all.zip/NCT01234567.json`, or
    the address it was fetched from."""
    read: Callable[[Content, str], Imported]
    """The trial in it, and its posted results. Raises ContentFailure for what is none."""
    endings: tuple[str, ...] = ()
    """How the names of its files end; empty for a form of JSON, which any file of JSON may hold."""
    registry: str = ""
    """The registry as one cites it, where all records of this form are one registry's."""
    page: str = ""
    """The address of a record there, with `{}` for its number."""
    apart: Callable[[Readable, str], Iterator[Found]] | None = None
    """Of files that hold several records: each of them, as an object that a form recognises, or
    the problem in its place. The stream is at its beginning."""

    def takes(self, content: Content, where: str) -> bool:
        """Whether this is of the form; a file is asked about only if its name ends as it should."""
        if isinstance(content, bytes) != bool(self.endings):
            return False
        if self.endings and not self._may_be_called(where):
            return False
        return self.recognises(content, where)

    def _may_be_called(self, where: str) -> bool:
        fetched = "://" in where  # by a registry's module; the address of a page has no ending
        return fetched or where.removesuffix(".gz").lower().endswith(self.endings)


def refuse_bad_values(trial: Trial, where: str) -> None:
    """Raise ContentFailure for what no content file can hold; an id becomes the name of one."""
    trial_of(to_tree(trial), where)


def trial_of(tree: dict[str, Any], where: str) -> Trial:
    """The trial with these fields. Raises ContentFailure, which names each that can't be so."""
    try:
        return to_trial(tree)
    except msgspec.ValidationError:
        found = first_faults(tree, Trial)
        problems = (Problem(f.code, "error", f.message, Where(where), f.hint) for f in found)
        raise ContentFailure(*problems) from None

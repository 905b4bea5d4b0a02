"""Where a registry's interface is, and what is said of an answer that isn't as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlsplit

from trialpages.problems import CallFailure, MachineFailure, Problem
from trialpages.registries.troubles import failure


@dataclass(frozen=True, slots=True)
class Interface:
    registry: str
    """As people call it."""
    variable: str
    """Of the environment: names another address, a mirror's or a test's."""
    api: str

    @property
    def base(self) -> str:
        """Without a slash at its end. Raises CallFailure for what is no address."""
        base = os.environ.get(self.variable, "").strip().rstrip("/") or self.api
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            message = f"{self.variable} is `{base}`, which is no address of the web"
            raise CallFailure(Problem("bad-address", "error", message, hint=f"such as {self.api}"))
        return base

    @contextmanager
    def addressed(self) -> Iterator[None]:
        """Let a failure say who names the address, where that isn't the registry's own."""
        try:
            yield
        except MachineFailure as failed:
            raise MachineFailure(*map(self._at, failed.problems)) from None

    def _at(self, problem: Problem) -> Problem:
        if self.base == self.api:
            return problem
        host = urlsplit(self.base).netloc.rpartition("@")[2]
        hint = f"{self.variable} names the address, at {host}: mend or unset it if that is wrong"
        return replace(problem, hint=f"{hint}; else {problem.hint}" if problem.hint else hint)

    def other_shape(self, why: str) -> MachineFailure:
        """The failure of an answer that isn't as the interface used to give it."""
        message = f"{self.registry} answers in another shape than it used to: {why}"
        hint = "nothing was written of it; see whether there is a newer version of trialpages"
        return failure("other-shape", message, hint)


def address_at(text: str, host: str) -> SplitResult | None:
    """The address in a text that is one of this host's; `https://` may be left out."""
    try:
        address = urlsplit(text if "://" in text else f"https://{text}")
        named = (address.hostname or "").lower()
    except ValueError:
        return None
    is_there = named == host or named.endswith(f".{host}")
    return address if is_there and address.scheme in ("http", "https") else None


def asks_for_nothing(registry: str, name: str) -> CallFailure:
    """The failure of a question whose words are blank."""
    message = f"this question to {registry} asks for nothing: its `{name}` is empty"
    return CallFailure(Problem("bad-query", "error", message, hint="say what to look for"))

"""Runs Pagefind's command line, and says clearly how it failed where it did."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import msgspec

from trialpages.problems import MachineFailure, Problem

VERSION = "1.5.2"
"""The one version whose files offline.py and naming.py know."""

_CHUNK_SIZE = 12000
"""How much of the index one file holds, in Pagefind's own measure; it would take 20,000. The file
of a word has to be read whole, so small ones are good. But the metadata lists them all: below 3,000
a word costs no less, and a part is many more files."""

_LEAST_SECONDS = 120.0
_SECONDS_PER_PAGE = 0.1


class _Language(msgspec.Struct, frozen=True):
    page_count: int


class _Entry(msgspec.Struct, frozen=True):
    languages: dict[str, _Language]


def run_pagefind(pages: Path, count: int, target: Path, language: str, log: Path) -> None:
    """Index the `count` pages of a folder into `target`. Raises MachineFailure unless all are in.

    One index for all pages, whatever their language: Pagefind would make one a language, and a
    visitor would only ever search one.
    """
    # Relative paths: Pagefind takes no argument that isn't UTF-8, and a folder's name may not be.
    output_path = os.path.relpath(target.resolve(), pages.resolve())
    command = [str(_executable()), "--quiet", "--force-language", language]
    command += ["--site", ".", "--output-path", output_path]
    seconds = _LEAST_SECONDS + _SECONDS_PER_PAGE * count
    # A log file, not a pipe: a pipe held open by a child of a hung Pagefind would hang us too.
    with log.open("wb") as output:
        try:
            finished = subprocess.run(
                command,
                cwd=pages,  # where no pagefind.toml can change what is indexed
                env=_clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _hung(seconds) from error
        except OSError as error:
            raise _not_runnable(error) from error
    if finished.returncode != 0:
        raise _crashed(finished.returncode, log)
    _check_count(target / "pagefind-entry.json", count)


def failure(message: str, hint: str) -> MachineFailure:
    return MachineFailure(Problem("search-index", "error", message, hint=hint))


def unknown_shape(why: str) -> MachineFailure:
    return MachineFailure(
        Problem(
            "pagefind-shape",
            "error",
            f"This Pagefind isn't the one trialpages knows the files of: {why}.",
            hint=f"Install the version in pyproject.toml: pip install pagefind-bin=={VERSION}.",
        )
    )


def _executable() -> Path:
    try:
        import pagefind_bin  # type: ignore[import-untyped]

        return Path(pagefind_bin.get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise _not_runnable(error) from error


def _clean_environment() -> dict[str, str]:
    """Nothing of the caller's: PAGEFIND_… would change the index. Windows needs SYSTEMROOT."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return {**kept, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_CHUNK_SIZE)}


def _check_count(entry: Path, expected: int) -> None:
    try:
        languages = msgspec.json.decode(entry.read_bytes(), type=_Entry).languages
    except (OSError, msgspec.DecodeError) as error:
        raise failure(
            "Pagefind ended well but wrote no index that can be read.",
            "Reinstall it: pip install --force-reinstall pagefind-bin.",
        ) from error
    found = sum(language.page_count for language in languages.values())
    if found != expected:
        raise failure(
            f"Pagefind indexed {found} of {expected} trials.",
            "Run the build again; if it persists, reinstall Pagefind: pip install pagefind-bin.",
        )


def _not_runnable(error: Exception) -> MachineFailure:
    return failure(
        f"Pagefind, which makes the search index, can't be run: {error}.",
        "Install it with `pip install pagefind-bin`, or build without search: --no-search.",
    )


def _hung(seconds: float) -> MachineFailure:
    return failure(
        f"Pagefind didn't finish the search index within {seconds:.0f} seconds and was stopped.",
        "Run the build again when the machine is less busy, or without search: --no-search.",
    )


def _crashed(status: int, log: Path) -> MachineFailure:
    if status < 0:
        how = f"was stopped by signal {-status}"
        hint = "Often this means that memory ran out. Free some, or build with --no-search."
    else:
        how = f"ended with status {status}"
        hint = "Reinstall it with `pip install pagefind-bin`, or build with --no-search."
    return failure(f"Pagefind {how} while making the search index.{_last_words(log)}", hint)


def _last_words(log: Path) -> str:
    """What Pagefind said last, as a quotation, if it said anything."""
    text = log.read_text(encoding="utf-8", errors="replace").strip()
    return f" It said: {text[-500:]}" if text else ""

"""Builds the search index with Pagefind's command line, and its twin for use from a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import msgspec

from trialpages.problems import MachineFailure, Problem
from trialpages.search.offline import write_offline

_KEPT_FILES = frozenset({"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"})
_LEAST_SECONDS = 120.0
_SECONDS_PER_DOCUMENT = 0.1


class _Language(msgspec.Struct, frozen=True):
    page_count: int
    wasm: str | None = None


class _Entry(msgspec.Struct, frozen=True):
    languages: dict[str, _Language]


def build_index(pages: Path, languages: Counter[str], target: Path, log: Path) -> None:
    """Index the slim pages below `pages` into `target`, which becomes the site's `pagefind/`.

    `languages` counts the pages by their language; `log` is a file for what Pagefind says.
    `target` is the index's own: what was in it is replaced.
    Of no pages there is no index: Pagefind can't make one.
    """
    try:
        _build_index(pages, languages, target, log)
    except OSError as error:
        raise _failure(
            f"The search index can't be written: {error}.",
            "Check that the disk has room and that the folder can be written to.",
        ) from error


def _build_index(pages: Path, languages: Counter[str], target: Path, log: Path) -> None:
    _emptied(target)
    count = languages.total()
    if count == 0:
        return
    _run_pagefind(pages, target, _main_language(languages), log, seconds=_patience(count))
    entry = _read_entry(target / "pagefind-entry.json")
    _check_count(entry, count)
    _remove_unused(target, entry)
    write_offline(target)


def _emptied(folder: Path) -> Path:
    """The folder, new and empty: Pagefind leaves the files of an earlier run where they are."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def _main_language(languages: Counter[str]) -> str:
    """The language of most documents, as Pagefind knows it: `pt` for `pt-BR`.

    One index for all: Pagefind would make one a language, and a visitor would only ever search one.
    """
    if not languages:
        return "en"
    most = max(sorted(languages), key=languages.__getitem__)
    return most.split("-")[0].lower()


def _patience(count: int) -> float:
    return _LEAST_SECONDS + _SECONDS_PER_DOCUMENT * count


def _run_pagefind(pages: Path, target: Path, language: str, log: Path, seconds: float) -> None:
    command = [str(_executable()), "--quiet", "--force-language", language]
    command += ["--site", str(pages.resolve()), "--output-path", str(target.resolve())]
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


def _executable() -> Path:
    try:
        import pagefind_bin  # type: ignore[import-untyped]

        return Path(pagefind_bin.get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise _not_runnable(error) from error


def _clean_environment() -> dict[str, str]:
    """Nothing of ours: PAGEFIND_… variables would change the index. Windows needs SYSTEMROOT."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _read_entry(path: Path) -> dict[str, _Language]:
    """What Pagefind says of its index, by language."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Entry).languages
    except (OSError, msgspec.DecodeError) as error:
        raise _failure(
            "Pagefind ended well but wrote no index that can be read.",
            "Reinstall it: pip install --force-reinstall pagefind-bin.",
        ) from error


def _check_count(entry: dict[str, _Language], expected: int) -> None:
    found = sum(language.page_count for language in entry.values())
    if found != expected:
        raise _failure(
            f"Pagefind indexed {found} of {expected} trials.",
            "Run the build again; if it persists, reinstall Pagefind: pip install pagefind-bin.",
        )


def _remove_unused(target: Path, entry: dict[str, _Language]) -> None:
    """Drop Pagefind's own user interfaces (the site has its own search page) and spare parts."""
    engines = {f"wasm.{language.wasm or 'unknown'}.pagefind" for language in entry.values()}
    kept = _KEPT_FILES | engines
    for path in target.iterdir():
        if path.is_file() and path.name not in kept and path.suffix != ".pf_meta":
            path.unlink()


def _not_runnable(error: Exception) -> MachineFailure:
    return _failure(
        f"Pagefind, which makes the search index, can't be run: {error}.",
        "Install it with `pip install pagefind-bin`, or build without search: --no-search.",
    )


def _hung(seconds: float) -> MachineFailure:
    return _failure(
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
    return _failure(f"Pagefind {how} while making the search index.{_last_words(log)}", hint)


def _last_words(log: Path) -> str:
    """What Pagefind said last, as a quotation, if it said anything."""
    text = log.read_text(encoding="utf-8", errors="replace").strip()
    return f" It said: {text[-500:]}" if text else ""


def _failure(message: str, hint: str) -> MachineFailure:
    return MachineFailure(Problem("search-index", "error", message, hint=hint))

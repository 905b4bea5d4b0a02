"""Ask every truth of every record of a folder: `python tests/truths/run.py FOLDER`.

The folder holds content (`trials/*.md`) or records as registries give them, which are imported
first; a single file of records will do. What each truth came to is its row in
docs/truths.md. `--only` asks some of them; `--site` takes a site that was built of the folder today.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

import msgspec  # noqa: E402
from browser import chromium  # noqa: E402
from sites import PROJECT  # noqa: E402

from trialpages.build import Request, build  # noqa: E402
from trialpages.content.reading import Folders  # noqa: E402
from trialpages.importers.sources import find_records  # noqa: E402
from trialpages.importing import import_records  # noqa: E402
from trialpages.updating.arrivals import Policy  # noqa: E402
from truths.every import NOT_YET, TRUTHS  # noqa: E402
from truths.page import Facts  # noqa: E402
from truths.register import ALL, Scope, Truth, Violation  # noqa: E402
from truths.report import Result, write_table  # noqa: E402
from truths.site import Site, open_site  # noqa: E402

TABLE = PROJECT / "docs/truths.md"
SETTINGS = "title: All truths\ndescription: Records, asked.\nurl: https://trials.example/\n"


def main(arguments: argparse.Namespace) -> int:
    """Build, ask, write the rows of the table; 1 where one doesn't hold."""
    with tempfile.TemporaryDirectory(prefix="truths-") as scratch:
        started = time.monotonic()
        site = _built(Path(arguments.folder).resolve(), Path(scratch), arguments.site)
        _say(f"{len(site.trial_ids):,} trials built and read", started)
        only = arguments.only
        wanted = [one for one in TRUTHS if one.name not in NOT_YET and one.name in (only or ALL)]
        results = _asked(site, wanted, started)
    for result in results:
        one = result.truth
        print(f"{one.name:40} {result.asked:>10,} {one.things:36} {result.wrong:>5} wrong")
        _show(result)
    write_table(TABLE, results, NOT_YET, len(site.trial_ids))
    return 1 if any(result.wrong for result in results) else 0


def _say(what: str, started: float) -> None:
    print(f"{time.monotonic() - started:6.0f} s  {what}", flush=True)


# --- the site -------------------------------------------------------------------------------------


def _built(folder: Path, scratch: Path, target: Path | None) -> Site:
    content, raw = folder, dict[str, bytes]()
    if not (folder / "trials").is_dir():
        content, raw = scratch / "content", _imported(folder, scratch / "content")
    as_of = datetime.now(UTC).date().isoformat()
    if target is None:
        target = scratch / "site"
        build(Request(Folders(content, PROJECT / "templates", PROJECT / "theme", target), as_of))
    return replace(open_site(target, content), raw=partial(_decoded, raw), as_of=as_of)


def _decoded(raw: Mapping[str, bytes], name: str) -> object:
    return msgspec.json.decode(raw[name]) if name in raw else None


def _imported(folder: Path, content: Path) -> dict[str, bytes]:
    """Import all records below the folder; each by its id as it was sent, the first where two are."""
    content.mkdir(parents=True)
    (content / "site.yaml").write_text(SETTINGS, "utf-8")
    sources = (
        [folder] if folder.is_file() else sorted(folder.iterdir(), key=lambda one: len(one.name))
    )
    sent: dict[str, bytes] = {}
    for source in sources:
        outcomes = import_records([str(source)], BytesIO(), content, Policy.NEW_ONLY)
        states = Counter(outcome.state for outcome in outcomes)
        print(f"{source.name}: {dict(states)}", flush=True)
        for found in find_records([str(source)], BytesIO()):
            record = found.content
            if isinstance(record, dict) and "protocolSection" in record:
                name = record["protocolSection"]["identificationModule"]["nctId"]
                sent.setdefault(name, msgspec.json.encode(record))
    return sent


# --- asking ---------------------------------------------------------------------------------------

_SHOWN = 12
_CHUNK = 250
Tallies = dict[Truth, Result]


def _asked(site: Site, wanted: list[Truth], started: float) -> list[Result]:
    tallies = {one: Result(one) for one in wanted}
    _ask_pages(site, tallies, started)
    for one in wanted:
        if one.scope is Scope.SITE:
            tallies[one] = _result(one, site)
            _say(f"{one.name}: {tallies[one].wrong} wrong", started)
    if any(one.scope is Scope.MACHINE for one in wanted):
        with chromium() as browser:
            for one in wanted:
                if one.scope is Scope.MACHINE:
                    tallies[one] = _result(one, replace(site, browser=browser))
                    _say(f"{one.name}: {tallies[one].wrong} wrong", started)
    return list(tallies.values())


def _ask_pages(site: Site, tallies: Tallies, started: float) -> None:
    """Those of each page by itself, on all cores; what the rest has to know of pages is kept."""
    local = [one.name for one in tallies if one.scope is Scope.PAGE]
    paths = [path for path in site.paths if not path.startswith("pagefind/")]
    paths.sort(key=lambda path: not path.startswith("trials/"))  # what is most likely wrong first
    chunks = [paths[at : at + _CHUNK] for at in range(0, len(paths), _CHUNK)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), _take, (site, local)) as pool:
        for number, (facts, found) in enumerate(pool.imap_unordered(_ask_chunk, chunks), start=1):
            site.known.facts.update(facts)
            for name, counts in found.items():
                truth = ALL[name]
                if not tallies[truth].wrong:
                    _show(Result(truth, *counts))
                tallies[truth] = _sum(tallies[truth], Result(truth, *counts))
            if number % 10 == 0 or number == len(chunks):
                wrong = sum(one.wrong for one in tallies.values())
                files = f"{min(number * _CHUNK, len(paths)):,} of {len(paths):,} files"
                _say(f"{files}, {wrong} wrong", started)


Counts = tuple[int, int, tuple[Violation, ...]]
_taken: dict[str, Any] = {}
"""The site and the names of truths, in a process that was forked with them: neither is pickled."""


def _take(site: Site, local: list[str]) -> None:
    _taken.update(site=site, local=local)


def _ask_chunk(paths: list[str]) -> tuple[dict[str, Facts], dict[str, Counts]]:
    part = _taken["site"].part(paths)
    facts = {facts.path: facts for facts in part.every_fact}
    results = [_result(ALL[name], part) for name in _taken["local"]]
    return facts, {one.truth.name: (one.asked, one.wrong, one.first) for one in results}


def _show(one: Result) -> None:
    """What went wrong first, as soon as it is known."""
    for violation in one.first:
        print(f"    {one.truth.name}: {violation.where} | {violation.what[:300]}", flush=True)


def _sum(one: Result, other: Result) -> Result:
    first = (*one.first, *other.first)[:_SHOWN]
    return Result(one.truth, one.asked + other.asked, one.wrong + other.wrong, first)


def _result(one: Truth, site: Site) -> Result:
    """What a truth comes to; one that stops is wrong, and the others are asked all the same."""
    answers: list[Violation | None] = []
    try:
        answers.extend(one.ask(site))
    except Exception as error:  # noqa: BLE001
        answers.append(Violation(one.name, f"stopped: {error!r}"))
    wrong = [found for found in answers if found]
    return Result(one, len(answers), len(wrong), tuple(wrong[:_SHOWN]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", help="content, or records as registries give them")
    parser.add_argument("--site", type=Path, help="a site built of the folder today")
    parser.add_argument("--only", nargs="+", choices=sorted(ALL), metavar="TRUTH")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main(_arguments()))

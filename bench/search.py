"""Search side by side with plain `pagefind --site` over the same site's pages.

python bench/search.py FOLDER [COUNT …]

COUNT is how many trials, 10,000 unless it is said; 3002, 10000 and 30000 show what grows with them.

FOLDER keeps the content, the site and both indexes from one run to the next. Needs the corpus of
real records (bench/content.py says where) and Chromium. Run it on a machine that does nothing else:
medians and 95th percentiles are taken, but a busy machine shows in all of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from search_browser import Measured, in_browser

import content
from trialpages.build import Request, build
from trialpages.content.reading import Folders
from trialpages.publish.stage import state_folder
from trialpages.search.index import SlimPages, build_delta, build_index
from trialpages.search.pagefind import _executable
from trialpages.search.target import Target

ROOT = Path(__file__).resolve().parents[1]
_OF_PLACES = ("near", "points", "sites-*")
PROCESSES = 2


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu: float
    peak: float
    """MB, of the largest process."""


def main(folder: Path, count: int) -> None:
    site = prepared(folder, count)
    ours = timed([sys.executable, __file__, "--index", str(folder)])
    plain = plain_run(folder, site)
    again = timed([sys.executable, __file__, "--index", str(folder), "--keep"])
    delta = timed([sys.executable, __file__, "--delta", str(folder)])
    subprocess.run([sys.executable, __file__, "--index", str(folder), "--keep"], check=True)
    print(f"{count} trials; ours against plain pagefind over {pages_of(site)} full pages")
    print(f"{os.cpu_count()} processors; load of the last minutes {os.getloadavg()}")
    against("index: seconds", ours.seconds, plain.seconds if plain else None)
    against("index: processor seconds", ours.cpu, plain.cpu if plain else None, asked="")
    against("index: peak MB", ours.peak, plain.peak if plain else None)
    row("index, nothing changed: seconds", f"{again.seconds:.1f}")
    row("index, one trial changed (watch): seconds", f"{delta.seconds:.1f}", "", "≤ 3")
    index = site / "pagefind"
    of_places = sum(
        path.stat().st_size for name in _OF_PLACES for path in index.glob(f"*/{name}.js")
    )
    native = size(index) - size(index / "offline") - of_places
    offline = size(index / "offline") + sum(path.stat().st_size for path in index.glob("*.js"))
    row("index: bytes a trial", f"{native / count:,.0f}", "", "≤ 7,300")
    row("read only where somebody says where he is: bytes a trial", f"{of_places / count:,.0f}")
    row(
        "on disk: MB", f"{native / 1e6:.1f}", f"{size(folder / 'plain') / 1e6:.1f}" if plain else ""
    )
    row("offline copy ÷ native", f"{offline / native:.2f}", "", "≤ 1.35")
    if plain and not (site / "plain").exists():
        shutil.copytree(folder / "plain", site / "plain")
    show(in_browser(site, content.record_ids(count), ROOT / "bench/search-queries.tsv"))


def show(found: Measured) -> None:
    for where, ranks in found.ranks.items():
        for most, asked in (1, ""), (3, "≥ 95%"), (10, "≥ 98%"):
            share = sum(rank is not None and rank <= most for rank in ranks.values()) / len(ranks)
            name = f"{where}: {len(ranks)} queries answered in the first {most}"
            row(name, f"{share:.1%}", "", "" if where == "plain" else asked)
        missed = [f"{query} ({rank})" for query, rank in ranks.items() if not rank or rank > 3]
        print(f"    not in the first 3: {'; '.join(missed) or 'none'}")
    for name, (sent, plain, most) in found.sent.items():
        ours = f"{sent.bytes / 1000:.0f}"
        beside = f"{plain.bytes / 1000:.0f}" if plain else ""
        row(f"http, cold, KB for {name}", ours, beside, f"≤ {most}")
        row("    requests", str(sent.requests), str(plain.requests) if plain else "")
    for words, (first, whole) in found.slow.items():
        row(f"400 ms, 50 KB/s, seconds to the first result of {words}", f"{first:.1f}", "", "≤ 5")
        row("    to twenty", f"{whole:.1f}")
    for name, (times, most) in found.milliseconds.items():
        high = quantiles(times, n=20)[-1]
        row(name, f"{median(times):.0f} ms", f"p95 {high:.0f} ms", f"≤ {most} ms")
    print(f"load of the last minutes {os.getloadavg()}")


def row(name: str, ours: str, plain: str = "", asked: str = "") -> None:
    print(f"  {name:60} {ours:>10} {plain:>12} {asked:>9}", flush=True)


def against(name: str, ours: float, plain: float | None, asked: str = "≤ 0.6 ×") -> None:
    if plain is None:
        row(name, f"{ours:.1f}")
    else:
        row(f"{name} ({ours / plain:.2f} × plain)", f"{ours:.1f}", f"{plain:.1f}", asked)


# --- making ---------------------------------------------------------------------------------------


def prepared(folder: Path, count: int) -> Path:
    """The site of so many trials, with its index beside the slim pages."""
    site = folder / "site"
    if not site.exists():
        if not (folder / "content").exists():
            content.write_content(count, folder / "content")
        here = Folders(folder / "content", ROOT / "templates", ROOT / "theme", site)
        build(Request(here, "2025-10-01"))
    return site


def plain_run(folder: Path, site: Path) -> Run | None:
    """Plain Pagefind over the whole site, once; None where this machine hasn't the memory."""
    kept = folder / "plain.json"
    if not kept.exists():
        command = [str(_executable()), "--quiet", "--site", str(site)]
        try:
            plain = timed(
                [*command, "--output-path", str(folder / "plain")], most=memory() * 2 // 3
            )
            kept.write_text(json.dumps([plain.seconds, plain.cpu, plain.peak]))
        except SystemExit as error:
            print(f"  plain pagefind isn't beside it: {error}")
            kept.write_text("null")
    found = json.loads(kept.read_text())
    return Run(*found) if found else None


def memory() -> int:
    """Bytes that this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def index_again(folder: Path, *, keep: bool) -> None:
    """The index as a build makes it; without `keep`, with nothing left from an earlier one."""
    site = folder / "site"
    state = state_folder(site)
    pages, parts = state / "search", folder / "parts"
    if not keep:
        shutil.rmtree(parts, ignore_errors=True)
    slim = SlimPages(pages, slim_urls(pages))
    build_index(slim, Target(site / "pagefind"), parts, PROCESSES)


def index_delta(folder: Path) -> None:
    """As after a save in `watch`: one trial's text is another."""
    site = folder / "site"
    pages = state_folder(site) / "search"
    urls = slim_urls(pages)
    edited = pages / urls[0]
    before = edited.read_bytes()
    edited.write_bytes(before.replace(b"</h1>", b" quokkas</h1>"))
    start = time.perf_counter()
    build_delta(SlimPages(pages, urls), site / "pagefind", folder / "parts")
    print(f"    of which after the imports: {time.perf_counter() - start:.1f} s")
    edited.write_bytes(before)


def slim_urls(pages: Path) -> list[str]:
    return sorted(f"trials/{path.name}" for path in (pages / "trials").iterdir())


def timed(command: list[str], most: int | None = None) -> Run:
    """A run of a command, with at `most` so many bytes of memory."""
    start = time.perf_counter()
    limited = ["prlimit", f"--data={most}", *command] if most else command
    process = subprocess.Popen(limited)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    seconds = time.perf_counter() - start
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pages_of(site: Path) -> int:
    return sum(1 for _ in site.rglob("*.html"))


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--index"]:
        index_again(Path(arguments[1]), keep="--keep" in arguments)
    elif arguments[:1] == ["--delta"]:
        index_delta(Path(arguments[1]))
    elif arguments and not arguments[0].startswith("-") and content.CORPUS.exists():
        for count in map(int, arguments[1:] or ["10000"]):
            main(Path(arguments[0]).resolve() / str(count), count)
    else:
        print(__doc__)
        sys.exit(2)

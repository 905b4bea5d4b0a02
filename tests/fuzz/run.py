"""Fuzz each target for a while: `python tests/fuzz/run.py [SECONDS] [TARGET…]`, an hour by default.

With atheris (`pip install atheris`) the mutations follow which code they reach; without it words
and bytes are mixed at random. What fails lands in tests/fuzz/corpus/ and stays there as a test.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import random
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

CORPUS = Path(__file__).parent / "corpus"


NOTES = TESTS.parent / "docs/fuzz.md"
_HEAD = """\
# Fuzzing

What each target's last long run came to; `make fuzz` writes this, never a hand. The targets and
what must hold of them are in `tests/fuzz/targets.py`, what was found in `tests/fuzz/corpus/`.

| target | date | seconds | with | inputs | outcome |
|---|---|---|---|---|---|
"""


def main(seconds: int = 3600, *names: str) -> int:
    """Each target in a process of its own, noted in docs/fuzz.md; 1 if any failed."""
    how = "atheris" if importlib.util.find_spec("atheris") else "random"
    failed = []
    for name in names or _targets():
        one = [sys.executable, __file__, "--one", how, name, str(seconds)]
        done = subprocess.run(one, check=False, capture_output=True, text=True, errors="replace")
        said = done.stdout + done.stderr
        tried = re.search(r"number_of_executed_units: (\d+)|^(\d+) inputs", said, re.MULTILINE)
        inputs = int(tried[1] or tried[2]) if tried else 0
        outcome = "FOUND" if done.returncode else "nothing found"
        _note(name, f"{seconds} | {how} | {inputs:,} | {outcome}")
        if done.returncode:
            failed.append(name)
            print(said[-3000:])
    print(NOTES.read_text("utf-8"))
    return 1 if failed else 0


def _note(name: str, outcome: str) -> None:
    text = NOTES.read_text("utf-8") if NOTES.exists() else ""
    lines = dict(re.findall(r"^\| (\w+) (\| \d{4}-.*)$", text, re.MULTILINE))
    lines[name] = f"| {datetime.now(UTC).date().isoformat()} | {outcome} |"
    NOTES.write_text(_HEAD + "".join(f"| {key} {line}\n" for key, line in lines.items()), "utf-8")


def _targets() -> list[str]:
    from fuzz.targets import TARGETS

    return list(TARGETS)


def run_atheris(name: str, seconds: int) -> None:
    atheris = importlib.import_module("atheris")

    with atheris.instrument_imports(include=["trialpages", "markdown_it"]):
        from fuzz.targets import TARGETS, WORDS
    words = CORPUS.parent / f".{name}.dict"
    lines = ('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in WORDS[name])
    words.write_text("\n".join(lines) + "\n")
    work = CORPUS.parent / f".{name}.work"
    work.mkdir(exist_ok=True)
    limits = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2000", "-max_len=20000"]
    places = [f"-artifact_prefix={CORPUS / name}/found-", f"-dict={words}", "-print_final_stats=1"]
    for number, seed in enumerate(seeds(name)):
        (work / f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *limits, *places, str(work)], TARGETS[name])
    atheris.Fuzz()


def run_random(name: str, seconds: int) -> None:
    from fuzz.targets import TARGETS

    dice, end, tried = random.Random(), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = mixed(name, dice)
        tried += 1
        try:
            TARGETS[name](data)
        except Exception:
            found = CORPUS / name / f"found-{hashlib.sha1(data).hexdigest()}"
            found.write_bytes(data)
            print(f"failed on {found}")
            raise
    print(f"{tried} inputs")


def mixed(name: str, dice: random.Random) -> bytes:
    """Words of a target in some order, or a seed with words put in and pieces taken out."""
    from fuzz.targets import WORDS

    parts = dice.choices(WORDS[name], k=dice.randint(1, 24))
    for _ in range(dice.choice((0, 0, 1, 3))):
        parts.insert(dice.randrange(len(parts) + 1), dice.randbytes(dice.randint(1, 4)))
    if dice.random() < 0.5:
        return b"".join(parts)
    seed = dice.choice(seeds(name))
    for part in parts[:6]:
        at = dice.randrange(len(seed) + 1)
        seed = seed[:at] + part + seed[at + dice.choice((0, 0, 1, 8, 60)) :]
    return seed


@cache
def seeds(name: str) -> list[bytes]:
    """The corpus of a target; for the text of a page those of the sample too."""
    paths = [*sorted((CORPUS / name).iterdir())]
    paths += sorted((TESTS / "sample/content/sources").glob("*.txt")) if name == "page_text" else []
    return [path.read_bytes() for path in paths]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run = run_atheris if sys.argv[2] == "atheris" else run_random
        run(sys.argv[3], int(sys.argv[4]))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 3600, *sys.argv[2:]))

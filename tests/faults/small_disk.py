"""Builds on a small disk until it is full, then on a read-only one; prints what happened as JSON.

Run as a program in a mount namespace of its own, where it may mount: it leaves nothing behind.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from faults.sandbox import Project, project, trial

_SIZE = 6_000_000
_LEFT = (0, 4_096, 60_000, 200_000, 400_000, 800_000, 3_000_000)
"""Bytes of room left for a build."""


def main(folder: Path) -> dict[str, int]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", folder], check=True)
    made = project(folder, trials=12)
    assert made.command("--no-search").status == 0
    found = {"full": 0, "refused": 0, "fitted": 0, "read_only": 0, "tried": 0, "unchanged": 0}
    for number, room in enumerate(_LEFT):
        _on_a_full_disk(made, room, number, found)
    _on_a_read_only_disk(made, found)
    return found


def _on_a_full_disk(made: Project, room: int, number: int, found: dict[str, int]) -> None:
    made.write({"site.yaml": f"title: Number {number}\n"})  # every page is another
    before, filler = made.digest(), made.folder / "filler"
    _fill(filler, room)
    done = made.command("--no-search", "--full")
    found["full"] += 1
    found["tried"] += 1
    if done.status == 0:
        found["fitted"] += 1
        found["unchanged"] += 1
    else:
        found["refused"] += done.status == 3 and done.is_clear and "free some space" in done.said
        found["unchanged"] += made.digest() == before
    filler.unlink()


def _fill(filler: Path, room: int) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            file.truncate(max(0, file.tell() - room))


def _on_a_read_only_disk(made: Project, found: dict[str, int]) -> None:
    made.write({"trials/NCT00000002.md": trial(2, "Last")})
    before = made.digest()
    subprocess.run(["mount", "-o", "remount,ro", made.folder], check=True)
    done = made.command("--no-search")
    found["tried"] += 1
    found["read_only"] = int(done.status == 3 and done.is_clear)
    found["unchanged"] += made.digest() == before


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))

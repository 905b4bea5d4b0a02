"""Builds copies of the program in one process, and asks each what a change has forgotten.

    python tests/workshop.py FOLDER…

Each folder is a copy with a small `content/`. For each, a line of JSON: what was said, and whether
all was well. The libraries stay loaded between copies; our own modules come from each copy.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    for folder in map(Path, sys.argv[1:]):
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            good = _tried(folder)
        print(json.dumps({"folder": str(folder), "good": good, "said": said.getvalue()}))


def _tried(folder: Path) -> bool:
    _forget_program()
    sys.path[:0] = [str(folder), str(folder / "tests")]
    os.chdir(folder)
    try:
        _run_commands(folder)
        if wrong := _forgotten():
            print(*wrong, sep="\n")
            return False
        _import_and_build(folder)
        _look_at_pages(folder)
        return True
    except Exception:  # noqa: BLE001  (whatever it is, it should name what was forgotten)
        traceback.print_exc()
        return False
    finally:
        del sys.path[:2]


def _forget_program() -> None:
    here = {path.stem for path in Path(__file__).parent.glob("*.py")} - {"workshop"}
    for name in list(sys.modules):
        if name.partition(".")[0] in {"trialpages", *here}:
            del sys.modules[name]
    importlib.invalidate_caches()


def _run_commands(folder: Path) -> None:
    from trialpages.cli import cli

    for line in (folder / "commands.txt").read_text("utf-8").splitlines():
        cli.main(line.split()[2:], standalone_mode=False)  # without `python3 build.py`


def _forgotten() -> list[str]:
    """What test_house.py says; without pytest, which takes longer than all of it."""
    house = importlib.import_module("test_house")
    tests = [test for name, test in vars(house).items() if name.startswith("test_")]
    assert tests
    return [said for test in tests if (said := _said_by(test))]


def _said_by(test: Callable[[], None]) -> str:
    try:
        test()
    except AssertionError as error:
        return f"{test.__name__}: {error}"
    return ""


def _import_and_build(folder: Path) -> None:
    """As the commands do it; a failure is raised."""
    from trialpages.build import Request, build
    from trialpages.content.reading import Folders
    from trialpages.importing import import_records
    from trialpages.problems import ContentFailure
    from trialpages.updating.arrivals import Policy

    records = sorted(map(str, (folder / "records").glob("*")))
    for arrival in import_records(records, io.BytesIO(), folder / "content", Policy.NEW_ONLY):
        if arrival.problems:
            raise ContentFailure(*arrival.problems)
    names = ("content", "templates", "theme", "site")
    folders = Folders(*(folder / name for name in names))
    build(Request(folders, "2025-10-01", jobs=1, search=False))


def _look_at_pages(folder: Path) -> None:
    """As `check` does it; a failure is raised."""
    from trialpages.audit.site import audit_site
    from trialpages.problems import ContentFailure, errors_in

    if wrong := errors_in(audit_site(folder / "site").problems):
        raise ContentFailure(*wrong)


if __name__ == "__main__":
    main()

"""The Nu HTML checker (vnu), as npm has it: fetched once into the environment. It needs Java."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from trialpages.form.install import packed, unpack
from trialpages.form.program import Package

VNU = Package(
    "vnu-jar",
    "26.9.27",
    "sha512-TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0"
    "KA==",
    {"package/build/dist/vnu.jar": "vnu.jar"},
)
FOLDER = Path(sys.prefix) / f"share/{VNU.name}-{VNU.version}"
_JAR = FOLDER / "vnu.jar"


def fetch() -> None:
    """Put it where `missing` looks, if it isn't there. Raises MachineFailure where npm fails."""
    if not _JAR.exists():
        beside = FOLDER.with_name(f"{FOLDER.name}.new")
        unpack(packed(VNU), VNU, beside)
        beside.replace(FOLDER)


def missing() -> str:
    """What it takes and isn't here; '' where it can run."""
    if shutil.which("java") is None:
        return "no Java here"
    return "" if _JAR.exists() else f"no {VNU} here, which tests/run.py fetches by npm"


def errors(pages: Iterable[Path]) -> list[str]:
    """What the checker finds wrong with files of HTML, each error with its file and line."""
    command = ["java", "-jar", str(_JAR), "--errors-only", "--format", "json", *map(str, pages)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    found = json.loads(said.stderr)["messages"]
    return [f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']}" for one in found]

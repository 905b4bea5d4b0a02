"""Builds the wheel, installs it where nothing else is, and makes a site with it.

Not one of pytest's tests: it fetches every dependency. tests/run.py runs it at the end.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import venv
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_GUIDE = PROJECT / "docs/changing.md"
_TRIAL = """\
---
nct_id: NCT00000001
brief_title: Rest for migraine
overall_status: RECRUITING
study_type: INTERVENTIONAL
---
"""

_PROGRAM = """

from pathlib import Path

from trialpages.api import Registry, Report, Source, Trial
from trialpages.api import build_site, read_content_file, read_record, to_trial, write_content_file

registry: Registry = NORTHERN_REGISTRY


def site_of(record: Mapping[str, Any], folder: Path) -> Report:
    trial: Trial = read_record(record)
    path = write_content_file(trial, folder / "content")
    assert read_content_file(path) == trial
    return build_site(folder / "content", folder / "site", search=False)
"""
"""Somebody's, behind the registry of docs/changing.md."""


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        shutil.rmtree(PROJECT / "build", ignore_errors=True)  # modules that are gone would be in
        subprocess.run([*pip, "--wheel-dir", made, str(PROJECT)], check=True)
        (wheel,) = folder.glob("*.whl")
        venv.EnvBuilder().create(folder / "clean")
        programs = folder / "clean" / ("Scripts" if sys.platform == "win32" else "bin")
        pip = [sys.executable, "-m", "pip", f"--python={programs / 'python'}"]
        subprocess.run([*pip, "install", "-q", "--no-compile", wheel], check=True)
        trials = folder / "work/content/trials"
        trials.mkdir(parents=True)
        (trials / "NCT00000001.md").write_text(_TRIAL, encoding="utf-8")
        for words in (["build"], ["check"], ["bundle"], ["new", "NCT00000002"], ["build"]):
            subprocess.run([programs / "trialpages", *words], cwd=folder / "work", check=True)
        page = (folder / "work/site/trials/NCT00000001.html").read_text("utf-8")
        assert "Rest for migraine" in page
        assert (folder / "work/site/pagefind/engine.js").is_file()
        assert (folder / "work/site.zip").is_file()
        print("the wheel builds, checks and bundles a site of its own")
        subprocess.run([programs / "trialpages", "init", "begun"], cwd=folder, check=True)
        subprocess.run([programs / "trialpages", "-q"], cwd=folder / "begun", check=True)
        assert (folder / "begun/site/about.html").is_file()
        assert len(list((folder / "begun/.github/workflows").iterdir())) == 2
        print("and begins one")
        _check_types(folder, programs / "python")


def _check_types(folder: Path, python: Path) -> None:
    """Whether mypy finds a program of somebody's own right, with the wheel alone beside it."""
    if find_spec("mypy") is None:
        print("NOT RUN: mypy isn't here, and can't say whether the wheel's types are found")
        return
    blocks = re.findall(r"```python\n(.*?)```", _GUIDE.read_text("utf-8"), re.DOTALL)
    registry = next(block for block in blocks if "class Northern:" in block)
    program = folder / "program.py"
    program.write_text(registry + _PROGRAM, encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file="]
    command = [*mypy, "--python-executable", str(python), program.name]
    subprocess.run(command, cwd=folder, check=True)


if __name__ == "__main__":
    main()

"""Builds the wheel, installs it where nothing else is, and makes a site with it.

Not one of pytest's tests: it fetches every dependency. tests/run.py runs it at the end.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_TRIAL = """\
---
nct_id: NCT00000001
brief_title: Rest for migraine
overall_status: RECRUITING
study_type: INTERVENTIONAL
---
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--wheel-dir", made, str(PROJECT)], check=True)
        (wheel,) = folder.glob("*.whl")
        venv.EnvBuilder(with_pip=True).create(folder / "clean")
        programs = folder / "clean" / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([programs / "python", "-m", "pip", "install", "-q", wheel], check=True)
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


if __name__ == "__main__":
    main()

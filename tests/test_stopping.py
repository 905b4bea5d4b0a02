"""Ctrl-C at any moment: exit 130, a sentence, no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sites import PROJECT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")

_CTRL_C = "import os, signal; os.kill(os.getpid(), signal.SIGINT)\n"


def _run(
    words: list[str], shadows: Path | None = None, *, heard: bool = True
) -> tuple[int, bytes, bytes]:
    """Run Python; its status, and what it said. Unless `heard`, SIGINT is ignored as in a shell's
    background, which children inherit."""
    action = "default_int_handler" if heard else "SIG_IGN"
    first = f"import os, signal, sys; signal.signal(signal.SIGINT, signal.{action})\n"
    starter = [sys.executable, "-c", first + "os.execv(sys.executable, sys.argv[1:])"]
    environment = {**os.environ, **({"PYTHONPATH": str(shadows)} if shadows else {})}
    done = subprocess.run(
        [*starter, sys.executable, *words],
        capture_output=True,
        check=False,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("module", ["hashlib", "click", "shutil", "msgspec"])
def test_while_it_starts(tmp_path: Path, module: str) -> None:
    """A module that is imported on the way presses Ctrl-C."""
    (tmp_path / f"{module}.py").write_text(_CTRL_C)
    assert _run(["build.py", "schema"], tmp_path) == (
        130,
        b"",
        b"stopped; the site is as it was\n",
    )


def test_before_the_command_has_words_for_it(tmp_path: Path) -> None:
    (tmp_path / "os.py").touch()
    first = (PROJECT / "build.py").read_text("utf-8").partition("import os\n")[0] + _CTRL_C
    (tmp_path / "first.py").write_text(first)
    assert _run([str(tmp_path / "first.py")]) == (-signal.SIGINT, b"", b"")


def test_while_one_program_hands_over_to_another() -> None:
    code = (
        "from trialpages.machine.stopping import *; import os, signal, sys\n"
        "hold_back(); os.kill(os.getpid(), signal.SIGINT)\n"
        "os.execv(sys.executable, [sys.executable, 'build.py', 'import', 'x'])"
    )
    status, _, said = _run(["-c", code])
    assert (status, said.split(b";")[0]) == (130, b"stopped")
    assert b"every trial is whole" in said


_VERB = """
import os, signal, sys
sys.argv = ["build.py"]
from trialpages import cli, starting
def interrupt(*_):
    os.kill(os.getpid(), signal.SIGINT)
{main}
cli.main = main
starting.start()
"""
_WHILE = {
    "a verb works": "main = interrupt",
    "it tidies up": """
def main():
    try:
        interrupt()
    finally:
        interrupt()
""",
    "nobody can catch an exception": """
class Lost:
    def __del__(self):
        interrupt()
def main():
    Lost()
    sys.exit(0)
""",
}


@pytest.mark.parametrize("moment", _WHILE)
def test_while(moment: str) -> None:
    status, _, said = _run(["-c", _VERB.format(main=_WHILE[moment])])
    assert (status, said) == (130, b"stopped; the site is as it was\n")


def test_after_the_last_word_it_changes_nothing() -> None:
    main = "import atexit\ndef main():\n    atexit.register(interrupt); sys.exit(0)"
    assert _run(["-c", _VERB.format(main=main)]) == (0, b"", b"")


def test_what_a_shell_runs_in_its_background_goes_on() -> None:
    main = "def main():\n    interrupt(); sys.exit(0)"
    assert _run(["-c", _VERB.format(main=main)], heard=False) == (0, b"", b"")


_WORKERS = """
import os, signal
from trialpages.machine import workers
def work(number):
    os.kill(os.getpid(), signal.SIGINT)
    return number
if __name__ == "__main__":
    workers._start_method = lambda: {method!r}
    print(sum(workers.run_all(work, range(100), 2)))
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_leave_it_to_the_process_that_started_them(tmp_path: Path, method: str) -> None:
    (tmp_path / "many.py").write_text(_WORKERS.format(method=method))
    assert _run([str(tmp_path / "many.py")], PROJECT) == (0, b"4950\n", b"")


_WRITING = """
import os, signal, sys
from pathlib import Path
from trialpages.content import writing
def heard(*_):
    print(sorted(path.name for path in trials.rglob("*") if path.is_file()), flush=True)
    os._exit(130)
signal.signal({number}, heard)
trials, replace = Path({folder!r}), Path.replace
def pressed(path, to):
    os.kill(os.getpid(), {number})
    return replace(path, to)
Path.replace = pressed
names = (".imported/NCT1", "NCT1.md")
writing.write_together([writing.FileChange(trials / name, b"new") for name in names])
print("never heard")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_trial_is_written_whole_first(tmp_path: Path, number: signal.Signals) -> None:
    code = _WRITING.format(number=int(number), folder=str(tmp_path))
    assert _run(["-c", code]) == (130, b"['NCT1', 'NCT1.md']\n", b"")

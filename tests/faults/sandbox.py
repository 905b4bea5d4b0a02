"""Small projects to break, and what a run of the command on one came to."""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sites import PROJECT, digest, trial_text, write_files

from trialpages.build import Request, build
from trialpages.cli import main
from trialpages.content.reading import Folders
from trialpages.publish.stage import state_folder

EPOCH = "1759276800"  # 2025-10-01
AS_OF = "2025-10-01"


@dataclass(frozen=True, slots=True)
class Done:
    """How a run of the command ended, and what it said."""

    status: int
    said: str

    @property
    def is_clear(self) -> bool:
        """Whether it said what is wrong and what to do, without a traceback."""
        return "error: " in self.said and "→" in self.said and "Traceback" not in self.said


@dataclass(frozen=True, slots=True)
class Project:
    """Content and a site of its own; the project's templates and theme unless it has its own."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def state(self) -> Path:
        return state_folder(self.site)

    @property
    def folders(self) -> Folders:
        return Folders(self.content, self._own("templates"), self._own("theme"), self.site)

    def _own(self, name: str) -> Path:
        return self.folder / name if (self.folder / name).exists() else PROJECT / name

    def own_templates(self) -> Path:
        """Give the project templates of its own to spoil."""
        return Path(shutil.copytree(PROJECT / "templates", self.folder / "templates"))

    def write(self, files: dict[str, str | bytes]) -> None:
        """Write files below content/."""
        write_files(self.content, files)

    def build(self, *, search: bool = False, jobs: int = 1) -> None:
        """Build in this process; whatever goes wrong is raised."""
        build(Request(self.folders, AS_OF, search=search, jobs=jobs))

    def words(self, *words: str) -> list[str]:
        """The command's words for this project."""
        named = zip(("content", "templates", "theme", "site"), _paths(self.folders), strict=True)
        return [
            "build.py",
            "build",
            *(w for name, path in named for w in (f"--{name}", path)),
            *words,
        ]

    def command(self, *words: str) -> Done:
        """Run the command on this project in this process."""
        return command(self.words("--jobs", "1", *words))

    def command_without_power(self) -> Done:
        """Run the command as a program of its own, and one to whom file modes mean something."""
        words = [sys.executable, str(PROJECT / "build.py"), *self.words("--no-search")[1:]]
        powerless = _POWERLESS if os.geteuid() == 0 else ()
        done = subprocess.run([*powerless, *words], capture_output=True, text=True, check=False)
        return Done(done.returncode, done.stderr)

    def digest(self) -> str:
        return digest(self.site) if self.site.exists() else "no site"


def command(words: list[str]) -> Done:
    """Run the command in this process."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", words)
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            status = _exit_status(main)
    return Done(status, said.getvalue())


def _paths(folders: Folders) -> Iterator[str]:
    yield from map(str, (folders.content, folders.templates, folders.theme, folders.site))


def _exit_status(run: Callable[[], object]) -> int:
    try:
        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


_POWERLESS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def modes_mean_nothing() -> str:
    """Why a file can't be made unreadable here; empty where it can."""
    if os.geteuid() != 0 or shutil.which("setpriv"):
        return ""
    return "root ignores modes, and there is no setpriv to take that power away"


def project(folder: Path, trials: int = 4, title: str = "Rest") -> Project:
    """A small project with every kind of content file."""
    made = Project(folder)
    files = {f"trials/{id_of(n)}.md": trial(n, f"{title} {n}") for n in range(1, trials + 1)}
    made.write({"site.yaml": "title: Ours\n", "pages/about.md": f"# About\n\n{title}.\n", **files})
    return made


def id_of(number: int) -> str:
    return f"NCT{number:08}"


def trial(number: int, title: str = "Rest", front: str = "", body: str = "") -> str:
    """A trial's file with more front matter and more body."""
    text = trial_text(id_of(number), title)
    return text.replace("---\n\n##", f"{front}---\n\n##") + body


def clean_digest(source: Project, beside: Path, *, search: bool = False) -> str:
    """The digest of a site built from nothing out of the same content, templates and theme."""
    shutil.rmtree(beside, ignore_errors=True)
    parts = source.folders
    fresh = Folders(parts.content, parts.templates, parts.theme, beside / "site")
    build(Request(fresh, AS_OF, search=search, jobs=1))
    found = digest(beside / "site")
    shutil.rmtree(beside)
    return found


def in_child(work: Callable[[], object]) -> int:
    """Start `work` in a process of its own, in a group of its own; returns its process id."""
    process = os.fork()
    if process:
        return process
    status = 70
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = _exit_status(work)
    except BaseException:  # noqa: BLE001  (a child must never go on as a test runner)
        traceback.print_exc()
    finally:
        os._exit(status)


def ended(process: int) -> int:
    """Wait for a child; its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def sample(things: int, wanted: int, seed: int) -> list[int]:
    """Some of the numbers below `things`, or all of them."""
    if wanted >= things:
        return list(range(things))
    return sorted(random.Random(seed).sample(range(things), wanted))

"""Wall time and memory of a command with all the processes it starts; time from a save to a page.

Memory is read from /proc, so this runs on Linux alone.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

_LONGEST = 3600.0
"""Seconds after which a command is given up."""
_SAMPLE = 0.05
"""Seconds between two looks at the memory, at least."""
_SHARE = 0.01
"""Of the time, that looking may take: who has many processes shall not pay for being looked at."""


class MeasuringError(Exception):
    """A generator can't be measured; the text says why."""


@dataclass(frozen=True, slots=True)
class Run:
    seconds: float
    processor: float
    """Seconds that all processes together spent on all cores."""
    peak: float
    """MB, of all processes together."""


@dataclass(frozen=True, slots=True)
class Command:
    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self.words,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        """The last line that says something."""
        lines = self.log.read_text("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "nothing")


def timed(command: Command) -> Run:
    """Run a command to its end. Raises MeasuringError unless it ends well."""
    os.sync()  # so that nobody pays for what another has written
    start = time.perf_counter()
    process = command.start()
    late = threading.Timer(_LONGEST, _stop, (process,))
    late.start()
    peaks, ended = [0.0], threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, peaks, ended))
    sampler.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    except BaseException:
        _stop(process)
        raise
    finally:
        seconds = time.perf_counter() - start
        late.cancel()
        ended.set()
        sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise MeasuringError(f"ended with {process.returncode}: {command.said()}")
    return Run(seconds, used.ru_utime + used.ru_stime, peaks[0])


# --- memory -------------------------------------------------------------------------------------


def _sample(root: int, peaks: list[float], ended: threading.Event) -> None:
    pause = _SAMPLE
    while not ended.wait(pause):
        start = time.perf_counter()
        peaks.append(max(peaks.pop(), _tree_memory(root)))
        looked = time.perf_counter() - start
        pause = max(_SAMPLE, looked / _SHARE)


def _tree_memory(root: int) -> float:
    """MB that a process and its descendants hold; pages that several share count once."""
    processes = tuple(_tree(root))
    if len(processes) == 1:
        return _peak(root)  # a look that costs nothing, however large the process
    return sum(map(_share, processes))


def _tree(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _tree(int(child))


def _peak(process: int) -> float:
    """The most it has held so far (`VmHWM`, proc_pid_status(5))."""
    return _kilobytes(f"/proc/{process}/status", "VmHWM:") / 1024


def _share(process: int) -> float:
    """What it holds now, shared pages by halves, thirds … (proc_pid_smaps_rollup(5))."""
    return _kilobytes(f"/proc/{process}/smaps_rollup", "Pss:") / 1024


def _kilobytes(file: str, name: str) -> int:
    with contextlib.suppress(OSError):
        for line in Path(file).read_text().split("\n"):
            if line.startswith(name):
                return int(line.split()[1])
    return 0


# --- from a save to the page ----------------------------------------------------------------------

_READY = 900.0
_APPEARS = 300.0
_BETWEEN = 2.0
_IDLE = 0.05
"""Processor seconds a second below which a server has nothing to do."""


def save_to_page(
    command: Command, address: str, page: Path, save: Callable[[], str], times: int
) -> list[tuple[float, float]]:
    """Seconds from each `save` until the word it returns can be seen, and until it is on the disk.

    It can be seen where the page is served with it or lies on the disk, whichever comes first. The
    first save isn't counted: with it the server shows that it follows. Raises MeasuringError.
    """
    process = command.start()
    try:
        _wait(lambda: _served(address) is not None, _READY, process, command, "serve the page")
        found = []
        for _ in range(times + 1):
            _settle(process.pid)
            start = time.perf_counter()
            word, seconds = save().encode(), list[float]()
            for done in (partial(_seen, word, page, address), partial(_stands, word, page)):
                _wait(done, _APPEARS, process, command, "show a save")
                seconds.append(time.perf_counter() - start)
            found.append((seconds[0], seconds[1]))
        return found[1:]
    finally:
        _stop(process)


def _wait(
    done: Callable[[], bool],
    most: float,
    process: subprocess.Popen[bytes],
    command: Command,
    what: str,
) -> None:
    start = time.monotonic()
    while not done():
        if process.poll() is not None:
            raise MeasuringError(f"watching ended with {process.returncode}: {command.said()}")
        waited = time.monotonic() - start
        if waited > most:
            raise MeasuringError(f"didn't {what} within {most:.0f} s")
        time.sleep(min(0.1, max(0.001, waited / 50)))  # to 2 %, without taking the server's time


def _settle(process: int) -> None:
    """Wait until a server has done with the last save, so that the next finds it idle."""
    end, spent = time.monotonic() + _APPEARS, -1.0
    while time.monotonic() < end:
        before, spent = spent, sum(map(_processor_seconds, _tree(process)))
        if 0 <= spent - before < _IDLE * _BETWEEN and before >= 0:
            return
        time.sleep(_BETWEEN)


def _processor_seconds(process: int) -> float:
    """Spent so far (proc_pid_stat(5), fields 14 and 15)."""
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _served(address: str) -> bytes | None:
    failures = (OSError, http.client.HTTPException)
    with contextlib.suppress(*failures), urllib.request.urlopen(address, timeout=60) as answer:
        content: bytes = answer.read()
        return content
    return None


def _seen(word: bytes, page: Path, address: str) -> bool:
    return _stands(word, page) or word in (_served(address) or b"")


def _stands(word: bytes, page: Path) -> bool:
    with contextlib.suppress(OSError):  # the page, or its whole folder, is just being replaced
        content = page.read_bytes()
        return word in content and content.rstrip().endswith(b"</html>")
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and all it started, the servers behind it included."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired, ChildProcessError):
            process.wait(10)
            if number == signal.SIGTERM:
                time.sleep(0.2)


# --- what came out --------------------------------------------------------------------------------


def size(folder: Path) -> tuple[int, float]:
    """HTML pages of a folder, and MB of all its files."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return pages, sum(path.stat().st_size for path in files) / 1e6


def file_system(folder: Path) -> str:
    """The kind of file system a folder is on, such as `ext4` (proc_pid_mounts(5))."""
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().split("\n") if line]
    kinds = {Path(words[1]): words[2] for words in mounts}
    return next((kinds[path] for path in (folder, *folder.parents) if path in kinds), "")


ASIDE = "aside"


def put_aside(folder: Path, *paths: Path) -> None:
    """Move what earlier builds left out of the way, to be deleted when all is measured.

    For minutes after many files were deleted ext4 without a journal takes long to make new ones,
    whoever makes them.
    """
    for path in filter(Path.exists, paths):
        folder.mkdir(exist_ok=True)
        path.rename(folder / f"{time.time_ns()}-{path.name}")


def remove(*paths: Path) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

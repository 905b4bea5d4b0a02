"""An environment of the project's own: made on the first run, before any dependency is there.

Debian's Python refuses `pip install` outside a virtual environment, and may lack the module that
makes one. Only the standard library is used here, and of what installs only where it has to.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import NoReturn

from trialpages.machine.stopping import go_on, hold_back, stop_at_once, stop_tidily

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = PROJECT / ".venv"
_NEEDED = ("jinja2", "markdown_it", "yaml", "msgspec", "click", "pagefind_bin")


MADE_NOW = "TRIALPAGES_ENVIRONMENT_MADE"
"""Set for the program that goes on in an environment which was made a moment ago."""


def ensure_installed(extra: str = "") -> None:
    """Go on in an environment that has the dependencies, and those of `extra`.

    Returns where this Python has them; else makes `.venv` and runs the same command there. One that
    a Python made which is gone, or of another version, is made anew.
    """
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    inside = Path(sys.prefix).resolve() == ENVIRONMENT.resolve()
    if _has_needed() and (not extra or inside) and (not inside or _is_current(extra)):
        return
    lost = inside and not _has_needed() and _is_current(extra)
    if lost and os.environ.get(MADE_NOW):
        _stop(
            "what was just installed isn't found",
            "see where pip puts it: pip config list, and the variables that begin with PIP_",
        )
    if lost or not python.exists() or not _is_current(extra):
        stop_tidily()  # pip is to end first
        print(f"setting up {ENVIRONMENT} (once; it takes a minute) …", file=sys.stderr, flush=True)
        if lost or not _has_pip(python):
            _make_environment()
        _install(python, extra)
    if not inside or lost:
        _go_on(python)


def _has_needed() -> bool:
    return all(map(importlib.util.find_spec, _NEEDED))


def _go_on(python: Path) -> None:
    import subprocess

    arguments = [str(python), *sys.argv]
    try:
        if os.name == "nt":
            go_on()  # the other process hears it too, and answers
            sys.exit(subprocess.run(arguments, check=False).returncode)
        hold_back()
        os.execv(python, arguments)
    except OSError as error:
        stop_at_once()
        hint = "is its disk mounted noexec? Else delete that folder and run this again"
        _stop(f"can't run {python}: {error.strerror}", hint)


def _stop(message: str, hint: str) -> NoReturn:
    said = f"error: {message}\n    → {hint}\n"
    sys.stderr.write(said.encode(errors="backslashreplace").decode())
    sys.exit(3)


def _tested(extra: str) -> Path:
    """The file that names the versions which the tests pass with, each with its digests.

    A newer one of a library may read or write a text otherwise.
    """
    return PROJECT / (f"constraints-{extra}.txt" if extra else "constraints.txt")


def _stamp(extra: str) -> Path:
    """A file whose name says what was installed: dependencies, their versions and extra."""
    wanted = (PROJECT / "pyproject.toml").read_bytes() + _tested(extra).read_bytes()
    return ENVIRONMENT / f"installed-{hashlib.sha256(wanted).hexdigest()[:12]}"


def _is_current(extra: str) -> bool:
    return _stamp(extra).exists() or (not extra and _stamp("dev").exists())


def _install(python: Path, extra: str) -> None:
    tested = _tested(extra)
    how = ["--no-compile"] if extra else []  # a test tool's modules are many, and few are used
    complaint = _pip(python, *how, "--require-hashes", f"--requirement={tested}")
    if complaint and "hash" not in complaint.lower():  # else somebody has changed a package
        print(f"not all versions of {tested.name} can be had; trying others …", file=sys.stderr)
        complaint = _pip(python, *how, *_requirements(extra))
    if complaint:
        _stop("the dependencies can't be installed", "see above, then try again")
    _compile_templates(python)
    _stamp(extra).touch()
    os.environ[MADE_NOW] = "1"


def _compile_templates(python: Path) -> None:
    """So that a first build needn't; where it fails, that build says why."""
    import subprocess

    command = [str(python), "-m", "trialpages.templating.making"]
    with contextlib.suppress(OSError):
        subprocess.run(command, cwd=PROJECT, check=False, capture_output=True)


def _has_pip(python: Path) -> bool:
    """Whether an environment was made to its end, by a Python that is still there."""
    return any(ENVIRONMENT.glob("[Ll]ib/**/site-packages/pip")) and python.exists()


_OF_PIP = ("INDEX_URL", "EXTRA_INDEX_URL", "NO_INDEX", "FIND_LINKS", "TRUSTED_HOST", "CERT",
           "CLIENT_CERT", "PROXY", "CACHE_DIR", "NO_CACHE_DIR", "TIMEOUT", "DEFAULT_TIMEOUT",
           "RETRIES", "CONFIG_FILE", "KEYRING_PROVIDER")  # fmt: skip
"""Variables that say where packages come from; others say where to and whether at all."""


def _pip_environment() -> dict[str, str]:
    kept = {f"PIP_{name}" for name in _OF_PIP}
    found = os.environ.items()
    return {name: value for name, value in found if name in kept or not _misleads(name)}


def _misleads(name: str) -> bool:
    return name.startswith("PIP_") or name in ("PYTHONHOME", "PYTHONPATH", "PYTHONUSERBASE")


def _pip(python: Path, *words: str) -> str:
    """Install with pip. Returns what it complains of, which is shown; nothing if all is well."""
    import subprocess

    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, *words], check=False, stderr=subprocess.PIPE, env=_pip_environment()
    )
    said = done.stderr.decode(errors="replace")
    print(said, end="", file=sys.stderr)
    return said or "pip failed" if done.returncode else ""


def _requirements(extra: str) -> list[str]:
    import tomllib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    more = project["optional-dependencies"][extra] if extra else []
    return [*project["dependencies"], *more]


def _make_environment() -> None:
    import subprocess

    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install_debian_package(f"python{version}-venv")
    try:
        import venv

        venv.EnvBuilder(with_pip=True, clear=ENVIRONMENT.exists()).create(ENVIRONMENT)
    except UnicodeError:
        _stop(f"can't make {ENVIRONMENT}: a folder's name isn't UTF-8", "rename that folder")
    except (OSError, subprocess.CalledProcessError) as error:
        _stop(f"can't make {ENVIRONMENT}: {error}", "check the disk and permissions")


def install_debian_package(*names: str) -> None:
    """Install, as root or with sudo, the first of these packages that Debian or Ubuntu has."""
    import shutil

    name = names[-1]
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo"]
    if not shutil.which("apt-get") or (sudo and not shutil.which("sudo")):
        sys.exit(f"error: this machine lacks {name}\n    → install it and run this again")
    print(f"installing Debian's {' or '.join(names)} …", file=sys.stderr, flush=True)
    _apt_get([*sudo, "apt-get", "update", "-q"])
    install = [*sudo, "apt-get", "install", "-q", "-y", "--no-install-recommends"]
    if not any(_apt_get([*install, each]) for each in names):
        sys.exit(f"error: {name} can't be installed\n    → install it by hand and run this again")


def _apt_get(command: list[str]) -> bool:
    import subprocess

    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)
    return done.returncode == 0

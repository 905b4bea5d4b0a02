"""The command: its verbs, and how every call ends. Only this package prints.

publishing, editing, checking, importing, keeping
            the verbs; options.py has what several of them take
terminal    what is said, and how far a run is
kept        what a fetch or a sync did
report_file where a report goes, and where its links lead from there
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from types import ModuleType
from typing import NoReturn

import click

from trialpages import __version__
from trialpages.cli.terminal import Published, say, show_problems
from trialpages.machine.said import lost
from trialpages.machine.shortage import shortage
from trialpages.machine.stopping import stopped
from trialpages.problems import Failure


def main() -> NoReturn:
    """Run the command line; every failure ends in a message and an exit status."""
    gc.set_threshold(50_000, 20, 100)  # a build makes many values that live on, and few cycles
    status: object
    try:
        status = cli.main(standalone_mode=False, prog_name="trialpages")
    except Failure as failure:
        show_problems(failure.problems)
        status = failure.exit_status
    except click.ClickException as error:
        _say_usage(error)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        say(stopped())
        status = _STOPPED
    except Exception as error:  # noqa: BLE001  (the last resort: no traceback reaches a user)
        _say_end(error)
        status = 3
    sys.exit(_heard(status))


def _heard(status: object) -> int:
    """The status of the work, a number or what the verb returned; 3 where something was to go to
    standard output and is lost.

    What has published a site keeps its 0: any other says that the site is what it was.
    """
    known = status if isinstance(status, int) else 0
    error = lost()
    if error is None or known == _STOPPED:
        return known
    why = "it is closed" if error.errno == errno.EBADF else error.strerror
    say(f"error: standard output can't be written: {why}; what was to go there is lost")
    say("    → make room where it goes, or open it, then run this again")
    return known if isinstance(status, Published) else 3


_STOPPED = 130


def _say_usage(error: click.ClickException) -> None:
    """What click says of a call, with what it quotes of it made visible."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context:
        say(context.get_usage())
        say(f"Try '{context.command_path} --help' for help.")
    say(f"Error: {error.format_message()}")


def _say_end(error: Exception) -> None:
    """What no part of the program foresaw: a fault of the machine, or of ours."""
    if lacking := shortage(error):
        message, hint = lacking
        say(f"error: {message}; the site is as it was")
        say(f"    → {hint}, then run this again")
    elif isinstance(error, OSError):
        say(f"error: {error.strerror or error}: {error.filename or 'the disk'}")
        say("    → check the disk's room and the permissions, then run this again")
    else:
        _say_fault(error)


def _say_fault(error: Exception) -> None:
    if os.environ.get("TRIALPAGES_DEBUG"):
        import traceback

        for lines in traceback.format_exception(error):
            for line in lines.splitlines():
                say(line)
    say(f"error: a fault in trialpages itself: {type(error).__name__}: {error}")
    say("    → the site is as it was; set TRIALPAGES_DEBUG=1, run it again, report what it says")


class _BuildByDefault(click.Group):
    """`trialpages` alone, or with options only, builds."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if self.is_meant(args) and args[:1] != ["build"]:
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        try:
            module = _VERBS[cmd_name]() if cmd_name in _VERBS else None
        except KeyboardInterrupt:  # click would answer it with an empty line
            raise click.Abort from None
        found: click.Command | None = getattr(module, f"{cmd_name}_command", None)
        return found

    @staticmethod
    def is_meant(args: list[str]) -> bool:
        """Whether a call builds."""
        first = args[0] if args else "build"
        is_option = first.startswith("-") and first not in ("--help", "-h", "--version")
        return is_option or first == "build"


@click.group(
    cls=_BuildByDefault,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 good, 1 the content is at fault, 2 the call, 3 the machine, "
    "4 another run is at work. At any but 0 the site is what it was.",
)
@click.version_option(__version__, prog_name="trialpages")
def cli() -> None:
    """Clinical-trial records become pages that people can trust.

    \b
    build                     content/ into site/, as without a verb
    fetch NCT01234567         a trial's record from its registry
    import record.json        turn a registry record into content/trials/NCT….md
    """


# What the verbs import is half of what a small build takes, so only that which is called does.


def _publishing() -> ModuleType:
    from trialpages.cli import publishing

    return publishing


def _editing() -> ModuleType:
    from trialpages.cli import editing

    return editing


def _importing() -> ModuleType:
    from trialpages.cli import importing

    return importing


def _keeping() -> ModuleType:
    from trialpages.cli import keeping

    return keeping


def _checking() -> ModuleType:
    from trialpages.cli import checking

    return checking


_VERBS = {
    "build": _publishing,
    "bundle": _publishing,
    "admin": _publishing,
    "export": _publishing,
    "init": _editing,
    "new": _editing,
    "watch": _editing,
    "eject": _editing,
    "schema": _editing,
    "import": _importing,
    "fetch": _keeping,
    "sync": _keeping,
    "check": _checking,
}

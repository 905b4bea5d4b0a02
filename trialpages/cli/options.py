"""Options that several verbs share."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from trialpages.problems import CallFailure, ContentFailure, Problem, Where


class _FolderPath(click.Path):
    """A folder's path. An empty one is a script's unset variable, and would mean this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail(
                "a folder's name is needed, and this is empty; `.` is the one here", param, ctx
            )
        return super().convert(value, param, ctx)


FolderOption = _FolderPath(path_type=Path, file_okay=False)


def not_led_out(context: click.Context, option: click.Parameter, folder: Path) -> Path:
    """A folder that is named in the call may be a link: whoever calls means what it leads to.

    The usual one may not: whoever wrote the content may have made it one.
    """
    named = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
    if not named and folder.is_symlink():
        hint = f"name the folder that is meant: --{option.name} {folder.resolve()}"
        message = "this is a link, which isn't followed"
        raise ContentFailure(Problem("not-a-file", "error", message, Where(str(folder)), hint))
    return folder


content_option = click.option(
    "--content",
    type=FolderOption,
    default="content",
    show_default=True,
    callback=not_led_out,
    help="What the site is made from; trials are under trials/.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print each problem as a line of JSON."
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but problems.")


def _fields(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> frozenset[str]:
    """Fields of a record, as its file has them."""
    if not names:
        return frozenset()
    from trialpages.changes.plain import plain_field
    from trialpages.importers.update import MERGED_FIELDS
    from trialpages.text.meant import closest
    from trialpages.trial.history import field_label
    from trialpages.updating.telling import english

    for name in names:
        if name not in MERGED_FIELDS:
            labels = {field_label(one, english()).casefold(): one for one in MERGED_FIELDS}
            labels |= {plain_field(one): one for one in MERGED_FIELDS}
            meant = closest(name, MERGED_FIELDS)
            meant = labels.get(name.replace("_", " ").casefold()) or meant
            hint = f"did you mean `{meant}`?" if meant else "content/README.md names them"
            raise click.BadParameter(f"`{name}` is no field that a registry fills; {hint}")
    return frozenset(names)


take_option = click.option(
    "--take",
    "chosen",
    multiple=True,
    metavar="FIELD",
    callback=_fields,
    help="Take the registry's side of this field, whatever stands in the file. Can be repeated.",
)


def folder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The directory flags that hold for every verb."""
    for name, default, text in reversed(
        (
            ("content", "content", "What the site is made from."),
            ("site", "site", "Where the site is built; the tool owns this folder whole."),
            ("templates", "templates", "Page templates of your own, in place of the shipped ones."),
            ("theme", "theme", "Style sheets, scripts and pictures of your own, likewise."),
        )
    ):
        option = click.option(
            f"--{name}",
            type=FolderOption,
            default=default,
            show_default=True,
            callback=not_led_out if name == "content" else None,
            help=text,
        )
        command = option(command)
    return command


def as_of() -> str:
    """The date of the build: SOURCE_DATE_EPOCH where it is set (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds"
        hint = "unset it, or set it to seconds since 1970"
        raise CallFailure(Problem("bad-epoch", "error", message, hint=hint)) from None

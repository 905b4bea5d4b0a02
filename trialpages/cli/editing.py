"""The verbs for whoever writes trials: new, schema."""

from __future__ import annotations

from pathlib import Path

import click

from trialpages.cli.options import content_option
from trialpages.cli.terminal import reporting, say


@click.command("new")
@click.argument("trial_id", metavar="ID")
@click.option("--title", default="A title to be written", help="The trial's short title.")
@click.option("--yaml", "as_yaml", is_flag=True, help="All in YAML: code editors complete that.")
@content_option
def new_command(trial_id: str, title: str, as_yaml: bool, content: Path) -> None:
    """Write a starter file for a trial, every common field explained."""
    from trialpages.editor.scaffold import new_trial

    with reporting(as_json=False):
        path = new_trial(content, trial_id, title, ".yaml" if as_yaml else ".md")
    say(f"wrote {path}")
    say("edit it, delete its line `draft: true`, then build")


@click.command("schema")
@click.option("--write", is_flag=True, help="Renew trial.schema.json and README.md in content/.")
@content_option
def schema_command(write: bool, content: Path) -> None:
    """Print the JSON Schema of a trial's front matter."""
    from trialpages.records.schema import schema_text

    if not write:
        click.echo(schema_text(), nl=False)
        return
    from trialpages.editor.field_table import field_table

    for name, text in (("trial.schema.json", schema_text()), ("README.md", field_table())):
        (content / name).write_text(text, encoding="utf-8", newline="\n")
        say(f"wrote {content / name}")

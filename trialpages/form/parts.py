"""The files of the web form, as parts of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trialpages.form.config import config_yaml, policy, shape_js
from trialpages.form.program import Program
from trialpages.pages.parts import FixedFile, Page, ready_page
from trialpages.problems import Problem, Where
from trialpages.settings.site_file import Site
from trialpages.text.commands import command

FOLDER = "admin/"


@dataclass(frozen=True, slots=True)
class FormPage:
    """What admin.html shows."""

    policy: str
    """The page's own Content Security Policy."""


def form_parts(site: Site, program: Program) -> Iterator[Page | FixedFile]:
    """The form's page and files, where the site asks for it and its program is here."""
    if site.admin is None or not program.version:
        return
    yield ready_page(
        f"{FOLDER}index.html", "admin.html", FormPage(policy(site.admin)), listed=False
    )
    yield FixedFile(f"{FOLDER}config.yml", config_yaml(site, site.admin).encode())
    yield FixedFile(f"{FOLDER}shape.js", shape_js().encode())
    for name in ("form.js", "trial_file.js"):
        yield FixedFile(FOLDER + name, _own(name))
    for name, content in program.files():
        yield FixedFile(FOLDER + name, content)


def check_form(site: Site, program: Program, path: str) -> Iterator[Problem]:
    """Said where the form is asked for and its program isn't here: the rest is built all the same,
    since a build fetches nothing."""
    if site.admin is not None and not program.version:
        message = "the web form is left out: its program isn't on this machine"
        hint = f"run `{command('admin')}` once; the shipped workflow does"
        yield Problem("no-form", "warning", message, Where(path), hint)


@cache
def _own(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()

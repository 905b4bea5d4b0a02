"""The files of the web form, as parts of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trialpages.form.config import IMPORTS, config_yaml, policy, shape_js
from trialpages.form.program import Program
from trialpages.language.site_language import Language
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
    imports: Mapping[str, Mapping[str, str]]


def form_parts(
    site: Site, program: Program, language: Language, styles: Iterable[str]
) -> Iterator[Page | FixedFile]:
    """The form's page and files, where the site asks for it and its program is here. `styles` are
    the paths of the theme's, for the preview."""
    if site.admin is None or not program.version:
        return
    yield ready_page(
        f"{FOLDER}index.html", "admin.html", FormPage(policy(site.admin), IMPORTS), listed=False
    )
    yield FixedFile(f"{FOLDER}config.yml", config_yaml(site, site.admin, language).encode())
    from_here = [f"../{path}" for path in styles]
    yield FixedFile(f"{FOLDER}shape.js", shape_js(language, from_here).encode())
    for name in ("form.js", "immutable.js", "preview.js", "trial_file.js"):
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

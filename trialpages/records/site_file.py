"""content/site.yaml: what the site is called, where it is published, what it says of itself."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from trialpages.problems import Problem, Where
from trialpages.records.explain import faults
from trialpages.records.front_matter import YamlError, read_yaml
from trialpages.records.model import Part, decode_scalar
from trialpages.records.places import fault_problem, yaml_problem
from trialpages.records.trial_file import decode


class Site(Part, frozen=True, kw_only=True):
    """The site's own settings. Every one has a default."""

    title: str = "Clinical trials"
    description: str = ""
    url: Annotated[
        str, Meta(pattern=r"^(https?://[^\s?#]+)?$", examples=["https://x.org/trials/"])
    ] = ""
    """Where the site is published; only the sitemap, the feeds and canonical links need it."""
    language: Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?$", examples=["en"])] = "en"
    contact: str = ""
    """An e-mail address for questions about the site."""
    footer: str = ""


def read_site(content: bytes, path: str) -> tuple[Site, tuple[Problem, ...]]:
    """The settings in site.yaml's bytes, or the defaults and what is wrong with it."""
    text, problems = decode(content, path)
    if text is None:
        return Site(), problems
    try:
        tree, marks = read_yaml(text)
    except YamlError as error:
        return Site(), (yaml_problem(error, text, path, 1),)
    try:
        return msgspec.convert(tree, Site, strict=False, dec_hook=decode_scalar), ()
    except msgspec.ValidationError:
        lines = text.split("\n")
        found = (fault_problem(fault, marks, lines, path, 1) for fault in faults(tree, Site))
        return Site(), tuple(found)


def missing_site(path: str) -> Problem:
    """Said when there is no site.yaml: the defaults serve."""
    message = "there is no site.yaml, so the site has no title of its own"
    return Problem("no-site-file", "warning", message, Where(path), "write `title: …` into it")

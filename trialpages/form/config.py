"""The web form's configuration: Sveltia CMS's config.yml, and what our own scripts must know."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import yaml

from trialpages.form.fields import NOT_FOR_HAND, Field, plain_fields, trial_fields
from trialpages.language.site_language import Language
from trialpages.records.model import Trial
from trialpages.records.short_forms import SHORTHAND
from trialpages.records.trial_file import PROSE_HEADINGS
from trialpages.records.vocabulary import Phase, Sex, Status, StudyType, Vocabulary
from trialpages.settings.site_file import Admin, Backend, Site

COLLECTION = "trials"

IMPORTS = {"imports": {"immutable": "./immutable.js"}}
"""Where the form's page finds what its program asks for by name (an import map)."""

FORMAT = "trial"
"""The name under which form.js makes our way of reading and writing files known."""


def config_yaml(site: Site, admin: Admin, language: Language) -> str:
    """The file config.yml."""
    tree = _config(site, admin, language)
    return str(yaml.dump(tree, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=10_000))


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: an alias helps nobody who reads the file."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (PyYAML calls it so)
        return True


def _config(site: Site, admin: Admin, language: Language) -> dict[str, Any]:
    return {
        "backend": _backend(admin),
        "app_title": site.title,
        **({"site_url": site.url} if site.url else {}),
        "media_folder": f"{admin.folder}/media",
        "public_folder": "media",
        "show_preview_links": False,
        "slug": {"lowercase": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            {
                "name": COLLECTION,
                "label": language.words["nav_trials"],
                "label_singular": "Trial",
                "folder": f"{admin.folder}/trials",
                "format": FORMAT,
                "create": True,
                "slug": "{{fields.nct_id}}",
                "identifier_field": "brief_title",
                "summary": "{{fields.nct_id}} · {{fields.brief_title}}",
                "sortable_fields": ["brief_title", "nct_id", "overall_status"],
                "fields": trial_fields(language),
            }
        ],
    }


def _backend(admin: Admin) -> dict[str, Any]:
    if admin.backend is Backend.TEST:
        return {"name": admin.backend.value}
    shared = {"name": admin.backend.value, "repo": admin.repo, "branch": admin.branch}
    if admin.login:
        return {**shared, "base_url": admin.login.rstrip("/")}
    return {**shared, "auth_methods": ["token"]}


def shape_js(language: Language, styles: Sequence[str]) -> str:
    """The model's shape as a module of JavaScript, for trial_file.js; for preview.js the words, and
    where the theme's `styles` are."""
    shape = {
        "format": FORMAT,
        "order": [name for name in Trial.__struct_encode_fields__ if name not in _IN_BODY],
        "shorthand": SHORTHAND,
        "labelled": "ours",
        "kept": sorted(NOT_FOR_HAND),
        "plain": plain_fields(),
        "names": list(dict.fromkeys(_names(trial_fields(language)))),
        "collection": COLLECTION,
        "styles": styles,
        "words": {name: language.words[f"form_{name}"] for name in _WORDS},
        "facts": [(way[0], language.words[word], way) for word, way in _FACTS.items()],
        "values": {name: _labels(kind, language) for name, kind in _VALUES.items()},
        "sections": {
            PROSE_HEADINGS[name]: language.words[word] for name, word in _SECTIONS.items()
        },
    }
    return f"export default {json.dumps(shape, indent=1)};\n"


def _names(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield field["name"]
        yield from _names(field.get("fields", ()))


def _labels(kind: type[Vocabulary], language: Language) -> dict[str, str]:
    return {member.value: language.label(member) for member in kind}


_WORDS = ("changes", "no_change", "new_file", "as_written")
_FACTS: Mapping[str, tuple[str, ...]] = {
    "status": ("overall_status",),
    "section_conditions": ("conditions",),
    "study_type": ("study_type",),
    "phase": ("phases",),
    "enrollment": ("enrollment_info", "count"),
    "start_date": ("start_date", "date"),
    "completion_date": ("completion_date", "date"),
    "minimum_age": ("minimum_age",),
    "maximum_age": ("maximum_age",),
    "sex": ("sex",),
    "lead_sponsor": ("lead_sponsor", "name"),
}
"""By the word before it, where each fact of the preview is."""
_VALUES: Mapping[str, type[Vocabulary]] = {
    "overall_status": Status,
    "study_type": StudyType,
    "phases": Phase,
    "sex": Sex,
}
_SECTIONS = {
    "plain_language_summary": "section_plain_language",
    "brief_summary": "section_summary",
    "detailed_description": "section_description",
}

_IN_BODY = PROSE_HEADINGS.keys() - {"plain_language_summary"}
"""Fields that stand in the body whole; of the plain-language summary only the text does."""


def policy(admin: Admin) -> str:
    """The Content Security Policy of the form's page: its own files, and the repository's host.

    The form's program makes its styles at run time, hence `unsafe-inline` for these alone.
    """
    hosts = {Backend.GITHUB: " https://api.github.com", Backend.TEST: ""}[admin.backend]
    faces = {Backend.GITHUB: " https://avatars.githubusercontent.com", Backend.TEST: ""}
    return (
        f"default-src 'none'; script-src 'self' {_sum(IMPORTS)}; style-src 'self' 'unsafe-inline'; "
        f"font-src 'self'; img-src 'self' data: blob:{faces[admin.backend]}; media-src blob:; "
        f"connect-src 'self' data: blob:{hosts}; worker-src 'self' blob:; "
        "manifest-src blob:; frame-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _sum(script: object) -> str:
    """How a policy lets in the one script that stands in the page, as `tojson` writes it there."""
    digest = hashlib.sha256(msgspec.json.encode(script)).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

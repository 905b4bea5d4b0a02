"""The web form's configuration: Sveltia CMS's config.yml, and what our own scripts must know."""

from __future__ import annotations

import json
from typing import Any

import yaml

from trialpages.form.fields import NOT_FOR_HAND, plain_fields, trial_fields
from trialpages.records.model import Trial
from trialpages.records.short_forms import SHORTHAND
from trialpages.records.trial_file import PROSE_HEADINGS
from trialpages.settings.site_file import Admin, Backend, Site

FORMAT = "trial"
"""The name under which form.js makes our way of reading and writing files known."""


def config_yaml(site: Site, admin: Admin) -> str:
    """The file config.yml."""
    tree = _config(site, admin)
    return str(yaml.dump(tree, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=10_000))


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: an alias helps nobody who reads the file."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (PyYAML calls it so)
        return True


def _config(site: Site, admin: Admin) -> dict[str, Any]:
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
                "name": "trials",
                "label": "Trials",
                "label_singular": "Trial",
                "folder": f"{admin.folder}/trials",
                "format": FORMAT,
                "create": True,
                "slug": "{{fields.nct_id}}",
                "identifier_field": "brief_title",
                "summary": "{{fields.nct_id}} · {{fields.brief_title}}",
                "sortable_fields": ["brief_title", "nct_id", "overall_status"],
                "editor": {"preview": False},
                "fields": trial_fields(),
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


def shape_js() -> str:
    """The model's shape as a module of JavaScript, for trial_file.js."""
    shape = {
        "format": FORMAT,
        "order": [name for name in Trial.__struct_encode_fields__ if name not in _IN_BODY],
        "shorthand": SHORTHAND,
        "labelled": "ours",
        "kept": sorted(NOT_FOR_HAND),
        "plain": plain_fields(),
    }
    return f"export default {json.dumps(shape, indent=1)};\n"


_IN_BODY = PROSE_HEADINGS.keys() - {"plain_language_summary"}
"""Fields that stand in the body whole; of the plain-language summary only the text does."""


def policy(admin: Admin) -> str:
    """The Content Security Policy of the form's page: its own files, and the repository's host.

    The form's program makes its styles at run time, hence `unsafe-inline` for these alone.
    """
    hosts = {Backend.GITHUB: " https://api.github.com", Backend.TEST: ""}[admin.backend]
    faces = {Backend.GITHUB: " https://avatars.githubusercontent.com", Backend.TEST: ""}
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        f"font-src 'self'; img-src 'self' data: blob:{faces[admin.backend]}; media-src blob:; "
        f"connect-src 'self' data: blob:{hosts}; worker-src 'self' blob:; manifest-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )

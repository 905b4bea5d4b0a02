"""The small site that the test command asks, and its further forms: built once a run."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from sites import AS_OF, PROJECT, write_files

from trialpages.build import Request, build
from trialpages.content.reading import Folders
from truths.odd_records import content_file, odd_records
from truths.odd_results import odd_results
from truths.site import Site, open_site

ADDRESS = "https://trials.example/"

_PAGES = {
    "pages/about.md": "# About these pages\n\nWith *words* of its own & <b>signs</b>.\n\n* one\n",
    "pages/help.md": "# Help\n\nAsk [us](https://help.example/).\n",
    "lists/ward.md": "---\nconditions: [Migraine]\n---\n# On our & <ward>\n\n* [Help](../pages/help.md)\n",
    "media/ward.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n',
}


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the small site."""

    name: str
    settings: str
    whole: bool = False
    """All records, or a few."""
    search: bool = False
    umask: int = 0o022


_MENU = "menu:\n  - {title: About, page: about}\n  - {title: Treatments, page: interventions}\n"
_LEAN = "publish:\n  forms: [ris]\n  feeds: [countries]\n  lists_of_one: false\n"
FORMS = (
    Form("main", f"title: Odd trials\ndescription: Of rest.\nurl: {ADDRESS}\n{_MENU}", True, True),
    Form("spanish", "title: Ensayos raros\nlanguage: es\n", whole=True),
    Form("lean", f"title: Odd trials\nurl: {ADDRESS}\n{_LEAN}", whole=True),
    Form("languages", f"title: Odd trials\nurl: {ADDRESS}\nlanguages: [en, es]\n", search=True),
    Form("no-slash", "title: Odd trials\nurl: https://example.org/trials\n", umask=0o077),
    Form("root-no-slash", "title: Odd trials\nurl: https://example.org\n", umask=0o002),
    Form("port", "title: Odd & <few>\nurl: http://localhost:8080/a/b-c/\n"),
    Form("query-free", "title: Odd\nurl: https://example.org/tr%C3%A9als/~me\n"),
)


def build_forms(folder: Path) -> None:
    """Build every form of the small site below the folder."""
    for form in FORMS:
        _build_form(folder / form.name, form)


def _build_form(folder: Path, form: Form) -> None:
    files = _content(form)
    write_files(folder / "content", files)
    before = os.umask(form.umask)
    try:
        request = Request(_folders(folder), AS_OF, search=form.search, jobs=1)
        build(request)
        if form.umask != 0o022:  # a second build takes over what the first one left
            write_files(folder / "content", {"pages/more.md": "# More\n\nLater.\n"})
            build(request)
    finally:
        os.umask(before)


def _folders(folder: Path) -> Folders:
    return Folders(folder / "content", PROJECT / "templates", PROJECT / "theme", folder / "site")


def _content(form: Form) -> dict[str, str | bytes]:
    records = list(odd_records())
    chosen = records if form.whole else records[:2] + records[-2:]
    files: dict[str, str | bytes] = {"site.yaml": form.settings, **_PAGES}
    files |= {f"trials/{name}.md": text for name, text in chosen}
    files[f"trials/{records[-1][0]}.results.json"] = odd_results()
    return files


def open_forms(folder: Path) -> dict[str, Site]:
    """Each form; that of several languages once for each, asked of the files in that one."""
    found = {
        form.name: open_site(
            folder / form.name / "site",
            folder / form.name / "content",
            "es" if form.name == "spanish" else "en",
        )
        for form in FORMS
    }
    both = found["languages"]
    inside = tuple(path for path in both.paths if path.startswith("es/"))
    found["languages"] = both.part({*both.paths} - {*inside})
    return {**found, "languages, es": replace(both, language="es", place="es/").part(inside)}


MUTATED = {"pages-are-in-each-language": "languages"}
"""The form whose files a truth's mutations change, where it isn't the main one."""

__all__ = ["ADDRESS", "FORMS", "MUTATED", "build_forms", "content_file", "open_forms"]

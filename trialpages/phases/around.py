"""site.yaml, and whether content/ has what it names: asked by the build and by `check` alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from trialpages.content.reading import ContentSources
from trialpages.content.strays import check_strays
from trialpages.exports.forms import FORMS
from trialpages.language.translation import check_language
from trialpages.pages.own_pages import FOR_MENUS
from trialpages.problems import Problem
from trialpages.prose.excess import excess_faults
from trialpages.records.places import placed
from trialpages.settings.pictures import check_picture
from trialpages.settings.site_file import Choices, Site, check_names, missing_site, read_site
from trialpages.text.file_text import decode
from trialpages.trial.kinds import KINDS


def read_settings(sources: ContentSources) -> tuple[Site, tuple[Problem, ...]]:
    """The settings, and what is wrong with them; the defaults where there is no site.yaml."""
    if sources.site is None:  # one of a wrong name is told of as such, in check_around
        misnamed = any(stray.name.lower().startswith("site.") for stray in sources.strays)
        return Site(), () if misnamed else (missing_site(sources.site_path),)
    content, path = sources.site.content, sources.site.path
    site, problems = read_site(content, path)
    excess = tuple(excess_faults(site))
    if not excess:
        return site, problems
    # What can't be shown need not be looked at any further.
    return Site(), (*problems, *placed(excess, decode(content, path)[0] or "", path))


def languages(templates: Iterable[str]) -> set[str]:
    """The codes of the languages that there are words in, by the names of template files."""
    return {path.stem for path in map(PurePosixPath, templates) if path.parts[0] == "strings"}


def check_around(
    site: Site, sources: ContentSources, pages: Collection[str], templates: Mapping[str, str]
) -> Iterator[Problem]:
    """What site.yaml names and isn't there, words that are missing, pictures that are no drawings,
    files left unread.

    `pages` are the names of the site's own pages.
    """
    if sources.site is not None:
        known = Choices(
            pages={*pages, *FOR_MENUS},
            media={file.name for file in sources.media},
            languages=languages(templates),
            forms=tuple(FORMS),
            lists=tuple(KINDS),
        )
        yield from check_names(site, sources.site.content, sources.site.path, known)
    yield from check_language(site.language, templates)
    for picture in sources.media:
        yield from check_picture(picture.content, picture.path)
    yield from check_strays(sources.strays)

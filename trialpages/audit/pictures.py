"""Pictures of content/media that nothing on the site names: they are published all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from trialpages.content.reading import ContentSources
from trialpages.problems import Problem, Where


def check_pictures(sources: ContentSources, templates: Mapping[str, str]) -> Iterator[Problem]:
    """A warning for each picture whose name stands in no page, list, setting or template.

    A name anywhere in them counts: templates may show a picture in ways that nobody can tell.
    """
    written = [file.content for file in (*sources.pages, *sources.lists)]
    written += [sources.site.content] if sources.site else []
    whole = b"\n".join((*written, *(text.encode() for text in templates.values())))
    for file in sources.media:
        named = file.name.encode() in whole or quote(file.name).encode() in whole
        if not named:
            message = "no page of the site shows this picture, and it is published all the same"
            hint = "show it on a page, or take it out of content/media/ if it isn't for everybody"
            yield Problem("unused-picture", "warning", message, Where(file.path), hint)

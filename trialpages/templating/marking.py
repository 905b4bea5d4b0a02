"""Words that a language lacks, marked as English where templates show them: a screen reader speaks
them as what they are.

Marked is what stands in an element's text as `{{ t.word }}`. Attributes, titles and options can
hold no element, and whoever calls a macro may be one of these: there it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from trialpages.language.site_language import RECORD_LANGUAGE, Language

_PART = re.compile(
    r"\{#.*?#\}|\{%-?\s*(?P<does>\w+)(?P<what>.*?)%\}|\{\{.*?\}\}|<!--.*?-->"
    r"|=\"[^\"{}]*\"|<(?P<ends>/?)(?P<tag>[a-zA-Z][\w-]*)|(?P<alone>/?)>",
    re.DOTALL,
)
_WORD = re.compile(r"\{\{ t\.(\w+)(?:\.format\([^{}]*\))? \}\}")
_VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path"}
_TEXT_ALONE = {"title", "option", "script", "style", "textarea", "svg", "template"}
_MARKED = f'<span{{{{ lang_of("{RECORD_LANGUAGE}") }}}}>%s</span>'


def english_marked(templates: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """The templates as they are for a language that lacks nothing."""
    if not language.lacking:
        return templates
    words = ((key, language.words.get(key, "")) for key in language.lacking)
    lacking = {key for key, said in words if any(map(str.isalpha, said))}  # no comma alone
    return {
        name: "".join(_marked(text, lacking)) if name.endswith(".html") else text
        for name, text in templates.items()
    }


@dataclass(slots=True)
class _Place:
    """Where a template is, since the block, macro or file began that it is in."""

    depth: int = 0
    tag: str = ""
    """Whose attributes these are."""
    barred: str = ""
    """The element that holds no others."""

    @property
    def is_text(self) -> bool:
        return self.depth > 0 and not self.tag and not self.barred

    def pass_by(self, part: re.Match[str]) -> None:
        if self.barred and not self.tag and part["tag"] != self.barred:
            return
        if tag := part["tag"]:
            self.tag = f"{part['ends']}{tag.lower()}"
        elif part["alone"] is not None and self.tag:
            self._end_tag(part["alone"])

    def _end_tag(self, alone: str) -> None:
        if self.tag.startswith("/"):
            self.depth, self.barred = self.depth - 1, ""
        elif not alone and self.tag not in _VOID:
            self.depth += 1
            self.barred = self.tag if self.tag in _TEXT_ALONE else ""
        self.tag = ""


def _marked(text: str, lacking: Collection[str]) -> Iterator[str]:
    places, last = [_Place()], 0
    for part in _PART.finditer(text):
        here, does = places[-1], part["does"] or ""
        is_set = does == "set" and "=" not in part["what"]
        if does in ("block", "macro", "call", "filter") or is_set:
            places.append(_Place(0, here.tag, here.barred))
        elif does in ("endblock", "endmacro", "endcall", "endfilter", "endset"):
            places.pop()
        elif (word := _WORD.fullmatch(part[0])) and word[1] in lacking and here.is_text:
            yield text[last : part.start()] + _MARKED % part[0]
            last = part.end()
        here.pass_by(part)
    yield text[last:]

"""The words of the theme and the forms of dates and numbers, in the site's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from trialpages.records.model import DateStruct


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code (BCP 47) and the theme's words by key."""

    code: str
    words: Mapping[str, str]

    def count(self, number: int, key: str) -> str:
        """`3 sites`: the words `<key>_one` or `<key>_other`, with the number in them."""
        form = "one" if number == 1 else "other"
        return self.words[f"{key}_{form}"].format(n=self.number(number))

    def number(self, number: int) -> str:
        return f"{number:,}"

    def date(self, text: str) -> Markup:
        """A partial date as it would be spoken, in an element a machine can read too."""
        return Markup('<time datetime="{}">{}</time>').format(text, self.date_text(text))

    def date_text(self, text: str) -> str:
        year, _, rest = text.partition("-")
        if not rest:
            return year
        month, _, day = rest.partition("-")
        name = self.words["months"].split()[int(month) - 1]
        return f"{int(day)} {name} {year}" if day else f"{name} {year}"

    def date_struct(self, value: DateStruct) -> Markup:
        """A date with the word that says whether it has happened."""
        shown = self.date(value.date)
        if value.type is None:
            return shown
        return shown + Markup(" ({})").format(escape(value.type.label))

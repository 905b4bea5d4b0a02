"""What all pages of a site have in common; those in one language, where it has several."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from trialpages.language.site_language import RECORD_LANGUAGE, Language
from trialpages.settings.editions import Edition
from trialpages.settings.site_file import Site
from trialpages.templating.languages import Version
from trialpages.templating.navigation import Navigation
from trialpages.templating.offer import Offer
from trialpages.templating.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    templates: Mapping[str, str]
    """By name, the text of each."""
    site: Site
    """Its settings in the language of these pages."""
    as_of: str
    """The date of the build (ISO)."""
    language: Language
    theme: Theme
    navigation: Navigation = Navigation()  # noqa: RUF009  (a frozen value)
    offer: Offer = Offer()  # noqa: RUF009
    unlisted: Set[str] = frozenset()
    """The paths of lists that there aren't, since only one trial has the term."""
    edition: Edition = Edition(RECORD_LANGUAGE)  # noqa: RUF009  (a frozen value)
    versions: tuple[Version, ...] = ()
    """The site in each of its languages; none where it has but one."""

    @property
    def first_language(self) -> str:
        """The code of the site's first language."""
        return self.versions[0].code if self.versions else self.language.code

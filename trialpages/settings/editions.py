"""The site in each of its languages: where each is, and its settings there."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from trialpages.settings.site_file import Site
from trialpages.settings.translations import Translation


@dataclass(frozen=True, slots=True)
class Edition:
    """The site in one of its languages."""

    code: str
    folder: str = ""
    """From the site's root; nothing for the first language, `zh-Hans/` for another."""

    @property
    def up(self) -> str:
        """The way from its own root to the site's."""
        return "../" if self.folder else ""


def editions(site: Site) -> tuple[Edition, ...]:
    """One for each language, the first of them at the root."""
    others = (Edition(code, f"{code}/") for code in site.languages[1:])
    return (Edition(site.language), *others)


def site_in(site: Site, edition: Edition) -> Site:
    """The settings of a site that lies in the edition's folder and speaks its language alone."""
    if not edition.folder:
        return site
    texts = _texts_in(site, edition.code)
    return replace(
        site,
        language=edition.code,
        url=site.url and site.url + edition.folder,
        title=site.title if texts.title is None else texts.title,
        description=site.description if texts.description is None else texts.description,
        footer=site.footer if texts.footer is None else texts.footer,
        menu=site.menu if texts.menu is None else texts.menu,
    )


def languages_of_texts(site: Site, first: str) -> dict[str, str]:
    """What language each of the texts of a site that speaks `site.language` is in, `title_lang` of
    its title: the first one, where it isn't translated."""
    texts = _texts_in(site, site.language)
    names = ("title", "description", "footer")
    return {
        f"{name}_lang": first if getattr(texts, name) is None else site.language for name in names
    }


def _texts_in(site: Site, code: str) -> Translation:
    said = {one.language: one for one in site.translations}
    return said.get(code, Translation(language=code))

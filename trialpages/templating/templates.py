"""Views and templates become the bytes of pages. The only user of Jinja2."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping, Set
from functools import cached_property, partial
from importlib.metadata import version
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import jinja2
import msgspec

from trialpages.addresses import (
    address_of,
    folder_on_server,
    form_path,
    lasting_id,
    results_path,
    trial_path,
)
from trialpages.language.cldr import language_name
from trialpages.language.site_language import RECORD_LANGUAGE, Language
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.prose import markup
from trialpages.records.age_groups import age_words
from trialpages.records.plausible import is_email
from trialpages.settings.editions import languages_of_texts
from trialpages.settings.site_file import Site
from trialpages.templating.engine import asked_engine
from trialpages.templating.flat_generator import FlatGenerator, knows
from trialpages.templating.look import Look
from trialpages.templating.theme import pictures_of
from trialpages.text.weblinks import beside_number, pubmed_page, tel_address, web_url
from trialpages.trial import derived
from trialpages.trial.kinds import path_of_list
from trialpages.trial.leftovers import leftovers, leftovers_in
from trialpages.trial.member_states import member_states
from trialpages.trial.registry import document_page, source_page, study_page
from trialpages.trial.sections import texts_of_ours
from trialpages.trial.sentences.spoken import plain_words
from trialpages.trial.standing import status_said
from trialpages.trial.summaries import summary_language
from trialpages.trial.towns_to_go import towns_to_go

_SEE = "see templates/README.md"


class Templates:
    """Renders the pages of one site. Raises ContentFailure for a fault in a template."""

    def __init__(
        self, look: Look, compiled: jinja2.BytecodeCache | None = None, pages: int = 1
    ) -> None:
        """`pages`: how many parts the site has; flattening its templates pays from MANY on.

        `compiled` must not give what was compiled for a site on the other side of MANY.
        """
        self.look = look
        self._environment = _environment(look, compiled)
        self._made_from = (look, compiled, pages)
        self._flat = pages >= MANY and knows(version("jinja2"))
        if self._flat:
            self._environment.code_generator_class = FlatGenerator

    def __reduce__(self) -> tuple[type[Templates], tuple[object, ...]]:
        """Sent to a worker as what it is made from."""
        return Templates, self._made_from

    @property
    def filters(self) -> Mapping[str, object]:
        """The filters a template may use, Jinja's own among them."""
        return self._environment.filters

    def compile(self, template: str) -> None:
        """Leave a template compiled for those who come later. Raises as Jinja2 does."""
        self._environment.get_template(template)

    def fill(self, template: str, path: str, view: object, **more: Any) -> str:
        """A template's text for the file at `path` of the site."""
        root = "../" * path.count("/")
        asset = partial(self._asset, root + self.look.edition.up)
        try:
            return self._environment.get_template(template).render(
                page=view, here=path, root=root, asset=asset, **more
            )
        except jinja2.TemplateSyntaxError as error:
            raise ContentFailure(
                self._problem(error.name or template, error.lineno, str(error.message))
            ) from None
        except _FAULTS as error:
            if self._flat:
                return self._plainly(template, path, view, **more)
            found = _template_frame(error)
            if found is None and not isinstance(error, jinja2.TemplateNotFound):
                raise
            raise ContentFailure(
                self._problem(*(found or (template, 1)), _message(error), _hint(error))
            ) from None

    def _plainly(self, template: str, path: str, view: object, **more: Any) -> str:
        """What the plain templates say: where they know better, they are the ones to go on with."""
        text = self._plain.fill(template, path, view, **more)
        self._environment = self._plain._environment
        return text

    @cached_property
    def _plain(self) -> Templates:
        """One that knows in which line of a template a fault is."""
        return Templates(self.look)

    def _asset(self, root: str, name: str) -> str:
        names = self.look.theme.names
        if name not in names:
            raise KeyError(f"the theme has no file {name}")
        return root + names[name]

    def _problem(self, name: str, line: int, message: str, hint: str = _SEE) -> Problem:
        text = self.look.templates.get(name)
        if text is None:
            return Problem("template", "error", message, Where(f"{_PREFIX}{name}"), hint)
        lines = text.split("\n")
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        start, end = _marked(source, message)
        where = Where(f"{_PREFIX}{name}", line, start + 1, source, max(1, end - start))
        return Problem("template", "error", message, where, hint)


MANY = 300
"""Parts of a site that cost more than flattening the templates does."""

_PREFIX = "templates/"
_FAULTS = (
    jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError,
    RecursionError,
)  # fmt: skip
"""What a template can do wrong."""


class _Names(SimpleNamespace):
    """Values that a template may name after a dot or in brackets."""

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]


class _Words(_Names):
    """The words of a language; a template that says another one is told which to add, and where."""


class _NoWord(jinja2.UndefinedError):
    """A template says a word that no strings file has."""


class _Undefined(jinja2.StrictUndefined):
    """Stops the build, and knows a word from a value."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = jinja2.utils.missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> None:
        if isinstance(obj, _Words):
            hint, exc = f"no strings file has `{name}`", _NoWord
        super().__init__(hint, obj, name, exc)


class _Environment(jinja2.Environment):
    """Gives all templates the same globals, where Jinja2 has a chain of mappings for each."""

    def make_globals(self, _own: object) -> MutableMapping[str, Any]:
        return self.globals


def _environment(look: Look, compiled: jinja2.BytecodeCache | None) -> jinja2.Environment:
    def load(name: str) -> tuple[str, str, None] | None:
        text = look.templates.get(name)
        return (text, _PREFIX + name, None) if text is not None else None

    environment = _Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    environment.policies |= {"json.dumps_function": _json, "json.dumps_kwargs": {}}
    environment.filters |= _without_asking(environment.filters) | _filters(look)
    environment.globals |= _words_of(look.language) | _of_the_site(look)
    environment.globals["site_language"] = look.first_language
    return environment


def _filters(look: Look) -> dict[str, Callable[..., object]]:
    language, first = look.language, look.first_language
    pictures = pictures_of(look.theme, look.edition.up)
    return {
        "prose": markup.prose,
        "prose_inline": markup.prose_inline,
        "editors_prose": partial(markup.editors_prose, pictures=pictures),
        "date": language.date,
        "date_struct": language.date_struct,
        "number": language.number,
        "criterion_links": markup.criterion_links,
        "duration": language.duration,
        "label": language.label,
        "registry_word": language.registry_word,
        "address": derived.address,
        "web_url": web_url,
        "registry_url": study_page,
        "source_url": source_page,
        "document_url": document_page,
        "moment": language.moment,
        "file_size": language.file_size,
        "document_type": language.document_type,
        "pmid_url": pubmed_page,
        "mailto": _mailto,
        "tel": tel_address,
        "beside_number": beside_number,
        "any_with": _any_with,
        "leftovers": leftovers,
        "leftovers_in": leftovers_in,
        "texts_of_ours": texts_of_ours,
        "age_words": age_words,
        "member_states": member_states,
        "towns_to_go": towns_to_go,
        "country_name": language.country,
        "country_known": language.knows_country,
        "country_names": language.country_names,
        "country_translated": language.country_translated,
        "summary_language": partial(summary_language, code=language.code, first=first),
        "status_said": partial(status_said, as_of=look.as_of, language=language),
    }


def _words_of(language: Language) -> dict[str, object]:
    return {
        "t": _Words(**plain_words(language)),
        "count": language.count,
        "in_forms": language.in_forms,
        "lang_of": language.attribute,
        "language": language.code,
        "language_name": partial(language_name, within=language.code),
        "direction": language.direction,
    }


def _of_the_site(look: Look) -> dict[str, object]:
    """What every template finds beside its page's view and the words."""
    site, navigation = look.site, look.navigation
    lists, endings = look.offer.lists, look.offer.endings
    folder = look.edition.folder
    settings = {name: getattr(site, name) for name in Site.__struct_fields__}
    settings |= {"built": look.as_of, "menu": navigation.menu, "pages": navigation.footer}
    settings |= languages_of_texts(site, look.first_language)
    settings |= {"lists": navigation.lists, "folder": folder_on_server(site.url)}
    return {
        "site": _Names(**settings),
        "has_search": navigation.search,
        "engine": asked_engine(look),
        "has_asset": look.theme.names.__contains__,
        "has_list": lists.__contains__,
        "has_form": endings.__contains__,
        "list_of": partial(_list_of, lists, look.unlisted),
        "address_of": partial(address_of, site=site.url),
        "lasting_id": partial(lasting_id, site=site.url, title=site.title, folder=folder),
        "up": look.edition.up,
        "versions": look.versions,
        "trial_path": trial_path,
        "results_path": results_path,
        "form_path": form_path,
    }


def _list_of(published: Collection[str], unlisted: Set[str], kind: str, term: str) -> str:
    path = path_of_list(kind, term) if kind in published else ""
    return "" if path in unlisted else path


def _without_asking(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Jinja's filters that ask at each call whether the template is an asynchronous one, as they
    are for those that aren't."""
    return {
        name: found.__wrapped__
        for name, found in filters.items()
        if getattr(found, "jinja_async_variant", False)
    }


def _json(value: object) -> str:
    """JSON for `tojson`, four times as fast as Python's own."""
    return msgspec.json.encode(value).decode()


def _mailto(address: str) -> str:
    """The address of a mail; empty for what can hardly be one, which stays text."""
    return web_url(f"mailto:{address}") if is_email(address) else ""


def _any_with(values: Iterable[object], field: str) -> bool:
    """Whether one of the values has something in a field."""
    return any(map(attrgetter(field), values))


def _message(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name}"
    return str(error)


def _hint(error: Exception) -> str:
    if not isinstance(error, _NoWord):
        return _SEE
    key = _NAMED.findall(str(error))[-1]
    return f"add a line `{key}: …` to templates/strings/{RECORD_LANGUAGE}.yaml"


_NAMED = re.compile(r"[`'](\w+)[`']")


def _marked(source: str, message: str) -> tuple[int, int]:
    """Of a template's line, what the message names last: from, and up to; else the whole line."""
    for name in reversed(_NAMED.findall(message)):
        if found := re.search(rf"\b{name}\b", source):
            return found.span()
    stripped = source.strip()
    start = len(source) - len(source.lstrip())
    return start, start + len(stripped)


def _template_frame(error: Exception) -> tuple[str, int] | None:
    """Template and line where a fault came up, innermost; None if no template was running."""
    frames = [
        (frame.filename.removeprefix(_PREFIX), frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_PREFIX)
    ]
    return frames[-1] if frames else None

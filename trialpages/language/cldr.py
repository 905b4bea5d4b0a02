"""What Unicode CLDR knows of a language, by way of Babel: its forms, and its names of countries.

Records are in the registry's English. Whatever a site says of countries in words of its own goes
by the names here; where it quotes a record, the record's word stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from trialpages.records.countries import countries, country_name
from trialpages.text.spelling import folded

if TYPE_CHECKING:
    from babel import Locale

_WIDEST = {"en": "en_001", "es": "es_419"}
"""Where a language is named without a country: the forms that most of its readers share."""

_ENGLISH = "en"

_AS_THEY_ARE = ("HK", "MO")
"""CLDR says of these two whose they are (`RAE de Hong Kong (China)`), the registry doesn't."""


def locale(code: str) -> Locale:
    """CLDR's data of a language (BCP 47). Raises LookupError where it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_WIDEST.get(code, code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        raise LookupError(f"{code} is no language that dates and numbers are known for") from None


@cache
def language_name(code: str, within: str) -> str:
    """What a language is called in another, as a heading has it: `简体中文`, `Simplified Chinese`;
    its code where CLDR doesn't say."""
    known, parts = locale(within).languages, code.split("-")
    names = (known.get("_".join(parts[:length])) for length in range(len(parts), 0, -1))
    name = next(filter(None, names), code)
    return name[:1].upper() + name[1:]


@cache
def direction(code: str) -> str:
    """`ltr` or `rtl`, as CLDR says of a language; `ltr` where it knows nothing of it."""
    try:
        return str(locale(code).text_direction)
    except LookupError:
        return "ltr"


def country_in(code: str, name: str) -> str:
    """The one name of a country in a language, whichever name a record has; that of the registry
    in English and where CLDR knows none."""
    known = country_name(name)
    return _local(code).get(folded(known), known)


def knows_country(code: str, name: str) -> bool:
    """Whether a language has a name of its own for a country, be it the registry's."""
    return folded(country_name(name)) in _local(code)


@cache
def countries_in(code: str) -> Mapping[str, Sequence[str]]:
    """Countries by their names in a language, each with all else it is called: its names in the
    registry and other records, and what people mean it by."""
    local = _local(code)
    table = {one.name: (one.name, *one.others, *one.searched) for one in countries()}
    others = {said: (name,) for name, said in local.items()}
    return others | {local.get(folded(name), name): names for name, names in table.items()}


def country_names(code: str, name: str) -> tuple[str, ...]:
    """All that the country of that name is called in a language and in records."""
    known = country_name(name)
    others = next((one.others for one in countries() if one.name == known), ())
    return tuple(dict.fromkeys((country_in(code, name), known, *others)))


@cache
def _local(code: str) -> Mapping[str, str]:
    """By the registry's name, as `folded` has it, the one in this language; none for English."""
    if code.partition("-")[0] == _ENGLISH:
        return {}
    own, english = locale(code).territories, locale(_ENGLISH).territories
    return {
        folded(country_name(name.replace(" & ", " and "))): own[sign]
        for sign, name in english.items()
        if len(sign) == 2 and sign in own and sign not in _AS_THEY_ARE
    }

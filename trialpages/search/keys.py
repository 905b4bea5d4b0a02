"""Words as the index knows them: without case, accents and differences of spelling.

What a visitor types goes through the same in theme/search/20-keys.js, which is handed LETTERS and
RULES with the index, so that they are written down once. tests/test_search_keys.py holds the two
to the same answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LETTERS = {
    "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
    "ħ": "h", "ŋ": "n", "ĸ": "k", "ŧ": "t", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta",
    "ε": "epsilon", "κ": "kappa", "λ": "lambda", "μ": "mu", "σ": "sigma", "τ": "tau", "ω": "omega",
    "µ": "mu",
}  # fmt: skip
LETTERS = {
    **{letter.upper(): plain.upper() for letter, plain in _LETTERS.items() if letter != "ß"},
    **_LETTERS,
    **dict.fromkeys("\u00ad\u200b\ufeff", ""),
}
"""Letters that Unicode doesn't take apart, the Greek ones as they are spelt out, and signs within a
word that nobody sees."""

RULES = (
    # British -> American, and older -> newer. Each holds for a family of words; a word it changes
    # that isn't of the family is changed on both sides alike.
    ("aem", "em"),  # anaemia, haemorrhage, ischaemic
    ("aesth", "esth"),  # anaesthesia
    ("aetiolog", "etiolog"),
    ("(ph|ch|chim)ae(o|t|r)", r"\1e\2"),  # phaeochromocytoma, spirochaete, chimaera
    ("(arch|pr)ae(o|c)", r"\1e\2"),  # archaeology, praecox
    ("(gyn|c|f)aec", r"\1ec"),  # gynaecology, caecum, faecal
    ("caes", "ces"),  # caesarean
    ("paed", "ped"),  # paediatric, orthopaedic
    ("palaeo", "paleo"),
    ("naev", "nev"),  # naevus
    ("paenia", "penia"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),  # oestrogen
    ("oedem", "edem"),
    ("(rrh|pn)oe", r"\1e"),  # diarrhoea, dyspnoea
    ("^foet", "fet"),
    ("^coel", "cel"),  # coeliac
    ("copoei", "copei"),  # pharmacopoeia
    ("homoeo", "homeo"),
    ("amoeb", "ameb"),
    ("manoeuv", "maneuv"),
    ("(behavi|col|tum|fav|lab|od|vap|hum|neighb|hon|rig|vig|harb|flav)our", r"\1or"),
    ("is(ed?|es|ers?|ing|ations?|able)$", r"iz\1"),  # randomised, hospitalisation
    ("ys(ed?|es|ers?|ing)$", r"yz\1"),  # analysed, paralysed
    (
        "(met|lit|cent|fib|tit|calib|theat|maneuv|goit|lust|spect)re(s?)$",
        r"\1er\2",
    ),  # centre, titre
    ("ll(ed|ing|ings|ers?|ors?)$", r"l\1"),  # labelled, counselling
    ("tranquill", "tranquil"),
    ("callip", "calip"),
    ("^enroll", "enrol"),
    ("^fulfill", "fulfil"),
    ("sulph", "sulf"),
    ("leuc(o|a|e)", r"leuk\1"),  # leucocyte
    ("^disk", "disc"),
    ("^program(me)?s$", "programs"),
    ("^programme$", "program"),
    ("practis", "practic"),
    ("(lic|def|off|pret)ence", r"\1ense"),
    ("^ageing", "aging"),
    ("(jud|ackno)(g|wled)ement", r"\1\2ment"),
    ("^(m|sm)ould", r"\1old"),
    ("sceptic", "skeptic"),
    ("^grey", "gray"),
    ("alumini?um", "aluminum"),
    ("(catal|dial|anal|homol)ogue", r"\1og"),
    ("yoghurt", "yogurt"),
    ("dietici", "dietiti"),
    ("trophin", "tropin"),  # corticotrophin
    ("aneurism", "aneurysm"),
    ("^orthopedic?s$", "orthopedics"),
    ("^learnt$", "learned"),
    ("neurone(s?)$", r"neuron\1"),
    ("gramme(s?)$", r"gram\1"),
    ("specialit(y|ies)$", r"specialt\1"),
    ("^artefact", "artifact"),
    ("preventative", "preventive"),
    ("orientat(ed|ing)$", r"orient\1"),
    ("^pyjama", "pajama"),
    # Drugs: international names and national ones that differ by a rule.
    ("cyclo(vir|sporin)", r"ciclo\1"),  # aciclovir, ciclosporin
    ("ciclosporine$", "ciclosporin"),
    ("eth(asone|acin)", r"et\1"),  # beclometasone, indometacin
    ("thalidone", "talidone"),
    ("barbitone$", "barbital"),
    ("amphetamine", "amfetamine"),
    ("^cole(calc|styr)", r"chole\1"),  # colecalciferol
    ("oxycillin", "oxicillin"),
    ("flavine$", "flavin"),
)

SHORT = "^"
"""Begins the key of an abbreviation."""

PLURALS = (("ies$", "y"), ("(sh|ch|ss|x|z)es$", r"\1"), ("([^sui])s$", r"\1"))
"""The first that fits takes the ending of a plural off."""

SHORTEST_PLURAL = 3
"""No plural has so few letters."""

SHORTEST_RULED = 4
"""No rule changes a word of fewer letters."""

# A run in a writing without blanks between words: each two neighbours are a word of the index.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
JOINTS = "-\u2010\u2011\u2013'\u2019."
"""Signs that may stand within a word: `AK-104`, `Crohn's`, `2.5`."""

_RULES = tuple((re.compile(pattern), instead) for pattern, instead in RULES)
_PLURALS = tuple((re.compile(pattern), instead) for pattern, instead in PLURALS)
_PLAIN = str.maketrans(LETTERS)
_WORD = re.compile(rf"[^\W_]+(?:[{re.escape(JOINTS)}][^\W_]+)*")
_RUN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(f"[{UNSPACED}]+")
_LONGEST_ABBREVIATION = 5
_CAPITALS = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9]{2,5}")
_NO_ABBREVIATION = re.compile(
    r"(?<=\d)\s*(?:MG|MCG|UG|NG|KG|ML|DL|CM|MM|IU|MEQ)(?:/[A-Z\d.]+)*\b"  # a dose
    r"|\b[A-Z]{2}-(?=[A-Z]{0,2}\d)"  # a code
    r"|(?:(?<=[A-Z]{2}-\d)|(?<=[A-Z]{2}\d))[\s-]+[A-Z]{2}s?\b"  # part of one: GLP-1 RA
)
_LONGEST = 40
_GALLBLADDER = re.compile(r"\bgall[ -](?=bladder)", re.IGNORECASE)


def plain(text: str) -> str:
    """The text without accents, letter by letter as LETTERS says."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    marks = {sign for sign in set(apart) if unicodedata.category(sign)[0] == "M"}
    bare = "".join([sign for sign in apart if sign not in marks]) if marks else apart
    return unicodedata.normalize("NFC", bare.translate(_PLAIN))


@lru_cache(maxsize=200_000)
def canonical(run: str) -> str:
    """A run of folded letters and digits in the one spelling that the index has for it."""
    if len(run) < SHORTEST_RULED or not run.isalpha():
        return run
    for pattern, instead in _RULES:
        run = pattern.sub(instead, run)
    return run


def keys_of(text: str) -> Iterator[str]:
    """The keys of a text's words in their order, those of a compound word and it as a whole.

    `AK-104` gives `ak`, `104`, `ak104`; an abbreviation, `ALS`, gives `als` and `^als`. Numbers
    stay apart, since 2.5 is no 25: `2.5` gives `2`, `5`, `2.5`. A gall bladder is no bladder.
    """
    for word in _WORD.findall(_GALLBLADDER.sub("gall gall", plain(text))):
        yield from _keys_of_word(word)


@lru_cache(maxsize=100_000)
def _keys_of_word(word: str) -> tuple[str, ...]:
    runs = [canonical(run)[:_LONGEST] for run in _RUN.findall(word.lower())]
    keys = [key for run in runs for key in _unspaced(run)]
    if len(runs) > 1 and sum(map(len, runs)) <= _LONGEST:
        keys.append(("." if all(map(str.isdecimal, runs)) else "").join(runs))
    if is_abbreviation(word):
        keys.append(f"{SHORT}{''.join(runs)}")
    return tuple(keys)


def is_abbreviation(word: str) -> bool:
    """Whether it is two to five capitals and digits, as `ALS` and `T2D`."""
    return bool(_CAPITALS.fullmatch(word))


def abbreviation_of(text: str) -> str:
    """The key of a text that is an abbreviation and nothing else, `^als`; empty for another."""
    word = plain(text).strip()
    return f"{SHORT}{word.lower()}" if is_abbreviation(word) else ""


def abbreviations_in(text: str) -> Iterator[str]:
    """The keys of a text's abbreviations; none of one that is all in capitals, title and all.

    `MG` in `10 MG` and in `MG-K10` is a unit and part of a code, and no myasthenia gravis.
    """
    words = _WORD.findall(_NO_ABBREVIATION.sub(" ", plain(text)))
    if not (text.isupper() and any(len(word) > _LONGEST_ABBREVIATION for word in words)):
        runs = (run for word in words for run in _RUN.findall(word))
        yield from (f"{SHORT}{run.lower()}" for run in runs if is_abbreviation(run))


def _unspaced(run: str) -> list[str]:
    """The run, or each two neighbours of its letters where it is written without blanks."""
    if run.isascii():
        return [run]
    found = []
    at = 0
    for match in _UNSPACED.finditer(run):
        if match.start() > at:
            found.append(run[at : match.start()])
        letters = match[0]
        found += [letters[i : i + 2] for i in range(max(1, len(letters) - 1))]
        at = match.end()
    if at < len(run):
        found.append(run[at:])
    return found


@lru_cache(maxsize=20_000)
def name_of(text: str) -> str:
    """A name as one key: its words in the singular, parted by blanks; of compounds the parts.
    `Type II` is `type 2`."""
    name = " ".join(key for run in _RUN.findall(plain(text).lower()) for key in _name_keys(run))
    return _ROMAN_BESIDE.sub(lambda match: f"{match[1]} {_ARABIC[match[2]]}", name)


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ARABIC = {roman: str(number) for number, roman in enumerate(_ROMAN, start=1)}
_NUMBERED = "stage|grade|type|class|factor"
_ROMAN_BESIDE = re.compile(rf"\b({_NUMBERED}) ({'|'.join(_ARABIC)})\b")
_ONE_NUMBER = rf"(?:1?\d|{'|'.join(sorted(_ARABIC, key=len, reverse=True))})"
_ONE_BESIDE = rf"{_ONE_NUMBER}[abc]?(?:/[abc])?(?!\.?\w)"
_NUMBERS_BESIDE = re.compile(
    rf"\b({_NUMBERED})(?:s|es)?[ -]+({_ONE_BESIDE}"
    rf"(?:(?:\s*[,/&–-]\s*|,?\s+(?:or|and|to)\s+){_ONE_BESIDE})*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(_ONE_NUMBER)


def numbered_in(text: str) -> Iterator[str]:
    """The keys of words with their number: `stage4` of `Stage IVb`, and of `stages III-IV`."""
    for match in _NUMBERS_BESIDE.finditer(text):
        for number in _NUMBER.findall(match[2].lower()):
            yield f"{match[1].lower()}{_ARABIC.get(number, number)}"


@lru_cache(maxsize=100_000)
def _name_keys(run: str) -> tuple[str, ...]:
    return tuple(_unspaced(singular(canonical(run)[:_LONGEST])))


def keys_of_runs(text: str) -> Iterator[str]:
    """The keys of a text's runs of letters and digits, none of a compound word as a whole."""
    return (key for run in _RUN.findall(plain(text).lower()) for key in _unspaced(canonical(run)))


def singular(key: str) -> str:
    """The key of an English noun without the ending of its plural; of other words too."""
    if len(key) > SHORTEST_PLURAL and key.isalpha():
        for pattern, instead in _PLURALS:
            if pattern.search(key):
                return pattern.sub(instead, key)
    return key

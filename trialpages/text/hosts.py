"""Names of hosts that pass for another's: `аpple.com` with a Cyrillic `а`, or as `xn--` writes it.

As browsers tell them (UTS 39, and Chromium's list of letters): a name that has any other sign than
letters of scripts in common use, digits and `-`; whose parts mix scripts; or that has none but
letters that look like common ones. Browsers show such a name as `xn--…`, or don't go there; a page
of ours would show it as a reader trusts it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trialpages.problems import Problem, Where, quoted
from trialpages.text.spelling import JOINERS, UNSEEN

_SCRIPTS_OF_A_LANGUAGE = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
_LIKE_OTHERS = {
    "CYRILLIC": frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡ"),
    "GREEK": frozenset("αγικνρυχωηοτ"),
    "ARMENIAN": frozenset("ագզէլհյոսցօ"),
    "GEORGIAN": frozenset("იოყძ"),
    "HEBREW": frozenset("דוחיןס"),
    "THAI": frozenset("ทนบพรหเแไา"),
}
_RECOMMENDED = frozenset(
    (
        *("ARABIC", "ARMENIAN", "BENGALI", "BOPOMOFO", "CJK", "CYRILLIC", "DEVANAGARI"),
        *("ETHIOPIC", "GEORGIAN", "GREEK", "GUJARATI", "GURMUKHI", "HANGUL", "HEBREW", "HIRAGANA"),
        *("IDEOGRAPHIC", "KANNADA", "KATAKANA", "KATAKANA-HIRAGANA", "KHMER", "LAO", "LATIN"),
        *("MALAYALAM", "MYANMAR", "ORIYA", "SINHALA", "TAMIL", "TELUGU", "THAANA", "THAI"),
        "TIBETAN",
    )
)
"""In common use, as UAX 31 has them: of other scripts (Lisu, Cherokee) whole names look Latin."""
_LETTERS = {
    "LATIN": re.compile("[a-zß-öø-ž]"),
    "GREEK": re.compile("[\u0390\u03ac-\u03ce]"),
    "CYRILLIC": re.compile("[\u0400-\u052f]"),
    "ARMENIAN": re.compile("[\u0561-\u0586]"),
    "HANGUL": re.compile("[\uac00-\ud7a3]"),
}
"""Of scripts that also have signs of phonetics, of old books or without a look: those of today."""
_OF_A_COUNTRY = {
    "tr": frozenset("ı"),
    "az": frozenset("ıə"),
    "vn": frozenset("ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
}
"""Latin letters that elsewhere are others with a speck on them, or without theirs."""
_STROKES = re.compile("[a-z0-9][ノソゾンーヽヾゝゞ一丨丶丿亅乀乁ㄧ〆〇]+(?![^a-z0-9])")
"""Look like the marks between the parts of an address, where Latin letters stand around them."""
_ENDS = ".,;!?*_…’”»›、。，；！？）】」』"
"""What a sentence may put right behind an address."""
_HOST = re.compile(
    r"(?:https?://|mailto:(?:(?!mailto:)[^\s@<>])*@)([^\s/?#:<>()\[\]\"'`\\]+)", re.IGNORECASE
)


def disguise(host: str) -> str:
    """What makes a host's name pass for another's; '' where nothing does.

    >>> disguise("example.org"), disguise("münchen.example"), disguise("пример.рф")
    ('', '', '')
    >>> disguise("xn--pple-43d.example")
    'CYRILLIC and LATIN letters in `аpple`'
    """
    if host.isascii() and "xn--" not in host.lower():
        return ""
    labels = [unicodedata.normalize("NFC", _letters(one)) for one in host.lower().split(".")]
    return next((why for label in labels if (why := _disguise_of(label, labels[-1]))), "")


def _disguise_of(label: str, last: str) -> str:
    """`last` is the last label: `.рф` is for names in Cyrillic, `.tr` for those with `ı`."""
    scripts = _scripts(label)
    if odd := next((sign for sign in label if not _is_fit(sign, last)), ""):
        return f"U+{ord(odd):04X} in {quoted(label)}, a sign that names of hosts don't have"
    if len(scripts) > 1 and not any(scripts <= one for one in _SCRIPTS_OF_A_LANGUAGE):
        return f"{' and '.join(sorted(scripts))} letters in {quoted(label)}"
    if _STROKES.search(label):
        return f"a letter that looks like a mark beside LATIN ones in {quoted(label)}"
    for script in scripts - _scripts(last):
        bases = filter(str.isalpha, unicodedata.normalize("NFD", label))
        if all(sign in _LIKE_OTHERS.get(script, "") for sign in bases):
            return f"{quoted(label)} has {script} letters alone that look like LATIN ones"
    return ""


def _is_fit(sign: str, last: str) -> bool:
    """A letter in use today, a digit, `-`, or a mark of a script that writes with marks."""
    if sign.isascii():
        return sign.isalnum() or sign in "-_"
    if sign in _OF_A_COUNTRY.get(last, ""):
        return True
    script = _script(sign)
    if script not in _RECOMMENDED or unicodedata.normalize("NFKC", sign) != sign or sign == "ı":
        return False
    if unicodedata.category(sign) not in ("Ll", "Lo", "Lm", "Mn", "Mc"):
        return False
    return script not in _LETTERS or bool(_LETTERS[script].fullmatch(sign))


def _letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def _scripts(label: str) -> set[str]:
    """Of its letters, and of the marks on them."""
    return {_script(sign) for sign in label if sign.isalpha() or unicodedata.combining(sign)}


def _script(sign: str) -> str:
    """The first word of a sign's name, which is its script for all that hosts may have."""
    return unicodedata.name(sign, "?").partition(" ")[0]


_ENDINGS = (
    "com edu eu gov int net org uk ac ae ar au ba bd bg br ca ch cl cn co cy cz de dk eg es fi fr "
    "gr hk hr hu ie info io ir jo jp ke kr kw lb lk lt lu lv ma mx ng nl nz pe ph pk pt qa ro ru "
    "sa se sg si sk th tn tr tw ua uy ve vn za app care clinic health hospital online"
).replace(" ", "|")
"""By which a host is known amid other words: none that is a word behind a full stop, or the ending
of files (`is`, `us`, `md`, `pl`)."""
_LABELS = r"(?:[\w-]{1,63}\.){1,30}"
_SAID = re.compile(
    r"(?:https?://|www\.|\A\W*+(?=[^\s/:?#]*+(?:[/:?#]|\W*+\Z))|[\w.+-]@|"
    rf"\b(?={_LABELS}(?<=[^\W\d_]\.)(?:{_ENDINGS})\b))({_LABELS}[^\W\d_]{{2,}})(?![\w-])",
    re.IGNORECASE,
)
"""A host in the text of a link: behind the beginning of an address, alone, or by its end."""
_NUMBERS = re.compile(
    r"(?:https?://|\A\W*+(?=[^\s/:?#]*+(?:[/:?#]|\W*+\Z)))(\d{1,3}(?:\.\d{1,3}){3})(?![\w.-])",
    re.IGNORECASE,
)
"""A host's number, where nothing else is meant: alone, or where an address begins."""
_LONGEST = 255
"""Of a host's name."""
_UNSEEN = re.compile(f"{UNSEEN.pattern}|[{JOINERS}]")
_DOTS = re.compile("[。‧·•∙⋅]")
"""What stands where a dot would, and looks like one in small type."""
_PARTED = re.compile(
    rf"\A\W*[\w-]+(?:\s*\.\s*[\w-]+)*\s*\.\s*(?-i:{_ENDINGS})\W*\Z",
    re.IGNORECASE,
)
"""Nothing but a host, with blanks about its dots: `nhs .uk`."""


def hosts_said(text: str) -> Iterator[str]:
    """The hosts that the text of a link names, as it is shown, without `www.`.

    >>> [*hosts_said("see ‘clinicaltrials.gov’, e.g. v1.2"), *hosts_said("→ www.nhs.uk/a")]
    ['clinicaltrials.gov', 'nhs.uk']
    >>> [*hosts_said("nhs .uk"), *hosts_said("192.0.2.1/a"), *hosts_said("see 5.1.1.2")]
    ['nhs.uk', '192.0.2.1']
    """
    plain = _DOTS.sub(".", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)))
    if len(plain) <= _LONGEST and _PARTED.fullmatch(plain):
        plain = re.sub(r"\s*\.\s*", ".", plain)
    for form in (_SAID, _NUMBERS):
        yield from (bare_host(found[1]) for found in form.finditer(plain))


def bare_host(host: str) -> str:
    """A host as two are compared, from an address's part of that name.

    >>> bare_host("WWW.Example.org.:80"), bare_host("xn--mnchen-3ya.example")
    ('example.org', 'münchen.example')
    """
    bare = host.lower().partition(":")[0].removeprefix("www.").rstrip(".")
    return unicodedata.normalize("NFC", ".".join(map(_letters, bare.split("."))))


def check_hosts(text: str, path: str) -> Iterator[Problem]:
    """A warning for each line of a content file with such a name in an address."""
    if text.isascii() and "xn--" not in text.lower():
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for found in _HOST.finditer(line):
            if why := disguise(found[1].rstrip(_ENDS)):
                message = f"an address looks like another's: {why}"
                where = Where(path, number, found.start(1) + 1, line, len(found[1]))
                hint = "type the address anew; it is shown as text, and is no link"
                yield Problem("disguised-host", "warning", message, where, hint)
                break

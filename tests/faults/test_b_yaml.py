"""Group B: YAML."""

from __future__ import annotations

import random
import re
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from babel import Locale
from fidelity import visible_text

from faults.counts import SLACK, count
from faults.rows import Row
from faults.sandbox import project, sample, trial
from trialpages.problems import Problem
from trialpages.records.model import Trial
from trialpages.records.trial_file import TrialFile, read_front_matter, read_trial
from trialpages.records.vocabulary import Phase, StandardAge, Status, StudyType, Vocabulary
from trialpages.settings.site_file import read_site
from trialpages.text.block_yaml import Unusual, read_block_yaml
from trialpages.text.front_matter import YamlError, read_yaml
from trialpages.text.written_yaml import write_yaml


def _slowest(texts: list[str], read: Callable[[str], object]) -> float:
    """Milliseconds of processor time the slowest text takes, the best of three tries."""
    slowest = 0.0
    for text in texts:
        tries = []
        for _ in range(3):
            started = time.thread_time()
            read(text)
            tries.append(time.thread_time() - started)
        slowest = max(slowest, min(tries))
    return slowest * 1000


def _read(text: str) -> TrialFile:
    return read_trial(f"---\n{text}---\n".encode(), "content/trials/NCT00000001.md")


def _codes(text: str) -> set[str]:
    return {problem.code for problem in _read(text).problems if problem.severity == "error"}


# --- 10 -----------------------------------------------------------------------------------------


def _bomb(first: str, line: str) -> str:
    """Nine lines, each nine times the one before."""
    chain = zip("abcdefgh", "bcdefghi", strict=True)
    return f"a: &a {first}\n" + "".join(
        line.format(one=one, nine=",".join([f"*{before}"] * 9)) for before, one in chain
    )


_BOMB = _bomb("[x,x,x,x,x,x,x,x,x]", "{one}: &{one} [{nine}]\n")
_MERGES = _bomb("{x: y}", "{one}: &{one} {{<<: [{nine}]}}\n")
_REFUSED = {
    "an alias bomb": _BOMB,
    "a merge-key bomb": _MERGES,
    "an anchor": "nct_id: &a NCT00000001\n",
    "an anchor on a list": "conditions: &a\n  - x\n",
    "an anchor on a mapping": "design_info: &a\n  x: y\n",
    "an anchor on a key": "&a nct_id: NCT00000001\n",
    "an alias": "nct_id: *a\n",
    "an alias in a list": "conditions:\n  - *a\n",
    "an alias as a key": "*a : b\n",
    "a merge key": "<<: {a: b}\n",
    "a merge key inside": "design_info:\n  <<: {a: b}\n",
    "a tag": "nct_id: !!str NCT00000001\n",
    "an own tag": "nct_id: !x NCT00000001\n",
    "a tag on a mapping": "design_info: !!set {a, b}\n",
    "a binary": "brief_title: !!binary aGVsbG8=\n",
}


def test_row_10_alias_and_merge_bombs(row: Row, tmp_path: Path) -> None:
    refused = [name for name, text in _REFUSED.items() if _codes(text) & _EXTRAS]
    slowest = _slowest(list(_REFUSED.values()), _read)
    in_site = [name for name, text in _REFUSED.items() if read_site(text.encode(), "s.yaml")[1]]
    unchanged = _unchanged(tmp_path, [f"---\n{text}---\n" for text in (_BOMB, _MERGES)])
    row.reached(
        f"{len(refused)} of {len(_REFUSED)} refused in a trial, {len(in_site)} in site.yaml; "
        f"slowest {slowest:.1f} ms; {unchanged} of 2 builds unchanged"
    )
    assert len(refused) == len(in_site) == len(_REFUSED)
    assert slowest <= 10 * SLACK
    assert unchanged == 2


_EXTRAS = {"anchor", "alias", "tag", "merge-key", "unquoted-sign", "key-not-text"}


def _unchanged(folder: Path, contents: list[str]) -> int:
    """How many of these trial files end a build with 1, a clear message and the site as it was."""
    made = project(folder, trials=1)
    assert made.command("--no-search").status == 0
    before, good = made.digest(), 0
    for content in contents:
        made.write({"trials/NCT00000002.md": content})
        done = made.command("--no-search")
        named = "content/trials/NCT00000002.md:" in done.said
        good += done.status == 1 and done.is_clear and named and made.digest() == before
    return good


# --- 11 -----------------------------------------------------------------------------------------

_NESTS: dict[str, Callable[[int], str]] = {
    "lists in brackets": lambda depth: "a: " + "[" * depth + "]" * depth + "\n",
    "open brackets": lambda depth: "a: " + "[" * depth + "\n",
    "mappings in braces": lambda depth: "a: " + "{a: " * depth + "}" * depth + "\n",
    "lists on a line": lambda depth: "a:\n  " + "- " * depth + "x\n",
    "keys on a line": lambda depth: "? " * depth + "x\n",
    "by indentation": lambda depth: "".join(f"{' ' * n}a:\n" for n in range(min(depth, 1_000))),
}


def test_row_11_deep_nesting(row: Row) -> None:
    depths = [100, 1_000, 10_000, 100_000, 1_000_000]
    refused, slowest, peak, tried = 0, 0.0, 0, 0
    for depth in depths:
        for nest in _NESTS.values():
            text = nest(depth)
            tried += 1
            found = _codes(text)
            refused += len(found) == 1
            slowest = max(slowest, _slowest([text], read_front_matter_or_error))
    tracemalloc.start()
    read_front_matter_or_error(_NESTS["open brackets"](1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    row.reached(
        f"{refused} of {tried} (10² … 10⁶ levels, {len(_NESTS)} ways) refused with one problem, no "
        f"crash; slowest {slowest:.0f} ms, at most {peak / 1e6:.0f} MB for 1 MB of brackets"
    )
    assert refused == tried
    assert slowest <= 50 * SLACK


def read_front_matter_or_error(text: str) -> object:
    try:
        return read_front_matter(text)
    except YamlError as error:
        return error


# --- 12 -----------------------------------------------------------------------------------------


def test_row_12_duplicate_keys(row: Row) -> None:
    depths, named = range(23), 0
    for depth in depths:
        lines = [f"{'  ' * level}a{level}:" for level in range(depth)]
        margin = "  " * depth
        lines += [f"{margin}b: 1", f"{margin}c: 2", f"{margin}b: 3"]
        problems = _read("\n".join(lines) + "\n").problems
        first, second = depth + 2, depth + 4
        named += [(p.code, p.where and p.where.line) for p in problems] == [
            ("duplicate-key", second)
        ] and f"line {first}" in problems[0].message
    in_list = _read("conditions:\n  - a: 1\n    a: 2\n").problems
    quoted = _read('nct_id: a\n"nct_id": b\n').problems
    row.reached(
        f"{named} of {len(depths)} depths: both lines named; in a list {_codes_of(in_list)}, with "
        f"quotes {_codes_of(quoted)}"
    )
    assert named == len(depths)
    assert _codes_of(in_list) == _codes_of(quoted) == ["duplicate-key"]


def _codes_of(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


# --- 13 -----------------------------------------------------------------------------------------

_LITERALS = (
    "NO", "No", "no", "N", "n", "YES", "Yes", "yes", "Y", "y", "on", "On", "ON", "off", "Off",
    "OFF", "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~", "012",
    "0o14", "0x1F", "0b101", "1_000", "1,000", "1.0", "1.", ".5", "+1", "-0", "1e3", "1E-3",
    ".inf", "-.INF", ".nan", "NaN", "12:30", "12:30:45", "190:20:30", "2024", "2024-07",
    "2024-07-03", "2024-07-03T10:00:00Z", "2024-07-03 10:00", "07/03/2024", "3.10", "1.10.0",
    "00", "0", "7 Years", "<5", "≥18", "=", "1/2",
)  # fmt: skip
_NO_COUNTRY = re.compile("E[UZ]|UN|QO|X[ABK]|ZZ|AC|C[PQ]|DG|EA|IC|TA")


def test_row_13_words_other_readers_take_for_values(row: Row, tmp_path: Path) -> None:
    territories = map(str, Locale("en").territories)
    codes = sorted(
        c for c in territories if re.fullmatch("[A-Z]{2}", c) and not _NO_COUNTRY.fullmatch(c)
    )
    words = list(dict.fromkeys((*_LITERALS, *codes)))
    plain = "".join(f"  - {word}\n" for word in words)
    written = write_yaml({"keywords": words})
    kept = [read_front_matter(text)["keywords"] for text in (f"keywords:\n{plain}", written)]
    as_keys = read_yaml("".join(f"{word}: x\n" for word in words if word not in ("=",)))[0]
    made = project(tmp_path, trials=1)
    made.write({"trials/NCT00000001.md": trial(1, front=f"keywords:\n{plain}")})
    made.build()
    page = f" {visible_text((made.site / 'trials/NCT00000001.html').read_text())} "
    export = msgspec.json.decode((made.site / "trials/NCT00000001.json").read_bytes())
    exported = export["protocolSection"]["conditionsModule"]["keywords"]
    shown = [word for word in words if f" {word} " in page]
    row.reached(
        f"{len(_LITERALS)} literals and {len(codes)} country codes: "
        f"{sum(a == b for a, b in zip(kept[0], words, strict=True))} kept in YAML, "
        f"{len(shown)} on the page, {sum(a == b for a, b in zip(exported, words, strict=True))} in "
        "the JSON, word for word"
    )
    assert len(_LITERALS) >= 60
    assert len(codes) == 249
    assert kept == [words, words]
    assert exported == shown == words
    assert list(as_keys) == [word for word in words if word != "="]


# --- 14 -----------------------------------------------------------------------------------------

_PIECES = (
    ": ", ":", " #", "#", "@", "%", "*", "&", ">", "|", "!", "`", "'", '"', "-", "- ", "? ", "[",
    "]", "{", "}", ",", "\\", "\n", "\n\n", "  ", " ", "\t", "~", "<<", "=", "---", "...", "a",
    "b c", "é", "≥", "\u2028", "\u2029", "\x85", "\ufeff", "\x00", "\x07", "\x7f", "\u200b",
    "\u202e", "😀", "no", "0x1", "1:2", "2024-01-01", "null",
)  # fmt: skip


def test_row_14_the_writer_quotes_what_needs_it(row: Row) -> None:
    dice, wanted, wrong = random.Random(14), count("14 strings"), list[str]()
    quick = 0
    for _ in range(wanted // 100):
        texts = ["".join(dice.choices(_PIECES, k=dice.randint(0, 7))) for _ in range(100)]
        tree = {"list": texts, "map": dict(zip(texts, texts, strict=True))}
        written = write_yaml(tree)
        read = read_yaml(written)[0]
        wrong += [text for text in texts if text not in read["map"]]
        wrong += [one for one, other in zip(texts, read["list"], strict=True) if one != other]
        try:
            quick += read_block_yaml(written) == read
        except Unusual:
            quick += 1
    edits = {edit: _edit_is_explained(edit) for edit in _EDITS}
    explained = [edit for edit, good in edits.items() if good]
    row.reached(
        f"{wanted - len(wrong):,} of {wanted:,} random strings round-trip (as values and as keys; "
        f"both readers agree in {quick:,} of {wanted // 100:,} files); {len(explained)} of "
        f"{len(_EDITS)} hand edits get a line, a caret and `quotes`"
    )
    assert wrong == []
    assert quick == wanted // 100
    assert explained == list(_EDITS)


_EDITS = (
    "Rest: a trial", "Rest and sleep: a trial: more", "Trial #1 of rest", "# one", "@home",
    "%rest", "*rest*", "&rest", "> 18 years", "| rest", "!important", "`rest`",
    "[rest] and sleep", "{rest} and sleep", "'rest' and sleep", '"rest" and sleep', "- rest: no",
    "? rest: no",
)  # fmt: skip


_SAYS_QUOTE = re.compile("quot|write ['\"]")


def _edit_is_explained(value: str) -> bool:
    """One problem, at the line of the title, with a caret, and the hint to use quotes."""
    text = trial(1).replace("brief_title: Rest", f"brief_title: {value}")
    problems = read_trial(text.encode(), "content/trials/NCT00000001.md").problems
    told = [p for p in problems if p.where and p.where.line == 3]
    return len(told) == 1 and "^" in str(told[0]) and bool(_SAYS_QUOTE.search(str(told[0])))


# --- 15 -----------------------------------------------------------------------------------------


def test_row_15_other_shapes_of_yaml(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[object] = []
    monkeypatch.setattr("os.system", ran.append)
    shapes = {
        "a tab": "design_info:\n\tallocation: NA\n",
        "three dots": "nct_id: NCT00000001\n...\nbrief_title: x\n",
        "a list": "- a\n- b\n",
        "a string": "just words\n",
        "a number": "17\n",
        "a million digits": f"brief_title: x\nenrollment_info:\n  count: {'1' * 1_000_000}\n",
        "python": "brief_title: !!python/object/apply:os.system ['id']\n",
        "python name": "brief_title: !!python/name:os.system\n",
        "python module": "!!python/module:os\n",
        "a directive": "%YAML 1.1\n",
    }
    slowest = _slowest([f"---\n{text}---\n" for text in shapes.values()], _read)
    told = {}
    for name, text in shapes.items():
        made = project(tmp_path / name, trials=0)
        whole = "".join(f"{line}\n" for line in _NEEDED if line.split(":")[0] not in text)
        whole = whole if name in ("a million digits", "a tab") else ""
        made.write({"trials/NCT00000001.md": f"---\n{whole}{text}---\n"})
        done = made.command("--no-search")
        told[name] = (done.status, done.said.count("error: "), done.is_clear)
    made = project(tmp_path / "two", trials=0)
    made.write({"trials/NCT00000001.yaml": "\n".join((*_NEEDED, "---", *_NEEDED))})
    done = made.command("--no-search")
    told["two documents"] = (done.status, done.said.count("error: "), done.is_clear)
    good = [name for name, found in told.items() if found == (1, 1, True)]
    row.reached(
        f"{len(good)} of {len(told)} with exactly one problem, {len(ran)} executed, slowest "
        f"{slowest:.0f} ms"
    )
    assert ran == []
    assert good == list(told), told


_NEEDED = (
    "nct_id: NCT00000001", "brief_title: x", "overall_status: UNKNOWN",
    "study_type: OBSERVATIONAL",
)  # fmt: skip


# --- 16 -----------------------------------------------------------------------------------------


def _typos(word: str) -> Iterator[str]:
    """One letter left out, doubled, changed, or exchanged with the next."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + ("x" if word[at].islower() else "X") + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _all_but(field: str) -> str:
    return "".join(f"{line}\n" for line in _NEEDED if not line.startswith(f"{field}:"))


def _misspelt() -> list[tuple[str, str]]:
    """The right word, and a trial's YAML in which it is misspelt."""
    fields = [field.name for field in msgspec.structs.fields(Trial)]
    found = [
        (f"`{name}`", _all_but(name) + f"{typo}: x\n")
        for name in fields
        for typo in dict.fromkeys(_typos(name))
        if typo and typo not in fields
    ]
    places: tuple[tuple[type[Vocabulary], str], ...] = (
        (Status, "overall_status: {}\n"),
        (StudyType, "study_type: {}\n"),
        (Phase, "phases:\n  - {}\n"),
        (StandardAge, "std_ages:\n  - {}\n"),
    )
    for vocabulary, line in places:
        values = [str(member.value) for member in vocabulary]
        for value in values:
            for typo in dict.fromkeys(_typos(value)):
                if typo and typo not in values:
                    field = line.split(":")[0]
                    found.append((value, _all_but(field) + line.format(typo)))
    return found


def test_row_16_misspelt_fields_and_values(row: Row) -> None:
    every = _misspelt()
    chosen = [every[index] for index in sample(len(every), count("16 typos"), seed=16)]
    right = 0
    for word, text in chosen:
        hints = [problem.hint for problem in _read(text).problems if problem.severity == "error"]
        right += any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", hint) for hint in hints)
    share = right / len(chosen)
    row.reached(f"right suggestion for {share:.1%} of {len(chosen):,} one-letter typos")
    assert share >= 0.95

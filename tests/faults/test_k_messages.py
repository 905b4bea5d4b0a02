"""Group K: what content does to the messages that quote it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from test_import import study

from faults.rows import Row
from faults.sandbox import Done, Project, command, id_of, project, trial
from trialpages.editor.watch import Turns
from trialpages.problems import Problem, visible

# --- 56 -----------------------------------------------------------------------------------------

_ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029")
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_COMMANDS = (
    "::error::forged",
    "::warning file=x::forged",
    "::add-mask::forged",
    "::stop-commands::forged",
    " ::error::forged",
    "##[error]forged",
    "##[add-mask]forged",
    "##vso[task.setvariable variable=x]forged",
    "##teamcity[message text='forged']",
)
PAYLOADS = [
    "\x1b]0;forged\x07",
    "\x1b[2J\x1b[H",
    "\x1b[31mforged\x1b[0m",
    "\x9b31mforged",
    "\x1b]8;;https://evil.example\x07forged\x1b]8;;\x07",
    "\x1bP$q\x1b\\",
    "a\x08\x08\x08forged",
    "\x00forged",
    "\x7f",
    "tab\tforged",
    "\ufeffforged",
    "soft\xadhyphen",
    "zero\u200bwidth",
    "\U000e0041\U000e0042",
    "\r\x1b[2Ksite built",
    *(f"x{end}::error::forged" for end in _ENDS),
    *(f"x{end}site built" for end in _ENDS),
    *(f"a{sign}b" for sign in _BIDI),
    *_COMMANDS,
    *(f"x\n{command}" for command in _COMMANDS),
]
"""What a text can do to a terminal, to a log and to who reads it."""

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _harm(said: str, commands: int) -> list[str]:
    """The lines of an output that act on something, where so many workflow commands are ours."""
    lines = said.split("\n")
    acting = [line for line in lines if any(unicodedata.category(sign) in _HIDDEN for sign in line)]
    forged = [line for line in lines if re.match(r"\s*::", line) or re.search(r"##\w*\[", line)]
    ours = [line for line in forged if re.match(r"::(error|warning|notice) [^:]*title=", line)]
    return acting + [line for line in forged if line not in ours] + ours[commands:]


def _yaml(text: str) -> str:
    """A YAML scalar in double quotes, by which any character comes into a file of plain ones."""
    return json.dumps(text)


def _front(line: str) -> str:
    return f"---\nnct_id: NCT00000001\nbrief_title: Rest\n{line}\n---\n"


def _records(make: Callable[[str], object]) -> bytes:
    return json.dumps([make(text) for text in PAYLOADS]).encode()


def _with(path: list[str], text: str) -> dict[str, object]:
    """A registry's record with this text somewhere."""
    record: dict[str, object] = study("NCT00000001")
    inner: object = record
    for step in path[:-1]:
        assert isinstance(inner, dict)
        inner = inner[step]
    assert isinstance(inner, dict)
    inner[path[-1]] = text
    return record


_REFUSED = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_KEYS = "\n".join(f"{_yaml(text)}: x" for text in PAYLOADS)
_IN_FILES: dict[str, dict[str, str | bytes]] = {
    "keys of a trial": {"trials/NCT00000001.md": _front(_KEYS)},
    "values of a trial": {
        "trials/NCT00000001.md": _front(
            "arm_groups:\n"
            + "\n".join(f"  - {{label: x, type: {_yaml(text)}}}" for text in PAYLOADS)
        )
    },
    "arms and what they name": {
        "trials/NCT00000001.md": trial(
            1,
            front="arm_groups:\n"
            + "\n".join(
                f"  - label: {_yaml(text)}\n    intervention_names: [{_yaml(text)}]"
                for text in PAYLOADS
            )
            + "\n",
        ),
        "trials/NCT00000002.md": "wrong, so that the build says all",
    },
    "ids": {
        f"trials/NCT{n:08}.md": trial(n).replace(f"nct_id: NCT{n:08}", f"nct_id: {_yaml(text)}")
        for n, text in enumerate(PAYLOADS, start=1)
    },
    "headings": {
        "trials/NCT00000001.md": trial(1)
        + "".join(f"\n## {text}\n" for text in PAYLOADS if not _REFUSED.search(text))
        + "\n## Brief summary\n"
    },
    "settings": {
        "site.yaml": "title: x\nmenu:\n"
        + "\n".join(f"  - {{title: {_yaml(text)}, page: {_yaml(text)}}}" for text in PAYLOADS)
        + f"\n{_KEYS}\n"
    },
    "posted results": {
        "trials/NCT00000001.results.json": json.dumps(
            {"outcomeMeasuresModule": {"outcomeMeasures": [{"type": t} for t in PAYLOADS]}}
        )
    },
    "names of files": {
        f"{folder}/{text.replace('/', '_')}{ending}": "x"
        for text in PAYLOADS
        for folder, ending in (("trials", ".md"), ("pages", ".md"), ("media", ".svg"), (".", ".md"))
        if "\0" not in text
    },
}  # fmt: skip


def _said_of_files(made: Project) -> list[str]:
    """What build and check say in each form; as many commands for GitHub are ours as problems."""
    found = []
    for run in (partial(made.command, "--no-search"), partial(_check, made)):
        as_json, plain = run("--json").said, run().said
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GITHUB_ACTIONS", "true")
            at_github = run().said
        problems = as_json.count('"severity"')
        assert problems
        found += [*_harm(as_json, 0), *_harm(plain, 0), *_harm(at_github, problems)]
        assert "fault in trialpages" not in f"{as_json}{plain}{at_github}"
    return found


def _check(made: Project, *words: str) -> Done:
    return command(["build.py", "check", "--content", str(made.content), "--site", "none", *words])


_IMPORTS: dict[str, bytes] = {
    "ids of records": _records(study),
    "values of records": _records(
        lambda text: _with(["protocolSection", "statusModule", "overallStatus"], text)
    ),
    "fields of records": _records(
        lambda text: _with(["protocolSection", "statusModule", text], text)
    ),
    "no records": _records(lambda text: text),
}


def _said_of_imports(folder: Path) -> list[str]:
    found = []
    for name, content in _IMPORTS.items():
        source = folder / f"{name}.json"
        source.write_bytes(content)
        for words in ([], ["--json"]):
            done = command(
                ["build.py", "import", str(source), "--content", str(folder / "content"), *words]
            )
            assert "fault in trialpages" not in done.said, done.said
            found += _harm(done.said, 0)
    for text in PAYLOADS:
        if "\0" in text or "/" in text:
            continue
        source = folder / f"{text}.txt"
        source.write_text(text)
        for words in (["import", str(source)], ["check", text], [text], [f"--{text}"]):
            found += _harm(command(["build.py", *words]).said, 0)
    return found


def _said_in_the_preview() -> list[str]:
    """What the overlay of the preview shows."""
    texts = [str(Problem("x", "error", text, hint=text, details=(text,))) for text in PAYLOADS]
    assert "str(p)" in Path(Turns.__init__.__code__.co_filename).read_text("utf-8")
    return [line for text in texts for line in _harm(text, 0)]


def test_row_56_content_in_messages(row: Row, tmp_path: Path) -> None:
    harmful = _said_in_the_preview()
    for number, (name, files) in enumerate(_IN_FILES.items()):
        made = project(tmp_path / str(number), trials=1)
        made.write(files)
        found = _said_of_files(made)
        harmful += [f"{name}: {line!a}" for line in found]
    (tmp_path / "in").mkdir()
    harmful += _said_of_imports(tmp_path / "in")
    unchanged = [
        text for text in ("Étude ≥ 1 ‰", "پی\u200cوی", "試験", "a\xa0b") if visible(text) != text
    ]
    row.reached(
        f"{len(PAYLOADS)} payloads in {len(_IN_FILES) + len(_IMPORTS) + 4} places (keys, values, "
        f"ids, headings, names of files, records, words of a call), on the terminal, as JSON, at "
        f"GitHub and in the preview: {len(harmful)} lines with a control or a forged command"
    )
    assert harmful == []
    assert unchanged == []
    assert len(PAYLOADS) >= 60
    assert id_of(1) in visible(f"{id_of(1)}\x1b")

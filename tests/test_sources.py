"""What installed packages bring, forms of a record and registries: used, named, and blamed."""

from __future__ import annotations

import io
import json
import re
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from sites import PROJECT

from trialpages.cli.importing import _standard_input
from trialpages.content.content_file import read_file
from trialpages.importers import known_sources
from trialpages.importers.registry_json import Imported
from trialpages.importers.source import Content, Source
from trialpages.importers.sources import find_records
from trialpages.importing import import_records
from trialpages.problems import Failure
from trialpages.records.model import Trial, to_trial
from trialpages.records.trial_file import read_trial
from trialpages.registries.client import Client, Patience
from trialpages.registries.installed import installed_registries
from trialpages.syncing import SyncRun, sync
from trialpages.text.files import SourcePath
from trialpages.updating.arrivals import Policy

_MODULE = """
from trialpages.api import Imported, Source, to_trial

def read(content, where):
    lines = content.decode().splitlines()
    fields = dict(line.split(" = ", 1) for line in lines[1:])
    tree = {"nct_id": fields["number"], "brief_title": fields["title"]}
    tree |= {"overall_status": "RECRUITING", "study_type": fields.get("type", "OBSERVATIONAL")}
    return Imported(to_trial(tree))

def recognises(content, where):
    return content.startswith(b"NORTHERN")

SOURCE = Source("a record of the Northern Register", recognises, read, endings=(".nr",),
                registry="Northern Register", page="https://northern.example/{}")
NOTHING = 7
"""

_RECORD = "NORTHERN\nnumber = NR-2024-0007\ntitle = Rest for migraine\n"

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a package of this name with an entry point, as pip would leave it."""

    def installed(
        module: str = _MODULE, entry: str = "trialpages_northern:SOURCE", registry: str = ""
    ) -> None:
        packages = tmp_path / "packages"
        described = packages / "trialpages_northern-2.1.dist-info"
        described.mkdir(parents=True)
        (packages / "trialpages_northern.py").write_text(module)
        (described / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: trialpages-northern\nVersion: 2.1\n"
        )
        entries = f"[trialpages.sources]\nnorthern = {entry}\n"
        if registry:
            entries += f"[trialpages.registries]\nnorthern = trialpages_northern:{registry}\n"
        (described / "entry_points.txt").write_text(entries)
        monkeypatch.syspath_prepend(packages)
        monkeypatch.delitem(sys.modules, "trialpages_northern", raising=False)
        _forget()

    yield installed
    _forget()


def _forget() -> None:
    known_sources.sources.cache_clear()
    installed_registries.cache_clear()


def import_into(content: Path, *paths: Path) -> tuple[int, str]:
    """Exit status and what was said: every problem, or those that ended it."""
    try:
        found = list(import_records(map(str, paths), BytesIO(), content, Policy.NEW_ONLY))
    except Failure as failure:
        return failure.exit_status, "\n".join(map(str, failure.problems))
    problems = [problem for arrival in found for problem in arrival.problems]
    return int(bool(problems)), "\n".join(map(str, problems))


def imported(content: Path, number: str) -> Trial:
    path = content / "trials" / f"{number}.md"
    trial = read_trial(read_file(SourcePath(str(path), str(path))), str(path)).trial
    assert trial
    return trial


def test_a_package_brings_a_form_with_its_registry(tmp_path: Path, install: Install) -> None:
    install()
    record = tmp_path / "one.nr"
    record.write_text(_RECORD)
    assert import_into(tmp_path / "content", record)[0] == 0
    trial = imported(tmp_path / "content", "NR-2024-0007")
    assert trial.source
    assert trial.source.registry == "Northern Register"
    assert trial.source.url == "https://northern.example/NR-2024-0007"


def test_its_files_are_found_in_an_archive(tmp_path: Path, install: Install) -> None:
    install()
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("one.nr", _RECORD)
        archive.writestr("read me.pdf", b"%PDF")
    said = import_into(tmp_path / "content", tmp_path / "all.zip")[1]
    assert said.startswith(f"{tmp_path}/all.zip  warning: not read: `read me.pdf`\n")
    assert imported(tmp_path / "content", "NR-2024-0007")


def test_what_it_reads_wrong_is_no_file(tmp_path: Path, install: Install) -> None:
    install()
    record = tmp_path / "one.nr"
    record.write_text(_RECORD.replace("NR-2024-0007", "../../2024"))
    status, output = import_into(tmp_path / "content", record)
    assert status == 1
    assert "nct_id" in output or "2024" in output
    assert not list((tmp_path / "content").rglob("*.md"))


@pytest.mark.parametrize(
    ("module", "entry", "said"),
    [
        ("import nothing_of_this_name", "trialpages_northern:SOURCE", "ModuleNotFoundError"),
        ("1 +", "trialpages_northern:SOURCE", "SyntaxError"),
        (_MODULE, "trialpages_northern:MISSING", "AttributeError"),
        (_MODULE, "trialpages_northern:NOTHING", "it is no `trialpages.api.Source`"),
    ],
)
def test_a_package_that_is_broken_is_named(
    tmp_path: Path, install: Install, module: str, entry: str, said: str
) -> None:
    install(module, entry)
    record = tmp_path / "one.json"
    record.write_text(json.dumps({"protocolSection": {}}))
    status, output = import_into(tmp_path / "content", record)
    assert status == 3
    assert "trialpages-northern 2.1" in output
    assert said in output
    assert "pip uninstall trialpages-northern" in output


@pytest.mark.parametrize(
    "broken",
    [
        _MODULE.replace('content.startswith(b"NORTHERN")', "content.beginning"),
        _MODULE.replace('fields["number"]', 'fields["no such"]'),
        _MODULE.replace("return Imported(to_trial(tree))", "return tree"),
    ],
)
def test_a_package_that_fails_stops_no_other_record(
    tmp_path: Path, install: Install, broken: str
) -> None:
    install(broken)
    (tmp_path / "one.nr").write_text(_RECORD)
    (tmp_path / "two.json").write_text(json.dumps(_STUDY))
    paths = tmp_path / "one.nr", tmp_path / "two.json"
    status, output = import_into(tmp_path / "content", *paths)
    assert status == 1
    assert "trialpages-northern 2.1" in output
    assert "one.nr" in output
    assert imported(tmp_path / "content", "NCT00000002")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"title": "Rest"}, "KeyError: 'status'"),
        ({"title": "Rest", "status": "paused"}, "can't be a trial: Invalid enum value 'PAUSED'"),
    ],
)
def test_a_form_of_our_own_that_fails_stops_no_other_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: dict[str, str], said: str
) -> None:
    monkeypatch.setattr(known_sources, "SHIPPED", (*known_sources.SHIPPED, _NORTHERN))
    _forget()
    (tmp_path / "one.json").write_text(json.dumps([record, _STUDY]))
    status, output = import_into(tmp_path / "content", tmp_path / "one.json")
    _forget()
    assert status == 1
    assert f"{tmp_path}/one.json[0]  error: " in output
    assert said in output
    assert imported(tmp_path / "content", "NCT00000002")


def _read_northern(content: Content, _where: str) -> Imported:
    assert isinstance(content, dict)
    tree = {"nct_id": "NR-2024-0007", "brief_title": content["title"]}
    tree |= {"overall_status": content["status"].upper(), "study_type": "OBSERVATIONAL"}
    return Imported(to_trial(tree))


_NORTHERN = Source(
    "a record of the Northern Register", lambda content, _where: "title" in content, _read_northern
)

_STUDY = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000002", "briefTitle": "Sleep"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "designModule": {"studyType": "INTERVENTIONAL"},
    }
}


def test_what_is_of_no_form_says_what_a_record_must_have(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"name": "something else"}')
    status, output = import_into(tmp_path / "content", tmp_path / "one.json")
    assert status == 1
    assert "no `protocolSection`" in output


# --- registries over the network ----------------------------------------------------------------

_GUIDE = (PROJECT / "docs/changing.md").read_text("utf-8")


def _walked(beginning: str) -> str:
    """The code in docs/changing.md that begins so, less its indentation."""
    blocks = re.findall(r"```python\n(.*?)```", re.sub(r"(?m)^   (?=\S| )", "", _GUIDE), re.DOTALL)
    return str(next(block for block in blocks if beginning in block))


_RECORD_THERE = {
    "northern_number": "NR-2024-0007",
    "title": "Calm seas",
    "status": "recruiting",
    "kind": "observational",
}


class _Register(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {
            "/list.json": [{"number": "NR-2024-0007", "changed": "2026-01-01"}],
            "/NR-2024-0007.json": _RECORD_THERE,
        }
        found = answers.get(self.path.partition("?")[0])
        body = json.dumps(found).encode() if found else b"no such page"
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def register() -> Iterator[str]:
    """The address of a register that has one record."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Register)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def synced(content: Path, *wanted: str) -> tuple[int, str]:
    """Exit status of a sync of these trials, and what was said."""
    content.mkdir(exist_ok=True)
    lines = "".join(f"  - {one}\n" for one in wanted)
    (content / "queries.yaml").write_text(f"trials:\n{lines}")
    try:
        with Client(Patience(pause=0)) as client:
            found = sync(SyncRun(content, client))
    except Failure as failure:
        return failure.exit_status, "\n".join(map(str, failure.problems))
    problems = [problem for arrival in found.arrivals for problem in arrival.problems]
    return found.exit_status, "\n".join(map(str, (*found.failure, *problems)))


def _northern(register: str) -> str:
    """The package of docs/changing.md, its register at this address."""
    source = _walked("def _recognises")
    network = _walked("class Northern:").replace("https://northern.example/", register)
    future = "from __future__ import annotations\n"
    return future + (source + network.replace("_read", "_answered")).replace(future, "")


def test_a_package_brings_a_registry_that_is_kept_current(
    tmp_path: Path, install: Install, register: str
) -> None:
    install(_northern(register), "trialpages_northern:NORTHERN", "NORTHERN_REGISTRY")
    content = tmp_path / "content"
    assert synced(content, "NR-2024-0007", f"{register}NR-2024-0007") == (0, "")
    trial = imported(content, "NR-2024-0007")
    assert trial.brief_title == "Calm seas"
    assert trial.source
    assert trial.source.registry == "Northern Register"


def test_a_record_that_is_no_json_is_known_by_its_beginning(
    tmp_path: Path, install: Install, register: str
) -> None:
    network = _walked("class Northern:").replace("https://northern.example/", register)
    sent = network.replace('client.get(f"{page}.json", {}, _read)', f"{_RECORD.encode()!r}")
    install(sent + _MODULE, registry="NORTHERN_REGISTRY")
    assert synced(tmp_path / "content", "NR-2024-0007") == (0, "")
    assert imported(tmp_path / "content", "NR-2024-0007").brief_title == "Rest for migraine"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('one["number"]', 'one["no such"]', "KeyError"),
        ("yield Fetched(one.id, page, ", "yield tuple, (", "it gave tuple, not Fetched"),
        ('number.startswith("NR-")', "number.beginning", "AttributeError"),
        ('key = "northern"', 'key = "ctgov"', "another registry has this key"),
        ("def version", "def edition", "it is no `trialpages.api.Registry`"),
    ],
)
def test_a_registry_that_fails_is_named(
    tmp_path: Path, install: Install, register: str, right: str, wrong: str, said: str
) -> None:
    broken = _northern(register).replace(right, wrong)
    install(broken, "trialpages_northern:NORTHERN", "NORTHERN_REGISTRY")
    status, output = synced(tmp_path / "content", "NR-2024-0007")
    assert status == 3
    assert "trialpages-northern 2.1" in output
    assert said in output
    assert not list((tmp_path / "content").rglob("*.md"))


def test_a_device_is_no_record() -> None:
    (found,) = find_records(["/dev/null"], io.BytesIO())
    assert "it is a device" in str(found)


def test_a_closed_standard_input_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert _standard_input().read() == b""

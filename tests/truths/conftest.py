"""The small site, built once for all processes of a run, and one browser for those who need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from browser import chromium

from truths.odd_site import build_once, open_forms
from truths.site import Site


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Mapping[str, Site]:
    """The small site in each of its forms, by name."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    return open_forms(build_once(shared / "truths"))


@pytest.fixture(scope="module")
def main_in_browser(forms: Mapping[str, Site]) -> Iterator[Site]:
    """The small site in its main form, with a browser."""
    with chromium() as browser:
        yield replace(forms["main"], browser=browser)

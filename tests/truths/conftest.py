"""The small site in each of its forms, and with the browser for truths that need one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from sites import Once

from truths.odd_site import build_forms, open_forms
from truths.site import Site


@pytest.fixture(scope="session")
def forms(once: Once) -> Mapping[str, Site]:
    """The small site in each of its forms, by name."""
    return open_forms(once("truths", build_forms))


@pytest.fixture(scope="module")
def main_in_browser(forms: Mapping[str, Site], browser: Browser) -> Site:
    """The small site in its main form, with a browser."""
    return replace(forms["main"], browser=browser)

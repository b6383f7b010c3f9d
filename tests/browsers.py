"""The browser of the machine, if it has one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")  # as Debian, others and its maker call it
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
needed = pytest.mark.skipif(CHROMIUM is None, reason="no browser here: apt-get install chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser without a window; it runs in no sandbox of its own, which a container seldom allows."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()

"""Chromium for the tests: how it is started, and the fixtures that hand out its pages.

A folder's conftest imports `browser` and `page`. The browser ends with that folder's last
test: Playwright's loop would otherwise be in the way of tests elsewhere that run an event
loop of their own.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
DISABLED = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
]
"""What Chromium leaves out: first what nobody sees here and that costs two processes of script
and one in reserve for each page opened; then, as the last list counts, what Playwright names.
"""
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=" + ",".join(DISABLED),
]
TIMEOUT_MS = 20_000
_PLACE = re.compile(r"(?:https?|blob|data):\S+")

expect.set_options(timeout=TIMEOUT_MS)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start Chromium, and end it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium once for the folder that imports this."""
    with running_chromium() as chromium:
        yield chromium


@contextmanager
def empty_page(browser: Browser) -> Iterator[Page]:
    """Open an empty page with a clock and permissions of its own."""
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    context.set_default_timeout(TIMEOUT_MS)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def open_page(browser: Browser, *, foreign: tuple[str, ...] = ()) -> Iterator[Page]:
    """Open an empty page; an error on it is a failure.

    ``foreign`` are the errors of a host's own that it is known to throw; see `no_errors`.
    """
    with empty_page(browser) as opened, no_errors(opened, foreign=foreign):
        yield opened


@contextmanager
def no_errors(page: Page, *, foreign: tuple[str, ...] = ()) -> Iterator[list[Error]]:
    """Take an error on the page as a failure, but for the ``foreign`` ones; yield what comes.

    Foreign is what comes from the host's own files alone, in these words.
    """
    errors: list[Error] = []

    def note(error: Error) -> None:
        errors.append(error)

    def is_foreign(error: Error) -> bool:
        places: list[str] = _PLACE.findall(error.stack or "")
        return str(error) in foreign and all("/static/" in place for place in places)

    page.on("pageerror", note)
    try:
        yield errors
    finally:
        page.remove_listener("pageerror", note)
    own = [error.stack for error in errors if not is_foreign(error)]
    assert not own, own


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page for one test; an error on it fails the test."""
    with open_page(browser) as opened:
        yield opened

"""Chromium for the tests: how it is started, and the fixtures that hand out its pages.

A folder's conftest imports `browser` and `page`. The browser ends with that folder's last
test: Playwright's loop would otherwise be in the way of tests elsewhere that run an event
loop of their own.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, ViewportSize, expect, sync_playwright

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
VIEWPORT: ViewportSize = {"width": 1200, "height": 1000}
AS_USUAL: Any = dict.fromkeys(
    ("media", "color_scheme", "reduced_motion", "forced_colors", "contrast"), "null"
)
FOR_GOOD = {
    *("add_init_script", "clock", "context", "expose_binding", "expose_function", "on", "once"),
    *("route", "set_extra_http_headers", "set_content", "close"),
}
"""What a test may do to a page that the next one would meet."""

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
    context = browser.new_context(viewport=VIEWPORT)
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

    Page.on(page, "pageerror", note)
    try:
        yield errors
    finally:
        Page.remove_listener(page, "pageerror", note)
    own = [error.stack for error in errors if not is_foreign(error)]
    assert not own, own


class LentPage(Page):
    """A page that knows whether it can be lent to another test: what changes it for good is told.

    To open one takes three times as long as most tests need it.
    """

    is_used_up = False

    def __getattribute__(self, name: str) -> Any:
        if name in FOR_GOOD:
            self.is_used_up = True
        return super().__getattribute__(name)


@pytest.fixture(scope="package")
def lent_pages(browser: Browser) -> Iterator[list[Page]]:
    """Keep the page that the next test gets, if there is one; the context of each is its own."""
    kept: list[Page] = []
    yield kept
    for page in kept:
        Page.context.fget(page).close()  # type: ignore[attr-defined]


@pytest.fixture
def page(
    browser: Browser, lent_pages: list[Page], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Lend an empty page to one test; an error on it fails the test."""
    failed = request.session.testsfailed
    opened = lent_pages.pop() if lent_pages else _lent(browser)
    with no_errors(opened):
        yield opened
    if opened.is_used_up or request.session.testsfailed > failed or not _is_as_new(opened):
        Page.context.fget(opened).close()
    else:
        lent_pages.append(opened)


def _lent(browser: Browser) -> LentPage:
    context = browser.new_context(viewport=VIEWPORT)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.__class__ = LentPage
    return page


def _is_as_new(page: Page) -> bool:
    """Leave nothing of a test on its page; False where that cannot be done."""
    try:
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.set_viewport_size(VIEWPORT)
        page.emulate_media(**AS_USUAL)
    except Error:
        return False
    return True

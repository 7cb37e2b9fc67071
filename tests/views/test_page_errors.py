"""What counts as a fault where an error is thrown on a page: all but a host's own words."""

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import empty_page, no_errors
from tests.views.site import Site

THROWS = "setTimeout(() => { throw new Error('known to be thrown'); });"
KNOWN = ("known to be thrown",)


def throw(page: Page, site: Site, script: str) -> None:
    """Run a script on an empty page until it has thrown."""
    page.route("**/static/host.js", lambda route: route.fulfill(body=THROWS))
    with page.expect_event("pageerror"):
        page.goto(site.put("throws", script))


def test_a_host_may_throw_what_is_known_of_it(browser: Browser, site: Site) -> None:
    """An error in these words from its own files is noted, and no failure."""
    with empty_page(browser) as page, no_errors(page, foreign=KNOWN) as errors:
        throw(page, site, '<script src="/static/host.js"></script>')
    assert len(errors) == 1


@pytest.mark.parametrize(
    ("script", "foreign"),
    [
        (f"<script>{THROWS}</script>", KNOWN),
        ('<script src="/static/host.js"></script>', ()),
        (f"<script>import(URL.createObjectURL(new Blob([`{THROWS}`],"
         " { type: 'text/javascript' })))</script>", KNOWN),
    ],
    ids=["saved in the page", "other words", "a view's module"],
)  # fmt: skip
def test_what_others_throw_fails(
    browser: Browser, site: Site, script: str, foreign: tuple[str, ...]
) -> None:
    """The same words from the page itself or from a view's code excuse nothing."""
    with (
        empty_page(browser) as page,
        pytest.raises(AssertionError, match="known to be thrown"),
        no_errors(page, foreign=foreign),
    ):
        throw(page, site, script)

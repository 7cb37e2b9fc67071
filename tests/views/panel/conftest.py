"""The views' browser, one context and page of it for each module of tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import TIMEOUT_MS, no_errors
from tests.views.panel.fake import Panel
from tests.views.panel.gallery_page import Shelf
from tests.views.reels import write_reels
from tests.views.samples import write_clip
from tests.views.site import Site, running_site

SIZE_PX = {"width": 900, "height": 1000}


@pytest.fixture(scope="module")
def shared_page(browser: Browser, site: Site) -> Iterator[Page]:
    """Open one page that may use the clipboard."""
    context = browser.new_context(viewport={"width": 900, "height": 1000})
    context.set_default_timeout(TIMEOUT_MS)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)
    yield context.new_page()
    context.close()


@pytest.fixture
def panel_page(shared_page: Page, site: Site) -> Iterator[Panel]:
    """Hand out the panel; an error on its page fails the test."""
    shared_page.set_viewport_size({"width": SIZE_PX["width"], "height": SIZE_PX["height"]})
    shared_page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    with no_errors(shared_page):
        yield Panel(shared_page, site)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the gallery's page and its clips."""
    folder = write_reels(tmp_path_factory.mktemp("clips"))
    with running_site(write_clip(folder / "clip.mp4")) as served:
        yield served


@pytest.fixture
def shelf(page: Page, site: Site) -> Shelf:
    """Hand out the gallery on a page of its own."""
    page.emulate_media(reduced_motion="reduce")
    return Shelf(page, site)

"""One browser, one clip and one media server for the view tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.browser import browser, lent_pages, page
from tests.views.comparing import Opened, show
from tests.views.reels import write_reels
from tests.views.samples import write_clip
from tests.views.site import Site, running_site

__all__ = ["browser", "lent_pages", "page"]


@pytest.fixture(scope="package")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a two-second MP4."""
    return write_clip(tmp_path_factory.mktemp("clips") / "clip.mp4")


@pytest.fixture(scope="package")
def site(clip: Path) -> Iterator[Site]:
    """Serve the front end, test pages and the clip, with and without Range."""
    with running_site(clip) as served:
        yield served


@pytest.fixture(scope="module")
def reels(clip: Path) -> Path:
    """Make clips of several lengths and sizes, in the folder that the site serves."""
    return write_reels(clip.parent)


@pytest.fixture
def opened(page: Page, site: Site, reels: Path) -> Opened:
    """Return a function that shows clips side by side, by name or as they are given."""
    return lambda *names: show(page, site, *names)

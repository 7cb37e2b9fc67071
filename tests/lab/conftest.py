"""One browser and one JupyterLab, on the built-in simulator."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hailuo_nb.launch import restart_simulator
from tests.kernel.real_kernel import CLEARED
from tests.views.conftest import ARGS, CHROMIUM
from tests.views.lab import Lab, running_lab


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium once for this folder."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Name a history folder whose simulator takes some seconds a clip."""
    folder = tmp_path_factory.mktemp("home")
    with restart_simulator(folder, speed=30):
        yield folder


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Lab]:
    """Run JupyterLab whose kernels use the built-in simulator."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CLEARED:
            patch.delenv(name, raising=False)
        patch.setenv("HAILUO_HOME", str(home))
        patch.setenv("HAILUO_SIMULATOR", "on")
        with running_lab(tmp_path_factory.mktemp("lab")) as started:
            yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open an empty page of its own; an error thrown on it fails the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    context.set_default_timeout(20_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []

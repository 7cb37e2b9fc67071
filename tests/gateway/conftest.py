"""One PostgreSQL and one simulator for all tests of the gateway in a process; a database each."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.postgres import Postgres, running_postgres
from tests.simulator.owner import COPYING
from tests.simulator.process import Simulator


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Run a cluster."""
    with running_postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def service() -> Iterator[Simulator]:
    """Run a simulator whose clips are ready in a moment; each key is an account of its own."""
    simulator = Simulator("--speed", "200", "--max-size", "64", program=COPYING)
    yield simulator
    simulator.close()


@pytest.fixture(params=["postgresql", "sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'class.db'}"
    return str(request.getfixturevalue("postgres").create())


@pytest.fixture
def key() -> str:
    """Return a key whose account at the service is untouched."""
    return f"sk-{secrets.token_hex(8)}"

"""Opening the service of some settings: the vendor's, another, or the built-in simulator.

It joins settings, client and store for the runner; it runs nothing itself.
"""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module

from hailuo_nb._version import __version__
from hailuo_nb.config import Config
from hailuo_nb.core.polling import MEDIAN_S
from hailuo_nb.kie.outcome import submit_outcome
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.interfaces import Service
from hailuo_nb.session import simulator_process
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History

USER_AGENT = f"hailuo_nb/{__version__}"


def shared_of(config: Config, history: History) -> Shared:
    """Return what all tasks of these settings' service share."""
    return Shared(
        name=config.service,
        connect=connector(config),
        journal=history,
        files=Files(config.home),
        judge=submit_outcome,
        table_median_s=table_median_s(config),
    )


def connector(config: Config) -> Callable[[], Awaitable[Service]]:
    """Return what opens the service of these settings, on the engine's thread."""

    async def connect() -> Service:
        client = await asyncio.to_thread(import_module, "hailuo_nb.kie.client")
        api_origin, upload_origin = config.api_origin, config.upload_origin
        proof = None
        if config.simulator:
            found = await asyncio.to_thread(simulator_process.ensure_simulator, config.home)
            api_origin = upload_origin = found.url
            proof = found.proof
        service: Service = client.Client(
            api_origin=api_origin,
            upload_origin=upload_origin,
            key=config.key_for,
            user_agent=USER_AGENT,
            proof=proof,
        )
        return service

    return connect


def table_median_s(config: Config) -> float:
    """Return how long a task usually takes by the table, in seconds."""
    return MEDIAN_S / simulator_process.known_speed(config.home) if config.simulator else MEDIAN_S

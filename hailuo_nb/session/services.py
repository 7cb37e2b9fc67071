"""The service of some settings, as the runner uses it: to send, or to look alone.

It knows which client talks to which service. It must not know a session, nor what is asked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module

from hailuo_nb._version import __version__
from hailuo_nb.config import Config
from hailuo_nb.core.polling import MEDIAN_S
from hailuo_nb.kie.outcome import submit_outcome
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.interfaces import LookingService
from hailuo_nb.session import simulator_process
from hailuo_nb.session.calling import Callbacks
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History
from hailuo_nb.store.origins import trusted_origins

USER_AGENT = f"hailuo_nb/{__version__}"
KEEPER = f"{USER_AGENT} (keeper)"

Connect = Callable[[], Awaitable[LookingService]]


def shared_of(
    config: Config, history: History, *, tell: Callable[[str], object] = str, sends: bool = True
) -> Shared:
    """Return what the tasks of these settings' service share, recorded in a history.

    ``tell`` is told what the person should know of it; with ``sends`` False there is no way
    to send: its client has no call that is paid for.
    """
    return Shared(
        name=config.service,
        connect=connector(config, tell, sends=sends),
        journal=history,
        files=Files(config.home),
        judge=submit_outcome,
        table_median_s=_table_median_s(config),
        calling=Callbacks() if sends and not config.simulator else None,
    )


def connector(
    config: Config, tell: Callable[[str], object] = str, *, sends: bool = True
) -> Connect:
    """Return what opens the service of these settings, on the engine's thread."""

    async def connect() -> LookingService:
        if sends:
            client = (await asyncio.to_thread(import_module, "hailuo_nb.kie.client")).Client
        else:
            client = (await asyncio.to_thread(import_module, "hailuo_nb.kie.looker")).Looker
        api_origin, upload_origin, proof = config.api_origin, config.upload_origin, None
        if config.simulator:
            found = await asyncio.to_thread(simulator_process.ensure_simulator, config.home, tell)
            api_origin = upload_origin = found.url
            proof = found.proof
        service: LookingService = client(
            api_origin=api_origin,
            upload_origin=upload_origin,
            key=config.key_for,
            user_agent=USER_AGENT if sends else KEEPER,
            trusted=trusted_origins(),
            proof=proof,
        )
        return service

    return connect


def _table_median_s(config: Config) -> float:
    """Return how long a task usually takes by the table, in seconds."""
    speed = simulator_process.known_speed(config.home) if config.simulator else 1.0
    return MEDIAN_S / speed

"""The one line at loading: the service, where clips go, what is unfinished."""

from typing import TYPE_CHECKING

from hailuo_nb.config import Config
from hailuo_nb.core.names import FOLDER
from hailuo_nb.session.shell import Host
from hailuo_nb.store.origins import VENDOR, uploads_of

if TYPE_CHECKING:
    from hailuo_nb.session.recovery import Left


def welcome(config: Config, host: Host, left: "Left | None") -> str:
    """Return the line; asks no network. ``left`` is None where nothing is unfinished."""
    parts = [_service(config), f"Clips go to {_shown(config, host)}."]
    return " ".join(parts + (_unfinished(left) if left is not None else []))


def _unfinished(left: "Left") -> list[str]:
    from hailuo_nb.core.words import tasks_in_words, unreadable_words
    from hailuo_nb.session.left import NAMES_MAX

    parts = []
    if left.sent:
        parts.append(f"{tasks_in_words(len(left.sent), 'unfinished')}: watched on, %hailuo wait.")
    if left.interrupted:
        number = tasks_in_words(len(left.interrupted), "interrupted")
        parts.append(f"{number} may have been billed: compare your balance, %hailuo resolve.")
    if left.unsure:
        number = tasks_in_words(len(left.unsure), "unsure")
        parts.append(f"{number} may have been billed: %hailuo resume tells how to settle.")
    if left.never_sent:
        number = tasks_in_words(len(left.never_sent), "unfinished")
        parts.append(f"{number} never left: %hailuo resume sends ({left.price}).")
    if left.elsewhere:
        number = tasks_in_words(len(left.elsewhere), "unfinished")
        parts.append(f"{number} made with another key or service: %hailuo history.")
    if left.unreadable:
        names = ", ".join(unreadable_words(known) for known in left.unreadable[:NAMES_MAX])
        more = f" and {len(left.unreadable) - NAMES_MAX} more" * (len(left.unreadable) > NAMES_MAX)
        parts.append(f"A damaged record is kept as it is: {names}{more}; %hailuo doctor.")
    return parts


def _service(config: Config) -> str:
    if config.simulator:
        return "hailuo_nb uses the built-in simulator: free, its videos are made up (SIMULATED)."
    key = f"key from {config.key_source}" if config.key_source else "NO KEY: %hailuo login"
    words = f"hailuo_nb uses {_named(config, config.api_origin)} ({key}; clips cost credits)."
    if config.upload_origin != uploads_of(config.api_origin):
        words += f" Images go to {_named(config, config.upload_origin)}."
    return words


def _named(config: Config, origin: str) -> str:
    """Return an origin with what the person has to know of it."""
    told = [] if origin in VENDOR else ["is not the vendor's own"]
    if config.key_source and origin not in config.key_origins:
        told.append("does not get the key")
    return f"{origin}, which {' and '.join(told)}" if told else origin


def _shown(config: Config, host: Host) -> str:
    folder = config.videos or host.folder / FOLDER
    relative = host.relative_address(folder)
    return f"{relative}/ beside the notebook" if relative else str(folder)

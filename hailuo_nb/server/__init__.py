"""The part of us in a Jupyter Server: pages ask it what became of tasks, whatever has ended.

Installing the package enables it. It reads histories and never writes them. It must keep no
key, nor know the wire or how a task runs; it loads in a moment and brings in no heavy package.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell the server what to load."""
    return [{"module": "hailuo_nb.server"}]


def _load_jupyter_server_extension(app: "ServerApp") -> None:
    """Add our addresses to a server."""
    from hailuo_nb.server.handlers import routes

    app.web_app.add_handlers(".*$", routes(app.web_app.settings["base_url"]))  # type: ignore[no-untyped-call]

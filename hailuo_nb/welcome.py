"""The one line at loading: the service, where clips go, what is unfinished."""

from hailuo_nb.session import Session


def welcome(here: Session) -> str:
    """Return the line; reads the history, asks no network."""
    parts = [_service(here), f"Clips go to {_shown(here)}."]
    unfinished = here.unfinished()
    if unfinished:
        count = f"{len(unfinished)} unfinished task" + ("s" if len(unfinished) > 1 else "")
        parts.append(f"{count}: %hailuo resume looks after them.")
    return " ".join(parts)


def _service(here: Session) -> str:
    config = here.config
    if config.simulator:
        return "hailuo_nb uses the built-in simulator: free, its videos are made up (SIMULATED)."
    key = f"key from {config.key_source}" if config.key_source else "NO KEY: %hailuo login"
    vendor = "" if config.is_vendor else ", which is not the vendor's own"
    return f"hailuo_nb uses {config.api_origin}{vendor} ({key}; clips cost credits)."


def _shown(here: Session) -> str:
    relative = here.host.relative_address(here.folder)
    return f"{relative}/ beside the notebook" if relative else str(here.folder)

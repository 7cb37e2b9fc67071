"""The desk: what a person thinks of the clips on a page, kept while a kernel lives.

A session has one, made once something is shown that can be rated.
"""

from hailuo_nb.session import registry
from hailuo_nb.session.session import Session


def open_desk(here: Session) -> None:
    """Have what is on the page be rated there; does nothing where no page would hear of it."""
    if not here.host.output or here.host.needs_view or here.host.is_public:
        return
    from hailuo_nb.views.desk.desk import Desk

    with registry.state["lock"]:
        desk: Desk | None = registry.state.get("desk")
        if desk is None or not desk.serves(here):
            registry.state["desk"] = Desk(here)

"""Which card shows which task, and where a clip lies as seen from the notebook.

It joins the views to the session; what a card looks like is the views' affair.
"""

import base64
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hailuo_nb.host import Host
from hailuo_nb.runner.handle import Task
from hailuo_nb.session import Session

EMBED_BYTES_MAX = 4_000_000
"""A clip that the notebook cannot reach by a path is embedded up to this size."""


def show(here: Session, task: Task) -> None:
    """Show a task in the running cell: live while it runs, its clip when it is done."""
    from hailuo_nb.views.card import Card

    card = Card(publish=here.host.publish, on_stop=task.stop, locate=partial(_locate, here.host))
    here.views.setdefault(task.id, []).append(card)
    here.runner_of(task).attach(task, card.show, card.update)


def settle(here: Session, tasks: Sequence[Task]) -> None:
    """Publish the final state of every card of these tasks again.

    Headless runners keep only what belongs to the running cell.
    """
    for task in tasks:
        for view in here.views.get(task.id, []):
            view.settle_again(task.snapshot)


def _locate(host: Host, video: Path) -> str:
    """Return a clip's address as seen from the notebook, embedded where it has none."""
    relative = None if host.is_colab else host.relative_address(video)
    if relative is not None:
        return relative
    data = video.read_bytes()
    if len(data) > EMBED_BYTES_MAX:
        raise ValueError(f"{video} lies outside the notebook's folder and is too large to embed")
    return "data:video/mp4;base64," + base64.b64encode(data).decode("ascii")

"""How people ask for the panel: in a notebook, or as a page of its own."""

from typing import Any

from hailuo_nb import api
from hailuo_nb.errors import MissingKey, OptionError
from hailuo_nb.notebook.panel.panel import Panel
from hailuo_nb.session import registry


def panel(prompt: str = "", **settings: Any) -> Panel:
    """Return a panel: prompt, images, options, price and gallery; a cell's last line shows it.

    Parameters
    ----------
    prompt
        What stands in it at first.
    settings
        Options as `hailuo_nb.generate` takes them, such as ``model="2.3-i2v"``; an image by
        its address, file, or the name of the variable that holds it.

    Raises
    ------
    OptionError
        An option holds an object that a cell could not carry.
    """
    return Panel(prompt, **settings)


def show_panel() -> None:
    """Show this process's one panel in the running cell; it keeps what was typed into it."""
    shown: Panel | None = registry.state.get("panel")
    if shown is None or not shown.gallery.is_open:
        shown = registry.state["panel"] = Panel()
    shown._ipython_display_()


def app(*, paid: bool = False, budget: float | None = None, shared: bool = False) -> Panel:
    """Return the panel for a page of its own, such as one that Voila serves.

    Everyone who opens the page sees the history of the machine's user. Images come from the
    visitor, the samples and the clips, at most 24 of 60 MB together in one visit; the
    server's files and variables are out of reach.

    Parameters
    ----------
    paid
        Whether visitors may spend credits; otherwise the built-in simulator is used,
        whatever key there is.
    budget
        Credits a day that all visitors and your own notebooks together may spend, above 0;
        the same as ``%hailuo budget N``. Needed with ``paid``.
    shared
        Whether visitors may rate, rename and hide the clips that are there, whoever made them.

    Raises
    ------
    OptionError
        ``paid`` stands without a budget.
    MissingKey
        ``paid``, but no key is known.
    """
    here = api.session()
    if not paid:
        here.configure(here.config.simulated())
    elif budget is None or not budget > 0:
        raise OptionError(
            "A page on which visitors pay needs a budget.",
            advice="app(paid=True, budget=100) allows 100 credits a day.",
        )
    elif here.config.simulator:
        raise MissingKey("There is no API key, so nothing can be paid for.")
    else:
        here.history.budget.set_cap(budget, "day")
    here.host.is_public, here.host.is_shared = True, shared
    return Panel()

"""What a dry run shows: each clip, its price and the exact request, before anything is sent.

It is handed the bodies that would be sent; it knows neither the wire nor the service.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from hailuo_nb.core.pricing import PRICES_AS_OF, Price
from hailuo_nb.session import planning
from hailuo_nb.session.planning import Planned
from hailuo_nb.session.session import Session
from hailuo_nb.views.text import escaped, isolated, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One clip of a plan.

    ``label`` is "" where the cell has only one; ``there`` names the task that is there
    already, "" for a new one; ``body`` is the JSON object that would be sent.
    """

    label: str
    price: Price
    there: str
    body: dict[str, object]

    @property
    def costs(self) -> str:
        """What it costs, in words."""
        return f"there already and free: {self.there}" if self.there else str(self.price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A cell that was not sent.

    Parameters
    ----------
    service
        Who would be asked.
    words
        All of it in one line.
    clips
        At least one.
    left_out
        Combinations that cannot be made: label and reason.
    notes
        What the person should know, one sentence each.
    """

    service: str
    words: str
    clips: tuple[Listed, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        lines = [self._first(), *map(_line, self.clips)] if len(self.clips) > 1 else [self._first()]
        lines += [f"Left out: {label}: {reason}" for label, reason in self.left_out]
        return plain("\n".join([*lines, *self.notes, self._bodies()]))

    def _repr_html_(self) -> str:
        rows = "".join(map(_row, self.clips)) if len(self.clips) > 1 else ""
        left_out = (f"Left out: {label}: {reason}" for label, reason in self.left_out)
        notes = "".join(f"<div>{isolated(note)}</div>" for note in (*left_out, *self.notes))
        table = f"<table>{rows}</table>" if rows else ""
        bodies = (
            f"<details{' open' if not rows else ''}><summary>The exact JSON</summary>"
            f"<pre>{escaped(self._bodies())}</pre></details>"
        )
        return f"<div>{escaped(self._first())}</div>{table}{notes}{bodies}"

    def _first(self) -> str:
        words = self.words
        if len(self.clips) == 1:
            words = self.clips[0].costs if self.clips[0].there else self.words
        return f"Dry run: {words} (list of {PRICES_AS_OF}). Nothing was sent to {self.service}."

    def _bodies(self) -> str:
        bodies = [clip.body for clip in self.clips]
        return json.dumps(bodies if len(bodies) > 1 else bodies[0], ensure_ascii=False, indent=2)


def plan_shown(here: Session, planned: Planned) -> Plan:
    """Return everything that sending would do."""
    orders = planned.orders
    return Plan(
        service="the built-in simulator" if here.config.simulator else here.config.api_origin,
        words=planning.plan_words(here, planned),
        clips=tuple(
            Listed(
                label=order.label,
                price=order.request.price,
                there=f"{there.label} ({there.state})" if there else "",
                body=here.body(order),
            )
            for order, there in zip(orders.orders, planned.known, strict=True)
        ),
        left_out=tuple((one.label, one.reason) for one in orders.left_out),
        notes=planning.notes_of(orders),
    )


def _line(clip: Listed) -> str:
    return f"  {clip.label}: {clip.costs}"


def _row(clip: Listed) -> str:
    cells: tuple[tuple[str, Callable[[str], str]], ...] = (
        (clip.label, isolated),
        (clip.costs, escaped),
    )
    inner = "".join(f'<td style="text-align:left">{show(text)}</td>' for text, show in cells)
    return f"<tr>{inner}</tr>"

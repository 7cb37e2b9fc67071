"""What a dry run shows: each clip, its price and the exact request, before anything is sent.

Pure: a plan in, text and markup out.
"""

import json
import unicodedata

from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.views.text import escaped, isolated, plain

_CODE = "font-family:var(--jp-code-font-family,monospace)"
"""Said here: a converted notebook has its outputs' ``pre`` in the font of its text."""


def plan_bundle(plan: Plan) -> dict[str, str]:
    """Return a plan as text and HTML, by media type."""
    return {"text/plain": plan_text(plan), "text/html": plan_html(plan)}


def plan_text(plan: Plan) -> str:
    """Return a plan as lines of plain text."""
    lines = [plan.headline]
    lines += [f"  {item.label}: {item.costs}" for item in _listed(plan)]
    lines += _left_out(plan)
    return plain("\n".join([*lines, *plan.all_notes, _bodies(plan)]))


def plan_html(plan: Plan) -> str:
    """Return a plan as HTML."""
    rows = "".join(map(_row, _listed(plan)))
    notes = "".join(f"<div>{isolated(note)}</div>" for note in (*_left_out(plan), *plan.all_notes))
    table = f"<table>{rows}</table>" if rows else ""
    bodies = (
        f"<details{' open' if not rows else ''}><summary>The exact JSON</summary>"
        f'<pre style="{_CODE}">{escaped(_bodies(plan))}</pre></details>'
    )
    return f"<div>{escaped(plan.headline)}</div>{table}{notes}{bodies}"


def _listed(plan: Plan) -> tuple[PlanItem, ...]:
    """Return the clips that get a line each: none where the headline says it all."""
    return plan.clips if len(plan.clips) > 1 else ()


def _left_out(plan: Plan) -> list[str]:
    return [f"Left out: {one.label}: {one.reason}" for one in plan.left_out]


def _bodies(plan: Plan) -> str:
    bodies = [item.body for item in plan.clips]
    text = json.dumps(bodies if len(bodies) > 1 else bodies[0], ensure_ascii=False, indent=2)
    return "".join(map(_told, text))


def _told(sign: str) -> str:
    """Return a character as JSON shows it: what nobody sees by its number, so that all is told."""
    is_seen = sign in " \n" or unicodedata.category(sign)[0] not in "CZ"
    return sign if is_seen else json.dumps(sign)[1:-1]


def _row(item: PlanItem) -> str:
    cells = (isolated(item.label), escaped(item.costs))
    inner = "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells)
    return f"<tr>{inner}</tr>"

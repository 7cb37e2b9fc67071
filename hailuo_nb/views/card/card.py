"""What a card says: to the browser while its task runs, and in the markup and text that stay.

Pure: facts in, values and markup out. What stays must look well with no style sheet, survive
JupyterLab's sanitizer in an untrusted notebook, and read in order where every style is stripped;
a script only adds to what already works.
"""

from typing import Any

from hailuo_nb.views import measures, words
from hailuo_nb.views.actions import clip_attributes, clip_state
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.card.chain import ALONE, Chain, chain_html, chain_state
from hailuo_nb.views.facts import FRAME_PX, Facts, milliseconds, tile_state
from hailuo_nb.views.look import Look
from hailuo_nb.views.paper import card_picture
from hailuo_nb.views.rating import rating_html
from hailuo_nb.views.text import escaped, fold, is_embedded, isolated, one_line
from hailuo_nb.views.tile import BADGE, BORDER, MARK, dotted, row, seen, strip

GAP_PX = 16
TEXT_PX = 420
TEXT_PX_MIN = 260
"""The text's widest, and its narrowest beside the box; narrower, it goes below."""

_FIGURE = (
    f"{BORDER};max-width:{FRAME_PX + TEXT_PX + 3 * GAP_PX + 4}px;"
    f"padding:{GAP_PX}px 0 {GAP_PX // 2}px {GAP_PX}px;overflow:hidden"
)
_PICTURE_COLUMN = f"float:left;box-sizing:border-box;width:100%;padding:0 {GAP_PX}px 8px 0"
# Fills what the picture leaves beside it; goes below where that is less than its minimum, and there
# is as narrow as the card. Where nobody trusts the notebook the second minimum may be taken out.
_TEXT_COLUMN = (
    f"box-sizing:border-box;min-width:{TEXT_PX_MIN + GAP_PX}px;"
    f"min-width:min({TEXT_PX_MIN + GAP_PX}px,100%);max-width:{TEXT_PX + GAP_PX}px;"
    f"padding:0 {GAP_PX}px 0 0;overflow:hidden"
)
_ROW = "margin:0 0 8px 0;overflow-wrap:break-word"
_QUIET = f"{_ROW};font-size:12px;opacity:0.78"
_CODE = "display:inline-block;max-width:100%;font-size:12px;word-break:break-all"


def card_state(of: Facts) -> dict[str, Any]:
    """Return what the live card is told: JSON values only.

    What is over has no estimate, balance and way of being told of in it.
    """
    running = {"estimate": of.estimate, "balance": of.balance, "told_by": of.told_by}
    return (
        tile_state(of)
        | clip_state(of)
        | {
            "finished_at_ms": milliseconds(of.snapshot.finished_at),
            "prompt": list(fold(of.prompt)),
            "options": list(of.options),
            "images": [*of.images, *of.lineage],
            "task_id": of.task_id,
            "explanation": of.explanation,
            "commands": [list(pair) for pair in of.commands],
            "warnings": list(of.warnings),
            "measures": measures.line_state(of.snapshot),
            "box_px": list(of.box_px),
            **({} if of.is_over else running),
        }
    )


def card_html(of: Facts, found: str = "", chain: Chain = ALONE) -> str:
    """Return the figure that stays in the notebook; of what is under way, how to see it later.

    ``found`` is what its cell says of it, such as that nothing was sent; ``chain`` leads to it.
    """
    rows = _rows(of)
    rows.insert(2, row(escaped(found), _QUIET))
    rows.append(chain_html(chain, of))
    if not of.is_over:
        way_back = isolated(words.see_again([of.handle], [found]))
        rows.append(row(f"<strong>{way_back}</strong>", _ROW))
    elif not of.address:
        rows += [row(escaped(of.elsewhere), _QUIET), _next_steps(of)]
    text = f'<figcaption style="{_TEXT_COLUMN}">{"".join(rows)}</figcaption>'
    kind = f"hailuo-card hailuo-{of.state}"
    known = clip_attributes(of, prompt=False)
    figure = f'<figure class="{kind}"{known} style="{_FIGURE}">{_picture(of)}{text}</figure>'
    return figure + (f'<script type="module">\n{bundle("clip")}</script>' if of.address else "")


def card_text(of: Facts, found: str = "") -> str:
    """Return the same in one or two lines of plain text."""
    became = of.outcome if of.is_over else ", ".join(filter(None, [of.status, of.money]))
    task_id = f"task {one_line(of.task_id)}" if of.task_id else f"id {of.snapshot.id}"
    first = f"{of.mark}{of.name}: {became}, {task_id}"
    second = one_line(of.explanation) or of.lies_at
    if not of.is_over:
        second = words.see_again([of.handle], [found])
    return "\n".join(filter(None, [first, second, found]))


def _picture(of: Facts) -> str:
    bar = ""
    if of.address:
        bar = f'<div class="hailuo-bar" style="min-height:26px;margin:8px 0 0 0">{_link(of)}</div>'
    return (
        f'<div style="{_PICTURE_COLUMN};max-width:{of.box_px[0] + GAP_PX}px">'
        f"{seen(of, of.box_px)}{strip(of)}{bar}</div>"
    )


def _link(of: Facts) -> str:
    """Return the link to a clip; of one that the page holds, a script knows the address."""
    if of.address is None:
        return ""
    href = " hidden" if is_embedded(of.address) else f' href="{escaped(of.address)}"'
    return (
        f'<a{href} download="{escaped(of.download)}"'
        ' style="color:inherit;font-size:12px;text-decoration:underline">Download MP4</a>'
    )


def _rows(of: Facts) -> list[str]:
    name = f'<strong style="font-size:15px">{isolated(of.name)}</strong>'
    lines = [dotted(of.options), dotted((*of.images, *of.lineage)), _origin(of)]
    lines += [f"Note: {isolated(warning)}" for warning in of.warnings]
    return [
        row(f"{name}{BADGE if of.is_simulated else ''}", _ROW),
        _became(of),
        _prompt(of),
        rating_html(of.snapshot.rating),
        measures.line_html(of.snapshot),
        row("<br>".join(filter(None, lines)), _QUIET),
    ]


def _prompt(of: Facts) -> str:
    """Return the prompt, folded where it is long; the element's text is all of it."""
    shown, rest = fold(of.prompt)
    how = f'class="hailuo-prompt" dir="auto" style="{_ROW};white-space:pre-wrap"'
    if not rest:
        return f"<p {how}>{escaped(shown)}</p>"
    summary = f'<summary style="cursor:pointer">{escaped(shown)}</summary>'
    return f"<details {how}>{summary}{escaped(rest)}</details>"


def _became(of: Facts) -> str:
    line = f"<strong>{escaped(of.headline)}</strong>"
    line += f" · {escaped(of.money)}" if of.money else ""
    if not of.explanation:
        return row(line, _ROW)
    mark = f"{_ROW};padding:0 0 0 10px;border-left:3px solid {MARK[of.state]}"
    return f'<div style="{mark}">{line}<br>{isolated(of.explanation)}</div>'


def _origin(of: Facts) -> str:
    facts = [f"<time>{of.date}</time>", of.size]
    if of.task_id:
        facts.append(f'task <code dir="ltr" style="{_CODE}">{escaped(of.task_id)}</code>')
    return " · ".join(filter(None, facts))


def _next_steps(of: Facts) -> str:
    steps = (f"<code>{escaped(command)}</code> {does}" for command, does in of.commands)
    return row("<br>".join(steps), _QUIET)


def card_look(found: str = "", chain: Chain = ALONE) -> Look:
    """Return how the view of a single task looks."""
    return Look(
        bundle="card",
        board=lambda _: {"found": found, **({"chain": chain_state(chain)} if chain.links else {})},
        tile=card_state,
        progress=lambda _: "",
        html=lambda clips: card_html(clips[0], found, chain),
        text=lambda clips: card_text(clips[0], found),
        picture=lambda clips: card_picture(clips[0]),
    )

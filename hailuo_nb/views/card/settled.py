"""The card that stays: HTML and text for a task that runs no longer, or is saved in mid-run.

Pure: a snapshot and the clip's address in, markup out. It must look well with no
style sheet, survive JupyterLab's sanitizer in an untrusted notebook, and read in order
where every style is stripped; so all style is inline, colours are inherited or plain
hex, and a script only adds to what already works.
"""

from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.core.words import date_words
from hailuo_nb.views import words
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.card.frame import FRAME_PX, GAP_PX, TEXT_PX, TEXT_PX_MIN
from hailuo_nb.views.card.picture import picture, title
from hailuo_nb.views.card.state import fold
from hailuo_nb.views.text import escaped, is_embedded, isolated, plain, safe_address

_LINE = "#80808066"
_MARK: dict[State, str] = {
    "failed": "#d93025",
    "unsure": "#d97706",
    "expired": "#d97706",
    "stopped": "#808080",
}
_FIGURE = (
    f"box-sizing:border-box;max-width:{FRAME_PX + TEXT_PX + 3 * GAP_PX + 4}px;margin:4px 0;"
    f"padding:{GAP_PX}px 0 {GAP_PX // 2}px {GAP_PX}px;border:1px solid {_LINE};"
    "border-color:var(--jp-border-color2,var(--vscode-panel-border,#80808066));"
    "border-radius:8px;overflow:hidden;font-size:13px;line-height:1.5;"
    "font-family:var(--jp-ui-font-family,var(--vscode-font-family,system-ui,sans-serif))"
)
# Fills what the picture leaves beside it; goes below where that is less than its minimum.
_TEXT_COLUMN = (
    f"box-sizing:border-box;min-width:{TEXT_PX_MIN + GAP_PX}px;max-width:{TEXT_PX + GAP_PX}px;"
    f"padding:0 {GAP_PX}px 0 0;overflow:hidden"
)
_ROW = "margin:0 0 8px 0;overflow-wrap:break-word"
_QUIET = f"{_ROW};font-size:12px;opacity:0.78"
_BADGE = (
    "display:inline-block;margin:0 0 0 8px;padding:0 7px;border:1px solid #d97706;"
    "border-radius:4px;background:#f59e0b2e;font-size:11px;font-weight:700;"
    "letter-spacing:1px;vertical-align:1px"
)
_CODE = "display:inline-block;max-width:100%;font-size:12px;word-break:break-all"


def settled_html(snapshot: Snapshot, *, src: str | None, standalone: bool = False) -> str:
    """Return the figure that stays in the notebook, or a whole page of its own.

    Parameters
    ----------
    snapshot
        In a final state.
    src
        The clip's address as seen from the notebook; a relative path, http(s), or a
        ``data:`` URI. Anything else is left out.
    standalone
        Return a complete HTML page, without words that only help in a notebook.
    """
    clip = safe_address(src) if snapshot.state == "done" else None
    rows = _facts(snapshot)
    if not (standalone or clip):
        rows.append(_next_steps(snapshot))
    figure = _figure(snapshot, picture(snapshot, clip), rows)
    script = f'<script type="module">\n{bundle("clip")}</script>' if clip else ""
    return _page(snapshot, figure + script) if standalone else figure + script


def settled_text(snapshot: Snapshot, *, src: str | None) -> str:
    """Return the same in one or two lines of plain text."""
    facts = [words.headline(snapshot), words.money_words(snapshot), _id_text(snapshot)]
    first = f"{_name_text(snapshot)}: {', '.join(fact for fact in facts if fact)}"
    explained = words.explanation(snapshot)
    if explained:
        return f"{first}\n{_one_line(explained)}"
    if src and not is_embedded(src):
        return f"{first}\n{_one_line(src)}"
    return f"{first}\n{snapshot.video}" if snapshot.video else first


def waiting_html(snapshot: Snapshot) -> str:
    """Return what is left in the notebook when it was closed in mid-run."""
    return _figure(snapshot, picture(snapshot, None), [*_facts(snapshot), _run_again(snapshot)])


def waiting_text(snapshot: Snapshot) -> str:
    """Return `waiting_html` in one or two lines of plain text."""
    facts = [words.state_words(snapshot), words.money_words(snapshot), _id_text(snapshot)]
    first = f"{_name_text(snapshot)}: {', '.join(fact for fact in facts if fact)}"
    return f"{first}\n{words.see_again([snapshot])}"


def _figure(snapshot: Snapshot, frame: str, rows: list[str]) -> str:
    text = f'<figcaption style="{_TEXT_COLUMN}">{"".join(rows)}</figcaption>'
    kind = f"hailuo-card hailuo-{snapshot.state}"
    return f'<figure class="{kind}" style="{_FIGURE}">{frame}{text}</figure>'


def _facts(snapshot: Snapshot) -> list[str]:
    name = f'<strong style="font-size:15px">{isolated(words.plain_name(snapshot))}</strong>'
    rows = [_row(f"{name}{_badge(snapshot)}", _ROW), _headline(snapshot)]
    rows.append(_prompt(snapshot))
    rows.append(_row("<br>".join(_details(snapshot)), _QUIET))
    return rows


def _details(snapshot: Snapshot) -> list[str]:
    lines = [_joined(words.option_words(snapshot.request))]
    lines.append(_joined(words.image_words(snapshot.request)))
    lines.append(_origin(snapshot))
    lines.extend(f"Note: {isolated(warning)}" for warning in snapshot.warnings)
    return [line for line in lines if line]


def _headline(snapshot: Snapshot) -> str:
    money = words.money_words(snapshot)
    line = f"<strong>{escaped(words.headline(snapshot))}</strong>"
    line += f" · {escaped(money)}" if money else ""
    explained = words.explanation(snapshot)
    if explained is None:
        return _row(line, _ROW)
    mark = f"{_ROW};padding:0 0 0 10px;border-left:3px solid {_MARK[snapshot.state]}"
    return f'<div style="{mark}">{line}<br>{isolated(explained)}</div>'


def _prompt(snapshot: Snapshot) -> str:
    shown, rest = fold(plain(snapshot.request.prompt))
    style = f"{_ROW};white-space:pre-wrap"
    if not rest:
        return f'<p dir="auto" style="{style}">{escaped(shown)}</p>'
    return (
        f'<details dir="auto" style="{style}"><summary style="cursor:pointer">'
        f"{escaped(shown)}…</summary>{escaped(rest)}</details>"
    )


def _origin(snapshot: Snapshot) -> str:
    happened_s = snapshot.finished_at or snapshot.submitted_at or snapshot.created_at
    facts = [f"<time>{date_words(happened_s)}</time>"]
    if snapshot.size_bytes:
        facts.append(words.size_words(snapshot.size_bytes))
    if snapshot.task_id:
        task_id = escaped(snapshot.task_id)
        facts.append(f'task <code dir="ltr" style="{_CODE}">{task_id}</code>')
    return " · ".join(facts)


def _next_steps(snapshot: Snapshot) -> str:
    steps = (
        f"<code>{escaped(command)}</code> {escaped(does)}"
        for command, does in words.commands(snapshot)
    )
    return _row("<br>".join(steps), _QUIET)


def _run_again(snapshot: Snapshot) -> str:
    return _row(f"<strong>{isolated(words.see_again([snapshot]))}</strong>", _ROW)


def _row(inner: str, style: str) -> str:
    return f'<p style="{style}">{inner}</p>' if inner else ""


def _badge(snapshot: Snapshot) -> str:
    return f' <strong style="{_BADGE}">{words.SIMULATED}</strong>' if snapshot.simulated else ""


def _joined(phrases: tuple[str, ...]) -> str:
    return " · ".join(isolated(phrase) for phrase in phrases)


def _name_text(snapshot: Snapshot) -> str:
    mark = f"[{words.SIMULATED}] " if snapshot.simulated else ""
    return mark + plain(words.plain_name(snapshot))


def _id_text(snapshot: Snapshot) -> str:
    return f"task {_one_line(snapshot.task_id)}" if snapshot.task_id else f"id {snapshot.id}"


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())


def _page(snapshot: Snapshot, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title(snapshot)}</title>"
        "<style>:root{color-scheme:light dark}body{margin:16px}</style>"
        f"</head><body>{body}</body></html>\n"
    )

"""Clips side by side: the markup of a comparison, its script and its twin in plain text.

Pure: clips in, markup out. With no script it is plain players side by side, with captions,
the prompts' differing words and the options that differ; `compare.js` adds the one
toolbar that plays them together. It knows the order on the screen, not what a clip's figure
looks like.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence

from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.compare.diff import Change, DiffOptions, Kind, compare_options, word_changes
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.measures import table_html
from hailuo_nb.views.paper import sheet_picture
from hailuo_nb.views.text import escaped, isolated, one_line
from hailuo_nb.views.tile import BADGE, BORDER, clip_figure, folded
from hailuo_nb.views.words import judge_line

CLIPS_MIN, CLIPS_MAX = 2, 9
"""How few and how many clips play together."""

GAP_PX = 12
_HEIGHT_PX_MAX = 480
"""A box is at most so high, so that upright clips do not fill the screen."""

_SAME_CHARS_MAX, _SAME_CHARS_SHOWN = 160, 60
"""Longer passages that two prompts share are shown by their ends, of about so many characters."""

_KEPT_SHARE_MIN = 0.3
"""With less of it in common, a prompt is another prompt, not a change of the first."""

_ROOT = f"{BORDER};padding:{GAP_PX}px"
_NOTES = f"margin:{GAP_PX}px 0 0 0"
_BAR = f"min-height:28px;margin:{GAP_PX}px 0"
_TEXT = "margin:0 0 8px 0;max-width:860px;overflow-wrap:break-word"
_PROMPT = f"{_TEXT};white-space:pre-wrap"
_QUIET = f"{_TEXT};font-size:12px;opacity:0.78"
_SUMMARY = "cursor:pointer;margin:0 0 4px 0"
_ADDED = "background:#2da44e38;text-decoration:underline"
_GONE = "background:#cf222e24;text-decoration:line-through"
_CELL = "padding:2px 16px 2px 0;text-align:left;vertical-align:top;font-weight:"


def comparison_html(clips: Sequence[Facts]) -> str:
    """Return the clips side by side with the script that plays them together.

    Parameters
    ----------
    clips
        2 to 9, in any state and in the order in which they are shown; prompts and options
        are set against the first.
    """
    line = judge_line([clip.handle for clip in clips])
    return f'{comparison_body(clips, line)}<script type="module">\n{bundle("compare")}</script>'


def comparison_body(clips: Sequence[Facts], judge: str = "") -> str:
    """Return `comparison_html` without the script, for a page that brings it once.

    ``judge`` is the line that votes on these clips, "" where nobody can run it.
    """
    offered = f' data-judge="{escaped(judge)}"' if judge else ""
    simulated = [clip.is_simulated for clip in clips]
    is_mixed = any(simulated) and not all(simulated)
    figures = "".join(
        clip_figure(clip, box_px=box_size_px(clips), marked=is_mixed) for clip in clips
    )
    mark = f'<p style="margin:0">{BADGE}</p>' if all(simulated) else ""
    return (
        f'<div class="hailuo-compare" data-grid="{page_id("compare", clips)}"{offered}'
        f' style="{_ROOT}">'
        f"{mark}"
        f'<div class="hailuo-bar" style="{_BAR}"></div>'
        f'<div class="hailuo-clips" style="{_columns(clips)}">{figures}</div>'
        f'<div class="hailuo-notes" style="{_NOTES}">{_prompts(clips)}{_options(clips)}'
        f"{table_html([(clip.name, clip.snapshot) for clip in clips])}</div></div>"
    )


def page_id(kind: str, clips: Sequence[Facts]) -> str:
    """Return how the page knows these clips again where a view of them is drawn anew."""
    names = " ".join(clip.snapshot.id for clip in clips)
    return f"{kind}-{hashlib.sha256(names.encode()).hexdigest()[:12]}"


def comparison_text(clips: Sequence[Facts]) -> str:
    """Return the comparison in plain text, a line or two for each clip."""
    return "\n".join(line for clip in clips for line in _lines(clip))


def comparison_picture(clips: Sequence[Facts]) -> str:
    """Return the comparison on paper: a ``data:`` URI of a JPEG, "" without any picture."""
    return sheet_picture(clips, _number(clips))


def box_size_px(clips: Sequence[Facts]) -> tuple[int, int]:
    """Return the box that all clips share, in px: the commonest of their own, else the first."""
    boxes = Counter(clip.box_px for clip in clips)
    return boxes.most_common(1)[0][0]


def _number(clips: Sequence[Facts]) -> int:
    return 2 if len(clips) in (2, 4) else min(3, len(clips))


def _columns(clips: Sequence[Facts]) -> str:
    """Return the style that puts 2 or 4 clips into two columns, others into three."""
    number = _number(clips)
    least_px, share = {1: (240, 51), 2: (240, 40), 3: (150, 30)}[number]
    width_px, height_px = box_size_px(clips)
    widest_px = round(number * _HEIGHT_PX_MAX * width_px / height_px) + (number - 1) * GAP_PX
    return (
        f"display:grid;gap:{GAP_PX + 4}px {GAP_PX}px;max-width:{widest_px}px;"
        f"grid-template-columns:repeat(auto-fill,minmax(min(100%,max({least_px}px,{share}%)),1fr))"
    )


def _prompts(clips: Sequence[Facts]) -> str:
    prompts: dict[str, list[str]] = {}
    for clip in clips:
        prompts.setdefault(clip.prompt, []).append(clip.name)
    (first, *others) = prompts
    if not others:
        words = "One prompt for all" if len(clips) > 1 else "The prompt"
        return _section(words, folded(first, _TEXT), is_open=False)
    shown = [f"<p style='margin:0'>{_names(prompts[first])}</p>{folded(first, _TEXT)}"]
    for other in others:
        text = _set_against(first, other)
        shown.append(f"<p style='margin:0'>{_names(prompts[other])}</p>{text}")
    return _section("Prompts, word by word against the first", "".join(shown), is_open=True)


def _set_against(first: str, other: str) -> str:
    """Return a prompt with its changes marked, or as it is where hardly a word stayed."""
    changes = word_changes(first, other)
    kept_chars = sum(len(text) for kind, text in changes if kind == "same")
    if kept_chars < _KEPT_SHARE_MIN * max(len(first), len(other)):
        return folded(other, _TEXT)
    return f'<div dir="auto" style="{_PROMPT}">{_marked(changes)}</div>'


def _names(labels: Sequence[str]) -> str:
    return ", ".join(f"<strong>{isolated(label)}</strong>" for label in labels)


def _marked(changes: Sequence[Change]) -> str:
    shown, before = "", ""
    for kind, text in changes:
        if kind == "gone" and before[-1:].isascii() and before[-1:].isalnum():
            shown += " "  # the blank that was there went with the words that follow
        shown += escaped(_shortened(text)) if kind == "same" else _mark(kind, text)
        before = text
    return shown


def _mark(kind: Kind, text: str) -> str:
    tag, style = ("ins", _ADDED) if kind == "added" else ("del", _GONE)
    return f'<{tag} style="{style}">{escaped(text.rstrip())}</{tag}>{_blanks(text)}'


def _blanks(text: str) -> str:
    return text[len(text.rstrip()) :]


def _shortened(text: str) -> str:
    if len(text) <= _SAME_CHARS_MAX:
        return text
    head, tail = text[:_SAME_CHARS_SHOWN], text[-_SAME_CHARS_SHOWN:]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"


def _options(clips: Sequence[Facts]) -> str:
    options = compare_options([clip.snapshot.request for clip in clips])
    same = " · ".join(
        f"{escaped(name)}&nbsp;{isolated(value)}" for name, value in options.same.items()
    )
    quiet = f'<p style="{_QUIET}">{same}</p>'
    if not options.differing:
        words = "The same options for all" if len(clips) > 1 else "The options"
        return _section(words, quiet, is_open=False)
    table = _table(clips, options)
    count = f"{len(options.same)} more are the same"
    return table + (_section(count, quiet, is_open=False) if same else "")


def _table(clips: Sequence[Facts], options: DiffOptions) -> str:
    """Return one row for each clip and one column for each option that differs."""
    names = "".join(f'<th scope="col" style="{_CELL}600">{name}</th>' for name in options.differing)
    rows = []
    for number, clip in enumerate(clips):
        cells = "".join(_option(values, number) for values in options.differing.values())
        head = f'<th scope="row" style="{_CELL}400">{isolated(clip.name)}</th>'
        rows.append(f"<tr>{head}{cells}</tr>")
    return (
        '<div style="margin:0 0 8px 0;overflow-x:auto">'
        '<table style="margin:0;border-collapse:collapse;font-size:12px">'
        '<caption style="text-align:left;font-size:13px">Options that differ</caption>'
        f'<thead><tr><th scope="col" style="{_CELL}600">clip</th>{names}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _option(values: tuple[str, ...], number: int) -> str:
    value = isolated(values[number])
    if values[number] != values[0]:
        value = f'<strong style="{_ADDED}">{value}</strong>'
    return f'<td style="{_CELL}400">{value}</td>'


def _section(title: str, inner: str, *, is_open: bool) -> str:
    opened = " open" if is_open else ""
    return (
        f'<details{opened} style="margin:0 0 8px 0"><summary style="{_SUMMARY}">{title}</summary>'
        f"{inner}</details>"
    )


def _lines(clip: Facts) -> list[str]:
    second = one_line(clip.explanation) or clip.lies_at
    return [f"{clip.mark}{clip.name}: {clip.outcome}", *([f"  {second}"] if second else [])]

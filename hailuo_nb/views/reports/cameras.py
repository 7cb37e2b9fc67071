"""The camera commands explained, as text and as HTML with a small sketch of each; pure.

No script. A style sheet sets the sketches in motion; where it is stripped or motion is
not wanted, the first and the last frame of each stand in its place.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hailuo_nb.core.cameras import ADVISED_TOGETHER, CAMERAS, CHINESE
from hailuo_nb.views.reports.camera_sketch import (
    HEIGHT,
    STILL_WIDTH,
    moving_svg,
    scene_svg,
    still_address,
)
from hailuo_nb.views.text import escaped

TOGETHER = "[Push in, Pan left]"
IN_TURN = "[Push in] A samurai waits. [Pan left] A dragon wakes."

_WIDE_PX = 856
_FIGURE = (
    f"box-sizing:border-box;max-width:{_WIDE_PX}px;margin:4px 0;padding:14px 16px;"
    "border:1px solid #80808066;border-radius:8px;font-size:13px;line-height:1.5;"
    "font-family:var(--jp-ui-font-family,var(--vscode-font-family,system-ui,sans-serif))"
)
_CARDS = (
    "display:grid;grid-template-columns:repeat(auto-fill,minmax(160px,1fr));gap:14px 16px;"
    "list-style:none;margin:8px 0 18px 0;padding:0"
)
_QUIET = "font-size:12px;opacity:0.85"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraGroup:
    """Commands that are easily taken for each other, and how to tell them apart."""

    title: str
    difference: str
    effects: dict[str, str]


GROUPS = (
    CameraGroup(
        title="Sideways",
        difference="Truck moves the camera, so near things pass faster than far ones (parallax). "
        "Pan only turns it, so all slides alike.",
        effects={
            "Truck left": "near things pass quickly to the right, far ones hardly move",
            "Truck right": "near things pass quickly to the left, far ones hardly move",
            "Pan left": "the whole picture slides to the right as one",
            "Pan right": "the whole picture slides to the left as one",
        },
    ),
    CameraGroup(
        title="Up and down",
        difference="Pedestal moves the camera, so near things sink or rise and the horizon stays. "
        "Tilt only turns it, so all sinks or rises alike.",
        effects={
            "Pedestal up": "near things sink out of sight, far ones hardly move",
            "Pedestal down": "near things rise into sight, far ones hardly move",
            "Tilt up": "the whole picture sinks as one, more sky comes into view",
            "Tilt down": "the whole picture rises as one, more ground comes into view",
        },
    ),
    CameraGroup(
        title="Closer and further",
        difference="Push in and pull out move the camera, so near things change size and far ones "
        "hardly do (perspective). Zoom only changes the lens, so all changes size alike.",
        effects={
            "Push in": "near things grow and leave the frame, far ones keep their size",
            "Pull out": "near things shrink and come into the frame, far ones keep their size",
            "Zoom in": "all grows alike, the background too",
            "Zoom out": "all shrinks alike, the background too",
        },
    ),
    CameraGroup(
        title="Manner",
        difference="Shake can join any move. A tracking shot moves with the subject; a static "
        "shot lets it go.",
        effects={
            "Shake": "the whole picture jitters",
            "Tracking shot": "it keeps its place in the frame while all else passes",
            "Static shot": "only what is in the scene does",
        },
    ),
)
"""Every command of the table, each beside those it is mistaken for."""


def cameras_text() -> str:
    """Return the commands in lines of plain text."""
    width = max(len(name) for name in CAMERAS) + 2
    lines = ["Camera commands, typed in square brackets in the prompt"]
    for group in GROUPS:
        lines += ["", f"{group.title}. {group.difference}"]
        lines += [f"  {f'[{name}]':<{width}}  {_sentence(group, name)}" for name in group.effects]
    lines += ["", *(f"{words} {example}" for words, example in _several())]
    return "\n".join(lines)


def cameras_html() -> str:
    """Return the commands as a figure of cards, each with its sketch."""
    groups = "".join(_group_html(group) for group in GROUPS)
    several = "<br>".join(
        f"{escaped(words)} <code>{escaped(example)}</code>" for words, example in _several()
    )
    return (
        f'<figure class="hailuo-cameras" style="{_FIGURE}" aria-label="Camera commands">'
        f"<style>{_sheet()}</style>{scene_svg()}{_head()}{groups}"
        f'<p style="margin:0">{several}</p></figure>'
    )


def _several() -> list[tuple[str, str]]:
    """Return what can be said of more than one command, each with an example."""
    together = f"Several in one bracket act together, {ADVISED_TOGETHER} at most are advised:"
    return [(together, TOGETHER), ("Brackets later in the prompt act later:", IN_TURN)]


def _head() -> str:
    return (
        '<figcaption style="margin:0 0 12px 0"><strong style="font-size:15px">Camera commands'
        f'</strong> <span style="{_QUIET}">typed in square brackets in the prompt '
        '<span class="pairs">· each sketch: first and last frame </span>'
        '<label class="hold" style="display:none">· '
        '<input type="checkbox" style="margin:0;vertical-align:-2px"> hold still</label>'
        "</span></figcaption>"
    )


def _group_html(group: CameraGroup) -> str:
    cards = "".join(_card(group, name) for name in group.effects)
    return (
        f'<p style="margin:0"><strong>{escaped(group.title)}</strong> '
        f'<span style="{_QUIET}">{escaped(group.difference)}</span></p>'
        f'<ul style="{_CARDS}">{cards}</ul>'
    )


def _card(group: CameraGroup, name: str) -> str:
    return (
        f'<li style="margin:0">{_still(name)}{moving_svg(name)}'
        '<p style="margin:6px 0 0 0;font-size:12px">'
        f'<code style="font-size:13px">[{escaped(name)}]</code><br>'
        f"{escaped(_sentence(group, name))}</p></li>"
    )


def _still(name: str) -> str:
    return (
        f'<img class="still" src="{still_address(name)}" alt="" width="{STILL_WIDTH}" '
        f'height="{HEIGHT}" style="display:block;width:100%;height:auto">'
    )


def _sentence(group: CameraGroup, name: str) -> str:
    does = CAMERAS[name]
    return f"{does[0].upper()}{does[1:]}: {group.effects[name]}. Or [{CHINESE[name]}]."


@cache
def _sheet() -> str:
    return (Path(__file__).parent / "cameras.css").read_text("utf-8")

"""A small scene in SVG, and how each camera command moves its layers; pure.

It knows shapes and poses; it must not know the page around a sketch. There are two
drawings of a command: a moving one in the page, which a style sheet sets going, and a
still image of the first and the last frame, which needs nothing around it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Layer = Literal["far", "mid", "walker", "near"]

WIDTH, HEIGHT = 160, 90
"""A frame in units of the drawing; poses count in them, too."""

STILL_WIDTH = 2 * WIDTH + 24
"""Two frames and the arrow between them."""

_MIDDLE = (80, 52)
"""What the camera looks at: scaling leaves it in place."""

_SCENE: dict[Layer, str] = {
    "far": (
        "<path d='M-90-90h340v340H-90z' fill='#e59a7f'/>"
        "<circle cx='116' cy='24' r='9' fill='#ffe2a6'/>"
        "<path d='M24-20q9-11 18-3 13-3 14 8H12q0-6 12-5zM104-13l5 3 5-3M117-20l4 3 4-3'"
        " fill='#a98bb0'/>"
        "<path d='M-90 70l55-34 25 16 38-32 42 36 26-14 44 20 46-30 70 38v60H-90z' fill='#6d5186'/>"
    ),
    "mid": (
        "<path d='M-130 68q80-12 150-7t130-1 140 6v160h-420z' fill='#3d4471'/>"
        "<path d='M36 64V56h-9l6-8h-4l9-14 9 14h-4l6 8h-9v8zM174 66V55h-9l9-18 9 18h-5v11z"
        "M-34 66V55h-9l9-18 9 18h-5v11z' fill='#27536a'/>"
    ),
    "walker": (
        "<path d='M73 47l11-7 11 7zM80 48h8v3l4 17H76l4-17z' fill='#fff1d6'/>"
        "<path d='M78 60l16-6' stroke='#c8452f' stroke-width='2'/>"
    ),
    "near": (
        "<path d='M-200 86q140-9 280-4t280 0v200h-560zM13 60h16l-3-6H16zM15 60h12v9H15z"
        "M18 69h6v10h3v9H15v-9h3zM-77 60h16l-3-6h-10zM-75 60h12v9h-12zM-72 69h6v19h-6z"
        "M120 86q3-13 14-9 8-8 14 0 10-2 10 9zM216 86q6-18 30 0z' fill='#1b1733'/>"
        "<path d='M18 62h6v5h-6zM-72 62h6v5h-6z' fill='#ffc36b'/>"
    ),
}

_PARALLAX: dict[Layer, float] = {"far": 0.05, "mid": 0.35, "walker": 0.35, "near": 1.0}
"""How much of a step sideways shows in each layer."""

_NEARNESS: dict[Layer, float] = {"far": 0.06, "mid": 0.6, "walker": 0.6, "near": 1.5}
"""How much of a step forwards shows in each layer, as an exponent of the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchPose:
    """How a layer lies in the frame: moved by units of the drawing, or scaled."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchedMove:
    """Each layer's pose in the first and in the last frame; what is not named rests."""

    start: Mapping[Layer, SketchPose] = field(default_factory=dict)
    end: Mapping[Layer, SketchPose] = field(default_factory=dict)
    manner: Literal["", "shaken", "walking"] = ""


def _turned(x: float, y: float) -> dict[Layer, SketchPose]:
    return {layer: SketchPose(x=x, y=y) for layer in _SCENE}


def _moved(x: float, y: float) -> dict[Layer, SketchPose]:
    return {layer: SketchPose(x=x * share, y=y * share) for layer, share in _PARALLAX.items()}


def _approached(scale: float) -> dict[Layer, SketchPose]:
    return {layer: SketchPose(scale=round(scale**share, 2)) for layer, share in _NEARNESS.items()}


def _zoomed(scale: float) -> dict[Layer, SketchPose]:
    return {layer: SketchPose(scale=scale) for layer in _SCENE}


_TRACKED = {**_moved(-100, 0), "walker": SketchPose()}

MOVES: dict[str, SketchedMove] = {
    "Truck left": SketchedMove(end=_moved(76, 0)),
    "Truck right": SketchedMove(end=_moved(-76, 0)),
    "Pan left": SketchedMove(end=_turned(42, 0)),
    "Pan right": SketchedMove(end=_turned(-42, 0)),
    "Push in": SketchedMove(end=_approached(2.1)),
    "Pull out": SketchedMove(start=_approached(2.1)),
    "Pedestal up": SketchedMove(end=_moved(0, 30)),
    "Pedestal down": SketchedMove(end=_moved(0, -22)),
    "Tilt up": SketchedMove(end=_turned(0, 30)),
    "Tilt down": SketchedMove(end=_turned(0, -26)),
    "Zoom in": SketchedMove(end=_zoomed(1.6)),
    "Zoom out": SketchedMove(start=_zoomed(1.6)),
    "Shake": SketchedMove(start=_turned(-3, 2), end=_turned(3, -3), manner="shaken"),
    "Tracking shot": SketchedMove(end=_TRACKED, manner="walking"),
    "Static shot": SketchedMove(
        start={"walker": SketchPose(x=-46)}, end={"walker": SketchPose(x=46)}, manner="walking"
    ),
}
"""What each camera command does to the scene."""


def scene_svg() -> str:
    """Return the layers, drawn nowhere: what the moving sketches of a page refer to."""
    layers = "".join(f'<g id="hailuo-{layer}">{shapes}</g>' for layer, shapes in _SCENE.items())
    return f'<svg width="0" height="0" style="display:none" aria-hidden="true">{layers}</svg>'


def moving_svg(name: str) -> str:
    """Return a command's sketch for a page that has `scene_svg` and the style sheet.

    The layers carry the poses of their first and last frame as ``--from`` and ``--to``.
    """
    move = MOVES[name]
    layers = "".join(_moving_layer(layer, move) for layer in _SCENE)
    return (
        f'<svg class="{f"moving {move.manner}".rstrip()}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'style="display:none" aria-hidden="true">{layers}</svg>'
    )


def still_address(name: str) -> str:
    """Return an image of a command's first and last frame as a ``data:`` URI.

    It holds no double quote and no ampersand: it can stand in an attribute as it is.
    """
    move = MOVES[name]
    layers = "".join(f"<g id='{layer[0]}'>{shapes}</g>" for layer, shapes in _SCENE.items())
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {STILL_WIDTH} {HEIGHT}'>"
        f"<defs>{layers}</defs>{_still_frame(move.start, 0)}"
        f"{_still_frame(move.end, STILL_WIDTH - WIDTH)}"
        f"<path d='M{WIDTH + 6} 45h11m-5-5l5 5-5 5' fill='none' stroke='#888' stroke-width='2'/>"
        "</svg>"
    )
    return "data:image/svg+xml," + drawing.replace("#", "%23")


def _moving_layer(layer: Layer, move: SketchedMove) -> str:
    ways = {"--from": _css(move.start.get(layer)), "--to": _css(move.end.get(layer))}
    style = ";".join(f"{name}:{way}" for name, way in ways.items() if way)
    there = f' style="{style}"' if style else ""
    return f'<g class="{layer}"{there}><use href="#hailuo-{layer}"/></g>'


def _still_frame(poses: Mapping[Layer, SketchPose], left: int) -> str:
    layers = "".join(f"<use href='#{layer[0]}'{_attribute(poses.get(layer))}/>" for layer in _SCENE)
    return f"<svg x='{left}' width='{WIDTH}' height='{HEIGHT}'>{layers}</svg>"


def _css(pose: SketchPose | None) -> str:
    """Return a pose as a CSS transform; the style sheet has the middle as its origin."""
    if pose is None or pose == SketchPose():
        return ""
    if pose.scale != 1:
        return f"scale({_short(pose.scale)})"
    return f"translate({_short(pose.x)}px,{_short(pose.y)}px)"


def _attribute(pose: SketchPose | None) -> str:
    """Return a pose as an attribute of SVG, which knows no origin."""
    if pose is None or pose == SketchPose():
        return ""
    (middle_x, middle_y), rest = _MIDDLE, 1 - pose.scale
    x, y = _short(pose.x + middle_x * rest), _short(pose.y + middle_y * rest)
    scale = f" scale({_short(pose.scale)})" if pose.scale != 1 else ""
    return f" transform='translate({x} {y}){scale}'"


def _short(number: float) -> str:
    return f"{round(number, 2) + 0.0:.4g}"

"""Draw the rooms and who imports whom, read from the code, as `rooms.svg`.

Run ``python docs/design/draw_rooms.py`` after a change of imports; a test holds the picture to
the code. It knows no room by name but the order in which they stand.
"""

import ast
import sys
from collections import Counter
from html import escape
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "hailuo_nb"
PICTURE = Path(__file__).parent / "rooms.svg"

PLACES = {
    "notebook": (1, 0, "magic, verbs, panel"),
    "server": (2, 0.5, "what pages ask"),
    "api": (0, 1, "what people call"),
    "views": (2, 1.5, "what is seen"),
    "session": (1, 2.5, "plan and dispatch"),
    "config": (2, 3.4, "settings and keys"),
    "runner": (0, 4.4, "submit, poll, save"),
    "kie": (1, 4.4, "the wire"),
    "store": (2, 4.4, "history and files"),
    "measures": (3, 4.4, "what a clip shows"),
    "media": (1.5, 5.4, "pictures and films"),
    "judging": (3, 5.4, "votes and ranking"),
    "keep": (3, 1.5, "tasks without a kernel"),
    "gateway": (0, 2.5, "a class on one key"),
    "simulator": (3, 0, "a stranger's service"),
}
"""Column and floor of each room, from the doors down, and what it is."""

OPEN_TO_ALL = ("core", "errors")
BOX_PX = (168, 46)
PITCH_PX = (250, 92)
WIDTH_PX = 960


def room_of(module: str) -> str:
    """Return the room of a dotted module of the package, "" for its face."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports() -> Counter[tuple[str, str]]:
    """Return how many files of one room import another, wherever in the file."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).with_suffix("").parts[0]
        rooms = {room_of(module) for module in _imported(path)}
        found.update((room, other) for other in rooms - {room, ""})
    return found


def picture() -> str:
    """Return the picture as SVG."""
    places = {room: _corner_px(*place[:2]) for room, place in PLACES.items()}
    drawn = [pair for pair in sorted(imports()) if pair[0] in places and pair[1] in places]
    floor_px = max(y for _, y in places.values()) + PITCH_PX[1]
    below = f"{' and '.join(OPEN_TO_ALL)}: open to all"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {floor_px + 64}" '
        'font-family="sans-serif" font-size="14">',
        "<title>The rooms of hailuo_nb; an arrow is an import</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *(_arrow(places[above], places[other]) for above, other in drawn),
        *(_box(room, place) for room, place in places.items()),
        f'<rect x="16" y="{floor_px}" width="{WIDTH_PX - 32}" height="40" rx="8" '
        'fill="#f4f4f0" stroke="#8a8770"/>',
        f'<text x="{WIDTH_PX // 2}" y="{floor_px + 25}" text-anchor="middle" fill="#3a3826">'
        f"{escape(below)}</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "hailuo_nb":
            found |= {f"hailuo_nb.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hailuo_nb."):
            found.add(str(node.module))
    return found


def _corner_px(column: float, floor: float) -> tuple[int, int]:
    return round(16 + column * PITCH_PX[0]), round(16 + floor * PITCH_PX[1])


def _arrow(above: tuple[int, int], below: tuple[int, int]) -> str:
    """Return an arrow from the foot of one box to the head of another."""
    x1, y1 = above[0] + BOX_PX[0] // 2, above[1] + BOX_PX[1]
    x2, y2 = below[0] + BOX_PX[0] // 2, below[1]
    # One that would run through the boxes between goes around them.
    bend_px = BOX_PX[0] if x1 == x2 and y2 - y1 > 2 * PITCH_PX[1] else 0
    middle = f"{(x1 + x2) // 2 + bend_px} {(y1 + y2) // 2}"
    return (
        f'<path d="M{x1} {y1} Q{middle} {x2} {y2}" fill="none" stroke="#7a8699" '
        f'stroke-width="1.4"/><path d="M{x2 - 4} {y2 - 8} L{x2 + 4} {y2 - 8} L{x2} {y2} Z" '
        'fill="#7a8699"/>'
    )


def _box(room: str, place: tuple[int, int]) -> str:
    x, y = place
    middle = x + BOX_PX[0] // 2
    return (
        f'<rect x="{x}" y="{y}" width="{BOX_PX[0]}" height="{BOX_PX[1]}" rx="8" '
        f'fill="#eef3fb" stroke="#3b5b92"/><text x="{middle}" y="{y + 20}" text-anchor="middle" '
        f'font-weight="700" fill="#16233c">{escape(room)}</text>'
        f'<text x="{middle}" y="{y + 37}" text-anchor="middle" font-size="11" fill="#3c4a63">'
        f"{escape(PLACES[room][2])}</text>"
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
    sys.stdout.write(f"{PICTURE.name} drawn\n")

"""Experiments for the grid's tests and screenshots."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from hailuo_nb.core.matrix import Axis, Cell, LeftOut, label_of
from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.grid import board_state, cell_state
from hailuo_nb.views.grid.layout import Board, lay_out
from hailuo_nb.views.grid.words import progress_words
from tests.views.samples import PROMPT, poster, snapshot

PLAN = "6 clips: 160 credits; 2 there already, free; usually 2-4 min"
PACE = Axis(name="slow|fast", values=("slow", "fast"))
SIZE = Axis(name="resolution", values=("512P", "768P", "1080P"))
MODEL = Axis(name="model", values=("02-i2v", "2.3-i2v"))
STATES: tuple[State, ...] = ("waiting", "queued", "generating", "saving", "done", "failed")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An experiment in the middle of its life."""

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    snapshots: tuple[Snapshot, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    win_rates: tuple[float | None, ...] = ()

    @property
    def board(self) -> Board:
        """What stands around its clips."""
        return Board(
            plan_words=PLAN,
            layout=lay_out(self.axes, self.cells, self.left_out),
            left_out=self.left_out,
            notes=self.notes,
            win_rates=self.win_rates,
        )

    def clips(self, src: str | None = "hailuo_videos/k3f9x2m7.mp4") -> list[Facts]:
        """Return a clip for each cell."""
        return [
            Facts(label=cell.label, snapshot=shot, src=src)
            for cell, shot in zip(self.cells, self.snapshots, strict=True)
        ]


def sample(
    axes: Sequence[Axis] = (PACE, SIZE),
    states: Sequence[State] = STATES,
    *,
    left_out: Mapping[tuple[str, ...], str] | None = None,
    **changes: Any,
) -> Sample:
    """Return an experiment over all combinations of the axes, less those left out.

    ``states`` are taken in turn; ``left_out`` gives reasons by the values of a place.
    """
    gone = left_out or {}
    names = [axis.name for axis in axes]
    places = list(product(*(axis.values for axis in axes)))
    kept = [place for place in places if place not in gone]
    cells = tuple(cell_at(tuple(zip(names, place, strict=True))) for place in kept)
    return Sample(
        axes=tuple(axes),
        cells=cells,
        snapshots=tuple(
            numbered(at, cell, states[at % len(states)], **changes) for at, cell in enumerate(cells)
        ),
        left_out=tuple(
            LeftOut(coordinates=tuple(zip(names, place, strict=True)), reason=reason)
            for place, reason in gone.items()
        ),
    )


def cell_at(coordinates: tuple[tuple[str, str], ...]) -> Cell:
    """Return the cell at a place."""
    return Cell(coordinates=coordinates, label=label_of(coordinates), prompt=PROMPT)


def numbered(at: int, cell: Cell, state: State, **changes: Any) -> Snapshot:
    """Return the snapshot of one cell, with an id of its own."""
    made = snapshot(state, **changes)
    prompt = made.request.prompt
    for pace in PACE.values:
        if (PACE.name, pace) in cell.coordinates:
            prompt = f"[Push in] A {pace} storm of sakura petals."
    places = dict(cell.coordinates)
    image = ImageRef(label="sample:peak", digest="00", width_px=1366, height_px=768)
    request = make_request(prompt=prompt, image=image, resolution="768P")
    request = replace(request, resolution=places.get("resolution", "768P"))
    return replace(made, id=f"k3f9x2m{at}", name=f"take{at}", request=request)


def frame(at: int) -> str:
    """Return a picture of its own for a cell."""
    from PIL import Image

    out = io.BytesIO()
    picture = Image.new("RGB", (384, 216), ((37 * at) % 200, (91 * at) % 160, 120))
    picture.save(out, "JPEG")
    import base64

    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


def told(of: Sample, src: str | None = "/page-clips/clip.mp4") -> dict[str, Any]:
    """Return every trait of the live grid as JSON would carry it."""
    clips = of.clips(src)
    traits: dict[str, Any] = {
        "board": board_state(of.board, clips),
        "posters": [poster()],
        "progress": progress_words([shot.state for shot in of.snapshots]),
    }
    for at, clip in enumerate(clips):
        traits[f"cell_{at}"] = cell_state(clip)
        traits[f"poster_{at}"] = "#0" if clip.snapshot.poster else ""
    carried: dict[str, Any] = json.loads(json.dumps(traits))
    return carried


def at_work(of: Sample, index: int, state: State, **changes: Any) -> Sample:
    """Return the experiment with one cell in another state."""
    shots = list(of.snapshots)
    shots[index] = numbered(index, of.cells[index], state, **changes)
    return replace(of, snapshots=tuple(shots))


LEFT_OUT = {("fast", "1080P"): "2.3-i2v makes no 10 s clip at 1080P."}

"""Four clips of 6 s at 768P as one film: ``python -m tests.bench.bench_film``.

The clips are those of `bench_compare`, rendered once. Prints one JSON object: seconds and MB.
"""

import json
import time

from hailuo_nb.core.study import Place
from hailuo_nb.media.film import make_film
from hailuo_nb.media.reading import warm
from hailuo_nb.views.compare.scene import Shot, scene
from hailuo_nb.views.grid.layout import lay_out
from tests.bench.bench_compare import FOLDER
from tests.bench.spread import spread
from tests.views.compare_shots import render

ROUNDS = 5
CLIPS = 4


def main() -> None:
    """Make the film a few times and print how long that took."""
    clips = render(FOLDER, 1366)[:CLIPS]
    shots = [Shot(label=one.stem, clips=(one,)) for one in clips]
    layout = lay_out((), [Place(label=one.stem) for one in clips])
    drawn = scene(layout, shots, clip_sides_px=(1366, 768), kind="mp4")
    warm()
    took, sizes = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        film = make_film(drawn, "mp4", lambda share: None)
        took.append(time.perf_counter() - began)
        sizes.append(len(film) / 1e6)
    print(
        json.dumps(
            {
                "film_s": spread(took),
                "film_mb": round(max(sizes), 2),
            }
        )
    )


if __name__ == "__main__":
    main()

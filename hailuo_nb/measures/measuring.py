"""Clips measured in one process of their own, started at need, of low priority, ended when idle.

It knows the table and that process. It must not know histories or tasks: a path, a prompt and
images go in, values come out; who keeps them decides which are still good.
"""

from collections.abc import Collection, Mapping
from math import isfinite
from pathlib import Path
from typing import Any, cast

from hailuo_nb.core.measured import Measured, Value
from hailuo_nb.measures.table import Measure, all_measures
from hailuo_nb.media.reading import read

MODULE = "hailuo_nb.measures.worker"
CPU_S_MAX = 120.0
"""A clip of 6 s takes 1.5 s of a processor; one of ten minutes is measured in part."""


def measure_clip(
    path: Path,
    prompt: str = "",
    start: bytes | None = None,
    end: bytes | None = None,
    *,
    keys: Collection[str] | None = None,
) -> dict[str, Measured]:
    """Measure a clip; blocks, so it belongs into a thread.

    Parameters
    ----------
    path
        An MP4 or WebM.
    prompt
        What it was made for; its camera commands are looked for in the clip.
    start, end
        The bytes of the images that were sent.
    keys
        Those of `table.MEASURES` that are wanted, all where it is left out.

    Returns
    -------
    What was found, by key, in the table's order.

    Raises
    ------
    Unreadable, Harmful
        It is no clip that can be read; an image is none.
    NoReader
        The process does not start.
    """
    wanted = [one for one in all_measures() if not one.own and (keys is None or one.key in keys)]
    ready = [one.key for one in wanted if not one.missing]
    images = (start or b"", end or b"")
    asked: dict[str, Any] = {"keys": ready, "prompt": prompt, "start_bytes": len(images[0])}
    found: Mapping[str, list[object]] = {}
    if ready:
        answer = read("measure", path, b"".join(images), cpu_s=CPU_S_MAX, module=MODULE, **asked)
        found = cast("Mapping[str, list[object]]", answer.facts["found"])
    return {one.key: _measured(one, found) for one in wanted}


def measure_own(path: Path, measure: Measure) -> Measured:
    """Measure a clip by a person's own function, in this thread.

    What the function raises is raised here. Raises as `measure_clip` does, too.
    """
    import numpy as np

    assert measure.own is not None
    answer = read("colours", path, module=MODULE)
    shape = cast("list[int]", answer.facts["shape"])
    frames = np.frombuffer(answer.data, np.uint8).reshape(shape)
    value = float(measure.own(frames, cast("float", answer.facts["fps"])))
    return Measured(value=value if isfinite(value) else None, version=measure.version)


def _measured(measure: Measure, found: Mapping[str, list[object]]) -> Measured:
    if measure.missing:
        return Measured(value=None, version=0, words=measure.missing)
    value, words = cast("tuple[Value | None, str]", found[measure.key])
    if isinstance(value, float) and not isfinite(value):
        value = None
    return Measured(value=value, version=measure.version, words=words)

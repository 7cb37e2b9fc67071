"""Samples: each clip of a plan again and again, since the service has no seed.

Pure: a plan in, a plan out; who knows which samples exist is handed in.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from hailuo_nb.core.matrix import COMBINATIONS_MAX, SAMPLE, Axis, check_number, repeated
from hailuo_nb.core.options import AGAIN
from hailuo_nb.session.plan import Plan, PlanItem


def with_samples(
    plan: Plan,
    number: int,
    *,
    first: Callable[[PlanItem], int] | None = None,
    most: int = COMBINATIONS_MAX,
) -> Plan:
    """Return each clip for so many samples; more than one of them are an axis, the last.

    Parameters
    ----------
    plan
        The clips, each for its first sample.
    number
        Samples of each, at least 1.
    first
        Answers with the next sample's number of a clip, for ``--again``; without it they are
        samples 1 to ``number``, taken up where they exist.
    most
        So many there may be in all.

    Raises
    ------
    UsageError
        There are more.
    """
    check_number(number * (len(plan.clips) + len(plan.left_out)), most)
    begins = [first(item) if first else 1 for item in plan.clips]
    made = [
        replace(item.as_sample(begin + at), again=True) if first else item.as_sample(begin + at)
        for item, begin in zip(plan.clips, begins, strict=True)
        for at in range(number)
    ]
    if first:
        plan = replace(plan, notes=(*plan.notes, _again(max(begins) + number - 1)))
    places = [f"{'new' if first else 'sample'} {at}" for at in range(1, number + 1)]
    return _spread(plan, made, places) if number > 1 else replace(plan, clips=tuple(made))


def _spread(plan: Plan, made: Sequence[PlanItem], places: Sequence[str]) -> Plan:
    """Return the plan with an axis of samples; ``made`` has one for each of its places."""
    once = [item.coordinates for item in plan.clips]
    points = repeated([*once, *(one.coordinates for one in plan.left_out)], places)
    left_out = [one for one in plan.left_out for _ in places]
    return replace(
        plan,
        axes=(*plan.axes, Axis(name=SAMPLE, values=tuple(places))),
        clips=tuple(
            replace(item, coordinates=point, label=label)
            for item, (point, label) in zip(made, points, strict=False)
        ),
        left_out=tuple(
            replace(one, coordinates=point, label=label)
            for one, (point, label) in zip(left_out, points[len(made) :], strict=True)
        ),
    )


def _again(last: int) -> str:
    return f"{AGAIN} --repeat {last} in its place shows samples 1 to {last}, free once made."

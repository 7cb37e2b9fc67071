"""From what was asked to a plan: parsed and expanded once, looked up once, priced.

The cell, `generate` and the panel all come through here. It sends and records nothing. The service
has no seed, so each clip of a plan may be made again and again, as samples.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from hailuo_nb.core.leaks import gives_key, has_key_option
from hailuo_nb.core.matrix import COMBINATIONS_MAX, SAMPLE, Axis, LeftOut, check_number, repeated
from hailuo_nb.core.options import AGAIN
from hailuo_nb.core.polling import Estimate, estimate
from hailuo_nb.core.request import check_sendable
from hailuo_nb.core.values import count
from hailuo_nb.errors import KeyInCell, OptionError
from hailuo_nb.media.sources import find_image
from hailuo_nb.session.expand import Ask, FindImage, expand_ask
from hailuo_nb.session.lookup import clip_of
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.session.session import Session

REPEAT_MAX = 24
"""More samples than this in one cell are a mistake more often than a wish."""


def make_plan(here: Session, ask: Ask) -> Plan:
    """Return the plan of what was asked: expanded once, then looked up.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands.
    """
    return sampled(here, expanded(here, ask), ask)


def expanded(
    here: Session, ask: Ask, *, find: FindImage = find_image, most: int = COMBINATIONS_MAX
) -> Plan:
    """Return every clip that was asked for, once each and not looked up.

    Parameters
    ----------
    find
        Finds images.
    most
        More clips are refused before they are made.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands.
    """
    clips = partial(clip_of, here)
    plan = expand_ask(ask, here.host.names, clips=clips, find=find, most=most)
    refuse_keys(here, "", _texts(plan))  # what {{name}} inserted is recorded, sent and shown, too
    return plan


def sampled(here: Session, plan: Plan, ask: Ask, *, most: int = COMBINATIONS_MAX) -> Plan:
    """Return the plan of what was expanded: repeated as asked, each clip looked up."""
    samples = count("--repeat", ask.repeat, most=REPEAT_MAX)
    first = here.dispatch.free_sample if ask.again else None
    is_one = not (plan.axes or samples)
    plan = with_samples(plan, samples or 1, first=first, most=most)
    return looked_up(here, replace(plan, is_one=is_one))


def looked_up(here: Session, plan: Plan, *, sendable: Callable[[Plan], Plan] | None = None) -> Plan:
    """Return the plan with what is there of it now; of what is new the history is asked once.

    Parameters
    ----------
    sendable
        Says what becomes of clips that the service is known to refuse; by default they are left
        out with the reason, while others are left.

    Raises
    ------
    OptionError
        The service is known to refuse what is due, and it is not left out.
    """
    plan = replace(plan, clips=here.dispatch.all_looked_up(plan.clips))
    plan = (sendable or _without_refused)(plan)
    return replace(
        plan,
        usual=_usual(here, plan.due),
        service="the built-in simulator" if here.config.simulator else here.config.api_origin,
        simulated=here.config.simulator,
        draw=here.draw,
    )


def refused(plan: Plan) -> dict[int, OptionError]:
    """Return the reasons why the service is known to refuse clips, by the clips' numbers.

    One that is there is not asked for again.
    """
    found: dict[int, OptionError] = {}
    for at, item in enumerate(plan.clips):
        try:
            if item.there is None:
                check_sendable(item.request)
        except OptionError as error:
            found[at] = error
    return found


def _without_refused(plan: Plan) -> Plan:
    """Return the plan without what is refused; raises its error where nothing else is left."""
    reasons = refused(plan)
    if len(reasons) == len(plan.clips):
        raise reasons[0]
    left_out = [
        LeftOut(label=item.label, coordinates=item.coordinates, reason=reasons[at].what)
        for at, item in enumerate(plan.clips)
        if at in reasons
    ]
    return replace(
        plan,
        clips=tuple(item for at, item in enumerate(plan.clips) if at not in reasons),
        left_out=(*plan.left_out, *left_out),
    )


def refuse_keys(here: Session, line: str, cell: str = "") -> None:
    """Refuse what a notebook would save and send with the key in it.

    Raises
    ------
    KeyInCell
        The key in use, or the obvious giving of one, stands there.
    """
    mask = here.config.mask
    if has_key_option(line) or any(mask(text) != text or gives_key(text) for text in (line, cell)):
        raise KeyInCell("This cell holds an API key.")


def _texts(plan: Plan) -> str:
    """Return every text of a plan that came from elsewhere, each once."""
    made = [item.request for item in plan.clips]
    images = {image for one in made for image in (one.image, one.end_image) if image is not None}
    found = [
        *((one.prompt, one.callback_url or "") for one in made),
        *((one.label, one.reason) for one in plan.left_out),
        *((image.label, image.url or "") for image in images),
        *((axis.name, *axis.values) for axis in plan.axes),
        *((item.name or "", item.label) for item in plan.clips),
    ]
    return "\n".join(dict.fromkeys(text for some in found for text in some))


def _usual(here: Session, due: tuple[PlanItem, ...]) -> Estimate | None:
    """Return how long the slowest kind of these clips usually takes."""
    if not due:
        return None
    kinds = {}
    for request in (item.request for item in due):
        kinds[request.model, request.duration_s, request.resolution] = request
    table_median_s = here.runner().shared.table_median_s
    service = here.config.service
    found = (
        estimate(here.history.durations_s(request, service), table_median_s=table_median_s)
        for request in kinds.values()
    )
    return max(found, key=lambda one: one.median_s)


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
    samples = f"samples 1 to {last}" if last > 1 else "sample 1"
    return f"{AGAIN} --repeat {last} in its place shows {samples}, free once made."

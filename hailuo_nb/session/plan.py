"""What a cell would do, decided once: its clips, what of them is there, what the rest costs.

The panel quotes a plan, the caps check it and dispatch sends exactly it. It reads the
history and the price list; it sends and records nothing.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hailuo_nb.config import public_urls
from hailuo_nb.core.drafts import full_size
from hailuo_nb.core.matrix import Axis, Coordinates, LeftOut
from hailuo_nb.core.offers import total
from hailuo_nb.core.options import MAX_TASKS
from hailuo_nb.core.polling import Estimate, range_words
from hailuo_nb.core.pricing import PRICES_AS_OF, Price, amount_words
from hailuo_nb.core.request import ImageRef, Request, next_sample
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.words import clips_in_words
from hailuo_nb.errors import OptionError
from hailuo_nb.media.sources import ImageSource
from hailuo_nb.runner.job import WATCH_FOR_S

_QUARTILE_SIGMAS = 0.6745


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What the new clips of a cell will take, told before anything of it is sent.

    ``price`` is that of all together; ``wait`` is how long it usually takes until the last clip
    is there, None where nothing is known.
    """

    clips: int
    price: Price
    wait: Estimate | None = None

    def __str__(self) -> str:
        wait = [range_words(self.wait)] if self.wait and self.clips else []
        return ", ".join([clips_in_words(self.clips), str(self.price), *wait])


def forecast(requests: Sequence[Request], *, usual: Estimate | None = None) -> Forecast:
    """Return what these requests will take; leave out those that are there already.

    Parameters
    ----------
    requests
        Those that would be paid for.
    usual
        How long one such clip takes, the slowest kind if there are several.
    """
    return Forecast(
        clips=len(requests),
        price=total(requests),
        wait=until_the_last(usual, len(requests)) if usual and requests else None,
    )


def until_the_last(usual: Estimate, number: int) -> Estimate:
    """Return how long it takes until the last of so many clips, made side by side, is there.

    It takes the spread of one clip's time as log-normal, and its middle half as given.

    Parameters
    ----------
    usual
        The time of one clip.
    number
        How many, at least 1.
    """
    from statistics import NormalDist

    sigma = math.log(max(1.0, usual.high_s / usual.median_s)) / _QUARTILE_SIGMAS

    def share_s(share: float) -> float:
        return usual.median_s * math.exp(sigma * NormalDist().inv_cdf(share ** (1 / number)))

    return Estimate(
        low_s=share_s(0.25), median_s=share_s(0.5), high_s=share_s(0.75), samples=usual.samples
    )


CALLBACK_ADDRESS = "(an address of its own, drawn when it is sent)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One clip of a plan.

    ``label`` tells it from the others of its cell and ``coordinates`` are its pairs of axis and
    label; both are empty where it is the only one. ``again`` says that a new sample is asked
    for rather than the one that exists, ``retry`` that one that failed is sent once more.
    ``parent`` is the local id of the draft that it is made of in full size. ``recorded`` is the
    task of the history that stands for it, and ``there`` the same where it is shown in its
    place, free; both None for a new one. ``watch_for_s`` is how many seconds it is watched
    before that is given up. ``as_typed`` is the request that the same cell stood for before
    blanks inside braces were trimmed, where that is another one: a task of it is shown, too.
    """

    request: Request
    as_typed: Request | None = None
    name: str | None = None
    image: ImageSource | None = None
    end_image: ImageSource | None = None
    warnings: tuple[str, ...] = ()
    watch_for_s: float = WATCH_FOR_S
    again: bool = False
    retry: bool = False
    parent: str | None = None
    label: str = ""
    coordinates: Coordinates = ()
    recorded: Snapshot | None = None
    there: Snapshot | None = None

    def as_sample(self, sample: int) -> "PlanItem":
        """Return the same clip as another sample, counted from 1."""
        if sample == self.request.sample:
            return self
        typed = next_sample(self.as_typed, sample) if self.as_typed else None
        return replace(self, request=next_sample(self.request, sample), as_typed=typed)

    @property
    def asked(self) -> tuple[Request, ...]:
        """Each request whose task stands for this clip, that which is sent first."""
        return (self.request,) if self.as_typed is None else (self.request, self.as_typed)

    @property
    def is_unseen(self) -> bool:
        """Whether nothing of the history stands for it, as far as was looked."""
        return self.recorded is None and self.there is None

    @property
    def costs(self) -> str:
        """What it costs, in words."""
        if self.there is not None and self.there.state == "failed":
            return f"failed before: {self.there.label}; --retry tries again"
        if self.there is not None:
            return f"there already and free: {self.there.label} ({self.there.state})"
        return str(self.request.price)

    @property
    def body(self) -> dict[str, object]:
        """The JSON object that would be sent; images yet to be uploaded are named."""
        from hailuo_nb.kie.wire import create_body

        body = create_body(
            self.request,
            image_url=_address_of(self.request.image),
            end_image_url=_address_of(self.request.end_image),
        )
        if self.request.callback_url is None and public_urls():
            body["callBackUrl"] = CALLBACK_ADDRESS
        return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that a cell would do.

    Parameters
    ----------
    clips
        Its clips, at least one, in the axes' order, the last axis fastest.
    axes
        What is varied; empty where nothing is.
    left_out
        The combinations that cannot be made.
    notes
        What the person should know of the whole, one sentence each.
    is_one
        Whether it stands for one task rather than an experiment.
    draft
        Whether its clips are drafts; it then says what they would cost in full size.
    service
        Who would be asked, in words; ``simulated`` where that is free.
    usual
        How long the slowest kind of its new clips usually takes.
    max_credits, max_tasks
        The cell's own limits, as far as it has any.
    draw
        Returns its text and HTML by media type, for where it stands in a cell's last line.
    """

    clips: tuple[PlanItem, ...]
    axes: tuple[Axis, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    is_one: bool = False
    draft: bool = False
    service: str = ""
    simulated: bool = False
    usual: Estimate | None = None
    max_credits: float | None = None
    max_tasks: int | None = None
    draw: "Callable[[Plan], Mapping[str, str]] | None" = field(default=None, compare=False)

    @property
    def due(self) -> tuple[PlanItem, ...]:
        """What would be sent and paid for."""
        return tuple(item for item in self.clips if item.there is None)

    @property
    def credits(self) -> float:
        """What is due costs by the price list, in credits."""
        return math.fsum(item.request.price.credits for item in self.due)

    @property
    def forecast(self) -> Forecast:
        """What is due costs and takes."""
        return forecast([item.request for item in self.due], usual=self.usual)

    @property
    def words(self) -> str:
        """The line above a grid, such as "4 clips, 120 credits, usually 2-4 min"."""
        due = self.due
        recorded = [item.there for item in self.clips if item.there is not None]
        failed = sum(known.state == "failed" for known in recorded)
        there = len(recorded) - failed
        words = [str(self.forecast)] if due else []
        if due and self.draft:
            full = total([full_size(item.request) for item in due])
            words.append(f"in full size {amount_words(full.credits) if full.exact else full}")
        if due and self.simulated:
            words.append("simulated, so free")
        if there:
            words.append(f"{there} there already, free")
        if failed:
            words.append(f"{failed} failed before; --retry tries again")
        return "; ".join(words)

    @property
    def all_notes(self) -> tuple[str, ...]:
        """What the person should know before it is paid for, each once."""
        warnings = (warning for item in self.clips for warning in item.warnings)
        return tuple(dict.fromkeys((*self.notes, *warnings)))

    @property
    def found(self) -> str:
        """What a card says of the cell of a single clip: that it is there, and the notes."""
        there = self.clips[0].there if len(self.clips) == 1 else None
        words = "There already; nothing was sent." if there is not None else ""
        if there is not None and there.state == "failed":
            words = "It failed before; nothing was sent. --retry tries again."
        return " ".join(filter(None, (words, *self.notes)))

    @property
    def headline(self) -> str:
        """What a dry run says first."""
        words = self.words
        if len(self.clips) == 1 and self.clips[0].there:
            words = self.clips[0].costs
        return f"Dry run: {words} (list of {PRICES_AS_OF}). Nothing was sent to {self.service}."

    def study(self, asked: Iterable[tuple[Request, str]]) -> Study:
        """Return what it varies, as it is recorded.

        ``asked`` is what each clip asks for, and of which service.
        """
        places = zip(self.clips, asked, strict=True)
        return Study(
            axes=self.axes,
            places=tuple(
                Place(
                    label=item.label,
                    coordinates=item.coordinates,
                    identity=request.identity(service),
                )
                for item, (request, service) in places
            ),
            left_out=self.left_out,
            plan_words=self.words,
            notes=self.notes,
        )

    def check_due(self) -> None:
        """Refuse more tasks than ``--max-tasks`` allows.

        Raises
        ------
        OptionError
            What is due is more than that.
        """
        number, most = len(self.due), self.max_tasks or MAX_TASKS
        if number > most:
            raise OptionError(
                f"This cell asks for {number} tasks; at most {most} are sent at once.",
                advice=f"--dry-run shows them; --max-tasks {number} allows them.",
            )

    def __repr__(self) -> str:
        return self.draw(self)["text/plain"] if self.draw is not None else self.headline

    def _repr_html_(self) -> str | None:
        return self.draw(self)["text/html"] if self.draw is not None else None


def _address_of(image: ImageRef | None) -> str | None:
    """Return an image's address, or words in its place before it has one."""
    if image is None:
        return None
    return image.url or f"(address of {image.label} after its upload)"

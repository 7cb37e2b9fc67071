"""What there is to say of one task, however it is shown: the one projection of a snapshot.

Pure. Cards, grids, comparisons, the gallery, pages and plain text read their facts here, so that
each reads the same everywhere; they know the order and the markup. All text that comes from a
person or the service is cleaned here.
"""

import base64
from dataclasses import dataclass
from typing import Any

from hailuo_nb.core.names import stem_of
from hailuo_nb.core.polling import range_words
from hailuo_nb.core.pricing import credit_words
from hailuo_nb.core.request import Request
from hailuo_nb.core.stills import still_of
from hailuo_nb.core.task import FINAL, STATE_WORDS, TRANSITIONS, Snapshot, State
from hailuo_nb.core.words import date_words, unreadable_words, without_bill
from hailuo_nb.views import words
from hailuo_nb.views.text import AWAY, is_embedded, one_line, plain, safe_address

FRAME_PX = 384
"""Longest side of the box in which a picture or clip is shown."""

PHASE_OF: dict[State, int] = {
    "waiting": 0,
    "submitting": 0,
    "queued": 1,
    "generating": 2,
    "saving": 3,
    "done": 4,
}
"""How far along the rail of four steps a state is; 4 is beyond its end."""

_LOOK_ON: frozenset[State] = frozenset({"stopped", "expired", "unsure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One task, in words and numbers for the eye.

    Parameters
    ----------
    snapshot
        The task, in any state.
    label
        What tells it from others that are shown with it; by default what it is called.
    src
        The clip's address as seen from the notebook; None where there is no clip. A
        relative path, http(s) or a ``data:`` URI, or `AWAY` where the
        output has no room for it; anything else counts as None.
    """

    snapshot: Snapshot
    label: str = ""
    src: str | None = None

    @property
    def request(self) -> Request:
        """What was asked for."""
        return self.snapshot.request

    @property
    def state(self) -> State:
        """The state itself, for what depends on it."""
        return self.snapshot.state

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on any more."""
        return self.state in FINAL

    @property
    def name(self) -> str:
        """What it is called where it is shown, on one line."""
        return one_line(self.label) or words.called(self.snapshot)

    @property
    def is_simulated(self) -> bool:
        """Whether the built-in simulator made it, free of charge."""
        return self.snapshot.simulated

    @property
    def title(self) -> str:
        """Its name, marked where it is simulated."""
        return f"{self.name} (simulated)" if self.is_simulated else self.name

    @property
    def mark(self) -> str:
        """What stands before its name in plain text; "" where it is not simulated."""
        return f"[{words.SIMULATED}] " if self.is_simulated else ""

    @property
    def handle(self) -> str:
        """What verbs find it by, on one line."""
        return one_line(self.snapshot.label)

    @property
    def status(self) -> str:
        """The state in lower case, for a sentence or a column."""
        return self._said(STATE_WORDS[self.state])

    @property
    def headline(self) -> str:
        """The state as a headline, with the time it took once it is done, marked if imported."""
        told = self._headline
        return f"{words.IMPORTED}, {told[:1].lower()}{told[1:]}" if self.is_imported else told

    @property
    def is_imported(self) -> bool:
        """Whether it was taken in from a page: somebody else's, and no cell's."""
        return self.snapshot.imported is not None

    @property
    def _headline(self) -> str:
        snapshot = self.snapshot
        if snapshot.unreadable:
            told = plain(f"{unreadable_words(snapshot)}: {self.status}")
            return told[:1].upper() + told[1:]
        took_s = snapshot.elapsed_s if snapshot.elapsed_s is not None else snapshot.cost_time_s
        if self.state == "done" and took_s is not None:
            return f"Done in {words.duration_words(took_s)}"
        return self._said(words.HEADLINES[self.state])

    @property
    def explanation(self) -> str:
        """What went wrong; "" where nothing did."""
        snapshot = self.snapshot
        if self.state not in words.WITHOUT_ERROR:
            return ""
        if snapshot.unreadable and self.state == "unsure":
            return self._said(snapshot.error or words.UNKNOWN)
        usual = self._said(words.WITHOUT_ERROR[self.state])
        return self._said(snapshot.error or usual) or usual

    @property
    def money(self) -> str:
        """What the task holds, took or may cost; "" when nothing was taken.

        "30 credits held" while it may run, "30 credits" once it ended; without a figure from the
        service the listed price, marked as such.
        """
        snapshot = self.snapshot
        if snapshot.credits is None:
            is_told = self.state in FINAL - {"done"} or snapshot.unreadable
            price = self.request.price
            return "" if is_told else f"{price} by the price list" if price.exact else str(price)
        amount = words.simulated_words(credit_words(snapshot.credits), snapshot)
        return amount if self.state in FINAL - {"stopped"} else f"{amount} held"

    @property
    def credits(self) -> str:
        """The bare number of `money` in a column, "" while it is not known."""
        return "" if self.snapshot.credits is None else f"{self.snapshot.credits:g}"

    @property
    def outcome(self) -> str:
        """Headline and money in one line of plain text."""
        return ", ".join(filter(None, [self.headline, self.money]))

    @property
    def balance(self) -> str | None:
        """Such as "balance 970", in credits, or None while it is unknown."""
        balance = self.snapshot.balance
        return None if balance is None else f"balance {balance:g}"

    @property
    def told_by(self) -> str | None:
        """How its end is heard of while it is watched, or None where it is not."""
        pushed, is_watched = self.snapshot.pushed, self.state in ("queued", "generating")
        if pushed is None or not is_watched:
            return None
        return "push: the service calls back" if pushed else "polling"

    @property
    def estimate(self) -> str | None:
        """How long such a task usually takes, or None while that is unknown."""
        return range_words(self.snapshot.estimate) if self.snapshot.estimate else None

    @property
    def retry(self) -> str | None:
        """What another try costs, "30 credits"; None where none is due.

        A task that may still finish, or that may have been billed, is looked at again instead.
        """
        never_sent = self.state == "stopped" and self.snapshot.task_id is None
        if self.snapshot.unreadable or (self.state != "failed" and not never_sent):
            return None
        return words.simulated_words(str(self.request.price), self.snapshot)

    @property
    def stop_hint(self) -> str | None:
        """What stopping to watch means now; None where it is not possible."""
        if "stop" not in TRANSITIONS[self.state]:
            return None
        if self.state == "waiting":
            return "Nothing was sent yet."
        return self._said("The task goes on and may be charged.")

    def _said(self, text: str) -> str:
        return plain(without_bill(text) if self.is_simulated else text)

    @property
    def prompt(self) -> str:
        """The text that was sent."""
        return plain(self.request.prompt)

    @property
    def options(self) -> tuple[str, ...]:
        """The options as short phrases whose blanks do not break, the model first."""
        return words.option_words(self.request)

    @property
    def images(self) -> tuple[str, ...]:
        """Such as "start image ..." and "end image ...", as far as there are any."""
        images = (("start image", self.request.image), ("end image", self.request.end_image))
        return tuple(plain(f"{kind} {image.label}") for kind, image in images if image is not None)

    @property
    def lineage(self) -> tuple[str, ...]:
        """Of which draft it is the full size; empty where it is of none."""
        parent = self.snapshot.parent
        return (f"full size of draft {plain(parent)}",) if parent else ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may disappoint, a sentence each."""
        return tuple(map(plain, self.snapshot.warnings))

    @property
    def judgement(self) -> dict[str, str]:
        """What the person thinks of it, in words: stars, whether it wins, tags and a note."""
        of = self.snapshot.rating
        return {
            "stars": words.stars_words(of.stars) if of.stars else "",
            "wins": "this one wins" if of.wins else "",
            "tags": " ".join(f"#{plain(tag)}" for tag in of.tags),
            "note": plain(of.note),
        }

    @property
    def commands(self) -> tuple[tuple[str, str], ...]:
        """What to type next, as pairs of command and what it does.

        A command that the error itself names is not repeated.
        """
        unsent = self.state == "stopped" and self.task_id is None
        looks_on = self.state in _LOOK_ON and not unsent
        steps = [("%hailuo resume", "looks again, free")] if looks_on else []
        if self.state == "unsure" and not self.snapshot.unreadable:
            settles = "settles it, or --drop where the service made none"
            steps = [(f"%hailuo resolve {self.handle} --task TASKID", settles)]
        steps.append((f"%hailuo show {self.handle}", "draws this card again, free"))
        return tuple(step for step in steps if step[0] not in self.explanation)

    @property
    def task_id(self) -> str | None:
        """The service's id."""
        return plain(self.snapshot.task_id) if self.snapshot.task_id else None

    @property
    def date(self) -> str:
        """When it ended, else was sent, else was asked for."""
        snapshot = self.snapshot
        return date_words(snapshot.finished_at or snapshot.submitted_at or snapshot.created_at)

    @property
    def size(self) -> str:
        """The saved clip's size, "" where there is none."""
        return words.size_words(self.snapshot.size_bytes) if self.snapshot.size_bytes else ""

    @property
    def address(self) -> str | None:
        """The clip's address if a page may load it and there is a clip, else None."""
        return safe_address(self.src) if self.state == "done" else None

    @property
    def is_away(self) -> bool:
        """Whether a live view gets the clip from the kernel, since its address would be long."""
        address = self.address
        return bool(self.elsewhere) or (address is not None and is_embedded(address))

    @property
    def elsewhere(self) -> str:
        """Where the clip lies, in words, if the output neither holds nor reaches it; else ""."""
        is_elsewhere = self.state == "done" and self.src == AWAY
        return f"The clip is {self.lies_at}" if is_elsewhere else ""

    @property
    def lies_at(self) -> str:
        """Where the clip lies, in plain text; "" where there is none."""
        if self.address and not is_embedded(self.address):
            return self.address
        return one_line(str(self.snapshot.video)) if self.snapshot.video else ""

    @property
    def download(self) -> str:
        """What the clip is called in the person's downloads."""
        stem = stem_of(words.called(self.snapshot), otherwise=self.snapshot.id)
        return f"{stem}.mp4"

    @property
    def poster(self) -> str:
        """The picture as a safe address, "" where there is none."""
        return safe_address(self.snapshot.poster) or ""

    @property
    def strip(self) -> tuple[tuple[float, str], ...]:
        """Frames from start to end: the second of each, and a safe address; often four or none."""
        frames = [safe_address(one) for one in self.snapshot.strip or () if self.state == "done"]
        step_s = self.request.duration_s / max(1, len(frames) - 1)
        return tuple((at * step_s, frame) for at, frame in enumerate(frames) if frame)

    @property
    def pictures(self) -> str:
        """Its poster and the frames of its strip, apart by blanks, as live views are told them."""
        return " ".join((self.poster, *(frame for _, frame in self.strip)))

    @property
    def box_px(self) -> tuple[int, int]:
        """Width and height of its box: the poster's ratio, else the image's, else 16:9."""
        image, poster = self.request.image, self.snapshot.poster
        size = _jpeg_size_px(poster) if poster else None
        if size is None and image is not None and image.width_px > 0 and image.height_px > 0:
            size = (image.width_px, image.height_px)
        width, height = size or (16, 9)
        longest = max(width, height)
        return round(FRAME_PX * width / longest), round(FRAME_PX * height / longest)


def tile_state(of: Facts) -> dict[str, Any]:
    """Return what every live tile is told of a task: JSON values only.

    ``phase`` counts from 0, 4 when done, None where it ended otherwise; ``..._at_ms`` are
    milliseconds since the epoch, ``late_after_s`` seconds from the submit. ``src`` is `AWAY` for a
    clip that would travel in it.
    """
    snapshot, address = of.snapshot, of.address
    return {
        "state": of.state,
        "headline": of.headline,
        "final": of.is_over,
        "phase": PHASE_OF.get(of.state),
        "submitted_at_ms": milliseconds(snapshot.submitted_at),
        "late_after_s": snapshot.estimate.high_s if snapshot.estimate and not of.is_over else None,
        "label": of.name,
        "seconds": of.request.duration_s,
        "simulated": of.is_simulated,
        "money": of.money,
        "src": AWAY if of.is_away else address,
        **({"note": plain(snapshot.note)} if snapshot.note else {}),
        **({"stop_hint": of.stop_hint} if of.stop_hint else {}),
    }


def milliseconds(epoch_s: float | None) -> int | None:
    """Return a time as a browser counts it, in milliseconds since the epoch."""
    return None if epoch_s is None else round(epoch_s * 1000)


def _jpeg_size_px(uri: str) -> tuple[int, int] | None:
    try:
        found = still_of(base64.b64decode(uri.partition(",")[2]))
    except ValueError:
        return None
    return (found.width_px, found.height_px) if found is not None else None

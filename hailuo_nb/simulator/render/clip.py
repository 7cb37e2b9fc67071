"""From a job to a finished MP4: size, stages, camera path, weather, marks, frames in order.

It knows how the parts play together; each part is next door. A given still begins as it was sent
and turns into the light of the prompt's words. It must not know tasks or HTTP.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PIL.Image import Image as Picture

from hailuo_nb.simulator.render import camera, colour, encode, joining, label, picture, scene, sound
from hailuo_nb.simulator.render.camera import without_commands
from hailuo_nb.simulator.render.colour import Floats, Grade, Planes
from hailuo_nb.simulator.render.jobs import ClipJob, Frame
from hailuo_nb.simulator.render.layers import Layer, Shots
from hailuo_nb.simulator.render.looks import lit, looks_in
from hailuo_nb.simulator.render.mood import mood_of
from hailuo_nb.simulator.render.plates import Scenery
from hailuo_nb.simulator.render.stage import DawningStage, MorphStage, Stage
from hailuo_nb.simulator.render.veil import Air
from hailuo_nb.simulator.render.visitor import GAITS, VisitedStage
from hailuo_nb.simulator.render.words import SUBJECT_WORDS, most_meant, words_of

MARK = "SIMULATED"
ASPECTS = (0.2, 5.0)  # a still beyond them is cropped
AHEAD = 6
# Below this a second drawing thread costs more than it brings.
LARGE_PX = 500_000
# Layers this close in depth move as one: hardly seen, and a quarter of the work is saved.
NEIGHBOURS = 0.17
# A camera that goes no further than this leaves the eye free to see clouds drift.
AT_EASE = 0.12

_MOVERS = {name: words for name, words in SUBJECT_WORDS.items() if name in GAITS}


def render(job: ClipJob) -> None:
    """Render a clip into its file.

    Raises
    ------
    picture.UnreadableError
        A given still cannot be used.
    """
    start = _opened(job.start)
    end = _opened(job.end)
    aspect = start.width / start.height if start else job.aspect
    width, height = frame_size(aspect, job.short_side_px, job.max_size_px)
    film = Film(job, start, end, width, height)
    count = round(job.duration_s * encode.FPS)
    threads = 1 if width * height < LARGE_PX else 2
    frames = _in_order(film.frame, count, threads)
    heard = sound.ambience(job.seed, job.duration_s) if job.has_sound else None
    encode.write(Path(job.out), frames, width, height, heard)


def frame_size(aspect: float, short_side_px: int, max_size_px: int) -> tuple[int, int]:
    """Return (width, height): even, the long side at most `max_size_px`."""
    aspect = min(max(aspect, ASPECTS[0]), ASPECTS[1])
    width, height = short_side_px * max(aspect, 1.0), short_side_px / min(aspect, 1.0)
    shrink = min(1.0, max_size_px / max(width, height))
    even = (max(16, int(side * shrink / 2 + 0.5) * 2) for side in (width, height))
    return next(even), next(even)


class Film:
    """One clip, frame by frame; frames may be asked for in any order and from any thread."""

    def __init__(
        self, job: ClipJob, start: Picture | None, end: Picture | None, width: int, height: int
    ) -> None:
        self._job, self._size = job, (width, height)
        mood = mood_of(job.prompt, job.variation)
        count = round(job.duration_s * encode.FPS)
        path = camera.Path(
            job.prompt, tempo=mood.tempo**0.5, duration_s=job.duration_s, seed=job.seed
        )
        poses = path.poses(count) if job.start else camera.closest_first(path.poses(count))
        self._shots = [(pose, number / encode.FPS) for number, pose in enumerate(poses)]
        self._strengths = [self._strength(n / max(1, count - 1)) for n in range(count)]
        self._grade = Grade(job.seed, enhanced=job.enhanced, is_given=job.start is not None)
        self._stage = self._staged(job.start, start, self._shots)
        if job.end is not None:
            self._stage = self._morphing(self._stage, job.end, end)
        self._air = Air(job, mood, width, height)
        self._labels = [label.Label(MARK, width, height)]
        if job.start is not None and job.start.stand_in is not None:
            words = picture.host_label(job.start.stand_in)
            self._labels.append(label.Label(words, width, height, side="left"))

    def frame(self, number: int) -> Planes:
        """Return the planes of one frame."""
        planes, strength = self._stage.frame(number), self._strengths[number]
        if self._job.start is None:
            self._grade.apply(planes, strength)
        if strength > 0:
            self._air.stamp(planes, *self._shots[number], strength)
        for each in self._labels:
            each.stamp(planes)
        return planes

    def _strength(self, time: float) -> float:
        """Return how much of weather and grade shows: a given still stays as it was given."""
        rise = min(1.0, time / 0.10) if self._job.start is not None else 1.0
        fall = min(1.0, (1 - time) / 0.12) if self._job.end is not None else 1.0
        return max(0.0, min(rise, fall))

    def _staged(self, frame: Frame | None, still: Picture | None, shots: Shots) -> Stage:
        width, height = self._size
        if frame is None:
            mood = mood_of(self._job.prompt, self._job.variation)
            drawn = _simplified(scene.build(mood, width, height), [pose for pose, _ in shots])
            return Scenery(drawn, shots, width, height)
        if still is None:
            still = picture.drawn_for(frame.stand_in or "", width, height)
        given = GivenStill(picture.cropped(still, width, height), self._job, self._grade)
        return given.staged(shots, self._strengths)

    def _morphing(self, first: Stage, frame: Frame, still: Picture | None) -> Stage:
        back = self._shots[-1][0] * -1
        shots = [(pose + back, time_s) for pose, time_s in self._shots]
        second = self._staged(frame, still, shots)
        seed = int.from_bytes(hashlib.sha256(self._job.seed.encode()).digest()[:8])
        return MorphStage(first, second, len(shots), seed=seed, size=self._size)


def _simplified(drawn: list[Layer], poses: list[camera.Pose]) -> list[Layer]:
    """Join what this camera sees moving alike."""
    if not all(pose.is_flat for pose in poses):
        sky = joining.flattened(drawn[:2])
        return sky + joining.merged(drawn[2:], within=NEIGHBOURS)
    swing = max(abs(pose.pan) + abs(pose.tilt) + abs(pose.zoom) for pose in poses)
    return joining.flattened(drawn) if swing > AT_EASE else joining.merged(drawn)


def _opened(frame: Frame | None) -> Picture | None:
    """Return a given file as a picture; a mark that it has from an earlier clip is taken off."""
    if frame is None or frame.path is None:
        return None
    return label.unmarked(picture.opened(frame.path), MARK)


def _in_order(draw: Callable[[int], Planes], count: int, threads: int) -> Iterator[Planes]:
    """Draw frames a little ahead of the encoder: numpy and Pillow let go of the lock."""
    waiting: deque[Future[Planes]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for number in range(count):
            waiting.append(pool.submit(draw, number))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class GivenStill:
    """A still of the clip's size.

    Parameters
    ----------
    rgb : float32 array (height, width, 3)
        0..255.
    job : ClipJob
        Whose words are laid over it.
    grade : Grade
        What every clip of a still has, words or none.
    """

    def __init__(self, rgb: Floats, job: ClipJob, grade: Grade) -> None:
        self._job = job
        self._given = colour.planes_of(rgb)
        self._lit: Planes = colour.planes_of(lit(rgb, looks_in(job.prompt)))
        grade.apply(self._lit, 1.0)

    def staged(self, shots: Shots, strengths: Sequence[float]) -> Stage:
        """Return it as filmed in shots; a strength 0..1 for each is how much the words show."""
        stage = DawningStage(self._given, self._lit, shots, strengths)
        words = words_of(without_commands(self._job.prompt))
        name = most_meant(words, _MOVERS)
        # Where a clip is to end on a picture of its own, that one says who is there.
        if name is None or self._job.end is not None:
            return stage
        return VisitedStage(stage, self._lit, name, shots, self._job.seed)

"""A recorded session, played back: its clips and times in place of ones that are made up.

The file is a stranger's: every member and value is checked before anything of it is used. It
knows the format and which take stands for a request; it must not know the ledger or HTTP.

The format: a ZIP archive whose members are stored, not compressed. ``session.json`` is
``{"format": "hailuo recorded session", "version": 1, "takes": [...]}``; a take has the ``model``
and ``input`` of createTask (an image's address stands for any image), ``answers`` as ``{"at_s":
seconds after it was sent, "told": {...}}`` with recordInfo's own names, ``clip`` (the member's
name, or null of a failed one) and its ``sha256``.
"""

import hashlib
import json
import math
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hailuo_nb.simulator.catalogue import MODELS
from hailuo_nb.simulator.schedule import State, Timetable
from hailuo_nb.simulator.validation import RefusedError, check

FORMAT, VERSION = "hailuo recorded session", 1
SESSION = "session.json"
SESSION_BYTES_MAX = 4_000_000
CLIP_BYTES_MAX = 500_000_000
PIECE_BYTES = 1_000_000
TAKES_MAX, ANSWERS_MAX = 64, 100
TIME_MAX_S = 86_400.0
SHOWN: dict[str, State] = {
    "waiting": "waiting",
    "queuing": "queuing",
    "generating": "generating",
}


NO_ZIP = (zipfile.BadZipFile, NotImplementedError, KeyError)
"""What is raised of a file that is no archive, or of another kind, or lacks a member."""

DAMAGED = (ValueError, EOFError, struct.error)
"""What is raised where a member is not where, or not as long, as the file says."""

NO_CLIP = "a clip of it was changed, or is none"


class RecordingError(Exception):
    """What is wrong with a recording, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One task as it was: what was asked, when it changed its state, how it ended.

    ``name`` is like no other's, of any recording; ``asked`` names the request; ``plan`` is in
    seconds at the service's own speed; ``error`` is (failCode, failMsg) of a failed one, whose
    ``clip`` is None.
    """

    name: str
    asked: str
    plan: Timetable
    clip: str | None
    sha256: str | None
    error: tuple[str, str] | None

    def at_speed(self, speed: float) -> Timetable:
        """Return its plan so many times faster."""
        return Timetable(
            steps=tuple((from_s / speed, state) for from_s, state in self.plan.steps),
            start_s=self.plan.start_s / speed,
            finish_s=self.plan.finish_s / speed,
        )


class Recording:
    """The takes of one file.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    RecordingError
        It is none, or one of its parts is not as it should be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with zipfile.ZipFile(path) as archive:
                members = _members(archive, path.stat().st_size)
                text = archive.read(SESSION)
                session = json.loads(text, parse_constant=_no_number)
                self._takes = _takes(session, members, hashlib.sha256(text).hexdigest()[:16])
                _check_clips(archive, self._takes)
        except OSError as error:
            raise RecordingError(f"it cannot be read: {error.strerror}") from None
        except NO_ZIP:
            raise RecordingError("it is no recorded session") from None
        except (*DAMAGED, RecursionError, TypeError, OverflowError):
            raise RecordingError("it is damaged") from None

    def takes(self, model: str, filled: dict[str, Any]) -> list[Take]:
        """Return what stands for equal requests, which is played in turn; empty: nothing does."""
        return [one for one in self._takes if one.asked == _name(model, filled)]

    def named(self, name: str) -> Take | None:
        """Return the take of a name; None: it is another recording's, or none's."""
        return next((one for one in self._takes if one.name == name), None)

    def clip(self, take: Take) -> bytes:
        """Return a take's clip.

        Raises
        ------
        RecordingError
            The file was changed since it was opened.
        """
        try:
            with zipfile.ZipFile(self._path) as archive:
                _members(archive, self._path.stat().st_size)
                data = archive.read(take.clip or "")
        except (OSError, *NO_ZIP, *DAMAGED):
            data = b""
        if hashlib.sha256(data).hexdigest() != take.sha256:
            raise RecordingError("it was changed since it was opened")
        return data


def _members(archive: zipfile.ZipFile, size_bytes: int) -> set[str]:
    """Return the names of the members; each is stored as it is and no longer than the file."""
    members = archive.infolist()
    if len(members) > TAKES_MAX + 1 or len({one.filename for one in members}) < len(members):
        raise RecordingError("it has too many parts")
    for one in members:
        most = SESSION_BYTES_MAX if one.filename == SESSION else CLIP_BYTES_MAX
        plain = one.compress_type == zipfile.ZIP_STORED and not one.flag_bits & 1
        if not plain or one.file_size != one.compress_size or one.file_size > size_bytes:
            raise RecordingError("its parts are not stored as they are")
        if one.file_size > most:
            raise RecordingError("one of its parts is too large")
    return {one.filename for one in members}


def _takes(session: object, members: set[str], digest: str) -> list[Take]:
    if not isinstance(session, dict) or session.get("format") != FORMAT:
        raise RecordingError("it is no recorded session")
    version = session.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < VERSION:
        raise ValueError
    if version > VERSION:
        raise RecordingError(f"its version is not {VERSION}: a newer hailuo_nb has made it")
    found = session["takes"]
    if not isinstance(found, list) or not 1 <= len(found) <= TAKES_MAX:
        raise ValueError
    return [_take(one, f"{digest}-{number}", members) for number, one in enumerate(found, 1)]


def _take(one: Any, name: str, members: set[str]) -> Take:
    answers = one["answers"]
    if not isinstance(answers, list) or not 1 <= len(answers) <= ANSWERS_MAX:
        raise ValueError
    times = [_seconds(each["at_s"]) for each in answers]
    told = [each["told"] for each in answers]
    if times != sorted(times) or not all(isinstance(each, dict) for each in told):
        raise ValueError
    clip = one["clip"]
    if clip is not None and (clip == SESSION or clip not in members):
        raise RecordingError("a clip of it is missing")
    try:
        asked = check({"model": one["model"], "input": one["input"]})
    except RefusedError as error:
        raise RecordingError(f"the service would refuse a request of it: {error.msg}") from None
    return Take(
        name=name,
        asked=_name(asked.model, asked.filled),
        plan=_plan(times, told),
        clip=clip,
        sha256=one["sha256"] if clip is not None else None,
        error=None if clip is not None else _error(told[-1]),
    )


def _check_clips(archive: zipfile.ZipFile, takes: list[Take]) -> None:
    """Refuse a file one of whose clips is none, or not the one that was recorded."""
    digests = {name: _digest(archive, name) for name in {one.clip for one in takes} if name}
    if any(one.clip is not None and digests[one.clip] != one.sha256 for one in takes):
        raise RecordingError(NO_CLIP)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    """Return the digest of a member, which is refused where it is no clip; a piece at a time."""
    with archive.open(name) as member:
        piece = member.read(PIECE_BYTES)
        if piece[4:8] != b"ftyp":
            raise RecordingError(NO_CLIP)
        digest = hashlib.sha256()
        while piece:
            digest.update(piece)
            piece = member.read(PIECE_BYTES)
    return digest.hexdigest()


def _plan(times: list[float], told: list[dict[str, Any]]) -> Timetable:
    """Return when it changed its state: an end is seen late, so the service's own time counts."""
    took = told[-1].get("tookMs")
    finish_s = _seconds(took / 1000) if isinstance(took, int | float) else times[-1]
    steps: list[tuple[float, State]] = [(0.0, "waiting")]
    for at_s, each in zip(times, told, strict=True):
        shown = SHOWN.get(str(each.get("state")))
        if shown is not None and shown != steps[-1][1] and at_s < finish_s:
            steps.append((at_s, shown))
    starts = (at_s for at_s, state in steps if state == "generating")
    return Timetable(steps=tuple(steps), start_s=next(starts, 0.0), finish_s=finish_s)


def _error(told: dict[str, Any]) -> tuple[str, str]:
    code, words = told.get("failCode", "501"), told.get("failMsg", "Video generation failed")
    if not isinstance(code, str) or not isinstance(words, str):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    return code[:20], words[:500]


def _name(model: str, filled: dict[str, Any]) -> str:
    """Name what was asked for; which image it was does not count, that there was one does."""
    images = {MODELS[model].start, MODELS[model].end}
    words = {name: bool(value) if name in images else value for name, value in filled.items()}
    return json.dumps({"model": model, "input": words}, sort_keys=True)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    if not (math.isfinite(value) and 0 <= value <= TIME_MAX_S):
        raise ValueError
    return float(value)


def _no_number(word: str) -> object:
    raise ValueError(word)

"""A recorded session is a stranger's file: what is not as it should be is refused, in words."""

import hashlib
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.simulator.recorded import Recording, RecordingError
from hailuo_nb.simulator.validation import check

CLIP = b"\0\0\0\x18ftypisom" + b"clip" * 9
SHA256 = hashlib.sha256(CLIP).hexdigest()
T2V = "hailuo/02-text-to-video-standard"


def session(**changed: Any) -> dict[str, Any]:
    """Return a session of one take that is as it should be but for what is changed."""
    answers = [
        {"at_s": 3.0, "told": {"state": "waiting"}},
        {"at_s": 30.0, "told": {"state": "generating"}},
        {"at_s": 200.0, "told": {"state": "success", "tookMs": 180_000, "results": 1}},
    ]
    take = {"model": T2V, "input": {"prompt": "A fox"}, "answers": answers, "clip": "1.mp4"}
    take |= {"sha256": SHA256} | changed
    return {"format": "hailuo recorded session", "version": 1, "takes": [take]}


def written(
    to: Path, document: object, *, method: int = zipfile.ZIP_STORED, clip: bytes = CLIP
) -> Path:
    """Write a recording of this document and one clip."""
    with zipfile.ZipFile(to, "w", method) as archive:
        text = document if isinstance(document, str) else json.dumps(document)
        archive.writestr("session.json", text)
        archive.writestr("1.mp4", clip)
    return to


def test_a_take_is_found_by_its_request_and_plays_in_its_time(tmp_path: Path) -> None:
    """The service's own time counts, not the moment at which its end was seen."""
    recording = Recording(written(tmp_path / "a.hailuo", session()))
    filled = check({"model": T2V, "input": {"prompt": "A fox"}}).filled
    (take,) = recording.takes(T2V, filled)
    assert recording.named(take.name) == take
    assert recording.takes(T2V, {**filled, "prompt": "a fox"}) == []
    assert take.plan.steps == ((0.0, "waiting"), (30.0, "generating"))
    assert take.plan.finish_s == 180
    assert take.at_speed(20).finish_s == 9
    assert recording.clip(take) == CLIP
    written(tmp_path / "a.hailuo", session(), clip=CLIP + b"more")
    with pytest.raises(RecordingError, match="changed"):
        recording.clip(take)


HOSTILE: dict[str, Callable[[], object]] = {
    "no JSON": lambda: "{",
    "deep": lambda: "[" * 100_000,
    "a list": list,
    "another format": lambda: {**session(), "format": "x"},
    "a newer version": lambda: {**session(), "version": 2},
    "no version": lambda: {**session(), "version": None},
    "no takes": lambda: {**session(), "takes": []},
    "too many takes": lambda: {**session(), "takes": session()["takes"] * 65},
    "a take of text": lambda: {**session(), "takes": ["x"]},
    "no answers": lambda: session(answers=[]),
    "time runs back": lambda: session(answers=session()["takes"][0]["answers"][::-1]),
    "a time of text": lambda: session(answers=[{"at_s": "1", "told": {}}]),
    "a time without end": lambda: session(answers=[{"at_s": 1e9, "told": {}}]),
    "a time beyond all floats": lambda: session(answers=[{"at_s": 10**400, "told": {}}]),
    "a duration beyond them": lambda: session(answers=[{"at_s": 1, "told": {"tookMs": 10**400}}]),
    "another clip's digest": lambda: session(sha256="0" * 64),
    "no digest": lambda: session(sha256=None),
    "not a number": lambda: '{"takes": NaN}',
    "a clip of elsewhere": lambda: session(clip="../1.mp4"),
    "the session as clip": lambda: session(clip="session.json"),
    "a model that is none": lambda: session(model="x"),
    "an input that is none": lambda: session(input=[]),
    "a code of a list": lambda: session(
        clip=None, answers=[{"at_s": 1, "told": {"failCode": [1]}}]
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_not_as_it_should_be_is_refused(what: str, tmp_path: Path) -> None:
    """In words, whatever it is; no error of Python's own comes through."""
    with pytest.raises(RecordingError, match=r"it|clip|service"):
        Recording(written(tmp_path / "a.hailuo", HOSTILE[what]()))


def test_no_part_is_unpacked(tmp_path: Path) -> None:
    """A compressed member may become a thousand times as large: none is read."""
    packed = written(tmp_path / "a.hailuo", session(), method=zipfile.ZIP_DEFLATED)
    with pytest.raises(RecordingError, match="stored"):
        Recording(packed)
    with pytest.raises(RecordingError, match="no recorded session"):
        Recording(Path(__file__))
    with pytest.raises(RecordingError, match="cannot be read"):
        Recording(tmp_path / "gone")


@pytest.mark.parametrize("clip", [b"", b"no clip"])
def test_what_is_no_clip_is_refused_before_it_is_played(clip: bytes, tmp_path: Path) -> None:
    """Whoever teaches hears of it when the file is opened, not a class amid its lesson."""
    for digest in (hashlib.sha256(clip).hexdigest(), "", None):
        path = written(tmp_path / "a.hailuo", session(sha256=digest), clip=clip)
        with pytest.raises(RecordingError, match="clip"):
            Recording(path)


def test_only_a_newer_version_is_called_so(tmp_path: Path) -> None:
    """What is none at all was made by nobody's newer version."""
    for version, words in ((2, "newer"), (0, "damaged"), ("2", "damaged"), (True, "damaged")):
        path = written(tmp_path / "a.hailuo", {**session(), "version": version})
        with pytest.raises(RecordingError, match=words):
            Recording(path)


@pytest.mark.parametrize("beyond", [20, 10**6])
@pytest.mark.parametrize("member", [0, 1])
def test_a_directory_that_lies_is_refused(member: int, beyond: int, tmp_path: Path) -> None:
    """It says that a part lies near the end of the file, or beyond it."""
    path = written(tmp_path / "a.hailuo", session())
    data = bytearray(path.read_bytes())
    at = [found for found in range(len(data)) if data.startswith(b"PK\1\2", found)][member]
    struct.pack_into("<L", data, at + 42, len(data) - 20 + beyond)
    path.write_bytes(data)
    with pytest.raises(RecordingError, match="it"):
        Recording(path)


def test_every_byte_may_be_wrong(tmp_path: Path) -> None:
    """Cut off or changed anywhere, a file is refused in words or is what it was."""
    whole = written(tmp_path / "a.hailuo", session()).read_bytes()
    path, filled = tmp_path / "b.hailuo", check({"model": T2V, "input": {"prompt": "A fox"}}).filled
    for at in range(len(whole)):
        for odd in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            path.write_bytes(odd)
            try:
                recording = Recording(path)
            except RecordingError:
                continue
            (take,) = recording.takes(T2V, filled)
            assert recording.clip(take) == CLIP

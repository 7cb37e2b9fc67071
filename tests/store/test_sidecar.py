"""A sidecar is read as it was written, or refused in one plain sentence."""

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.core.measured import Measured
from hailuo_nb.core.request import FIRST_FIELDS, ImageRef, make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import SidecarError
from hailuo_nb.store import sidecar as room
from hailuo_nb.store.sidecar import (
    DEFAULTS,
    FIELDS,
    SIDECAR_BYTES_MAX,
    keys_of,
    read_sidecar,
    sidecar,
    write_sidecar,
)
from tests.store.make import IMAGE, finished

CLIP = b"the bytes of a clip"


def saved(folder: Path, **changes: Any) -> Snapshot:
    """Save a clip with its sidecar and return the task that made it."""
    facts = {"sha256": hashlib.sha256(CLIP).hexdigest(), "size_bytes": len(CLIP)}
    snapshot = finished("a1", folder, **facts | changes)
    (folder / "a1.mp4").write_bytes(CLIP)
    write_sidecar(snapshot)
    return snapshot


def rewritten(folder: Path, **changes: object) -> Path:
    """Save a clip, put other values into its sidecar, and return the sidecar's path."""
    saved(folder)
    path = folder / "a1.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}))
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """Every field comes back; what a sidecar leaves out is as in a new task."""
    known = saved(tmp_path)
    image = ImageRef(label=IMAGE.label, url=IMAGE.url, digest=IMAGE.digest)
    assert read_sidecar(tmp_path / "a1.json") == replace(
        known,
        request=replace(known.request, image=image),
        created_at=1001.0,
        finished_at=1181.0,
        balance=None,
        note=None,
        error=None,
        error_kind=None,
        warnings=(),
    )


def test_what_was_measured_is_read(tmp_path: Path) -> None:
    """By which definition, too; what could not be measured is not written."""
    measured = {
        "camera": Measured(value="seen", version=1, words="asked Pan left: seen, 24 %"),
        "loop": Measured(value=-0.25, version=3),
        "end_fidelity": Measured(value=None, version=1),
    }
    lost = {"mine": Measured(value=None, version=0, words="ValueError")}
    known = saved(tmp_path, measured=measured | lost)
    found = read_sidecar(tmp_path / "a1.json")
    assert found.measured == measured
    assert found.request.identity("simulator") == known.request.identity("simulator")


@pytest.mark.parametrize("odd", [None, [], "x", 5, {"two words": 1, "loop": {"value": 0.5}}])
def test_odd_measures_cost_no_clip(tmp_path: Path, odd: object) -> None:
    """A clip is shown without them."""
    assert read_sidecar(rewritten(tmp_path, measures=odd)).measured == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": None, "task_id": None, "credits": None, "cost_time_s": None},
        {"submitted_at": None},
        {"parent": "b2"},
        {"service": "https://api.kie.ai"},
        {"request": make_request(prompt="樱花 🗡 שלום\n\t\"'\\", image=IMAGE, end_image=IMAGE)},
        {"request": make_request(prompt="x", model="2.3-i2v", image=IMAGE, sample=7)},
    ],
)
def test_every_kind_of_task_is_read(tmp_path: Path, changes: dict[str, Any]) -> None:
    """Without name, times or price, paid, with both images, without an optimizer, of a draft."""
    known = saved(tmp_path, **changes)
    found = read_sidecar(tmp_path / "a1.json")
    assert sidecar(found) == sidecar(known)
    assert found.parent == known.parent


def test_every_field_that_is_written_has_its_reader(tmp_path: Path) -> None:
    """A field that is added on one side alone is found here."""
    assert list(FIELDS) == [*sidecar(saved(tmp_path)), room.LATER, room.MEASURES, room.RATING]
    apart = {"version", "simulated", room.LATER, room.MEASURES, room.RATING}
    assert {*apart, *FIRST_FIELDS, *room._KNOWN} == set(FIELDS)


def test_a_task_without_times_is_as_old_as_its_clip(tmp_path: Path) -> None:
    """A date that cannot be known is the file's own."""
    saved(tmp_path, submitted_at=None, finished_at=None)
    os.utime(tmp_path / "a1.mp4", (5000, 5000))
    assert read_sidecar(tmp_path / "a1.json").created_at == 5000.0


def test_a_field_more_changes_nothing(tmp_path: Path) -> None:
    """Later versions may say more; a path that the file names is not looked at."""
    path = rewritten(tmp_path, video="/etc/passwd", warnings=["x"])
    assert read_sidecar(path).video == tmp_path / "a1.mp4"


def test_a_renamed_pair_is_read(tmp_path: Path) -> None:
    """The clip is the one beside it, whatever both are called now."""
    saved(tmp_path)
    for suffix in (".mp4", ".json"):
        (tmp_path / f"a1{suffix}").rename(tmp_path / f"the best{suffix}")
    found = read_sidecar(tmp_path / "the best.json")
    assert (found.id, found.video) == ("a1", tmp_path / "the best.mp4")


ODD: list[tuple[str, object]] = [
    *[("version", odd) for odd in (0, 2, True, "1", None)],
    *[("id", odd) for odd in ("", "../a1", "a/b", "a1.mp4", "ä1", "a" * 300, 1, None)],
    *[("name", odd) for odd in (1, ["a"], "\ud800")],
    *[("service", odd) for odd in (None, "https://api.kie.ai")],
    *[("simulated", odd) for odd in (1, None, False)],
    *[("prompt", odd) for odd in (None, 5, {"a": 1}, "half a \udc00 character")],
    *[("image", odd) for odd in ("start.png", [], {}, {"label": 1}, {"label": "a", "url": 1})],
    *[("duration_s", odd) for odd in (6.0, "6", -1, 10**9, True, None)],
    *[("sample", odd) for odd in (0, 1.5, None)],
    *[("nsfw_check", odd) for odd in ("no", 0, None)],
    *[("credits", odd) for odd in (-1, "50", True, float("nan"), float("inf"), 10**400)],
    *[("submitted_at", odd) for odd in (1001, "", "yesterday", "2026-09-30T14:05:06")],
    *[("finished_at", odd) for odd in ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00")],
    *[("asked_too", odd) for odd in (None, [], "x")],
    *[("sha256", odd) for odd in (None, 5)],
    *[("size_bytes", odd) for odd in (None, -1, 1.5, 2**70)],
]


@pytest.mark.parametrize(("name", "odd"), ODD, ids=lambda value: str(value)[:20])
def test_a_value_of_another_kind_is_refused(tmp_path: Path, name: str, odd: object) -> None:
    """The sentence names the file and the field, or the number that JSON does not have."""
    with pytest.raises(SidecarError, match=rf"a1\.json .*({name}|it holds \w+)") as refused:
        read_sidecar(rewritten(tmp_path, **{name: odd}))
    assert "\n" not in str(refused.value)


def without(folder: Path, name: str) -> Path:
    """Save a clip, take a field out of its sidecar, and return the sidecar's path."""
    path = rewritten(folder)
    facts = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({key: facts[key] for key in facts if key != name}))
    return path


@pytest.mark.parametrize("name", sorted(set(FIELDS) - set(DEFAULTS)))
def test_a_missing_field_is_refused_where_nothing_can_stand_for_it(
    tmp_path: Path, name: str
) -> None:
    """Nothing is made up in its place."""
    with pytest.raises(SidecarError, match=f"'{name}' is missing"):
        read_sidecar(without(tmp_path, name))


@pytest.mark.parametrize("name", sorted(DEFAULTS))
def test_a_missing_field_has_its_default(tmp_path: Path, name: str) -> None:
    """What need not be there is as in a task that never had it."""
    told = sidecar(read_sidecar(without(tmp_path, name)))
    defaults = DEFAULTS | {"simulated": True, room.RATING: {}}
    assert told.get(name, {}) == defaults[name]


def test_what_a_newer_version_wrote_of_a_clip_is_kept(tmp_path: Path) -> None:
    """The sidecar of a clip that is saved once more keeps it, also of what was asked for."""
    path = rewritten(tmp_path, loudness=3, asked_too={"seed": 7})
    known = read_sidecar(path)
    assert known.request.unknown == (("seed", 7),)
    assert keys_of(path)[0] == known.request.identity("simulator")
    before = json.loads(path.read_text("utf-8"))
    write_sidecar(known)
    assert json.loads(path.read_text("utf-8")) == before
    write_sidecar(replace(known, id="another"))
    assert "loudness" not in json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no readable JSON"),
        (b"\xff\xfe\x00", "no readable JSON"),
        (b'{"version": 1', "no readable JSON"),
        (b"[" * 100_000, "no readable JSON"),
        (b'{"version": ' + b"7" * 5_000 + b"}", "no readable JSON"),
        (b"[]", "no JSON object"),
        (b"null", "no JSON object"),
        (b" " * (SIDECAR_BYTES_MAX + 1), "too large"),
    ],
    ids=lambda data: str(data)[:20],
)
def test_damaged_json_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    """Half a file, another encoding, depth without end: one sentence, the clip untouched."""
    saved(tmp_path)
    (tmp_path / "a1.json").write_bytes(data)
    with pytest.raises(SidecarError, match=rf"a1\.json does not say .*{words}"):
        read_sidecar(tmp_path / "a1.json")
    assert (tmp_path / "a1.mp4").read_bytes() == CLIP


@pytest.mark.parametrize("suffix", [".mp4", ".json"])
def test_one_without_the_other_is_refused(tmp_path: Path, suffix: str) -> None:
    """The sentence names the file that is missing."""
    saved(tmp_path)
    (tmp_path / f"a1{suffix}").unlink()
    with pytest.raises(SidecarError, match=rf"There is no file .*a1\{suffix}"):
        read_sidecar(tmp_path / "a1.json")


@pytest.mark.parametrize("other", [b"x" * len(CLIP), b"", CLIP + b"x"])
def test_another_clip_is_not_the_one_it_tells_of(tmp_path: Path, other: bytes) -> None:
    """A clip that was replaced or cut is not shown as what the sidecar says."""
    saved(tmp_path)
    (tmp_path / "a1.mp4").write_bytes(other)
    with pytest.raises(SidecarError, match="not the clip that"):
        read_sidecar(tmp_path / "a1.json")


def test_a_link_that_leads_elsewhere_is_no_clip(tmp_path: Path) -> None:
    """A shared folder cannot bring another file of the person's into a page."""
    (tmp_path / "clips").mkdir()
    saved(tmp_path / "clips")
    secret = tmp_path / "secret"
    secret.write_bytes(CLIP)
    (tmp_path / "clips" / "a1.mp4").unlink()
    (tmp_path / "clips" / "a1.mp4").symlink_to(secret)
    with pytest.raises(SidecarError, match="leads out of its folder"):
        read_sidecar(tmp_path / "clips" / "a1.json")


@pytest.mark.parametrize("name", ["nowhere.json", "a\0b.json", "a" * 5000 + ".json", "\ud800.json"])
def test_a_path_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    """Whatever is typed, it is an error of ours."""
    with pytest.raises(SidecarError, match="There is no file"):
        read_sidecar(tmp_path / name)

"""What must hold for any file beside a clip: properties like those of `properties`."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import SidecarError
from hailuo_nb.store import foreign
from hailuo_nb.store.sidecar import FIELDS, read_sidecar, sidecar, write_sidecar
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.tile import clip_figure
from tests.fuzz.properties import LONG_DIGITS, SNAPSHOTS, damaged, keep
from tests.kie.test_hostile import BODIES, VALUES
from tests.views.samples import settled_html, settled_text

CLIP = b"the bytes of a clip"
SAVED = Snapshot(
    id="a1",
    name="samurai",
    state="done",
    request=make_request(prompt="A harbour."),
    service="simulator",
    created_at=1000.0,
    submitted_at=1001.0,
    finished_at=1181.0,
    task_id="t-a1",
    credits=30.0,
    video=Path("a1.mp4"),
    sha256=hashlib.sha256(CLIP).hexdigest(),
    size_bytes=len(CLIP),
)
DEEP_JSON = st.sampled_from(["[", '{"a":']).map(lambda begun: begun * 20_000)
ODD_JSON = st.sampled_from(
    [
        *("-7", "0", "1e999", "1e-999", "NaN", "-Infinity", "true", "null", "1.5"),
        *('"\\ud800"', '"\\u0000\\u202e"', '"<script>alert(1)"'),
        *('"0001-01-01T00:00:00+14:00"', '"9999-12-31T23:59:59-14:00"', '"2026-09-30"'),
        *('"2026-09-30T14:05:06.5+02:00"', '"../../a"', '"/etc/passwd"', '"https://api.kie.ai"'),
        '{"label": "a", "url": "file:///etc/passwd"}',
    ]
)
TEXT_JSON = st.text(max_size=20).map(json.dumps)
TIME_JSON = st.datetimes(timezones=st.none() | st.timezones()).map(lambda at: f'"{at.isoformat()}"')
LIKELY_JSON = {
    **dict.fromkeys(("name", "task_id", "model", "prompt", "resolution"), TEXT_JSON),
    **dict.fromkeys(("submitted_at", "finished_at"), TIME_JSON),
    **dict.fromkeys(("credits", "cost_time_s"), st.floats().map(json.dumps)),
    **dict.fromkeys(("duration_s", "sample"), st.integers(-9, 5_000).map(json.dumps)),
    "image": st.builds(lambda label: f'{{"label": {label}}}', TEXT_JSON),
}
SIDECARS: st.SearchStrategy[bytes] = st.builds(
    lambda put: _object({**_told(), **put}),
    st.dictionaries(
        st.sampled_from([*FIELDS, "video", "warnings"]),
        ODD_JSON | DEEP_JSON | LONG_DIGITS | VALUES.map(json.dumps),
        max_size=3,
    )
    | st.fixed_dictionaries({}, optional=LIKELY_JSON),
) | st.builds(
    lambda gone: _object({name: told for name, told in _told().items() if name not in gone}),
    st.frozensets(st.sampled_from(sorted(FIELDS)), max_size=2),
)

GOOD_SIDECARS = st.builds(lambda: _object(_told()))


def any_sidecar(told: bytes) -> None:
    """Any file beside a clip is a finished task that can be kept and shown, or is refused."""
    with TemporaryDirectory() as folder:
        path, clip = _saved(folder)
        path.write_bytes(told)
        try:
            found = read_sidecar(path)
        except SidecarError as error:
            assert str(error).encode()
            return
        assert (found.state, found.video, found.size_bytes) == ("done", clip, len(CLIP))
        told_at = (found.created_at, found.submitted_at, found.finished_at)
        assert all(at is None or 0 <= at <= foreign.LATEST_S for at in told_at)
        keep(found)
        shown = settled_html(found, src="a1.mp4") + settled_text(found, src="a1.mp4")
        shown += clip_figure(Facts(label=found.label, snapshot=found, src="a1.mp4"))
        assert "<script>alert" not in shown
        assert "\u202e" not in shown
        assert sidecar(read_sidecar(write_sidecar(found))) == sidecar(found)


def written_sidecar(snapshot: Snapshot) -> None:
    """Whatever made a clip is read from its sidecar as it was written."""
    with TemporaryDirectory() as folder:
        _, clip = _saved(folder)
        facts = {"video": clip, "sha256": SAVED.sha256, "size_bytes": SAVED.size_bytes}
        saved = replace(snapshot, id=snapshot.id[:99], state="done", **facts)
        assert sidecar(read_sidecar(write_sidecar(saved))) == sidecar(saved)


def _told() -> dict[str, str]:
    """Return the fields of a good sidecar, each as JSON."""
    return {name: json.dumps(value) for name, value in sidecar(SAVED).items()}


def _object(fields: Mapping[str, str]) -> bytes:
    """Return a JSON object of fields that are JSON already."""
    return (
        f"{{{', '.join(f'{json.dumps(name)}: {told}' for name, told in fields.items())}}}".encode()
    )


def _saved(folder: str) -> tuple[Path, Path]:
    """Put a clip into a folder; return where its sidecar belongs, and the clip."""
    clip = Path(folder) / "a1.mp4"
    clip.write_bytes(CLIP)
    return clip.with_suffix(".json"), clip


PROPERTIES: tuple[tuple[Callable[..., None], st.SearchStrategy[object]], ...] = (
    (any_sidecar, SIDECARS | damaged(GOOD_SIDECARS) | BODIES),
    (written_sidecar, SNAPSHOTS),
)
"""Every property of sidecars with what it is tried on."""

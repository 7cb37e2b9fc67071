"""A task in plain values, for machines: sidecars, JSON and tables take their fields from here.

Pure. What is told to the eye is the affair of `hailuo_nb.views.facts`.
"""

from datetime import UTC, datetime

from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.task import Snapshot

_AS_THEY_ARE = (
    *("id", "name", "state", "service", "simulated", "task_id", "parent", "credits", "error"),
    *("cost_time_s", "elapsed_s", "sha256", "size_bytes"),
)


def told(snapshot: Snapshot) -> dict[str, object]:
    """Return all that is known of a task by name: JSON values; None where it is not known.

    Times are in ISO 8601, UTC, whole seconds.
    """
    request = snapshot.request
    return {
        **{name: getattr(snapshot, name) for name in _AS_THEY_ARE},
        **request.first_facts,
        "image": _image(request.image),
        "end_image": _image(request.end_image),
        "aspect_ratio": request.aspect_ratio,
        "submitted_at": _when(snapshot.submitted_at),
        "finished_at": _when(snapshot.finished_at),
        "video": str(snapshot.video) if snapshot.video else None,
        "unreadable": list(snapshot.unreadable),
    }


def _image(image: ImageRef | None) -> dict[str, object] | None:
    if image is None:
        return None
    return {"label": image.label, "url": image.url, "sha256": image.digest}


def _when(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")

"""The clips: ``<id>.mp4`` with a small ``<id>.json`` that says what made it.

File names come from our local ids alone, never from a prompt or from the service.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import SavingError
from hailuo_nb.store.whole import write_whole

SIDECAR_VERSION = 1


def clip_path(folder: Path, id: str) -> Path:
    """Return where the clip of a local id belongs; the folder is made when missing.

    Raises
    ------
    SavingError
        The folder cannot be made.
    ValueError
        The id is not one of ours.
    """
    if not id.isalnum():
        raise ValueError(f"not a local id: {id!r}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SavingError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            advice="Make room for it, or set HAILUO_VIDEOS; %hailuo resume tries again, free.",
        ) from error
    return folder / f"{id}.mp4"


def write_sidecar(snapshot: Snapshot) -> Path:
    """Write what made a saved clip beside it, whole or not at all; return its path.

    Raises
    ------
    SavingError
        The disk is full or the folder is gone.
    ValueError
        The snapshot has no saved clip.
    """
    if snapshot.video is None:
        raise ValueError("only a saved clip has a sidecar")
    path = snapshot.video.with_suffix(".json")
    text = json.dumps(sidecar(snapshot), ensure_ascii=False, indent=2) + "\n"
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise SavingError(f"{path.name} cannot be written: {error.strerror}.") from error
    return path


def sidecar(snapshot: Snapshot) -> dict[str, object]:
    """Return what made a clip, ready for JSON; no key, no path of this machine."""
    request = snapshot.request
    return {
        "version": SIDECAR_VERSION,
        "id": snapshot.id,
        "name": snapshot.name,
        "service": snapshot.service,
        "simulated": snapshot.simulated,
        "task_id": snapshot.task_id,
        "model": request.model,
        "prompt": request.prompt,
        "image": _image(request.image),
        "end_image": _image(request.end_image),
        "duration_s": request.duration_s,
        "resolution": request.resolution,
        "prompt_optimizer": request.prompt_optimizer,
        "nsfw_check": request.nsfw_check,
        "sample": request.sample,
        "credits": snapshot.credits,
        "submitted_at": _when(snapshot.submitted_at),
        "finished_at": _when(snapshot.finished_at),
        "cost_time_s": snapshot.cost_time_s,
        "sha256": snapshot.sha256,
        "size_bytes": snapshot.size_bytes,
    }


def _image(image: ImageRef | None) -> dict[str, object] | None:
    if image is None:
        return None
    return {"label": image.label, "url": image.url, "sha256": image.digest}


def _when(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")

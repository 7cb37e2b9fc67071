"""Between a task's snapshot and its row: pure, and the same in both directions."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from hailuo_nb.core.request import ImageRef, Request, next_sample
from hailuo_nb.core.task import Snapshot, State


def to_row(snapshot: Snapshot) -> dict[str, object]:
    """Return the columns that follow from a snapshot."""
    request = snapshot.request
    return {
        "id": snapshot.id,
        "name": snapshot.name,
        "state": snapshot.state,
        "service": snapshot.service,
        "identity": request.identity(snapshot.service),
        "family": family(request, snapshot.service),
        "sample": request.sample,
        "model": request.model,
        "duration_s": request.duration_s,
        "resolution": request.resolution,
        "prompt": request.prompt,
        "request": json.dumps(asdict(request), ensure_ascii=False),
        "price": request.price.credits,
        "created_at": snapshot.created_at,
        **changing(snapshot),
    }


def changing(snapshot: Snapshot) -> dict[str, object]:
    """Return the columns that a task's life may change; its name is the person's to change."""
    return {
        "state": snapshot.state,
        "submitted_at": snapshot.submitted_at,
        "finished_at": snapshot.finished_at,
        "task_id": snapshot.task_id,
        "credits": snapshot.credits,
        "balance": snapshot.balance,
        "cost_time_s": snapshot.cost_time_s,
        "note": snapshot.note,
        "error": snapshot.error,
        "error_kind": snapshot.error_kind,
        "warnings": json.dumps(snapshot.warnings, ensure_ascii=False),
        "video": str(snapshot.video) if snapshot.video else None,
        "sha256": snapshot.sha256,
        "size_bytes": snapshot.size_bytes,
    }


def from_row(row: Mapping[str, Any], poster: str | None = None) -> Snapshot:
    """Return the snapshot that a row stands for."""
    return Snapshot(
        id=row["id"],
        name=row["name"],
        state=cast(State, row["state"]),
        request=read_request(row["request"]),
        service=row["service"],
        created_at=row["created_at"],
        submitted_at=row["submitted_at"],
        finished_at=row["finished_at"],
        task_id=row["task_id"],
        credits=row["credits"],
        balance=row["balance"],
        cost_time_s=row["cost_time_s"],
        note=row["note"],
        error=row["error"],
        error_kind=row["error_kind"],
        warnings=tuple(json.loads(row["warnings"])),
        video=Path(row["video"]) if row["video"] else None,
        sha256=row["sha256"],
        size_bytes=row["size_bytes"],
        poster=poster,
    )


def read_request(text: str) -> Request:
    """Return the request of a row's JSON."""
    facts = json.loads(text)
    for name in ("image", "end_image"):
        facts[name] = ImageRef(**facts[name]) if facts[name] else None
    return Request(**facts)


def family(request: Request, service: str) -> str:
    """Return what all samples of one request share."""
    return next_sample(request, 1).identity(service)

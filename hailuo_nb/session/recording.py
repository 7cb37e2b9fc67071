"""A session as one file that the simulator plays back: what was asked, what was answered, the clip.

A ZIP archive of plain members: ``session.json`` and the clips. The service's ids, its addresses,
the account, the key and the images that were sent are in none of them; docs/design/session.md has
the format. It knows the history; how such a file is played is the simulator's affair.
"""

import hashlib
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hailuo_nb.core.disk import Draft
from hailuo_nb.core.models import row_of
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import ExportError
from hailuo_nb.kie.wire import create_body
from hailuo_nb.runner.task import Task
from hailuo_nb.store.answers import KeptAnswer

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session

FORMAT, VERSION = "hailuo recorded session", 1
SESSION = "session.json"
TAKES_MAX = 64
SUFFIX = ".hailuo"
HIDDEN_IMAGE = "https://example.com/left-out.png"
"""Stands for an image that was sent: whoever plays the file back need not have it."""

TOO_OLD = "what the service answered was not kept: it was made by an earlier version, or elsewhere"


def record(here: "Session", tasks: Sequence[Task], to: Path) -> Path:
    """Write what the service answered about these tasks as one file; return its path.

    Parameters
    ----------
    here
        The session.
    tasks
        1 to `TAKES_MAX` that have ended, in the order in which equal requests are played back.
    to
        The file; its folder exists. ``.hailuo`` is added where the name has no ending.

    Raises
    ------
    ExportError
        One has not ended, nothing is known of its answers, or its clip is not there.
    """
    if not 1 <= len(tasks) <= TAKES_MAX:
        raise ExportError(f"A recording has 1 to {TAKES_MAX} clips, not {len(tasks)}.")
    path = to if to.suffix else to.with_name(to.name + SUFFIX)
    takes = [_take(here, task.snapshot, number) for number, task in enumerate(tasks, 1)]
    clips = {take["clip"]: task.snapshot.video for take, task in zip(takes, tasks, strict=True)}
    session = {"format": FORMAT, "version": VERSION, "takes": takes}
    try:
        _write(path, session, {name: clip for name, clip in clips.items() if name and clip})
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def _take(here: "Session", snapshot: Snapshot, number: int) -> dict[str, Any]:
    answers, called = here.history.answers.of(snapshot.id), snapshot.name or snapshot.id
    if snapshot.state not in FINAL:
        raise ExportError(f"{called} has not ended yet.", advice=f"%hailuo wait {called}")
    if not answers or not _ends(answers[-1]) or snapshot.unreadable or snapshot.imported:
        raise ExportError(
            f"{called} cannot be recorded: {TOO_OLD}.",
            advice="%%hailuo --again asks for a new clip of the same prompt, which costs again.",
        )
    clip, digest = None, None
    if snapshot.state == "done":
        clip, digest = f"{number}.mp4", _checked(snapshot, called)
    elif snapshot.state != "failed":
        raise ExportError(f"{called} cannot be recorded: its clip was never saved.")
    return {
        **_asked(snapshot.request),
        "answers": [{"at_s": round(one.at_s, 3), "told": one.told} for one in answers],
        "clip": clip,
        "sha256": digest,
    }


def _ends(answer: KeptAnswer) -> bool:
    return answer.told.get("state") in ("success", "fail") or bool(answer.told.get("successFlag"))


def _asked(request: Request) -> dict[str, object]:
    """Return the request as createTask has it, less the images and where it calls back."""
    if row_of(request.model) is None:
        raise ExportError(f"{request.model} is not in the list of models: it cannot be recorded.")
    body = create_body(
        request,
        image_url=HIDDEN_IMAGE if request.image else None,
        end_image_url=HIDDEN_IMAGE if request.end_image else None,
    )
    body.pop("callBackUrl", None)
    return body


def _checked(snapshot: Snapshot, called: str) -> str:
    """Return the digest of a clip that is there, is as it was saved, and is one."""
    try:
        data = snapshot.video.read_bytes() if snapshot.video is not None else b""
    except OSError:
        data = b""
    digest = hashlib.sha256(data).hexdigest()
    if digest != snapshot.sha256:
        raise ExportError(
            f"The clip of {called} is not where it was saved, or was changed.",
            advice=f"%hailuo resume {snapshot.id} fetches it again while the service has it.",
        )
    return digest


def _write(path: Path, session: dict[str, object], clips: dict[str, Path]) -> None:
    draft = Draft(path)
    try:
        with zipfile.ZipFile(draft.file, "w", zipfile.ZIP_STORED) as archive:
            text = json.dumps(session, ensure_ascii=False, indent=1)
            archive.writestr(zipfile.ZipInfo(SESSION), text)
            for name, clip in clips.items():
                archive.writestr(zipfile.ZipInfo(name), clip.read_bytes())
        draft.settle(durable=False)
    finally:
        draft.discard()

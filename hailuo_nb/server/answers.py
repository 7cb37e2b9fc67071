"""What is said of tasks to a page: from the histories of the person that this server runs as.

Only what is asked for by its id is told. Histories are those that kernels have written down, and
the one that is used where nothing else is set; they are opened to be read, for each question anew.
Who wishes so has the keeper look after them. It must not know who asks: the handlers let nobody
else through.
"""

import base64
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hailuo_nb.config import read_config, usual_home
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.task import FINAL, STATE_WORDS, Snapshot
from hailuo_nb.errors import HailuoError, SetupError
from hailuo_nb.session.keeper_process import hand, keeper
from hailuo_nb.store import foreign
from hailuo_nb.store.history import History
from hailuo_nb.store.looking import Looked, look
from hailuo_nb.store.registry import histories
from hailuo_nb.views.card.card import card_look
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.grid import grid_look
from hailuo_nb.views.look import Look

IDS_MAX = 100
"""So many tasks one question asks for."""

UNWATCHED = "Its kernel has gone, and nobody looks after it."
WATCHED = "It is looked after by another process; this page is told what becomes of it."

LOOK_AFTER = "Look after it"
BLIND = "The server cannot look: it does not know the key. Do what stands below."
FORBIDDEN = "HAILUO_KEEP=off forbids it. Do what stands below."

_MP4 = b"ftyp"


def tasks(ids: object, base_url: str) -> dict[str, Any]:
    """Return where tasks are, by their ids; those that nobody here knows are left out.

    Raises
    ------
    ValueError
        They are no list of at most `IDS_MAX` ids.
    """
    left, told = _ids(ids), dict[str, Any]()
    for home in _homes():
        for id, found in look(home, left).items():
            told[id] = _task(id, found, base_url)
        left = [id for id in left if id not in told]
        if not left:
            break
    return {"tasks": told}


def view(ids: object, study: object, labels: object, base_url: str) -> dict[str, Any]:
    """Return a card or grid of tasks as markup, and who looks after them in words.

    Parameters
    ----------
    ids
        The tasks in their order.
    study
        The digest of the experiment that they are of; "" where they are of none.
    labels
        What tells them apart where no experiment is recorded; empty where nothing does.
    base_url
        The server's, below which clips are found.

    Raises
    ------
    ValueError
        This is no such question, or a task is not known.
    """
    wanted, digest = _ids(ids), foreign.text(study)
    told = _labels(labels, wanted)
    for home in _homes():
        if not (looked := look(home, wanted)):
            continue
        with suppress(HailuoError), History(home, only_looks=True) as history:
            found = [history.get(id) for id in wanted]
            known = history.experiments.of_digest(digest) if digest else None
            if known is None or len(known.places) != len(wanted):
                known = Study(places=tuple(Place(label=label) for label in told))
            snapshots = [one for one in found if one is not None]
            if len(snapshots) == len(wanted):
                return _drawn(snapshots, known, looked, base_url)
    raise ValueError("These tasks are not known here.")


def watch(ids: object) -> dict[str, str]:
    """Have the keeper look after those of the tasks that nobody watches; blocks while it starts.

    It is handed the key that this server's own settings have, if any. What has come of it stands in
    ``note``, "" where all is well.

    Raises
    ------
    ValueError
        They are no list of at most `IDS_MAX` ids.
    """
    wanted = _ids(ids)
    try:
        config = read_config()
        if not config.keep:
            return {"note": FORBIDDEN}
        for home in _homes():
            left = {id for id, one in look(home, wanted).items() if _is_left(one)}
            if left:
                with keeper(home) as door:
                    hand(door, config)
                    if left & set(door.ask({"do": "tell"})["blind"]):
                        return {"note": BLIND}
    except (HailuoError, OSError) as error:
        return {"note": error.what if isinstance(error, HailuoError) else "The keeper has gone."}
    return {"note": ""}


def clip(id: str) -> Path | None:
    """Return the clip of a task; None where there is none, or what lies there is none."""
    snapshot = _snapshot(id)
    video = snapshot.video if snapshot is not None and snapshot.state == "done" else None
    return video if video is not None and _is_clip(video) else None


def poster(id: str) -> bytes | None:
    """Return the picture of a task as a JPEG; None where there is none."""
    snapshot = _snapshot(id)
    address = Facts(snapshot=snapshot).poster if snapshot is not None else ""
    kind, _, data = address.partition(",")
    return base64.b64decode(data) if kind == "data:image/jpeg;base64" else None


def _ids(ids: object) -> list[str]:
    if not isinstance(ids, list) or not 0 < len(ids) <= IDS_MAX:
        raise ValueError(f"This asks for one to {IDS_MAX} tasks.")
    return [foreign.local_id(id) for id in ids]


def _homes() -> list[Path]:
    """Return where histories lie, the one used last first."""
    usual = list[Path]()
    with suppress(SetupError):
        usual.append(usual_home())
    return list(dict.fromkeys([*histories(), *usual]))


def _task(id: str, found: Looked, base_url: str) -> dict[str, Any]:
    return {
        "state": found.state,
        "words": STATE_WORDS[found.state],
        "final": found.state in FINAL,
        "watched": found.watched,
        "mark": found.mark,
        "clip": _address(id, base_url) if found.state == "done" else None,
    }


def _drawn(
    snapshots: Sequence[Snapshot],
    study: Study,
    looked: dict[str, Looked],
    base_url: str,
) -> dict[str, Any]:
    clips = [
        Facts(
            snapshot=one,
            label=place.label,
            src=_address(one.id, base_url) if one.video is not None else None,
        )
        for one, place in zip(snapshots, study.places, strict=True)
    ]
    is_card = study == Study(places=(Place(label=""),))
    look = card_look() if is_card else _grid(study)
    running = [one for one in looked.values() if one.state not in FINAL]
    note = WATCHED if all(one.watched for one in running) else UNWATCHED
    offer = LOOK_AFTER if any(map(_is_left, running)) else ""
    return {"html": look.html(clips), "note": note if running else "", "offer": offer}


def _is_left(one: Looked) -> bool:
    """Return whether it was sent, goes on and is watched by nobody."""
    return not one.watched and one.state not in FINAL | {"waiting"}


def _grid(study: Study) -> Look:
    words, notes = study.plan_words, study.notes
    return grid_look(study.axes, study.places, study.left_out, plan_words=words, notes=notes)


def _labels(labels: object, ids: Sequence[str]) -> list[str]:
    if not isinstance(labels, list) or len(labels) not in (0, len(ids)):
        raise ValueError("Each task has one label, or none has.")
    return [foreign.text(label) for label in labels] or [""] * len(ids)


def _address(id: str, base_url: str) -> str:
    return f"{base_url}hailuo/clips/{id}.mp4"


def _snapshot(id: str) -> Snapshot | None:
    for home in _homes():
        with suppress(HailuoError), History(home, only_looks=True) as history:
            if (found := history.get(id)) is not None:
                return found
    return None


def _is_clip(path: Path) -> bool:
    """Return whether an MP4 lies there: a record that was made up leads to no other file."""
    try:
        with path.open("rb") as file:
            return file.read(8)[4:] == _MP4
    except OSError:
        return False

"""The second place for ids: append-only, beside the clips, and gone once it is needed no more."""

import json
import os
import secrets
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.store import aside
from hailuo_nb.store.aside import NAME, note_id, note_taken, unwritten, with_id
from tests.store.make import snapshot_of

SENT = snapshot_of("a1", state="submitting", submitted_at=1001.0)
ACCEPTED = replace(SENT, state="queued", task_id="t1", submitted_at=1002.0)


def told(folder: Path) -> list[tuple[str, str]]:
    """Return which ids wait for a history."""
    return [(one.id, one.task_id) for one in unwritten(folder)]


def test_an_id_is_read_back_until_a_history_has_it(tmp_path: Path) -> None:
    """The task is then as the service has accepted it; the last id taken ends the file."""
    folder = tmp_path / "clips"
    assert note_id(folder, ACCEPTED) == folder / NAME
    assert note_id(folder, snapshot_of("b2", task_id="t2")) == folder / NAME
    assert with_id(folder, SENT) == ACCEPTED
    unsure = replace(SENT, state="unsure", error="lost", error_kind="TaskUnsure")
    assert with_id(folder, unsure) == ACCEPTED
    note_taken(folder, ACCEPTED)
    assert (told(folder), with_id(folder, SENT)) == ([("b2", "t2")], None)
    note_taken(folder, snapshot_of("b2", task_id="t2"))
    assert list(folder.iterdir()) == []


def test_other_histories_and_services_are_left_alone(tmp_path: Path) -> None:
    """A folder may be shared: only a task of one's own without an id gets one."""
    note_id(tmp_path, ACCEPTED)
    assert with_id(tmp_path, replace(SENT, id="b2")) is None
    assert with_id(tmp_path, replace(SENT, service="https://other.example")) is None
    assert with_id(tmp_path, replace(ACCEPTED, task_id="t9")) is None
    assert told(tmp_path) == [("a1", "t1")]


def test_a_file_of_ids_holds_nothing_else(tmp_path: Path) -> None:
    """No prompt and no picture's name; and only the person may read it."""
    note_id(tmp_path, ACCEPTED)
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    fields = {"version", "id", "service", "task_id", "submitted_at"}
    assert set(json.loads(text)) == fields
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "before",
    [
        b'{"version": 1, "id": "z9", "task_id": "cut',
        b"\x00\xff\xfe\n[]\n7\n" + b"[" * 100_000 + b"\n{}\n",
        b'{"id": 1, "service": [], "task_id": null}\n{"id": "z9"}',
        b'{"id": "z9", "service": "s", "task_id": "t", "in_history": true}',
        b" " * (aside.LINES_BYTES_MAX + 1),
    ],
)
def test_what_was_cut_or_damaged_spoils_no_other_line(tmp_path: Path, before: bytes) -> None:
    """A line begins anew, whatever the disk left of the one before."""
    (tmp_path / NAME).write_bytes(before)
    note_id(tmp_path, ACCEPTED)
    assert told(tmp_path) == [("a1", "t1")]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file in the folder's place, a link, a pipe, a folder: no id is there, nothing hangs."""
    (tmp_path / "file").write_bytes(b"")
    assert note_id(tmp_path / "file", ACCEPTED) is None
    for name in ("link", "pipe", "folder"):
        (tmp_path / name).mkdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / "link" / NAME).symlink_to(victim)
    os.mkfifo(tmp_path / "pipe" / NAME)
    (tmp_path / "folder" / NAME).mkdir()
    for name in ("link", "pipe", "folder"):
        assert note_id(tmp_path / name, ACCEPTED) is None
        assert unwritten(tmp_path / name) == []
    assert victim.read_bytes() == b"mine"


def test_an_id_that_is_written_while_the_file_ends_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another kernel writes between the last look into the file and its end."""
    note_id(tmp_path, ACCEPTED)
    late = snapshot_of("b2", task_id="t2")

    def name(_: int) -> str:
        note_id(tmp_path, late)
        return "away"

    monkeypatch.setattr(secrets, "token_hex", name)
    note_taken(tmp_path, ACCEPTED)
    assert told(tmp_path) == [("b2", "t2")]
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_an_id_that_is_written_to_a_file_that_ended_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another kernel takes the file away after it was opened here."""

    def ended(path: Path, line: bytes) -> None:
        monkeypatch.setattr(aside, "append", append)
        append(path, line)
        path.unlink()

    append = aside.append
    monkeypatch.setattr(aside, "append", ended)
    assert note_id(tmp_path, ACCEPTED) == tmp_path / NAME
    assert told(tmp_path) == [("a1", "t1")]


def test_an_id_that_does_not_fit_onto_the_disk_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a line is no line; the next try begins anew."""
    append = aside.append
    monkeypatch.setattr(aside, "append", lambda path, line: append(path, line[:30]))
    assert note_id(tmp_path, ACCEPTED) is None
    monkeypatch.setattr(aside, "append", append)
    assert note_id(tmp_path, ACCEPTED) is not None
    assert told(tmp_path) == [("a1", "t1")]

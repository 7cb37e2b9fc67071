"""Each stored form grows by a field: what older and newer versions write is read both ways."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.core.request import Request, make_request
from hailuo_nb.store import rows, sidecar
from hailuo_nb.store.rows import read_request, to_row
from tests.store.make import finished, snapshot_of

WIDE = make_request(prompt="A hill.", model="h3-t2v", aspect_ratio="21:9")
PLAIN = make_request(prompt="A hill.")


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read as a version did that had no aspect ratio."""
    monkeypatch.setattr(rows, "READ_LATER", {})
    monkeypatch.setattr(sidecar, "READ_LATER", {})
    yield


def form_of(request: Request) -> dict[str, Any]:
    """Return a request as it lies in a row."""
    form: dict[str, Any] = json.loads(str(to_row(snapshot_of(request=request))["request"]))
    return form


def sidecar_of(folder: Path, request: Request) -> Path:
    """Write the sidecar of a clip; return its path."""
    return sidecar.write_sidecar(finished("a1", folder, request=request))


FIRST_FORM = """{"model": "hailuo/02-text-to-video-standard", "prompt": "A hill.",
"image": null, "end_image": null, "duration_s": 6, "resolution": "768P",
"prompt_optimizer": true, "nsfw_check": false, "callback_url": null, "sample": 1}"""
"""A request as the first version wrote it into rows."""


def test_the_first_form_is_still_written_and_read() -> None:
    """A field that was added is not there at its default, so older versions find nothing new."""
    assert read_request(FIRST_FORM) == PLAIN
    assert form_of(PLAIN) == json.loads(FIRST_FORM)


def test_a_newer_row_is_read_by_an_older_version(older: None) -> None:
    """It keeps the field, finds the request by its digest, and writes it as it was."""
    newer = form_of(WIDE)
    assert newer["aspect_ratio"] == "21:9"
    known = read_request(json.dumps(newer))
    assert (known.aspect_ratio, known.unknown) == (None, (("aspect_ratio", "21:9"),))
    assert known.identity("simulator") == WIDE.identity("simulator")
    assert form_of(known) == newer


def test_a_newer_sidecar_is_read_by_an_older_version(older: None, tmp_path: Path) -> None:
    """The clip is found by what it was asked for, and its file keeps the field."""
    path = sidecar_of(tmp_path, WIDE)
    assert json.loads(path.read_text())["asked_too"] == {"aspect_ratio": "21:9"}
    assert sidecar.keys_of(path)[0] == WIDE.identity("simulator")
    known = replace(WIDE, aspect_ratio=None, unknown=(("aspect_ratio", "21:9"),))
    before = path.read_text()
    assert sidecar_of(tmp_path, known).read_text() == before


def test_what_an_older_version_kept_is_known_again(tmp_path: Path) -> None:
    """Upgraded, the same row and the same sidecar are those of the request with the field."""
    kept = replace(WIDE, aspect_ratio=None, unknown=(("aspect_ratio", "21:9"),))
    assert read_request(json.dumps(form_of(kept))) == WIDE
    assert sidecar.keys_of(sidecar_of(tmp_path, kept))[0] == WIDE.identity("simulator")


def test_an_older_sidecar_has_the_default(tmp_path: Path) -> None:
    """One without the field is that of the request that says nothing of it."""
    path = sidecar_of(tmp_path, PLAIN)
    assert "asked_too" not in json.loads(path.read_text())
    assert sidecar.keys_of(path)[0] == PLAIN.identity("simulator")

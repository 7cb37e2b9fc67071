"""What comes over a real kernel's wire to the panel: each message has its answer."""

import json
import time
from typing import Any

import pytest
from jupyter_client.jsonutil import json_default

from tests.kernel.real_kernel import RealKernel

NO_MESSAGES: list[object] = [
    None, 3, "update", [], {}, {"method": None}, {"method": "odd"}, {"method": "custom"},
    {"method": "custom", "content": None}, {"method": "custom", "content": {"kind": "nothing"}},
    {"method": "update"}, {"method": "update", "state": None},
    {"method": "update", "state": {"prompt": 5}},
    {"method": "update", "state": {"settings": {"duration": {"a": 1}}, "prompt": "b"}},
    {"method": "update", "state": {"selection": [None]}},
    {"method": "update", "state": {"prompt": "half \ud83d"}, "buffer_paths": [["a", "b"], 3]},
]  # fmt: skip
ASKED: list[dict[str, Any]] = [
    {"kind": "generate"}, {"kind": "generate", "turn": 0, "prompt": None, "settings": {}},
    {"kind": "piece", "field": "image", "name": "a", "part": 0, "parts": 1},
    {"kind": ["page"]}, {"kind": "of another version"}, {"kind": "posters", "ids": [None]},
    {"kind": "source", "field": "image", "source": "x" * 1_000_000}, {"kind": "clip", "id": 3},
]  # fmt: skip
DEADLINE_S = 60


def packed(message: object) -> bytes:
    """Return a message as a browser writes it: half a character travels escaped."""
    return json.dumps(message, default=json_default).encode()


def said(kernel: RealKernel, comm_id: str, data: list[Any], *, until: int) -> list[dict[str, Any]]:
    """Send these to the panel; return what it says until there is so much of it."""
    client = kernel.client
    for one in data:
        client.shell_channel.send(client.session.msg("comm_msg", {"comm_id": comm_id, "data": one}))
    found: list[dict[str, Any]] = []
    deadline = time.monotonic() + DEADLINE_S
    while len(found) < until and time.monotonic() < deadline:
        message = client.get_iopub_msg(timeout=DEADLINE_S)
        assert message["msg_type"] in ("comm_msg", "status"), message
        content = message["content"].get("data", {}).get("content")
        if isinstance(content, dict) and content.get("kind") != "rows":
            found.append(content)
    return found


def test_each_message_is_answered_and_no_cell_has_a_line(
    shared_kernel: RealKernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is no message of ours is told so; whoever asks is refused; the panel goes on."""
    monkeypatch.setattr(shared_kernel.client.session, "pack", packed)
    made = shared_kernel.run("import hailuo_nb\npanel = hailuo_nb.panel('a sea')")
    assert made.error == ""
    comm_id = shared_kernel.value("panel.comm.comm_id")
    told = said(shared_kernel, comm_id, NO_MESSAGES, until=len(NO_MESSAGES))
    assert {(one["kind"], one["level"]) for one in told} == {("told", "error")}
    assert len(told) == len(NO_MESSAGES)
    asks = [
        {"method": "custom", "content": {**one, "ask": f"q{at}"}} for at, one in enumerate(ASKED)
    ]
    answers = said(shared_kernel, comm_id, asks, until=len(asks))
    assert [one["answer"] for one in answers] == [f"q{at}" for at in range(len(ASKED))]
    assert all(len(one["refused"]) < 3000 for one in answers)
    left = shared_kernel.run("print(panel.prompt, panel.settings, panel.quote['can_send'])")
    assert (left.text, left.error) == ("a sea {} True\n", "")

"""A simulator as its users meet it: a process of its own, spoken to over real HTTP."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.simulator.owner import HEADER, TOKEN, environment

KEY = "sk-test-0123456789abcdef"
QUICK = ("--speed", "1e6", "--max-size", "64", "--rate-limit", "off")
T2V = "hailuo/02-text-to-video-standard"
I2V = "hailuo/02-image-to-video-standard"
T2V_H3 = "minimax-h3/text-to-video"
I2V_H3 = "minimax-h3/image-to-video"


def wait_for(condition: Callable[[], Any], within_s: float = 120.0) -> Any:
    """Return the condition's first true answer; fails when there is none in time."""
    pause = threading.Event()
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        pause.wait(0.03)
    raise AssertionError("the condition never became true")


class Simulator:
    """One process with its base URL, and the requests that tests make of it."""

    def __init__(
        self,
        *arguments: str,
        program: Sequence[str] = (sys.executable, "-m", "hailuo_nb.simulator"),
        stdin: int | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [*program, *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[2],
            env=environment() if env is None else env,
        )
        self.errors = b""
        self._reader = threading.Thread(target=self._read_errors, daemon=True)
        self._reader.start()
        self.url = self.process.stdout.readline().decode().strip()
        self.http = httpx.Client(base_url=self.url, timeout=60, headers={HEADER: TOKEN})
        self.become(KEY)

    def become(self, key: str) -> None:
        """Ask as somebody with another key, who has an account of their own."""
        self.key = key
        self.http.headers.update(self.bearer(key))

    @staticmethod
    def bearer(key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}"}

    def _read_errors(self) -> None:
        for line in self.process.stderr:
            self.errors += line

    def close(self) -> int:
        """End it politely and return its exit code; a traceback on stderr is a failure."""
        self.http.close()
        self.process.terminate()
        code = self.process.wait(60)
        self._reader.join(60)
        self.process.stdout.close()
        self.process.stderr.close()
        assert b"Traceback" not in self.errors, self.errors.decode()
        assert KEY.encode() not in self.errors
        return code

    def create(
        self, prompt: str = "a quiet lake", model: str = T2V, key: str | None = None, **fields: Any
    ) -> dict:
        callback = fields.pop("callBackUrl", None)
        body = {"model": model, "input": {"prompt": prompt, **fields}}
        if callback:
            body["callBackUrl"] = callback
        headers = self.bearer(key) if key else None
        return self.http.post("/api/v1/jobs/createTask", json=body, headers=headers).json()

    def create_id(self, *words: str, **fields: Any) -> str:
        answer = self.create(*words, **fields)
        assert answer["code"] == 200, answer
        return answer["data"]["taskId"]

    def record(self, task_id: str) -> dict:
        return self.http.get("/api/v1/jobs/recordInfo", params={"taskId": task_id}).json()

    def finished(self, task_id: str) -> dict:
        """Return the task's data once it has ended."""
        return wait_for(lambda: self._ended(task_id))

    def _ended(self, task_id: str) -> dict | None:
        data = self.record(task_id)["data"]
        return data if data["state"] in ("success", "fail") else None

    def clip_url(self, task_id: str) -> str:
        return json.loads(self.finished(task_id)["resultJson"])["resultUrls"][0]

    def clip(self, task_id: str) -> bytes:
        answer = self.http.get(self.clip_url(task_id))
        assert answer.status_code == 200
        return answer.content

    def credit(self, key: str | None = None) -> float:
        headers = self.bearer(key or self.key)
        return self.http.get("/api/v1/chat/credit", headers=headers).json()["data"]

    def ledger(self) -> list[dict]:
        return self.http.get("/_sim/ledger").json()

    def faults(self, *words: str) -> None:
        answer = self.http.post("/_sim/faults", json={"faults": list(words)})
        assert answer.status_code == 200, answer.text

    def upload(self, content: bytes, name: str = "frame.png", path: str = "images") -> dict:
        return self.http.post(
            "/api/file-stream-upload",
            files={"file": (name, content)},
            data={"uploadPath": path},
        ).json()

    def upload_url(self, content: bytes, name: str = "frame.png") -> str:
        return self.upload(content, name)["data"]["downloadUrl"]


def make_png(width: int, height: int) -> bytes:
    import io

    from PIL import Image

    image = Image.new("RGB", (2, 2))
    image.putdata([(200, 40, 40), (40, 200, 40), (40, 40, 200), (220, 220, 60)])
    buffer = io.BytesIO()
    image.resize((width, height), Image.Resampling.BILINEAR).save(buffer, "PNG")
    return buffer.getvalue()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

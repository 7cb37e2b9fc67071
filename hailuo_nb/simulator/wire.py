"""The bodies the service sends: recorded shapes by default, the page's or newer ones when told so.

It knows field names, their order and their units; it must not know HTTP, accounts or the ledger.
"""

import base64
import hashlib
import hmac
import json
import re
from typing import Any

from hailuo_nb.simulator.task import SimulatedTask

UNAUTHORISED = (
    "Unauthorized – Authentication failed. Please check that your Authorization and "
    "Content-Type headers are correctly set."
)
NO_CREDIT = (
    "Credits insufficient : Your current balance isn’t enough to run this request. "
    "Please top up to continue."
)
TOO_OFTEN = "Your call frequency is too high. Please try again later."
KEY_CAP = "The current number of points used by apiKey has exceeded the daily limit"
MAINTENANCE = "System is currently undergoing maintenance"
DISABLED = "The requested feature is currently disabled"
SERVER_EXCEPTION = "Server exception, please try again later"
NO_RECORD = "recordInfo is null"
BAD_URL = "url is wrong"
INPUT_REFUSED = "The number of image URLs must not exceed 1"
CONTENT_REFUSED = "The request was refused for legal reasons"
IMAGE_FETCH = "Image fetch failed. Check access settings or use our File Upload API instead."
MEDIA_UNAVAILABLE = "Your media file is unavailable, please replace it."
INTERNAL = "Internal Error, Please try again later."
NO_RESULT = "The upstream service returned no result within 10 minutes"
NOT_MADE = "Video generation failed"
FLAGGED = "Content was flagged by the safety system. Try different prompts or inputs."

SKEW_MS = 5 * 3600 * 1000
FLAGS = {"success": 1, "fail": 3}
"""The newer record's number for an end; any other state is 0."""

JUNK = '\n{"resultUrls":[]}<!-- upstream 2 -->'


def success(data: object) -> dict[str, Any]:
    """Return the envelope of a good answer."""
    return {"code": 200, "msg": "success", "data": data}


def refusal(code: int, msg: str) -> dict[str, Any]:
    """Return the envelope of a business error; a 401 has no data key."""
    body: dict[str, Any] = {"code": code, "msg": msg, "data": None}
    if code == 401:
        del body["data"]
    return body


def created(task: SimulatedTask, *, documented: bool) -> dict[str, Any]:
    """Return createTask's answer."""
    if documented:
        return success({"taskId": task.task_id})
    return success({"taskId": task.task_id, "recordId": task.task_id})


def record(task: SimulatedTask, now_s: float, clip_url: str, *, documented: bool) -> dict[str, Any]:
    """Return the data of recordInfo.

    Parameters
    ----------
    task : Task
        The task asked for.
    now_s : float
        The present moment, Unix seconds.
    clip_url : str
        Where the clip is served once there is one.
    documented : bool
        The page's shapes: milliseconds in costTime, "" and 0 where nothing is known.
    """
    nothing: tuple[Any, Any] = ("", 0) if documented else (None, None)
    code, msg = task.error or (nothing[0], nothing[0])
    return {
        "taskId": task.task_id,
        "model": task.model,
        "state": task.state(now_s),
        "param": param(task),
        "resultJson": result_json(task, clip_url),
        "failCode": code,
        "failMsg": msg,
        "costTime": nothing[1] if task.completed_s is None else _cost(task, documented=documented),
        "completeTime": nothing[1] if task.completed_s is None else _ms(task, task.completed_s),
        "createTime": _ms(task, task.created_s),
        "creditsConsumed": 0.0 if task.final == "fail" else task.credits,
    }


def newer_record(task: SimulatedTask, plain: dict[str, Any]) -> dict[str, Any]:
    """Return recordInfo's data in its newer shape: all that `record` made of the task, and more."""
    return plain | {
        "operationType": operation(task.model),
        "successFlag": FLAGS.get(plain["state"], 0),
        "response": json.JSONDecoder().raw_decode(plain["resultJson"] or "null")[0],
        "paramJson": plain["param"],
    }


def operation(model: str) -> str:
    """Return what a model does, such as "image-to-video"."""
    found = re.search(r"[a-z]+-to-video", model)
    return found[0] if found else ""


def param(task: SimulatedTask) -> str:
    """Return the request as recordInfo shows it: a JSON string with a JSON string inside."""
    outer: dict[str, Any] = {"model": task.model}
    if task.callback_url:
        outer["callBackUrl"] = task.callback_url
    outer["input"] = json.dumps(task.filled, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(outer, ensure_ascii=False, separators=(",", ":"))


def result_json(task: SimulatedTask, clip_url: str) -> str:
    """Return the JSON string that names the clip; "" unless the task succeeded."""
    if task.final != "success":
        return ""
    urls = [] if "empty-result" in task.quirks else [clip_url]
    text = json.dumps({"resultUrls": urls}, separators=(",", ":"))
    return text + JUNK if "junk-result" in task.quirks else text


def callback(task: SimulatedTask, clip_url: str, *, documented: bool) -> dict[str, Any]:
    """Return the body of the one POST at a task's end."""
    now_s = task.completed_s or task.created_s
    data = record(task, now_s, clip_url, documented=documented)
    names = ["taskId", "model", "state", "param"]
    if task.final == "fail":
        names += ["failCode", "failMsg", "costTime", "creditsConsumed"]
        code, msg = 501, "Playground task failed."
    else:
        names += ["resultJson", "costTime", "completeTime", "createTime", "updateTime"]
        names += ["creditsConsumed"]
        code, msg = 200, "Playground task completed successfully."
    data["updateTime"] = data["completeTime"]
    return {"code": code, "msg": msg, "data": {name: data[name] for name in names}}


def signature(task_id: str, timestamp_s: int, key: str) -> str:
    """Return the X-Webhook-Signature: base64 of HMAC-SHA256 over ``taskId.timestamp``."""
    text = f"{task_id}.{timestamp_s}".encode()
    return base64.b64encode(hmac.new(key.encode(), text, hashlib.sha256).digest()).decode()


def ledger_row(task: SimulatedTask, now_s: float) -> dict[str, Any]:
    """Return a task as ``/_sim/ledger`` lists it; a hold becomes consumption on success."""
    started = task.start_s <= now_s and not task.stuck
    return {
        "taskId": task.task_id,
        "account": task.account,
        "model": task.model,
        "input": task.input,
        "state": task.state(now_s),
        "creditsHeld": task.credits if task.final is None else 0.0,
        "creditsConsumed": task.credits if task.final == "success" else 0.0,
        "createTime": int(task.created_s * 1000),
        "startTime": int(task.start_s * 1000) if started else None,
        "completeTime": None if task.completed_s is None else int(task.completed_s * 1000),
        "recordInfoRequests": task.record_requests,
    }


def _ms(task: SimulatedTask, moment_s: float) -> int:
    return int(moment_s * 1000) + (SKEW_MS if "clock-skew" in task.quirks else 0)


def _cost(task: SimulatedTask, *, documented: bool) -> int:
    spent_s = (task.completed_s or task.created_s) - task.created_s
    return int(spent_s * 1000) if documented else int(spent_s)

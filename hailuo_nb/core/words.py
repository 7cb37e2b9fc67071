"""Phrases that more than one room says: numbers of tasks, days, records that cannot be read.

Pure: it knows snapshots and the local time, and nothing of where a phrase is shown.
"""

import math
import re
from collections.abc import Iterable
from datetime import datetime

from hailuo_nb.core.task import FINAL, Snapshot

_BILL = re.compile(r"(?:^|(?<=[.!?])\s+)(?!Nothing)[A-Z][^.!?]*\b(?:charged|billed)\b[^.!?]*[.!?]")


def tasks_in_words(number: int, what: str = "") -> str:
    """Return "1 task", "3 unfinished tasks"."""
    return " ".join(filter(None, [str(number), what, "task" + ("" if number == 1 else "s")]))


def clips_in_words(number: int) -> str:
    """Return "1 clip", "3 clips"."""
    return f"{number} clip" + ("" if number == 1 else "s")


def clipless_advice(states: Iterable[str]) -> str:
    """Return what to do about tasks of these states that have no clip: some wait in vain."""
    known = set(states)
    if known - FINAL:
        return "%hailuo wait holds for it."
    if "done" in known:
        return "%hailuo resume NAME fetches one that is gone again, while the service has it."
    return "None is under way: %hailuo show NAME says what became of it."


def time_words(seconds: float) -> str:
    """Return a length of time as it would be typed, such as "0.5 s", "1 min 30 s" or "2 h"."""
    if not math.isfinite(seconds) or abs(seconds) < 60:
        return f"{seconds:g} s"
    minutes, rest_s = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (rest_s, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def date_words(epoch_s: float) -> str:
    """Return the local date and minute, such as "2026-09-30 14:05"."""
    return datetime.fromtimestamp(epoch_s).astimezone().strftime("%Y-%m-%d %H:%M")


def unreadable_words(snapshot: Snapshot) -> str:
    """Return what a task is called whose record cannot be read."""
    task_id = " ".join(snapshot.task_id.split()) if snapshot.task_id else "no task id"
    return f"unreadable ({snapshot.id}, {task_id})"


def without_bill(text: str) -> str:
    """Return what is said of a simulated task, which costs nobody anything."""
    told = re.sub(r" and (may )?(be )?(billed|charged)\b", "", text)
    told = told.replace("It was charged; the", "The")
    told = re.sub(r"[:;,] it [^.;:]*\bcharged\b[^.;]*", "", told)
    told = _BILL.sub("", told)
    return text if told == text else told.strip()

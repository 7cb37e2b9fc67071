"""Which task a reply to createTask names, whatever else it says and however it is broken off.

It knows how an id is written. It must not know codes, statuses or what is done with the id: one
that can be read for certain was given for the request that was just sent, and is paid for.
"""

import json
import re

from hailuo_nb.kie.sanitize import NotJson, load_json

TASK_ID_CHARS_MAX = 200

NAMES = ("taskId", "task_id", "recordId")
"""The fields that hold it, the surest first; recordId is documented to be the same."""

_FIELD = r'(?<!\\)"{name}"\s*:\s*("(?:[^"\\\x00-\x1f]|\\.)+"|-?[0-9]+(?=[\s,}}\]]))'
_FIELDS = [re.compile(_FIELD.format(name=name), re.IGNORECASE) for name in NAMES]
"""A field with a whole value: quotes within a JSON text are escaped, so this is none of its own."""


def task_id_of(value: object) -> str | None:
    """Return a task's id, which may be any printable text or a number; None where it is none."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    try:
        found = str(value).strip() if is_number or isinstance(value, str) else ""
    except ValueError:  # an integer of thousands of digits
        return None
    fits = 0 < len(found) <= TASK_ID_CHARS_MAX and found.isprintable() and " " not in found
    return found if fits else None


def own_id(data: object, names: tuple[str, ...] = NAMES) -> str | None:
    """Return the id that a reply's ``data`` is about, None where it names none."""
    fields = data if isinstance(data, dict) else {}
    return next(filter(None, (task_id_of(fields.get(name)) for name in names)), None)


def named_task(reply: bytes) -> str | None:
    """Return the id of the task that a reply names, also one that is cut, doubled or no JSON.

    Parameters
    ----------
    reply
        As much of it as has come.
    """
    text = reply.decode("utf-8", "replace")
    found = own_id(_data(text))
    return found or next(filter(None, (_first(field, text) for field in _FIELDS)), None)


def _data(text: str) -> object:
    """Return the ``data`` of a whole reply, JSON within a string unpacked; None without any."""
    try:
        document = load_json(text)
        data = document.get("data") if isinstance(document, dict) else None
        return load_json(data) if isinstance(data, str) else data
    except NotJson:
        return None


def _first(field: re.Pattern[str], text: str) -> str | None:
    for match in field.finditer(text):
        try:
            found = task_id_of(json.loads(match[1]))
        except ValueError:
            continue
        if found is not None:
            return found
    return None

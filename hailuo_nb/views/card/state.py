"""What the live card is told: one plain dict for each snapshot.

Pure. Only what Python must know travels; the clock, the moving rail and the buttons'
looks belong to the browser. All text is cleaned here and set as text there.
"""

import re
from typing import Any

from hailuo_nb.core.polling import range_words
from hailuo_nb.core.task import FINAL, Snapshot, State
from hailuo_nb.views import words
from hailuo_nb.views.card.frame import frame_size_px
from hailuo_nb.views.text import AWAY, is_embedded, plain, safe_address

PHASE_OF: dict[State, int] = {
    "waiting": 0,
    "submitting": 0,
    "queued": 1,
    "generating": 2,
    "saving": 3,
    "done": 4,
}
"""How far along the rail of four steps a state is; 4 is beyond its end."""

PROMPT_SHOWN_CHARS = 240
"""A longer prompt is folded after about so many characters."""

REASON_SHOWN_CHARS = 60
"""A longer reason is folded after its first sentence where room is scarce."""

_FIRST_SENTENCE = re.compile(r".*?[.!?]\s+(?=\S)", re.DOTALL)


def live_state(snapshot: Snapshot, src: str | None = None) -> dict[str, Any]:
    """Return the card's state: JSON values only.

    ``src`` is the clip's address as seen from the notebook. What is over has no poster,
    estimate, balance and stop in it.

    ``phase`` counts from 0, 4 when done, None where it ended
    otherwise; ``submitted_at_ms`` is milliseconds since the epoch, or None.
    """
    width_px, height_px = frame_size_px(snapshot)
    return {
        "state": snapshot.state,
        "headline": words.headline(snapshot),
        "final": snapshot.state in FINAL,
        "phase": PHASE_OF.get(snapshot.state),
        "submitted_at_ms": _milliseconds(snapshot.submitted_at),
        "finished_at_ms": _milliseconds(snapshot.finished_at),
        "label": plain(words.plain_name(snapshot)),
        "simulated": snapshot.simulated,
        "prompt": list(fold(plain(snapshot.request.prompt))),
        "options": [plain(word) for word in words.option_words(snapshot.request)],
        "images": [plain(word) for word in words.image_words(snapshot.request)],
        "money": words.money_words(snapshot),
        "task_id": plain(snapshot.task_id) if snapshot.task_id else None,
        "note": plain(snapshot.note) if snapshot.note else None,
        "explanation": plain(words.explanation(snapshot) or "") or None,
        "commands": [[plain(command), does] for command, does in words.commands(snapshot)],
        "warnings": [plain(warning) for warning in snapshot.warnings],
        "src": clip_address(snapshot, src),
        "file": f"{snapshot.id}.mp4",
        "width_px": width_px,
        "height_px": height_px,
        **({} if snapshot.state in FINAL else _of_the_running(snapshot)),
    }


def clip_address(snapshot: Snapshot, src: str | None) -> str | None:
    """Return the address a live view holds: `AWAY` for a clip that would travel in it."""
    address = safe_address(src) if snapshot.state == "done" else None
    return AWAY if address and is_embedded(address) else address


def fold(prompt: str) -> tuple[str, str]:
    """Split a long prompt into what is always shown and the rest, "" for a short one."""
    if len(prompt) <= PROMPT_SHOWN_CHARS * 1.25:
        return prompt, ""
    space = prompt.rfind(" ", PROMPT_SHOWN_CHARS // 2, PROMPT_SHOWN_CHARS)
    cut = space + 1 if space > 0 else PROMPT_SHOWN_CHARS
    return prompt[:cut], prompt[cut:]


def fold_reason(reason: str) -> tuple[str, str]:
    """Split a long reason into its first sentence and the rest, "" for a short one."""
    if len(reason) <= REASON_SHOWN_CHARS:
        return reason, ""
    first = _FIRST_SENTENCE.match(reason)
    if first is None or first.end() > PROMPT_SHOWN_CHARS:
        return fold(reason)
    return reason[: first.end()], reason[first.end() :]


def _milliseconds(epoch_s: float | None) -> int | None:
    return None if epoch_s is None else round(epoch_s * 1000)


def _of_the_running(snapshot: Snapshot) -> dict[str, Any]:
    """Return what only a task that runs has; who watched has seen its picture."""
    estimate = snapshot.estimate
    return {
        "estimate": range_words(estimate) if estimate else None,
        "estimate_high_s": estimate.high_s if estimate else None,
        "balance": words.balance_words(snapshot),
        "stop_hint": words.stop_words(snapshot),
        "poster": safe_address(snapshot.poster),
    }

"""The faults a simulator can be told to have: one table, and the counting of when each strikes.

It knows names, help, the place where each acts, and how often; it must not know HTTP or tasks.
Adding a fault is one row here and one question (`Faults.strikes`) at the place where it acts.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Place = Literal["api", "create", "record", "birth", "end", "file"]

PLACES: dict[Place, str] = {
    "api": "each request to the API or an upload",
    "create": "each createTask",
    "record": "each recordInfo of a known task",
    "birth": "each task, when it is created",
    "end": "each task, when it ends",
    "file": "each request for a file",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table: what it does in one line, and where it is counted."""

    help: str
    place: Place


TABLE: dict[str, Fault] = {
    "bad-key": Fault("401, as if the key were wrong", "api"),
    "no-credit": Fault("no credits: code 402, then the same words with 500, in turn", "create"),
    "input-refused": Fault("400, a good request's input is refused all the same", "create"),
    "content-refused": Fault("451, refused for legal reasons", "create"),
    "key-cap": Fault("433, the key's own daily limit", "create"),
    "rate-limit": Fault("429 in an HTTP 200 body, then as a true HTTP 429, in turn", "api"),
    "maintenance": Fault("455, maintenance", "api"),
    "disabled": Fault("505, feature disabled", "create"),
    "server-error": Fault("code 500, Server exception; nothing is taken", "api"),
    "html-error": Fault("a true HTTP 502 with the proxy's HTML page", "api"),
    "bad-json": Fault("the work is done, the reply is JSON cut in half", "api"),
    "slow-reply": Fault("the work is done, the reply comes 5 s later", "api"),
    "drop-before-read": Fault("connection closed before the body is read", "create"),
    "drop-submit-reply": Fault("the task is taken, then the connection is closed", "create"),
    "fresh-422": Fault("recordInfo is null for the first 3 s of a task", "birth"),
    "stuck-waiting": Fault("the task stays waiting until the fault is taken away", "birth"),
    "unknown-state": Fault("an unfinished task answers a state nobody knows", "record"),
    "image-fetch": Fault("a task with an image fails: image fetch failed", "end"),
    "fail-moderation": Fault("the task fails: flagged by the safety system", "end"),
    "fail-internal": Fault("the task fails: internal error", "end"),
    "fail-generation": Fault("the task fails: code 501, generation failed", "end"),
    "fail-timeout": Fault("the task fails: code 408, no result in 10 minutes", "end"),
    "empty-result": Fault("success, but resultUrls is empty", "end"),
    "junk-result": Fault("success, with junk behind the JSON of resultJson", "end"),
    "truncated-file": Fault("the file ends half way, its length agreeing", "file"),
    "html-file": Fault("an HTML page instead of the file", "file"),
    "expired-file": Fault("404, as if the file's life were over", "file"),
    "huge-file": Fault("claims 1 TB and sends without end", "file"),
    "slow-file": Fault("the file comes at 4 kB a second", "file"),
    "no-range": Fault("Range is ignored: always 200 with the whole file", "file"),
    "clock-skew": Fault("the task's times are 5 h ahead", "birth"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One fault as ordered: always, a share of the occasions, or only the nth (from 1)."""

    word: str
    name: str
    share: float = 1.0
    nth: int | None = None


def parse(word: str) -> Order:
    """Read ``NAME``, ``NAME=0.2`` or ``NAME=#3``.

    Raises
    ------
    ValueError
        The name is not in the table, or the amount is neither a share in 0..1 nor ``#n``.
    """
    name, equals, amount = word.partition("=")
    if name not in TABLE:
        raise ValueError(f"unknown fault {name!r}; known: {', '.join(TABLE)}")
    if not equals:
        return Order(word, name)
    try:
        if amount.startswith("#"):
            nth = int(amount[1:])
            if nth >= 1:
                return Order(word, name, nth=nth)
        elif 0.0 <= (share := float(amount)) <= 1.0:
            return Order(word, name, share=share)
    except ValueError:
        pass
    raise ValueError(f"bad amount in {word!r}: give a share such as 0.2, or #3 for the third")


def table_text() -> str:
    """Return the table as lines of text, for people."""
    return "\n".join(f"  {name:18} {row.help} ({PLACES[row.place]})" for name, row in TABLE.items())


class Faults:
    """The set in force, with a count of occasions for each fault."""

    def __init__(self, words: Iterable[str], seed: int) -> None:
        self._seed = seed
        self._orders: dict[str, Order] = {}
        self._occasions: dict[str, int] = {}
        self._hits: dict[str, int] = {}
        self.replace(words)

    def replace(self, words: Iterable[str]) -> None:
        """Put another set in force and start counting anew; raises ValueError on a bad word."""
        orders = [parse(word) for word in words]
        self._orders = {order.name: order for order in orders}
        self._occasions.clear()
        self._hits.clear()

    @property
    def words(self) -> list[str]:
        """The set in force, as it was ordered."""
        return [order.word for order in self._orders.values()]

    def strikes(self, name: str) -> bool:
        """Count one occasion for the fault and say whether it strikes now."""
        order = self._orders.get(name)
        if order is None:
            return False
        count = self._occasions.get(name, 0) + 1
        self._occasions[name] = count
        if order.nth is not None:
            struck = count == order.nth
        else:
            # Not for secrets: the share must be the same again with the same seed.
            draw = random.Random(f"{self._seed}:{name}:{count}").random()  # noqa: S311
            struck = draw < order.share
        if struck:
            self._hits[name] = self._hits.get(name, 0) + 1
        return struck

    def hits(self, name: str) -> int:
        """Return how often the fault has struck since it was ordered."""
        return self._hits.get(name, 0)

    def is_sure(self, name: str) -> bool:
        """Say whether the fault strikes each time, without counting an occasion."""
        order = self._orders.get(name)
        return order is not None and order.nth is None and order.share == 1.0

    def has(self, name: str) -> bool:
        """Say whether the fault is in force, without counting an occasion."""
        return name in self._orders

"""The simulator's own doors under ``/_sim``: the ledger, health, faults, balance, and its proof.

No real service has them: they are for owners, lessons and tests. Who may come in at all is
decided before they are asked.
"""

import math
import os
import re
from typing import Any

from hailuo_nb.simulator import VERSION, faults, wire
from hailuo_nb.simulator.handlers_base import Handler
from hailuo_nb.simulator.validation import RefusedError, read_object

_NONCE = re.compile(r"[0-9a-f]{32,128}")


class AdminHandler(Handler):
    """Base: a bad body is answered with 400 and words."""

    def read_body(self) -> dict[str, Any]:
        """Return the JSON object of the body; raises RefusedError."""
        return read_object(self.request.body)

    def refuse(self, msg: str) -> None:
        """Answer 400."""
        self.send_json(wire.refusal(400, msg), 400)


class LedgerHandler(Handler):
    """``GET /_sim/ledger``."""

    def get(self) -> None:
        """List every task."""
        now_s = self.service.now()
        self.send_json(
            [wire.ledger_row(task, now_s) for task in self.service.ledger.tasks.values()]
        )


class HealthHandler(Handler):
    """``GET /_sim/health``."""

    def get(self) -> None:
        """Tell an owner which process this is."""
        speed = self.service.settings.speed
        self.send_json({"pid": os.getpid(), "speed": speed, "version": VERSION})


class ProveHandler(AdminHandler):
    """``GET /_sim/prove?nonce=HEX``: whoever knows the token can tell that this process does."""

    def get(self) -> None:
        """Answer a nonce with what only the token and this very address can make of it."""
        nonce = self.get_query_argument("nonce", "")
        proof = self.service.proof(nonce) if _NONCE.fullmatch(nonce) else None
        if proof is None:
            self.refuse("nonce must be 32 to 128 hex digits")
        else:
            self.send_json({"proof": proof})


class FaultsHandler(AdminHandler):
    """``/_sim/faults``: which are in force, which there are."""

    def get(self) -> None:
        """List both."""
        table = {
            name: {"help": row.help, "counted": faults.PLACES[row.place]}
            for name, row in faults.TABLE.items()
        }
        self.send_json({"faults": self.service.faults.words, "table": table})

    def post(self) -> None:
        """Put another set in force; counting starts anew."""
        try:
            self.service.faults.replace(_words_in(self.read_body()))
        except (RefusedError, ValueError) as error:
            self.refuse(str(error))
            return
        if not self.service.faults.has("stuck-waiting"):
            self.service.studio.release()
        self.get()


def _words_in(body: dict[str, Any]) -> list[str]:
    words = body.get("faults")
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return words
    raise ValueError("faults must be a list of names")


class CreditsHandler(AdminHandler):
    """``POST /_sim/credits``: set the calling bearer's balance."""

    def post(self) -> None:
        """Set it and answer like the credit endpoint."""
        account = self.service.account(self.request.headers.get("Authorization", ""))
        if account is None:
            self.send_json(wire.refusal(401, wire.UNAUTHORISED), 401)
            return
        try:
            credits_ = self.read_body().get("credits")
        except RefusedError as error:
            self.refuse(error.msg)
            return
        if isinstance(credits_, bool) or not isinstance(credits_, int | float):
            self.refuse("credits must be a number")
        elif not math.isfinite(credits_) or abs(credits_) > 1e12:
            self.refuse("credits must be a number of ordinary size")
        else:
            self.service.ledger.set_balance(account, float(credits_))
            self.send_json(wire.success(float(credits_)))

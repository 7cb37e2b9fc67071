"""How a server on this machine shows that it knows a secret, and the secret is never sent.

It knows the bytes of the question and of the answer. It must not know sockets, nor who asks.
A port that was given up can be taken by anybody on the machine: only the proof tells who answers.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

STATUS = b"HTTP/1.1 200 "
REPLY_BYTES_MAX = 2000
READ_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerProof:
    """What a server must know: the ``token`` it was given when it began at ``origin``.

    An answer that was made at another address is none, so that nobody can pass the question on.
    """

    origin: str
    token: str = field(repr=False)

    def challenge(self) -> "Challenge":
        """Return a question that nobody has asked before, for one connection."""
        nonce = secrets.token_hex(16)
        text = f"prove {self.origin} {nonce}".encode()
        proof = hmac.new(self.token.encode(), text, hashlib.sha256).hexdigest()
        host = self.origin.removeprefix("http://")
        question = f"GET /_sim/prove?nonce={nonce} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        answer = f'\r\n\r\n{{"proof":"{proof}"}}'
        return Challenge(question=question.encode(), answer=answer.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """One question, to be the first request on a connection, and how its answer must end."""

    question: bytes
    answer: bytes = field(repr=False)

    def verdict(self, reply: bytes) -> bool | None:
        """Return whether a reply is the answer; None while it may still become it."""
        shown = reply[-len(self.answer) :]
        if reply.startswith(STATUS) and hmac.compare_digest(shown, self.answer):
            return True
        may_become = reply.startswith(STATUS[: len(reply)]) and len(reply) < REPLY_BYTES_MAX
        return None if may_become else False

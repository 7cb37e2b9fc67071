"""The envelope of every reply: HTTP status and body code, mapped to one error class.

It knows which words and codes mean what. It must not know what the data inside
means, nor how the reply arrived.
"""

import re

from hailuo_nb.errors import (
    BY_CODE,
    AuthenticationError,
    HailuoError,
    InvalidInput,
    NotEnoughCredits,
    NotFound,
    RateLimited,
    ServerError,
    ServiceError,
    UnexpectedReply,
    UnknownTask,
)
from hailuo_nb.kie.sanitize import NotJson, clean, excerpt, load_json

REPLY_BYTES_MAX = 2 * 1024 * 1024

BARE_STATUS: dict[int, type[ServiceError]] = {
    401: AuthenticationError,
    404: NotFound,
    429: RateLimited,
}
"""HTTP statuses that mean the same without a body code; the rest could be any proxy's."""

VALIDATION_PHRASES = (
    "field is required",
    "range of allowed options",
    "cannot exceed the maximum",
    "within the specified range",
)
"""What a 500 says when it refuses a value, in lower case."""

_NO_CREDITS = re.compile(r"credits?\s+insufficient|insufficient\s+credits?", re.IGNORECASE)


def read_envelope(status: int, content_type: str, body: bytes) -> object:
    """Return a reply's ``data``, or raise what the service meant.

    Parameters
    ----------
    status
        The HTTP status.
    content_type
        The header as it came; only shown.
    body
        The whole body, at most `REPLY_BYTES_MAX` bytes.

    Raises
    ------
    ServiceError
        The class of the body's code, else of the HTTP status.
    """
    document = _document(status, content_type, body)
    code = _code(document.get("code"))
    if code is None and 200 <= status < 300 and _is_good(document):
        return document["data"]
    if code is None:
        raise _without_code(status, content_type, body)
    if code == 200 and 200 <= status < 300:
        return document.get("data")
    message = document.get("msg") or document.get("message")
    raise error_of(status, code, message if isinstance(message, str) else "")


def error_of(status: int, code: int, message: str) -> HailuoError:
    """Return the error that a body code stands for.

    Parameters
    ----------
    status
        The HTTP status; decides where it says 429, or where the code is not documented.
    code
        The body's code, 200 with an HTTP error included.
    message
        The service's words, as they came.
    """
    words = clean(message)
    deciding = _deciding(status, code)
    if _NO_CREDITS.search(words):
        kind: type[ServiceError] = NotEnoughCredits
    elif deciding == 422 and "recordinfo is null" in words.lower():
        kind = UnknownTask
    elif deciding == 500 and is_validation(words):
        kind = InvalidInput
    else:
        kind = BY_CODE.get(deciding, UnexpectedReply)
    if code == 200 or not words:
        words = f"The service answered with code {code} and HTTP status {status}."
    elif kind is UnexpectedReply:
        words = f"The service answered with the unknown code {code}: {words}"
    return kind(sentence(words))


def is_validation(words: str) -> bool:
    """Tell whether the text of a 500 says that a value was refused."""
    return any(phrase in words.lower() for phrase in VALIDATION_PHRASES)


def sentence(words: str) -> str:
    """Return the words with a mark at their end."""
    return words if words.endswith((".", "!", "?", "…")) else words + "."


def unexpected(why: str, body: bytes = b"") -> UnexpectedReply:
    """Return the error for a reply of another shape, with its beginning."""
    shown = excerpt(body)
    return UnexpectedReply(sentence(f"{why}: {shown}" if shown else why))


def _document(status: int, content_type: str, body: bytes) -> dict[str, object]:
    if len(body) > REPLY_BYTES_MAX:
        raise unexpected("The service's reply is too large to be one")
    try:
        document = load_json(body)
    except NotJson:
        raise _without_code(status, content_type, body) from None
    if not isinstance(document, dict):
        raise _without_code(status, content_type, body)
    return document


def _without_code(status: int, content_type: str, body: bytes) -> HailuoError:
    """Return the error for a reply that carries no code of the service's own."""
    other: type[ServiceError] = ServerError if status >= 500 else UnexpectedReply
    kind = BARE_STATUS.get(status, other)
    shown = clean(content_type, 40) or "no content type"
    why = f"The reply is not the documented JSON (HTTP {status}, {shown})"
    error = kind(unexpected(why, body).what)
    error.enveloped = False
    return error


def _is_good(document: dict[str, object]) -> bool:
    """Tell whether a reply that leaves its code out holds data and owns up to no failure."""
    is_empty = document.get("code") is None and document.get("success") in (None, True)
    return is_empty and isinstance(document.get("data"), dict)


def _code(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e6:
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,6}\s*", value):
        return int(value)
    return value if isinstance(value, int) and abs(value) < 1_000_000 else None


def _deciding(status: int, code: int) -> int:
    if status == 429 and code in (200, 500):
        return 429
    if code in BY_CODE:
        return code
    if code != 200:
        return 0
    return status if status in BARE_STATUS else 500 if status >= 500 else 0

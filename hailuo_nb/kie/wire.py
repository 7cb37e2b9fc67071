"""What is asked and what is answered, as plain values: the one mapper of JSON.

It knows the fields of each call; envelope and record have modules of their own. It must not know
sockets, clocks or files.
"""

from dataclasses import dataclass

from hailuo_nb.core.models import Sent, find_model
from hailuo_nb.core.request import NO_CALLBACK, Request
from hailuo_nb.errors import ImageError, InvalidInput, RequestRefused, UsageError
from hailuo_nb.kie.envelope import (
    REPLY_BYTES_MAX,
    read_envelope,
    sentence,
    unexpected,
)
from hailuo_nb.kie.sanitize import NotJson, as_number, clean, is_web_url, load_json
from hailuo_nb.kie.taken import NAMES, own_id

MIME_CHARS_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that the service has fetched: its address, and what it says of size and kind."""

    url: str
    size_bytes: int | None
    mime: str | None


def create_body(
    request: Request, *, image_url: str | None, end_image_url: str | None
) -> dict[str, object]:
    """Return createTask's JSON, with no field that the model does not have.

    Parameters
    ----------
    request
        What is asked for, already checked.
    image_url, end_image_url
        Addresses that the service can fetch; None where there is no such image.

    Raises
    ------
    ImageError
        The model needs a start image and none was given, or one holds its bytes in
        its address, which the service cannot fetch.
    UsageError
        A newer version has recorded something of it that cannot be sent from here.
    """
    if request.unknown:
        names = ", ".join(name for name, _ in request.unknown)
        raise UsageError(
            f"A newer hailuo_nb has asked for this task with {names}, which this one cannot send.",
            advice="Upgrade with pip install -U hailuo_nb.",
        )
    row = find_model(request.model)
    if row.takes_image and not image_url:
        raise ImageError("The start image has no address yet.")
    addresses = {"image": image_url, "end_image": end_image_url}
    values = {
        sent.name: _value(sent, addresses.get(sent.field) or getattr(request, sent.field))
        for sent in row.sends
        if sent.kind != "address" or addresses[sent.field]
    }
    fields = {name: value for name, value in values.items() if value is not None}
    body: dict[str, object] = {"model": row.id, "input": fields}
    if request.callback_url and request.callback_url != NO_CALLBACK:
        body["callBackUrl"] = request.callback_url
    return body


def _value(sent: Sent, value: object) -> object:
    """Return a value as the catalogue says that it travels; what is not said, as its default."""
    if value is None:
        return sent.unsaid
    if sent.kind == "address":
        return _fetchable(str(value))
    return str(value) if sent.kind == "text" else value


def _fetchable(url: str) -> str:
    if url.partition(":")[0].lower() in ("data", "file", "blob"):
        raise ImageError("The service can fetch an image by http or https alone.")
    return url


def read_task_id(data: object) -> str:
    """Return the new task's id, which may be any printable text, or a number.

    Raises
    ------
    UnexpectedReply
        There is none, or it is not fit to be one.
    """
    task_id = own_id(data)
    if task_id is None:
        said = repr(data).encode(errors="replace") if data else b""
        raise unexpected("The service took the request but named no task", said)
    return task_id


def read_about(task_id: str, status: int, content_type: str, body: bytes) -> object:
    """Return the ``data`` of a reply about one task, as `read_envelope` does.

    Raises
    ------
    UnexpectedReply
        It is about another task, whatever it says of that one.
    ServiceError
        As for every reply.
    """
    try:
        document = load_json(body) if len(body) <= REPLY_BYTES_MAX else None
    except NotJson:
        document = None
    told = own_id(document.get("data"), NAMES[:2]) if isinstance(document, dict) else None
    if told not in (None, task_id):
        raise unexpected("The service answered about another task", str(told).encode())
    return read_envelope(status, content_type, body)


def read_credit(data: object) -> float:
    """Return the balance in credits.

    Raises
    ------
    UnexpectedReply
        The data is no number.
    """
    balance = as_number(data, least=-1e12)
    if balance is None:
        raise unexpected("The service gave no balance that can be read")
    return balance


def read_download_url(data: object) -> str:
    """Return the fresh address of a result.

    Raises
    ------
    UnexpectedReply
        The data is no http(s) address.
    """
    if not isinstance(data, str) or not is_web_url(data):
        raise unexpected("The service gave no download address")
    return data


def read_upload(status: int, content_type: str, body: bytes) -> str:
    """Return the address of an uploaded file.

    Raises
    ------
    InvalidInput
        The upload host refused the upload.
    ServiceError
        Any other code, as for every reply.
    """
    return read_kept(read_upload_data(status, content_type, body)).url


def read_upload_data(status: int, content_type: str, body: bytes) -> object:
    """Return the ``data`` of the upload host's reply; raises as `read_upload`."""
    _raise_refused_upload(body)
    return read_envelope(status, content_type, body)


def read_kept(data: object) -> KeptFile:
    """Return what the upload host says of a file that it has.

    Raises
    ------
    UnexpectedReply
        It names no address.
    """
    told = data if isinstance(data, dict) else {}
    urls = (told.get(name) for name in ("downloadUrl", "fileUrl"))
    url = next((str(one) for one in urls if is_web_url(one)), None)
    if url is None:
        said = repr(data).encode(errors="replace") if data else b""
        raise unexpected("The upload host gave no address for the file", said)
    size_bytes, mime = as_number(told.get("fileSize")), told.get("mimeType")
    return KeptFile(
        url=url,
        size_bytes=None if size_bytes is None else int(size_bytes),
        mime=(clean(mime, MIME_CHARS_MAX) or None) if isinstance(mime, str) else None,
    )


def _raise_refused_upload(body: bytes) -> None:
    """Raise what only the upload host says: code 400, or ``success`` false with a 200."""
    try:
        document = load_json(body) if len(body) <= REPLY_BYTES_MAX else None
    except NotJson:
        return
    if not isinstance(document, dict) or document.get("success") is not False:
        return
    message = document.get("msg")
    words = clean(message) if isinstance(message, str) else ""
    if document.get("code") == 400:
        raise InvalidInput(sentence(words or "The upload host refused the upload"))
    if document.get("code") == 200:
        raise RequestRefused(
            sentence(words or "The upload host did not keep the file"),
            advice="Try again; uploads are free.",
        )

"""Uploaded files: safe public names, kinds of content, bytes kept under the name of their hash.

It knows paths and bytes; it must not know HTTP. Nothing that a caller writes ever becomes part of
a name on disk. Nobody guesses a public name: a part of it is sealed by the ledger.
"""

import hashlib
import mimetypes
import re
import secrets
from pathlib import Path

from hailuo_nb.simulator.disk import replacing
from hailuo_nb.simulator.ledger import Ledger, Upload

LIFE_S = 24 * 3600.0
IMAGE_CAP_BYTES = 10 * 1000 * 1000
IMAGE_MIMES = ("image/jpeg", "image/png", "image/webp")
PREFIX = "kieai"

_MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (0, b"GIF8", "image/gif"),
    (4, b"ftyp", "video/mp4"),
)
_EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "video/mp4": ".mp4",
}
_NAME_CHARS_MAX = 120


def sniff(head: bytes) -> str | None:
    """Return the MIME type that the first bytes speak of, if they do."""
    return next((mime for at, mark, mime in _MAGIC if head[at : at + len(mark)] == mark), None)


def safe_path(text: str) -> str:
    """Return an upload path without anything that leads elsewhere: may be ""."""
    parts = [safe_name(part) for part in re.split(r"[/\\]", text)]
    return "/".join([part for part in parts if part][:8])


def safe_name(text: str) -> str:
    """Return a file name of printable characters; "" where it names no file.

    Two names stay two: what is too long keeps its end behind a hash of the whole.
    """
    name = re.split(r"[/\\]", text)[-1].strip()
    name = "".join([char for char in name if char.isprintable()])
    if len(name) > _NAME_CHARS_MAX:
        name = f"{hashlib.sha256(name.encode()).hexdigest()[:12]}_{name[-_NAME_CHARS_MAX:]}"
    return name if name.strip(".") else ""


class UploadStore:
    """Keeps uploaded bytes in a folder and their names in the ledger."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder = folder
        self._ledger = ledger
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, account: str, path: str, name: str, content: bytes, now_s: float) -> Upload:
        """Keep a file; the same account, path and name overwrite.

        Parameters
        ----------
        account : str
            Hash that names the account.
        path, name : str
            As the caller wrote them; "" as a name draws one.
        content : bytes
            The file.
        now_s : float
            Unix seconds; its life of 24 h starts here.
        """
        mime = sniff(content) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        name = safe_name(name) or secrets.token_hex(8) + _EXTENSIONS.get(mime, "")
        blob = hashlib.sha256(content).hexdigest()
        target = self._folder / blob
        with replacing(target) as file:
            file.write(content)
        place = "/".join([part for part in (safe_path(path), name) if part])
        upload = Upload(
            path=f"{PREFIX}/{self._ledger.seal('upload', f'{account}/{place}')}/{place}",
            blob=blob,
            mime=mime,
            size_bytes=len(content),
            uploaded_s=now_s,
        )
        self._ledger.put_upload(upload)
        return upload

    def find(self, path: str, now_s: float) -> Upload | None:
        """Return the upload with this public path, unless it is gone or its life is over."""
        upload = self._ledger.upload(path)
        if upload is None or now_s - upload.uploaded_s > LIFE_S:
            return None
        return upload if self.file(upload.blob).exists() else None

    def file(self, blob: str) -> Path:
        """Return where the bytes are kept."""
        return self._folder / blob

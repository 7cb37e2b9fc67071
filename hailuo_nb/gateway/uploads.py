"""Uploads, passed on into a folder of each student's own.

It knows the uploads' parameters and answers. It must not know what a picture shows.
"""

import base64
import binascii
import hashlib
import re
from abc import abstractmethod
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import select

from hailuo_nb.core.request import IMAGE_BYTES_MAX, IMAGE_SUFFIXES
from hailuo_nb.errors import InvalidInput
from hailuo_nb.gateway.asked import read_object
from hailuo_nb.gateway.handlers import StudentHandler
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.submit import folders_of
from hailuo_nb.gateway.tables import student
from hailuo_nb.kie.sanitize import is_web_url

MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
)
PART_CHARS_MAX = 60
PARTS_MAX = 6
STEM_CHARS_MAX, SUFFIX_CHARS_MAX = 32, 8

Upload = tuple[str, str, bytes]
T = TypeVar("T")


class KeepingHandler(StudentHandler):
    """Base of the uploads: their answers carry ``success``."""

    async def post(self) -> None:
        """Pass a picture on."""
        await self.serve()

    def sent(self) -> dict[str, object]:
        """Return the JSON object that was sent.

        Raises
        ------
        Refused
            400: it is none. The uploads know no other code for what is sent to them.
        """
        try:
            return read_object(self.request.body)
        except Refused:
            raise Refused(400, "Invalid request body") from None

    async def kept(self, upload: Awaitable[T]) -> T:
        """Return what the service has kept.

        Raises
        ------
        Refused
            400: it has refused the file, or its address.
        """
        try:
            return await upload
        except InvalidInput as error:
            raise Refused(400, error.what) from None

    async def place(self, path: str) -> str:
        """Return a folder of the student's own for the one that was asked for."""
        own = select(student.c.folder).where(student.c.id == self.person.name)
        folder = await self.gateway.database.run(lambda one: one.scalar(own))
        parts = [f"class-{folder}", *filter(None, map(plain, path.split("/")))]
        return "/".join(parts[:PARTS_MAX])

    def refusal(self, refused: Refused) -> dict[str, Any]:
        """Return the uploads' own shape of an error."""
        return {"success": False, "code": refused.code, "msg": refused.words}

    def accepted(self, data: object) -> dict[str, Any]:
        """Return the uploads' own shape of a good answer."""
        words = "File uploaded successfully"
        return {"success": True, "code": 200, "msg": words, "data": data}


class PassingOn(KeepingHandler):
    """Base of the uploads that bring a picture with them."""

    @abstractmethod
    def content(self) -> Upload:
        """Return (uploadPath, fileName, bytes); raises Refused."""

    async def answer(self) -> object:
        """Check the picture, send it on and tell where it is."""
        path, name, data = self.content()
        mime = mime_of(data)
        if len(data) > IMAGE_BYTES_MAX:
            raise Refused(400, "The file is larger than 10 MB")
        name = kept_name(path, name or f"{_digest(data)}.{IMAGE_SUFFIXES[mime]}")
        place = await self.place(path)
        url = await self.kept(self.gateway.client.upload(data, name=name, mime=mime, path=place))
        return _told(url, name, place, size_bytes=len(data), mime=mime)


class StreamedHandler(PassingOn):
    """``POST /api/file-stream-upload``: multipart with file, uploadPath, fileName?."""

    def content(self) -> Upload:
        """Return the first part named file."""
        files = self.request.files.get("file")
        if not files:
            raise _missing("file")
        path = self.get_body_argument("uploadPath", "")
        if not path:
            raise _missing("uploadPath")
        return path, self.get_body_argument("fileName", "") or files[0].filename, files[0].body


class EncodedHandler(PassingOn):
    """``POST /api/file-base64-upload``: base64Data (plain or a data URL)."""

    def content(self) -> Upload:
        """Decode the text."""
        body = self.sent()
        text, path, name = (body.get(key) for key in ("base64Data", "uploadPath", "fileName"))
        if not isinstance(text, str) or not text:
            raise _missing("base64Data")
        if not isinstance(path, str) or not path:
            raise _missing("uploadPath")
        coded = text.partition(",")[2] if text[:5].lower() == "data:" else text
        try:
            data = base64.b64decode("".join(coded.split()), validate=True)
        except (binascii.Error, ValueError):
            raise Refused(400, "Invalid base64 data") from None
        return path, name if isinstance(name, str) else "", data


class FetchedHandler(KeepingHandler):
    """``POST /api/file-url-upload``: the service fetches fileUrl; the gateway asks nobody."""

    async def answer(self) -> object:
        """Have it fetched into the student's folder and tell where it is."""
        body = self.sent()
        url, path, name = (body.get(key) for key in ("fileUrl", "uploadPath", "fileName"))
        if not isinstance(url, str) or not is_web_url(url):
            raise _missing("fileUrl")
        if not isinstance(path, str) or not path:
            raise _missing("uploadPath")
        given = name if isinstance(name, str) and name else urlsplit(url).path.rpartition("/")[2]
        name, place = kept_name(path, given), await self.place(path)
        if any(not place.startswith(f"class-{folder}") for folder in folders_of(url)):
            raise Refused(400, "This picture was uploaded by somebody else")
        kept = await self.kept(self.gateway.client.upload_from(url, name=name, path=place))
        return _told(kept.url, name, place, size_bytes=kept.size_bytes, mime=kept.mime)


def mime_of(data: bytes) -> str:
    """Return the media type that the first bytes speak of.

    Raises
    ------
    Refused
        400: it is no picture that the service takes.
    """
    for at, mark, mime in MAGIC:
        if data[at : at + len(mark)] == mark:
            return mime
    raise Refused(400, "The file is no JPEG, PNG or WEBP image")


def kept_name(path: str, name: str) -> str:
    """Return a name in plain characters; two that only looked alike then are told apart.

    Else a picture called in Chinese would take the place of another one.
    """
    parts = [*filter(None, path.split("/")), name]
    is_whole = all(part.isascii() and len(part) <= PART_CHARS_MAX for part in parts)
    if plain(name) and is_whole and len(parts) <= PARTS_MAX:
        return plain(name)
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    digest = _digest("/".join(parts).encode("utf-8", "surrogatepass"))
    words = "-".join(filter(None, (plain(stem)[-STEM_CHARS_MAX:], digest)))
    return f"{words}{dot}{plain(suffix)[:SUFFIX_CHARS_MAX]}".rstrip(".")


def plain(text: str) -> str:
    """Return a part of a path in plain characters; "" where it would lead elsewhere."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-")[-PART_CHARS_MAX:]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _told(
    url: str, name: str, place: str, *, size_bytes: int | None, mime: str | None
) -> dict[str, object]:
    """Return what an upload is answered with; None where the service has not said it."""
    return {
        "success": True,
        "fileName": name,
        "filePath": f"kieai/{place}/{name}",
        "downloadUrl": url,
        "fileSize": size_bytes,
        "mimeType": mime,
        "uploadedAt": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }


def _missing(name: str) -> Refused:
    return Refused(400, f"Missing required parameter: {name}")

"""Uploads, passed on into a folder of each student's own.

It knows the uploads' parameters and answers. It must not know what a picture shows.
"""

import base64
import binascii
import re
from abc import abstractmethod
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from hailuo_nb.core.request import IMAGE_BYTES_MAX, IMAGE_SUFFIXES
from hailuo_nb.gateway.asked import read_object
from hailuo_nb.gateway.handlers import StudentHandler
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tables import student

MAGIC = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
)
PART_CHARS_MAX = 60
PARTS_MAX = 6

Upload = tuple[str, str, bytes]


class PassingOn(StudentHandler):
    """Base of the uploads: their answers carry ``success``."""

    async def post(self) -> None:
        """Pass a picture on."""
        await self.serve()

    @abstractmethod
    def content(self) -> Upload:
        """Return (uploadPath, fileName, bytes); raises Refused."""

    async def answer(self) -> object:
        """Check the picture, send it on and tell where it is."""
        path, name, data = self.content()
        mime = mime_of(data)
        if len(data) > IMAGE_BYTES_MAX:
            raise Refused(400, "The file is larger than 10 MB")
        name = plain(name) or f"image.{IMAGE_SUFFIXES[mime]}"
        own = select(student.c.folder).where(student.c.id == self.person.name)
        folder = await self.gateway.database.run(lambda one: one.scalar(own))
        place = "/".join(
            [f"class-{folder}", *filter(None, map(plain, path.split("/")))][:PARTS_MAX]
        )
        url = await self.gateway.client.upload(data, name=name, mime=mime, path=place)
        return {
            "success": True,
            "fileName": name,
            "filePath": f"{place}/{name}",
            "downloadUrl": url,
            "fileSize": len(data),
            "mimeType": mime,
            "uploadedAt": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }

    def refusal(self, refused: Refused) -> dict[str, Any]:
        """Return the uploads' own shape of an error."""
        return {"success": False, "code": refused.code, "msg": refused.words}

    def accepted(self, data: object) -> dict[str, Any]:
        """Return the uploads' own shape of a good answer."""
        words = "File uploaded successfully"
        return {"success": True, "code": 200, "msg": words, "data": data}


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
        body = read_object(self.request.body)
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


def plain(text: str) -> str:
    """Return a part of a path in plain characters; "" where it would lead elsewhere."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-")[-PART_CHARS_MAX:]


def _missing(name: str) -> Refused:
    return Refused(400, f"Missing required parameter: {name}")

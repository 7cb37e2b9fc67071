"""The three uploads: a multipart stream, base64, and a URL that is never fetched.

It knows their parameters and answers; names and bytes are the upload store's business.
"""

import asyncio
import base64
import binascii
import re
from abc import abstractmethod
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from hailuo_nb.simulator.handlers_base import ApiHandler
from hailuo_nb.simulator.intake import own_path
from hailuo_nb.simulator.ledger import Upload
from hailuo_nb.simulator.validation import RefusedError, is_web_url, read_object

_DATA_URL = re.compile(r"data:[^,]*;base64,", re.IGNORECASE)


class UploadHandler(ApiHandler):
    """Base of the three: errors here carry ``success``."""

    async def post(self) -> None:
        """Keep a file and tell where it is."""
        await self.serve()

    async def answer(self) -> dict[str, Any]:
        """Store what the request carries."""
        path, name, content = await self.content()
        upload = self.service.uploads.put(self.account, path, name, content, self.service.now())
        return self._answer_body(upload)

    @abstractmethod
    async def content(self) -> tuple[str, str, bytes]:
        """Return (uploadPath, fileName or "", bytes); raises RefusedError."""

    def error_body(self, code: int, msg: str) -> dict[str, Any]:
        """Return the uploads' own shape of an error."""
        return {"success": False, "code": code, "msg": msg}

    def status_of(self, refused: RefusedError) -> int:
        """Return the code itself where the page's shapes are sent: there it is a true status."""
        is_true = self.service.settings.documented and refused.code in (400, 401, 500)
        return refused.code if is_true else super().status_of(refused)

    def _answer_body(self, upload: Upload) -> dict[str, Any]:
        url = f"{self.service.origin}/files/{quote(upload.path)}"
        data = {
            "success": True,
            "fileName": upload.path.rpartition("/")[2],
            "filePath": upload.path,
            "downloadUrl": url,
            "fileSize": upload.size_bytes,
            "mimeType": upload.mime,
            "uploadedAt": _iso(upload.uploaded_s),
        }
        if self.service.settings.documented:
            data["fileUrl"] = url
        return {"success": True, "code": 200, "msg": "File uploaded successfully", "data": data}


class StreamUploadHandler(UploadHandler):
    """``POST /api/file-stream-upload``: multipart with file, uploadPath, fileName?."""

    async def content(self) -> tuple[str, str, bytes]:
        """Return the first part named file."""
        files = self.request.files.get("file")
        if not files:
            raise _missing("file")
        path = self.get_body_argument("uploadPath", "")
        if not path:
            raise _missing("uploadPath")
        name = self.get_body_argument("fileName", "") or files[0].filename
        return path, name, files[0].body


class Base64UploadHandler(UploadHandler):
    """``POST /api/file-base64-upload``: base64Data (plain or a data URL)."""

    async def content(self) -> tuple[str, str, bytes]:
        """Decode the text."""
        body = _read_json(self.request.body)
        text, path = _word(body, "base64Data"), _word(body, "uploadPath")
        try:
            plain = "".join(_DATA_URL.sub("", text, count=1).split()).rstrip("=")
            content = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        except (binascii.Error, ValueError):
            raise RefusedError(400, "Invalid base64 data") from None
        return path, _optional(body, "fileName"), content


class UrlUploadHandler(UploadHandler):
    """``POST /api/file-url-upload``: fileUrl; a foreign one is drawn, not fetched."""

    async def content(self) -> tuple[str, str, bytes]:
        """Copy an own file, or draw a stand-in."""
        body = _read_json(self.request.body)
        url, path = _word(body, "fileUrl"), _word(body, "uploadPath")
        if not is_web_url(url):
            raise RefusedError(400, "Invalid URL")
        name = _optional(body, "fileName") or unquote(urlsplit(url).path).rpartition("/")[2]
        own = own_path(url, self.service.ledger.origins())
        if own is None:
            return path, name, await self._stand_in(url)
        source = self._own_file(own)
        if source is None:
            raise RefusedError(400, "Failed to download file from URL")
        return path, name, source.read_bytes()

    def _own_file(self, own: str) -> Path | None:
        task = self.service.studio.public(own)
        if task is not None:
            return self.service.studio.clip(task)
        upload = self.service.uploads.find(own, self.service.now())
        return None if upload is None else self.service.uploads.file(upload.blob)

    async def _stand_in(self, url: str) -> bytes:
        """Draw beside the serving thread, not behind the clips that wait for a worker."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.service.drawing, _drawn, url)


def _drawn(url: str) -> bytes:
    # numpy and Pillow are loaded where they are needed first: the simulator starts without them.
    from hailuo_nb.simulator.render.picture import stand_in

    return stand_in(url)


def _iso(moment_s: float) -> str:
    moment = datetime.fromtimestamp(moment_s, UTC).replace(tzinfo=None)
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def _missing(name: str) -> RefusedError:
    return RefusedError(400, f"Missing required parameter: {name}")


def _read_json(body: bytes) -> dict[str, Any]:
    try:
        return read_object(body)
    except RefusedError:
        raise RefusedError(400, "Invalid request body") from None


def _word(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise _missing(name)
    return value


def _optional(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""

"""A finished clip, from its address into its place on disk, or not at all.

It knows hostile files: too large, too slow, too short, no video, somewhere they
must not be; and the disk, and how it fails: a file in the making lies beside its place until it is
whole. It must not know the key, nor which task the clip belongs to.
"""

import asyncio
import errno
import hashlib
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from hailuo_nb.core.disk import Draft, drop_leftovers
from hailuo_nb.core.words import time_words
from hailuo_nb.errors import (
    HailuoError,
    NotAVideo,
    ResultExpired,
    SavingError,
    TooLarge,
    UnsafeAddress,
    setting,
)
from hailuo_nb.kie.address import Guard, PeerCheck
from hailuo_nb.kie.sanitize import clean
from hailuo_nb.kie.transport import reason_of, unpacks_safely
from hailuo_nb.media.probe import VideoFacts, check_video
from hailuo_nb.media.reading import warm

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your quota of disk space is used up",
    errno.EACCES: "the folder may not be written to",
    errno.EROFS: "the folder may not be written to",
    errno.ENOENT: "the folder is gone",
    errno.ENAMETOOLONG: "the name is too long",
}

SIZE_MAX_BYTES = 500_000_000
HOPS_MAX = 5
CHUNK_BYTES = 65_536
GONE = (403, 404, 410)
ACCEPTED = {"Accept": "video/*, */*;q=0.5", "Accept-Encoding": "identity"}

Connect = Callable[[httpx.URL], httpx.AsyncClient]


class Part:
    """Takes bytes for a file, counts and digests them as they come.

    Parameters
    ----------
    to
        The place it is meant for; the bytes lie beside it.
    """

    def __init__(self, to: Path) -> None:
        self._to = to
        self.size_bytes = 0
        self._digest = hashlib.sha256()
        self._draft: Draft | None = None

    @property
    def path(self) -> Path:
        """Where the bytes lie for now."""
        return self._begun.path

    @property
    def sha256(self) -> str:
        """The digest of what was written so far, in hex."""
        return self._digest.hexdigest()

    def open(self) -> None:
        """Begin; half files of earlier runs go away."""
        with disk_in_words(self._to):
            drop_leftovers(self._to)
            self._draft = Draft(self._to)

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        with disk_in_words(self._to):
            self._begun.file.write(chunk)
        self._digest.update(chunk)
        self.size_bytes += len(chunk)

    def flush(self) -> None:
        """Write out what is buffered, for others to read at `path`."""
        with disk_in_words(self._to):
            self._begun.file.flush()

    def settle(self) -> None:
        """Put the whole file into its place, safe against power loss."""
        with disk_in_words(self._to):
            self._begun.settle()

    def discard(self) -> None:
        """Remove what is still there; nothing happens after `settle`."""
        if self._draft is not None:
            self._draft.discard()

    @property
    def _begun(self) -> Draft:
        assert self._draft is not None
        return self._draft


@contextmanager
def disk_in_words(path: Path) -> Iterator[None]:
    """Turn a refusal of the disk into an error for the person.

    Raises
    ------
    SavingError
        In place of an OSError.
    """
    try:
        yield
    except OSError as error:
        words = _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise SavingError(
            f"The clip could not be written to {path.parent}: {words}.",
            advice=f"Make room, or {setting('HAILUO_VIDEOS')}; then %hailuo resume, free.",
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A clip in its place.

    ``sha256`` in hex, ``size_bytes``, ``width_px`` and ``height_px`` of a frame,
    ``duration_s`` in seconds.
    """

    sha256: str
    size_bytes: int
    width_px: int
    height_px: int
    duration_s: float


async def save(
    url: str,
    to: Path,
    *,
    connect: Connect,
    guard: Guard,
    size_max_bytes: int,
    time_max_s: float,
    replace: bool,
) -> Saved:
    """Fetch, check and put into place; see `client.Client.download`.

    Parameters
    ----------
    connect
        Returns the HTTP client to use for an address; it must carry no key.
    guard
        Which addresses may be asked.
    time_max_s
        How long fetching may take altogether, in seconds.
    """
    if not replace:
        kept = await asyncio.to_thread(saved_facts, to)
        if kept is not None:
            return kept
    failure: SavingError
    part = Part(to)
    warm()  # while the clip comes
    try:
        async with asyncio.timeout(time_max_s):
            await _follow(url, part, connect, guard, size_max_bytes)
        facts = await asyncio.to_thread(_checked, part)
        await asyncio.to_thread(part.settle)
        return _as_saved(facts, sha256=part.sha256, size_bytes=part.size_bytes)
    except HailuoError:
        raise
    except TimeoutError:
        failure = SavingError(f"The clip did not arrive within {time_words(time_max_s)}.")
    except Exception as error:  # noqa: BLE001 - one never met must not cost a paid clip its name
        failure = SavingError(f"The clip could not be fetched: {clean(reason_of(error), 160)}.")
    finally:
        part.discard()
    raise failure


def _checked(part: Part) -> VideoFacts:
    with disk_in_words(part.path):
        return check_video(part.path)


def saved_facts(path: Path) -> Saved | None:
    """Return the facts of a playable clip that is already there, else None.

    What cannot be looked at, for whatever reason, gives way to what is fetched.
    """
    try:
        facts = check_video(path)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size_bytes = os.fstat(file.fileno()).st_size
    except Exception:  # noqa: BLE001 - a library may raise anything over a damaged file
        return None
    return _as_saved(facts, sha256=digest, size_bytes=size_bytes)


def _as_saved(facts: VideoFacts, *, sha256: str, size_bytes: int) -> Saved:
    return Saved(
        sha256=sha256,
        size_bytes=size_bytes,
        width_px=facts.width_px,
        height_px=facts.height_px,
        duration_s=facts.duration_s,
    )


async def _follow(
    url: str, part: Part, connect: Connect, guard: Guard, size_max_bytes: int
) -> None:
    async with opened(url, connect, guard) as response:
        await _receive(response, part, size_max_bytes)


@asynccontextmanager
async def opened(
    url: str, connect: Connect, guard: Guard, *, span: str | None = None
) -> AsyncIterator[httpx.Response]:
    """Go from redirect to redirect, each checked, until there is a file; ``span`` is a Range."""
    before, here = None, parsed(url)
    asked = ACCEPTED | ({"Range": span} if span else {})
    for _ in range(HOPS_MAX + 1):
        await guard.check(here, before)
        client = connect(here)
        request = client.build_request(
            "GET",
            here,
            headers=asked,
            extensions={"trace": PeerCheck(guard, here), "timeout": client.timeout.as_dict()},
        )
        response = await client.send(request, stream=True)
        try:
            if not response.has_redirect_location:
                yield response
                return
        finally:
            await response.aclose()
        before, here = here, here.join(response.headers["location"])
    raise UnsafeAddress(f"The result's address leads on more than {HOPS_MAX} times.")


async def _receive(response: httpx.Response, part: Part, size_max_bytes: int) -> None:
    _check_head(response)
    promised = _promised_bytes(response)
    if promised is not None and promised > size_max_bytes:
        raise TooLarge(_too_large(promised, size_max_bytes))
    part.open()
    async for chunk in response.aiter_bytes(CHUNK_BYTES):
        if part.size_bytes + len(chunk) > size_max_bytes:
            raise TooLarge(_too_large(None, size_max_bytes))
        part.write(chunk)
    part.flush()
    if promised is not None and part.size_bytes < promised:
        raise SavingError(f"The clip broke off: {part.size_bytes} of {promised} bytes came.")


def _check_head(response: httpx.Response) -> None:
    status = response.status_code
    if status in GONE:
        raise ResultExpired(f"The file is no longer there (HTTP {status}).")
    if status != 200:
        raise SavingError(f"The file's host answered with HTTP {status}.")
    if not unpacks_safely(response):
        raise SavingError("The file's host packed the file in a way that was not asked for.")
    kind = response.headers.get("content-type", "").strip().lower()
    if kind.startswith(("text/", "application/json", "application/xhtml")):
        raise NotAVideo(f"The file's host sent {clean(kind, 40)} in place of a video.")


def _promised_bytes(response: httpx.Response) -> int | None:
    text = response.headers.get("content-length", "")
    packed = response.headers.get("content-encoding", "identity") != "identity"
    return int(text) if text.isascii() and text.isdigit() and not packed else None


def _too_large(size_bytes: int | None, cap_bytes: int) -> str:
    size = "more" if size_bytes is None else f"{size_bytes / 1e6:.0f} MB"
    return f"The file is too large: {size}, and at most {cap_bytes / 1e6:g} MB are taken."


def parsed(url: str) -> httpx.URL:
    """Return an address; raises UnsafeAddress where it is none."""
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise UnsafeAddress("The result's address cannot be read.") from None

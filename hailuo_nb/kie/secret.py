"""The API key, held so that it can be sent and never be seen.

It knows how a key goes into a request and out of a text. It must not know where
the key comes from.
"""

from collections.abc import Callable, Generator

import httpx

from hailuo_nb.core.names import MASK
from hailuo_nb.errors import HailuoError, MissingKey, SetupError, UnsafeOrigin
from hailuo_nb.kie.address import is_below

_KEY_CHARS_MIN = 8
_KEY_CHARS_MAX = 1000


class Secret:
    """A key that shows as asterisks, whoever prints or pickles it.

    Parameters
    ----------
    read
        Returns the key for an origin as `address.origin_of` writes it, each time one is
        needed; raises where it must not go there.
    """

    __slots__ = ("_read", "_written")

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._written: set[str] = set()

    def __repr__(self) -> str:
        return MASK

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")

    def check(self, origin: str) -> None:
        """Make sure that the key may go to an origin and can travel in a header.

        Raises
        ------
        MissingKey, UnsafeOrigin
            There is none, or it must not go there.
        SetupError
            It holds a character that no header may carry.
        """
        # No frame below may hold the key when one of these is raised.
        if not self._bare(origin):
            raise MissingKey("There is no API key.")
        if not self._fits_header(origin):
            raise SetupError(
                "The API key holds a space or a character that cannot be sent.",
                advice="Copy it again from kie.ai: plain letters, digits and signs.",
            )

    def write_to(self, request: httpx.Request, origin: str) -> None:
        """Put the key for an origin, where a request really goes, into its headers."""
        key = self._bare(origin)
        self._written.add(key)
        request.headers["Authorization"] = f"Bearer {key}"

    def mask(self, text: str) -> str:
        """Return a text without any key that was sent."""
        for key in self._written:
            text = text.replace(key or MASK, MASK)
        return text

    def mask_reply(self, body: bytes) -> bytes:
        """Return a reply's body without the key, so that no id or address can carry it on."""
        for key in self._written:
            if len(key) >= _KEY_CHARS_MIN:
                body = body.replace(key.encode(), MASK.encode())
        return body

    def mask_error(self, error: HailuoError) -> None:
        """Blot the key out of an error's words, should the service have repeated it."""
        error.what = self.mask(error.what)
        error.args = (error.what,)

    def _bare(self, origin: str) -> str:
        return self._read(origin).strip()

    def _fits_header(self, origin: str) -> bool:
        key = self._bare(origin)
        return len(key) <= _KEY_CHARS_MAX and all("!" <= char <= "~" for char in key)


class BearerAuth(httpx.Auth):
    """Adds the key to a request, for one origin and no other."""

    def __init__(self, secret: Secret, origin: str) -> None:
        self._secret = secret
        self._origin = origin

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header at the moment of sending."""
        if not is_below(request.url, self._origin):
            raise UnsafeOrigin(f"The key is not for {request.url.host}.")
        self._secret.write_to(request, self._origin)
        yield request

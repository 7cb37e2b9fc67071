"""The API key, held so that it can be sent and never be seen.

It knows how a key goes into a request and out of a text. It must not know where
the key comes from.
"""

from collections.abc import Callable, Generator

import httpx

from hailuo_nb.errors import HailuoError, MissingKey, SetupError, UnsafeOrigin

MASK = "***"
_KEY_CHARS_MIN = 8
_KEY_CHARS_MAX = 1000


class Secret:
    """A key that shows as asterisks, whoever prints or pickles it.

    Parameters
    ----------
    key
        The key, or a function that returns it each time it is needed.
    """

    __slots__ = ("_read",)

    def __init__(self, key: Callable[[], str] | str) -> None:
        self._read: Callable[[], str] = (lambda: key) if isinstance(key, str) else key

    def __repr__(self) -> str:
        return MASK

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")

    def check(self) -> None:
        """Make sure that the key can travel in a header.

        Raises
        ------
        MissingKey
            There is none.
        SetupError
            It holds a character that no header may carry.
        """
        # No frame below may hold the key when one of these is raised.
        if not self._bare():
            raise MissingKey("There is no API key.")
        if not self._fits_header():
            raise SetupError(
                "The API key holds a space or a character that cannot be sent.",
                advice="Copy it again from kie.ai: plain letters, digits and signs.",
            )

    def write_to(self, headers: httpx.Headers) -> None:
        """Put the key into a request's headers."""
        headers["Authorization"] = f"Bearer {self._bare()}"

    def mask(self, text: str) -> str:
        """Return the text with the key blotted out."""
        return text.replace(self._bare() or MASK, MASK)

    def mask_reply(self, body: bytes) -> bytes:
        """Return a reply's body without the key, so that no id or address can carry it on."""
        key = self._bare().encode("utf-8", "replace")
        return body.replace(key, MASK.encode()) if len(key) >= _KEY_CHARS_MIN else body

    def mask_error(self, error: HailuoError) -> None:
        """Blot the key out of an error's words, should the service have repeated it."""
        error.what = self.mask(error.what)
        error.args = (error.what,)

    def _bare(self) -> str:
        return self._read().strip()

    def _fits_header(self) -> bool:
        key = self._bare()
        return len(key) <= _KEY_CHARS_MAX and all("!" <= char <= "~" for char in key)


class BearerAuth(httpx.Auth):
    """Adds the key to a request, for one origin and no other."""

    def __init__(self, secret: Secret, origin: str) -> None:
        self._secret = secret
        self._origin = httpx.URL(origin)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header at the moment of sending."""
        here, there = self._origin, request.url
        if (here.scheme, here.host, here.port) != (there.scheme, there.host, there.port):
            raise UnsafeOrigin(f"The key is not for {there.host}.")
        self._secret.write_to(request.headers)
        yield request

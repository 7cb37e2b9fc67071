"""Where settings and the key come from.

The only reader of the environment, the OS keyring and Colab's secrets. It decides which
service is used and which origins the key may go to. It never shows the key: `Config.key`
returns it for the one place that sends it.
"""

import hmac
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.errors import MissingKey, OptionError, SetupError, UnsafeOrigin
from hailuo_nb.keys import Key, from_colab, from_keyring, logins

VENDOR_API = "https://api.kie.ai"
VENDOR_UPLOAD = "https://kieai.redpandaai.co"
_NO_SIMULATOR = (
    "Run %hailuo login, set KIE_API_KEY before the kernel starts, "
    "or unset HAILUO_BASE_URL to practise for free."
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ENVIRONMENT = "KIE_API_KEY"
LOGIN = "this session's login"
SIMULATED_KEY = "hailuo-nb-practice"
"""The bearer that the built-in simulator is given; it opens nothing.

No word of a prompt, or it would be blotted out of what the simulator answers.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What this session uses.

    Parameters
    ----------
    home
        The folder of the history; private to the person.
    videos
        Where clips go; None for the folder beside the notebook.
    api_origin, upload_origin
        Scheme, host and port; empty while the built-in simulator plays the service.
    simulator
        Whether the built-in simulator plays the service.
    key_source
        Where the key comes from, in words; None without one.
    notebook
        The notebook's own path, where the server tells it.
    debug
        Whether tracebacks are shown.
    """

    home: Path
    videos: Path | None
    api_origin: str
    upload_origin: str
    simulator: bool
    key_source: str | None
    notebook: Path | None
    debug: bool
    read_key: Key

    @property
    def service(self) -> str:
        """The service's name in the history."""
        return SIMULATOR if self.simulator else self.api_origin

    @property
    def is_vendor(self) -> bool:
        """Whether the service is the vendor's own."""
        return not self.simulator and self.api_origin == VENDOR_API

    def for_service(self, service: str) -> "Config":
        """Return the settings for watching an earlier task of another service.

        The key never goes there: it was not given for that origin.
        """
        return replace(
            self,
            simulator=service == SIMULATOR,
            api_origin=VENDOR_API if service == SIMULATOR else service,
            upload_origin=VENDOR_UPLOAD if service == SIMULATOR else service,
            key_source=None,
            read_key=Key(),
        )

    def simulated(self) -> "Config":
        """Return the settings for the built-in simulator, whatever key there is."""
        return replace(
            self,
            simulator=True,
            api_origin="",
            upload_origin="",
            key_source=None,
            read_key=Key(),
        )

    def key_print(self, salt: Callable[[], bytes]) -> str | None:
        """Return a salted fingerprint of the key, None where none is needed or there.

        It tells tasks of one key from those of another and says nothing of the key.
        """
        try:
            key = None if self.simulator else self.read_key()
        except UnsafeOrigin:  # it goes nowhere, so no task of this origin is its own
            return None
        if not key:
            return None
        return hmac.new(salt(), key.encode(), "sha256").hexdigest()[:16]

    def check_key(self) -> None:
        """Refuse early what `key` would refuse, without asking the keyring.

        Raises
        ------
        MissingKey, UnsafeOrigin
            There is no key, or it must not go to this origin.
        """
        if self.key_source in (None, ENVIRONMENT):
            self.key()

    def mask(self, text: str) -> str:
        """Return a text with the key blotted out; asks no keyring."""
        return self.read_key.mask(text)

    def key(self) -> str:
        """Return the key for the API and upload hosts.

        Raises
        ------
        MissingKey
            There is none.
        """
        if self.simulator:
            return SIMULATED_KEY
        found = self.read_key()
        if not found:
            words = f"There is no API key for {self.api_origin}."
            raise MissingKey(words, advice=None if self.is_vendor else _NO_SIMULATOR)
        return found


def read_config(
    environ: Mapping[str, str] | None = None,
    *,
    session_key: str | None = None,
    before: Config | None = None,
) -> Config:
    """Return the settings of this process.

    Parameters
    ----------
    environ
        The environment; the process's own when left out.
    session_key
        A key typed into ``%hailuo login`` that could not be kept anywhere.
    before
        The settings of earlier: a key that was typed then is kept for the same origin.

    Raises
    ------
    SetupError
        A variable holds something that it cannot hold.
    """
    env = os.environ if environ is None else environ
    home = _home(env)
    base_url = env.get("HAILUO_BASE_URL", "").strip()
    api_origin = _origin("HAILUO_BASE_URL", base_url) if base_url else VENDOR_API
    if before is not None and before.key_source == LOGIN and before.api_origin == api_origin:
        session_key = session_key or before.read_key()
    source, read_key = _find_key(env, api_origin, home, session_key)
    simulator = not base_url and _wants_simulator(env, has_key=source is not None)
    session_name = env.get("JPY_SESSION_NAME")
    return Config(
        home=home,
        videos=_folder(env, "HAILUO_VIDEOS"),
        api_origin=api_origin,
        upload_origin=_upload_origin(env, api_origin),
        simulator=simulator,
        key_source=None if simulator else source,
        notebook=Path(session_name) if session_name else None,
        debug=_flag(env, "HAILUO_DEBUG"),
        read_key=read_key,
    )


def _home(env: Mapping[str, str]) -> Path:
    named = _folder(env, "HAILUO_HOME")
    if named is not None:
        return named
    import platformdirs

    return Path(platformdirs.user_data_dir("hailuo_nb", appauthor=False))


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    try:
        return Path(env[name]).expanduser() if env.get(name) else None
    except RuntimeError:  # "~somebody" of a machine that has no such user
        raise SetupError(
            f"{name} names a home folder that does not exist.", advice="Write the path in full."
        ) from None


def _upload_origin(env: Mapping[str, str], api_origin: str) -> str:
    upload_url = env.get("HAILUO_UPLOAD_URL", "").strip()
    if upload_url:
        return _origin("HAILUO_UPLOAD_URL", upload_url)
    return VENDOR_UPLOAD if api_origin == VENDOR_API else api_origin


def _origin(name: str, url: str) -> str:
    no_origin = SetupError(
        f"{name} holds no http or https origin.", advice="Write it as https://host."
    )
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise no_origin from None
    if parts.scheme not in ("http", "https") or not host or parts.username:
        raise no_origin
    if parts.scheme == "http" and host not in LOOPBACK:
        raise UnsafeOrigin(
            f"{name} is plain http to {host}: the key could be read on the way.",
            advice="Use https; plain http is for 127.0.0.1 alone.",
        )
    shown = f"[{host}]" if ":" in host else host
    is_usual = port in (None, {"http": 80, "https": 443}[parts.scheme])
    return f"{parts.scheme}://{shown}" + ("" if is_usual else f":{port}")


def _wants_simulator(env: Mapping[str, str], *, has_key: bool) -> bool:
    wish = env.get("HAILUO_SIMULATOR", "").strip().lower()
    if wish not in ("", "on", "off"):
        raise OptionError(
            f"HAILUO_SIMULATOR is on or off, not {wish!r}.", advice="Change it, or leave it unset."
        )
    return wish == "on" if wish else not has_key


def _flag(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").strip().lower() not in ("", "0", "off", "false", "no")


def _find_key(
    env: Mapping[str, str], api_origin: str, home: Path, session_key: str | None
) -> tuple[str | None, Key]:
    if session_key:
        return LOGIN, Key(known=session_key)
    if key := env.get("KIE_API_KEY", "").strip():
        return ENVIRONMENT, Key(known=key, check=lambda: _check_origin(key, api_origin))
    if api_origin in logins(home):
        return "the OS keyring", Key(read=lambda: from_keyring(api_origin))
    if api_origin == VENDOR_API and "google.colab" in sys.modules:
        secret = from_colab()
        return ("the Colab secret KIE_API_KEY" if secret else None), Key(known=secret)
    return None, Key()


def _check_origin(key: str, api_origin: str) -> None:
    """Refuse to send the environment's key to an origin that it was not given for."""
    if api_origin == VENDOR_API:
        return
    before = _environment_at_start()
    if before.get("KIE_API_KEY", "").strip() == key and before.get("HAILUO_BASE_URL"):
        return
    raise UnsafeOrigin(
        f"The key of KIE_API_KEY goes to {api_origin} only when both variables were set "
        "before the kernel started.",
        advice="Set both outside the notebook and restart the kernel.",
    )


def _environment_at_start() -> dict[str, str]:
    """Return the variables that this process was started with."""
    try:
        blocks = Path("/proc/self/environ").read_bytes().split(b"\0")
    except OSError:
        import psutil

        return dict(psutil.Process().environ())
    pairs = (os.fsdecode(block).partition("=") for block in blocks)
    return {name: value for name, _, value in pairs}

"""Where settings and the key come from.

The only reader of our own variables, the OS keyring and Colab's secrets. It decides which
service is used; `hailuo_nb.store.origins` has the rule to whom the key may go. It never shows the
key: `Config.key_for` returns it for the one place that sends it, for one origin.
"""

import hmac
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from string import Template

from hailuo_nb.core.addresses import fault_of
from hailuo_nb.core.line import unquoted
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.errors import MissingKey, OptionError, SetupError, UnsafeOrigin
from hailuo_nb.store.credentials import Key, from_colab, from_keyring, logins
from hailuo_nb.store.origins import (
    VENDOR_API,
    Named,
    is_loopback,
    named_at_start,
    of_environment_key,
    of_stored_key,
    read_origin,
    trusted_origins,
    uploads_of,
)

_NO_SIMULATOR = (
    "Run %hailuo login, set KIE_API_KEY before the kernel starts, "
    "or unset HAILUO_BASE_URL and run %reload_ext hailuo_nb to practise for free."
)
ENVIRONMENT = "KIE_API_KEY"
ORIGINS = ("HAILUO_BASE_URL", "HAILUO_UPLOAD_URL")
"""The variables that name an API and an upload origin."""

SETTINGS = (
    *(ENVIRONMENT, *ORIGINS, "HAILUO_HOME", "HAILUO_VIDEOS", "HAILUO_SIMULATOR"),
    *("HAILUO_MEASURES", "HAILUO_KEEP", "HAILUO_DEBUG", "JPY_SESSION_NAME"),
    *("HAILUO_PUBLIC_URL", "HAILUO_WEBHOOK_KEY"),
    *("HAILUO_TRUSTED_ORIGINS", "HAILUO_GATEWAY_KEY", "HAILUO_GATEWAY_DATABASE"),
)
"""Every variable that is read; quotes around what it holds are those of the file it was set in."""

CLASS_KEY, CLASS_DATABASE = SETTINGS[-2:]
SECRETS = (ENVIRONMENT, "HAILUO_WEBHOOK_KEY", CLASS_KEY, CLASS_DATABASE)

LOGIN = "this session's login"
LENT = "a kernel"
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
        Where clips go, seen from the notebook's folder; None for one of a name of ours.
    api_origin, upload_origin
        Scheme, host and port; empty while the built-in simulator plays the service.
    simulator
        Whether the built-in simulator plays the service.
    key_source
        Where the key comes from, in words; None without one.
    key_origins
        The origins that the key was given for; every other is refused it.
    notebook
        The notebook's own path, where the server tells it.
    measures
        Whether clips are measured as they are saved and looked at; else a table alone measures
        them.
    keep
        Whether a process of its own looks after tasks whose kernel has gone.
    debug
        Whether tracebacks are shown.
    """

    home: Path
    videos: Path | None
    api_origin: str
    upload_origin: str
    simulator: bool
    key_source: str | None
    key_origins: frozenset[str]
    notebook: Path | None
    measures: bool
    keep: bool
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
        if service == SIMULATOR:
            return self.simulated()
        return replace(self.simulated(), simulator=False, api_origin=service, upload_origin=service)

    def simulated(self) -> "Config":
        """Return the settings for the built-in simulator, whatever key there is."""
        return replace(
            self,
            simulator=True,
            api_origin="",
            upload_origin="",
            key_source=None,
            key_origins=frozenset(),
            read_key=Key(),
        )

    def key_print(self, salt: Callable[[], bytes]) -> str | None:
        """Return a salted fingerprint of the key, None where none is needed or there.

        It tells tasks of one key from those of another and says nothing of the key.
        """
        if self.simulator or self.api_origin not in self.key_origins:
            return None
        key = self.read_key()
        if not key:
            return None
        return hmac.new(salt(), key.encode(), "sha256").hexdigest()[:16]

    def check_key(self) -> None:
        """Refuse early what `key_for` would refuse, without asking the keyring.

        Raises
        ------
        MissingKey, UnsafeOrigin
            There is no key, or it must not go to an origin in use.
        """
        if not self.simulator:
            for origin in (self.api_origin, self.upload_origin):
                self._check_origin(origin)

    def mask(self, text: str) -> str:
        """Return a text with the key blotted out; asks no keyring."""
        return self.read_key.mask(text)

    def key_for(self, origin: str) -> str:
        """Return the key for one origin. There is no other way to it for what sends it.

        Parameters
        ----------
        origin
            Where it is sent, as `origins.read_origin` writes it.

        Raises
        ------
        MissingKey, UnsafeOrigin
            There is none, or it was not given for this origin.
        """
        self._check_origin(origin)
        found = SIMULATED_KEY if self.simulator else self.read_key()
        if not found:
            raise self._missing()
        return found

    def handover(self) -> dict[str, object]:
        """Return what the person's own keeper needs to look at tasks, the key among it.

        For a socket of the person's own, and nothing else; empty where there is no key. May ask
        the keyring.
        """
        if self.simulator or self.api_origin not in self.key_origins or not self.read_key():
            return {}
        return {
            "service": self.api_origin,
            "uploads": self.upload_origin,
            "origins": sorted(self.key_origins),
            "key": self.read_key(),
        }

    def handed(self, service: str, uploads: str, origins: Sequence[str], key: str) -> "Config":
        """Return the settings of what `handover` has told.

        Raises
        ------
        SetupError
            It is no key, or an origin is none that a key may go to.
        """
        named = [read_origin("An origin", one) for one in (service, uploads, *origins)]
        if not key or not named[0] or not named[1]:
            raise MissingKey("There is no API key.")
        return replace(
            self,
            simulator=False,
            api_origin=named[0],
            upload_origin=named[1],
            key_source=LENT,
            key_origins=frozenset(one for one in named[2:] if one),
            read_key=Key(known=key),
        )

    def _check_origin(self, origin: str) -> None:
        if self.simulator:
            if not is_loopback(origin):
                words = f"The built-in simulator is not on this machine but at {origin}."
                raise UnsafeOrigin(words, advice="%hailuo simulator starts it anew.")
            return
        if self.key_source is None:
            raise self._missing()
        if origin in self.key_origins:
            return
        name = ORIGINS[0] if origin == self.api_origin else ORIGINS[1]
        raise UnsafeOrigin(
            f"The key from {self.key_source} does not go to {origin}: "
            f"{ENVIRONMENT} and {name} were not both set before the kernel started.",
            advice=f"Set both outside the notebook and restart the kernel, or unset {name}.",
        )

    def _missing(self) -> MissingKey:
        words = f"There is no API key for {self.api_origin}."
        return MissingKey(words, advice=None if self.is_vendor else _NO_SIMULATOR)


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
    given = os.environ if environ is None else environ
    env = {**given} | {name: unquoted(given[name]) for name in SETTINGS if name in given}
    home = _home(env)
    base_url, upload_url = (read_origin(name, env.get(name, "")) for name in ORIGINS)
    api_origin = base_url or VENDOR_API
    upload_origin = upload_url or uploads_of(api_origin)
    if before is not None and before.key_source == LOGIN and before.api_origin == api_origin:
        session_key = session_key or before.read_key()
    source, read_key = _find_key(env, api_origin, home, session_key)
    simulator = base_url is None and _wants_simulator(env, has_key=source is not None)
    source = None if simulator else source
    session_name = env.get("JPY_SESSION_NAME")
    return Config(
        home=home,
        videos=_folder(env, "HAILUO_VIDEOS"),
        api_origin=api_origin,
        upload_origin=upload_origin,
        simulator=simulator,
        key_source=source,
        key_origins=_key_origins(source, read_key, (api_origin, upload_origin)),
        notebook=Path(session_name) if session_name else None,
        measures=_switch(env, "HAILUO_MEASURES") is not False,
        keep=_switch(env, "HAILUO_KEEP") is not False,
        debug=_flag(env, "HAILUO_DEBUG"),
        read_key=read_key,
    )


def webhook_key() -> str:
    """Return the key that callbacks must be signed with, "" without one."""
    return unquoted(os.environ.get("HAILUO_WEBHOOK_KEY", ""))


def public_urls() -> tuple[str, ...]:
    """Return where the service may reach this kernel's Jupyter Server, the likeliest first.

    ``HAILUO_PUBLIC_URL`` alone where it is set: an http or https address with the server's base
    path. Else what a JupyterHub says, and for a Binder a guess. None is known to lead here.

    Raises
    ------
    SetupError
        ``HAILUO_PUBLIC_URL`` is no such address.
    """
    named = unquoted(os.environ.get("HAILUO_PUBLIC_URL", "")).rstrip("/")
    if named and (fault := fault_of(named)) is not None:
        raise SetupError(f"HAILUO_PUBLIC_URL is no http or https address: {fault}.")
    return (named,) if named else tuple(dict.fromkeys(_hub_addresses(os.environ)))


def _hub_addresses(env: Mapping[str, str]) -> Iterator[str]:
    """Yield where a Hub has this server: as it says, or by the names that Binder's hubs have."""
    path = env.get("JUPYTERHUB_SERVICE_PREFIX", "").rstrip("/")
    if not path.startswith("/"):
        return
    launcher = env.get("BINDER_LAUNCH_HOST", "").rstrip("/")
    scheme, _, host = launcher.partition("://")
    roots = (env.get("JUPYTERHUB_HOST", ""), f"{scheme}://hub.{host}" if host else "", launcher)
    for one in (env.get("JUPYTERHUB_PUBLIC_URL", ""), *(f"{root}{path}" for root in roots if root)):
        if fault_of(one) is None:
            yield one.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassKey:
    """The key that a class shares, and the origins that it goes to.

    Parameters
    ----------
    api_origin, upload_origin
        Scheme, host and port.
    key
        The key; seen by nobody but the service.
    """

    api_origin: str
    upload_origin: str
    key: str = field(repr=False)

    def key_for(self, origin: str) -> str:
        """Return the key for one of its own origins.

        Raises
        ------
        UnsafeOrigin
            It is another.
        """
        if origin not in (self.api_origin, self.upload_origin):
            raise UnsafeOrigin(f"The class's key does not go to {origin}.")
        return self.key


def class_key() -> ClassKey:
    """Return the key of a gateway, and take it out of what processes started here would have.

    Raises
    ------
    SetupError
        There is none, or an origin is none that a key may go to.
    """
    key = unquoted(os.environ.pop(CLASS_KEY, "")).strip()
    if not key:
        raise MissingKey(
            "There is no key for the class.",
            advice=f"Set {CLASS_KEY} to the service's key, or practise with --simulator.",
        )
    base_url, upload_url = (
        read_origin(name, unquoted(os.environ.get(name, ""))) for name in ORIGINS
    )
    api_origin = base_url or VENDOR_API
    return ClassKey(
        api_origin=api_origin, upload_origin=upload_url or uploads_of(api_origin), key=key
    )


def class_database() -> str | None:
    """Return the address of a gateway's database, None where none is named.

    It may hold a password, so that it is taken out of what processes started here would have.
    """
    return unquoted(os.environ.pop(CLASS_DATABASE, "")) or None


def class_trusted() -> frozenset[str]:
    """Return the origins that a gateway's operator has named: students' callbacks may go there."""
    return trusted_origins()


def usual_home() -> Path:
    """Return the folder of the history of a process whose environment is this one's.

    Raises
    ------
    SetupError
        The account has no home folder.
    """
    return _home(os.environ)


def _home(env: Mapping[str, str]) -> Path:
    named = _folder(env, "HAILUO_HOME")
    if named is not None:
        return _begun_in() / named
    import platformdirs

    try:
        return Path(platformdirs.user_data_dir("hailuo_nb", appauthor=False))
    except RuntimeError:  # neither HOME nor the system's list of users has one
        raise SetupError(
            "This account has no home folder, so there is none for the history.",
            advice="Set HAILUO_HOME to a folder of your own.",
        ) from None


@cache
def _begun_in() -> Path:
    """Return the folder from which a relative home is seen: that of the first one, for good."""
    return Path.cwd()


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    named = env.get(name)
    try:
        return Path(Template(named).safe_substitute(env)).expanduser() if named else None
    except RuntimeError:  # "~somebody" of a machine that has no such user
        raise SetupError(
            f"{name} names a home folder that does not exist.", advice="Write the path in full."
        ) from None


def _wants_simulator(env: Mapping[str, str], *, has_key: bool) -> bool:
    wish = _switch(env, "HAILUO_SIMULATOR")
    return not has_key if wish is None else wish


def _switch(env: Mapping[str, str], name: str) -> bool | None:
    """Return what a variable says, None where it says nothing."""
    wish = env.get(name, "").strip().lower()
    if wish not in ("", "on", "off"):
        raise OptionError(
            f"{name} is on or off, not {wish!r}.", advice="Change it, or leave it unset."
        )
    return wish == "on" if wish else None


def _flag(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").strip().lower() not in ("", "0", "off", "false", "no")


def _find_key(
    env: Mapping[str, str], api_origin: str, home: Path, session_key: str | None
) -> tuple[str | None, Key]:
    if session_key:
        return LOGIN, Key(known=session_key)
    if key := env.get(ENVIRONMENT, "").strip():
        return ENVIRONMENT, Key(known=key)
    if api_origin in logins(home):
        return "the OS keyring", Key(read=lambda: from_keyring(api_origin))
    if api_origin == VENDOR_API and "google.colab" in sys.modules:
        secret = from_colab()
        return ("the Colab secret KIE_API_KEY" if secret else None), Key(known=secret)
    return None, Key()


def _key_origins(source: str | None, key: Key, in_use: Sequence[str]) -> frozenset[str]:
    """Return the origins that the key of a source may go to; ``in_use`` begins with the API's."""
    if source is None:
        return frozenset()
    if source != ENVIRONMENT:
        given = partial(of_stored_key, in_use[0])
    else:
        given = partial(of_environment_key, key() or "")
    # What this process was started with is looked for only where it can matter.
    plain = given(Named())
    return plain if plain.issuperset(in_use) else given(named_at_start(ENVIRONMENT, *ORIGINS))

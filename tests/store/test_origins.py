"""How an origin is written, and to whom a key was given."""

import re
import sys
from itertools import product
from pathlib import Path

import pytest

from hailuo_nb.config import Config, read_config
from hailuo_nb.errors import SetupError, UnsafeOrigin
from hailuo_nb.notebook.magic import welcome
from hailuo_nb.session.shell import Host
from hailuo_nb.store import origins
from hailuo_nb.store.origins import VENDOR, VENDOR_API, VENDOR_UPLOAD, Named, read_origin

KEY = "sk-7e1f0b5a93c24d68"
A, B, C = "https://a.example", "https://b.example:444", "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("", None),
        ("  ", None),
        (" HTTPS://API.kie.ai.:443/api?x#y ", VENDOR_API),
        ("https://api.kie.ai..", VENDOR_API),
        ("http://LOCALHOST.:80", "http://localhost"),
        ("http://[::1]:080", "http://[::1]"),
        ("http://127.0.0.1:8080", C),
        ("https://api.kie.ai:80", "https://api.kie.ai:80"),
        ("https://a_b.example", "https://a_b.example"),
        ("https://a.example/api/v1/", A),
        (f"{A}/services/class/?x", f"{A}/services/class"),
        (f"{C}/services/class/api/v1", f"{C}/services/class"),
    ],
)
def test_one_origin_has_one_spelling(url: str, origin: str | None) -> None:
    """Case, a dot at the end, the usual port and the API's path do not count; a gateway's does."""
    assert read_origin("X", url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "api.kie.ai",
        "//api.kie.ai",
        "ftp://api.kie.ai",
        "https://",
        "https://.",
        "https://:443",
        "https://me@api.kie.ai",
        "https://:pw@api.kie.ai",
        "https://@api.kie.ai",
        "https://api.kie.ai:0",
        "https://api.kie.ai:65536",
        "https://api.kie.ai:x",
        "https://api.kie.ai%2eevil.example",
        "https://api.kie.ai\\.evil.example",
        "https://api.kie.ai evil.example",
        "https://api。kie。ai",
        "https://аpi.kie.ai",
        "http://[::1",
        "http://[::1%25eth0]",
        "https://[v1.x]",
        "https://a.example/a/../b",
        "https://a.example/%2e%2e/b",
        "https://a.example/a b",
        "http://api.kie.ai",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://2130706433",
        "http://0x7f.1",
        "http://0.0.0.0",
        "http://10.0.0.1",
    ],
)
def test_what_is_no_safe_origin_is_refused(url: str) -> None:
    """In our words, with the variable's name."""
    with pytest.raises(SetupError, match=r"^X (holds no|is plain) http"):
        read_origin("X", url)


@pytest.fixture
def at_start(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return what this process is taken to have been started with; empty at first."""
    known: dict[str, str] = {}
    monkeypatch.setattr(origins, "_environment_at_start", lambda: known)
    return known


def test_plain_http_goes_where_it_was_trusted_from_the_start(at_start: dict[str, str]) -> None:
    """To that origin, by its port; naming it later changes nothing."""
    at_start[origins.TRUSTED] = "http://10.0.0.5:8090/ http://hub.lan"
    assert read_origin("X", "http://10.0.0.5:8090/class") == "http://10.0.0.5:8090/class"
    assert read_origin("X", "http://hub.lan") == "http://hub.lan"
    for other in ("http://10.0.0.5", "http://10.0.0.5:8091", "http://hub.lan.evil.example"):
        with pytest.raises(UnsafeOrigin):
            read_origin("X", other)


def settings(home: Path, session_key: str | None = None, **environ: str) -> Config:
    """Read the settings of an environment."""
    return read_config({"HAILUO_HOME": str(home), **environ}, session_key=session_key)


def receivers(config: Config) -> set[str]:
    """Return who gets the key, asked one by one."""
    found = set()
    for origin in (VENDOR_API, VENDOR_UPLOAD, A, B, C):
        try:
            found |= {origin} if config.key_for(origin) == KEY else set()
        except UnsafeOrigin as error:
            assert origin in str(error) and KEY not in str(error)
    return found


NAMED = ("", VENDOR_API, VENDOR_UPLOAD, A, B, C)
PAIRS = sorted(product(NAMED, NAMED))


@pytest.mark.parametrize(("api", "upload"), PAIRS)
def test_a_typed_key_stays_with_its_service(
    tmp_path: Path, at_start: dict[str, str], api: str, upload: str
) -> None:
    """Whatever is named later, in any combination: the service that it was typed for gets it."""
    config = settings(tmp_path, KEY, HAILUO_BASE_URL=api, HAILUO_UPLOAD_URL=upload)
    service = api or VENDOR_API
    own = {VENDOR_API, VENDOR_UPLOAD} if service == VENDOR_API else {service}
    assert receivers(config) == own


@pytest.mark.parametrize(("api", "upload"), PAIRS)
def test_a_key_of_the_environment_goes_to_what_was_named_with_it(
    tmp_path: Path, at_start: dict[str, str], api: str, upload: str
) -> None:
    """The vendor gets it, and what stood beside it at the start; never what was added since."""
    environ = {"KIE_API_KEY": KEY, "HAILUO_BASE_URL": api, "HAILUO_UPLOAD_URL": upload}
    assert receivers(settings(tmp_path, **environ)) == VENDOR
    at_start |= {"KIE_API_KEY": KEY}
    assert receivers(settings(tmp_path, **environ)) == VENDOR
    at_start |= {"HAILUO_BASE_URL": f"{A}/", "HAILUO_UPLOAD_URL": B.upper()}
    in_use = {api or VENDOR_API, upload or origins.uploads_of(api or VENDOR_API)}
    expected = set(VENDOR) if in_use <= VENDOR else {*VENDOR, A, B}
    assert receivers(settings(tmp_path, **environ)) == expected
    at_start["KIE_API_KEY"] = "sk-another-0011223344"
    assert receivers(settings(tmp_path, **environ)) == VENDOR


def test_a_typed_key_goes_to_uploads_that_were_named_with_its_service(
    tmp_path: Path, at_start: dict[str, str]
) -> None:
    """Both named before the kernel started; the vendor's key goes to the vendor even so."""
    at_start |= {"HAILUO_BASE_URL": A, "HAILUO_UPLOAD_URL": B}
    named = {"HAILUO_BASE_URL": A, "HAILUO_UPLOAD_URL": B}
    assert receivers(settings(tmp_path, KEY, **named)) == {A, B}
    assert receivers(settings(tmp_path, KEY, **named | {"HAILUO_BASE_URL": C})) == {C}
    assert receivers(settings(tmp_path, KEY, HAILUO_UPLOAD_URL=B)) == VENDOR


def test_an_unfit_start_names_nothing(tmp_path: Path, at_start: dict[str, str]) -> None:
    """An address that cannot be read is nobody's; the other one counts."""
    at_start |= {"KIE_API_KEY": KEY, "HAILUO_BASE_URL": "http://[", "HAILUO_UPLOAD_URL": B}
    config = settings(tmp_path, KIE_API_KEY=KEY, HAILUO_BASE_URL=A, HAILUO_UPLOAD_URL=B)
    assert receivers(config) == {*VENDOR, B}


def test_where_nobody_knows_the_start_only_the_vendor_gets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a process's record of its variables follows what a notebook sets."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("KIE_API_KEY", KEY)
    assert origins.named_at_start("KIE_API_KEY", "HAILUO_BASE_URL") == Named()


def test_a_cell_is_refused_early_and_the_keyring_is_not_asked(
    tmp_path: Path, at_start: dict[str, str]
) -> None:
    """One unfit origin is enough; the words name it, its variable and the way out."""
    config = settings(tmp_path, KEY, HAILUO_UPLOAD_URL=A)
    with pytest.raises(UnsafeOrigin) as caught:
        config.check_key()
    assert str(caught.value) == (
        f"The key from this session's login does not go to {A}: KIE_API_KEY and "
        "HAILUO_UPLOAD_URL were not both set before the kernel started. Nothing was sent. "
        "Set both outside the notebook and restart the kernel, or unset HAILUO_UPLOAD_URL."
    )
    settings(tmp_path, KEY, HAILUO_UPLOAD_URL=VENDOR_UPLOAD).check_key()


def test_the_simulator_is_on_this_machine(tmp_path: Path) -> None:
    """An address of it that leads elsewhere gets not even the practice key."""
    config = settings(tmp_path)
    assert config.key_for("http://127.0.0.1:5") != KEY
    with pytest.raises(UnsafeOrigin, match=re.escape(A)):
        config.key_for(A)


@pytest.mark.parametrize(("api", "upload"), PAIRS)
def test_whoever_gets_the_key_is_named_at_loading(
    tmp_path: Path, at_start: dict[str, str], api: str, upload: str
) -> None:
    """All that are not the vendor's own, and only those in use."""
    named = {"HAILUO_BASE_URL": api, "HAILUO_UPLOAD_URL": upload}
    at_start |= {"KIE_API_KEY": KEY} | named
    config = settings(tmp_path, KIE_API_KEY=KEY, **named)
    line = welcome(config, Host(None), None)
    foreign = {config.api_origin, config.upload_origin} - VENDOR
    assert {one for one in (A, B, C) if one in line} == foreign
    assert line.count("which is not the vendor's own") == len(foreign)
    assert "does not get the key" not in line
    at_start.clear()
    line = welcome(settings(tmp_path, KIE_API_KEY=KEY, **named), Host(None), None)
    assert line.count("which is not the vendor's own and does not get the key") == len(foreign)


def test_what_was_named_shows_no_key() -> None:
    """Nor does its repr."""
    assert KEY not in repr(Named(key=KEY, api_origin=A))

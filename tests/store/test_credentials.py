"""Where the key comes from, where it may go, and that it shows nowhere."""

import pickle
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from hailuo_nb.config import SIMULATED_KEY, Config, read_config
from hailuo_nb.errors import MissingKey, UnsafeOrigin
from hailuo_nb.store.credentials import MASK, Key, keyring_name, logins, store_key
from hailuo_nb.store.origins import VENDOR_API, VENDOR_UPLOAD

KEY = "sk-3b1c55a0f2d947e8"
OTHER = "https://other.example"


class FakeKeyring:
    """The outermost wire: the package ``keyring`` as far as it is used, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.asked: list[str] = []
        self.broken = False
        self.priority = 5.0

    def get_password(self, service: str, name: str) -> str | None:
        self.asked.append(name)
        self._check()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self._check()
        self.kept[service, name] = password

    def get_keyring(self) -> SimpleNamespace:
        return SimpleNamespace(name="Fake Keyring", priority=self.priority)

    def _check(self) -> None:
        if self.broken:
            raise OSError("locked")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    """Put a keyring in the place of the operating system's."""
    fake, module = FakeKeyring(), ModuleType("keyring")
    module.__spec__ = ModuleSpec("keyring", None)
    for name in ("get_password", "set_password", "get_keyring"):
        setattr(module, name, getattr(fake, name))
    monkeypatch.setitem(sys.modules, "keyring", module)
    return fake


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on a machine without the package."""
    monkeypatch.setattr("hailuo_nb.store.credentials.find_spec", lambda name: None)


def settings(home: Path, **environ: str) -> Config:
    """Read the settings of an environment."""
    return read_config({"HAILUO_HOME": str(home), **environ})


def key_of(config: Config) -> str:
    """Return the key as the API gets it."""
    return config.key_for(config.api_origin)


def test_a_kept_key_is_found_again(tmp_path: Path, keyring: FakeKeyring) -> None:
    """What login keeps is what the next kernel sends."""
    assert store_key(tmp_path, VENDOR_API, KEY) == "the OS keyring"
    config = settings(tmp_path)
    assert config.key_source == "the OS keyring"
    assert not config.simulator
    assert key_of(config) == KEY


def test_a_kept_key_is_bound_to_its_origin(tmp_path: Path, keyring: FakeKeyring) -> None:
    """Neither another origin gets it, nor does the origin of another login lose its own."""
    store_key(tmp_path, VENDOR_API, KEY)
    elsewhere = settings(tmp_path, HAILUO_BASE_URL=OTHER)
    with pytest.raises(MissingKey):
        key_of(elsewhere)
    store_key(tmp_path, OTHER, "sk-another-00112233")
    assert key_of(settings(tmp_path, HAILUO_BASE_URL=OTHER)) == "sk-another-00112233"
    assert key_of(settings(tmp_path)) == KEY


def test_a_task_of_another_service_is_watched_without_the_key(
    tmp_path: Path, keyring: FakeKeyring
) -> None:
    """The settings for an earlier origin carry none."""
    store_key(tmp_path, VENDOR_API, KEY)
    with pytest.raises(MissingKey):
        key_of(settings(tmp_path).for_service(OTHER))


def test_the_keyring_is_asked_late_and_once(tmp_path: Path, keyring: FakeKeyring) -> None:
    """It may ask the person, so loading does not, and a hundred requests ask once."""
    store_key(tmp_path, VENDOR_API, KEY)
    config = settings(tmp_path)
    config.check_key()
    assert config.mask(f"a {KEY}") == f"a {KEY}"
    assert keyring.asked == []
    assert {key_of(config) for _ in range(100)} == {KEY}
    assert keyring.asked == [VENDOR_API]
    assert config.mask(f"a {KEY}") == f"a {MASK}"


def test_the_file_of_logins_holds_no_key_and_is_private(
    tmp_path: Path, keyring: FakeKeyring
) -> None:
    """It lists origins."""
    store_key(tmp_path / "home", VENDOR_API, KEY)
    (kept,) = (tmp_path / "home").iterdir()
    assert logins(tmp_path / "home") == [VENDOR_API]
    assert KEY not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "5", "null", '{"a": 1}', "[1, null]", "[[]]", "\udcff"])
def test_a_broken_file_of_logins_is_no_login(tmp_path: Path, text: str) -> None:
    """Whatever stands there, the extension loads."""
    (tmp_path / "logins.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    assert settings(tmp_path).simulator


def test_a_locked_keyring_keeps_nothing(tmp_path: Path, keyring: FakeKeyring) -> None:
    """Login says that the key lives as long as the kernel; a kept one is missing for now."""
    store_key(tmp_path, VENDOR_API, KEY)
    keyring.broken = True
    assert store_key(tmp_path, VENDOR_API, KEY) is None
    config = settings(tmp_path)
    with pytest.raises(MissingKey):
        key_of(config)
    keyring.broken = False
    assert key_of(config) == KEY


def test_without_a_keyring_nothing_is_kept(tmp_path: Path, no_keyring: None) -> None:
    """No file is made in its place."""
    assert store_key(tmp_path / "home", VENDOR_API, KEY) is None
    assert keyring_name() is None
    assert not (tmp_path / "home").exists()


def test_the_keyring_has_a_name(keyring: FakeKeyring) -> None:
    """A backend that cannot keep anything counts as none."""
    assert keyring_name() == "Fake Keyring"
    keyring.priority = 0
    assert keyring_name() is None


def test_a_typed_key_survives_a_reload_for_its_origin_alone(tmp_path: Path) -> None:
    """Loading the extension anew keeps it; another origin does not get it."""
    environ = {"HAILUO_HOME": str(tmp_path)}
    typed = read_config(environ, session_key=KEY)
    assert key_of(read_config(environ, before=typed)) == KEY
    elsewhere = read_config({**environ, "HAILUO_BASE_URL": OTHER}, before=typed)
    with pytest.raises(MissingKey):
        key_of(elsewhere)


def test_the_environment_goes_before_the_keyring(tmp_path: Path, keyring: FakeKeyring) -> None:
    """What was set for this kernel counts."""
    store_key(tmp_path, VENDOR_API, "sk-kept-000111222")
    config = settings(tmp_path, KIE_API_KEY=KEY)
    assert (config.key_source, key_of(config)) == ("KIE_API_KEY", KEY)


@pytest.mark.parametrize("found", [KEY, None])
def test_colab_s_secret_is_for_the_vendor_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str | None
) -> None:
    """It is read where Colab is, and goes to the vendor's origin."""
    colab = ModuleType("google.colab")
    colab.userdata = SimpleNamespace(get={"KIE_API_KEY": found}.get)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    config = settings(tmp_path)
    assert config.key_source == {KEY: "the Colab secret KIE_API_KEY", None: None}[found]
    assert config.simulator is (found is None)
    elsewhere = settings(tmp_path, HAILUO_BASE_URL=OTHER)
    with pytest.raises(MissingKey):
        key_of(elsewhere)


def test_a_refused_secret_of_colab_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person may say no; the simulator plays then."""

    def refuse(name: str) -> str:
        raise PermissionError(name)

    colab = ModuleType("google.colab")
    colab.userdata = SimpleNamespace(get=refuse)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    assert settings(tmp_path).simulator


def test_a_key_shows_as_asterisks_and_is_not_pickled(tmp_path: Path) -> None:
    """Neither repr nor pickle nor the settings that hold it give it away."""
    config = read_config({"HAILUO_HOME": str(tmp_path), "KIE_API_KEY": KEY})
    assert KEY not in repr(config)
    assert repr(Key(known=KEY)) == MASK
    with pytest.raises(TypeError):
        pickle.dumps(Key(known=KEY))
    with pytest.raises(TypeError):
        pickle.dumps(config)


def test_a_key_that_must_not_go_is_masked_all_the_same(tmp_path: Path) -> None:
    """The environment's key set in the notebook is refused to another origin, and known."""
    config = settings(tmp_path, KIE_API_KEY=KEY, HAILUO_BASE_URL=OTHER)
    with pytest.raises(UnsafeOrigin) as caught:
        key_of(config)
    assert KEY not in str(caught.value)
    assert config.mask(f"{KEY}!") == f"{MASK}!"


def test_a_key_that_must_not_go_marks_no_task(tmp_path: Path) -> None:
    """Loading says what is unfinished, also where the key is refused to this origin."""
    environ = {"HAILUO_HOME": str(tmp_path), "KIE_API_KEY": KEY, "HAILUO_BASE_URL": OTHER}
    assert read_config(environ).key_print(lambda: b"salt") is None


def test_what_is_too_short_for_a_key_is_not_blotted_out() -> None:
    """A key of a letter would take every such letter from every text."""
    assert Key(known="a").mask("banana") == "banana"


@pytest.mark.parametrize("spelt", ["", "https://API.kie.ai:443", "https://api.kie.ai./"])
def test_one_service_has_one_name(tmp_path: Path, spelt: str) -> None:
    """However its address is spelt, the same cell is the same; uploads go to their own host."""
    found = settings(tmp_path, KIE_API_KEY=KEY, HAILUO_BASE_URL=spelt)
    assert (found.service, found.upload_origin) == (VENDOR_API, VENDOR_UPLOAD)


def test_another_service_takes_its_own_uploads(tmp_path: Path) -> None:
    """A port that is not the usual one belongs to the name."""
    found = settings(tmp_path, KIE_API_KEY=KEY, HAILUO_BASE_URL="http://127.0.0.1:8080/")
    assert (found.service, found.upload_origin) == ("http://127.0.0.1:8080",) * 2


def test_without_a_key_the_way_to_the_simulator_is_the_right_one(tmp_path: Path) -> None:
    """With an address of one's own set, HAILUO_SIMULATOR would change nothing."""
    found = settings(tmp_path, HAILUO_BASE_URL="http://127.0.0.1:9", HAILUO_SIMULATOR="on")
    with pytest.raises(MissingKey, match="unset HAILUO_BASE_URL"):
        key_of(found)


def test_the_simulator_s_bearer_is_no_word_of_a_prompt(tmp_path: Path) -> None:
    """What it answers is blotted of its bearer, and nothing else."""
    assert SIMULATED_KEY not in "A simulated storm, a practice in hailuo"

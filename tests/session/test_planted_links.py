"""Links that lie where the package is about to write: what they lead to is never touched."""

import stat
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from hailuo_nb.errors import SimulatorError, StoreError
from hailuo_nb.session import simulator_process
from hailuo_nb.simulator.ledger import Ledger, LedgerError
from hailuo_nb.simulator.uploads import UploadStore
from hailuo_nb.store.credentials import logins, store_key
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History
from hailuo_nb.store.sidecar import write_sidecar
from tests.store.make import finished, snapshot_of

MINE = b"mine"
ORIGIN = "https://api.example"


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[Path], Callable[[], bool]]:
    """Return what makes a link at a place, with others beside it, and tells if all is well."""
    other = tmp_path / "elsewhere"
    other.mkdir()

    def at(place: Path) -> Callable[[], bool]:
        place.parent.mkdir(parents=True, exist_ok=True)
        names = {place.name, f"{place.name}.part", f".{place.name}.part", f"{place.stem}.part"}
        for name in names:
            (other / name).write_bytes(MINE)
            place.with_name(name).symlink_to(other / name)
        return lambda: all(path.read_bytes() == MINE for path in other.iterdir())

    return at


Plant = Callable[[Path], Callable[[], bool]]


def test_a_sidecar(tmp_path: Path, plant: Plant) -> None:
    """It takes the link's place."""
    untouched = plant(tmp_path / "a1.json")
    path = write_sidecar(finished("a1", tmp_path))
    assert untouched()
    assert not list(tmp_path.glob("a1.json*.part"))
    assert not path.is_symlink()


def test_a_kept_image(tmp_path: Path, plant: Plant) -> None:
    """It takes the link's place, private."""
    untouched = plant(tmp_path / "inputs" / "a1-image")
    Files(tmp_path).keep_input("a1", "image", b"start")
    assert untouched()
    assert Files(tmp_path).kept_input("a1", "image") == b"start"
    assert stat.S_IMODE((tmp_path / "inputs" / "a1-image").lstat().st_mode) == 0o600


def test_the_list_of_logins(tmp_path: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the link's place, private."""
    keyring = ModuleType("keyring")
    keyring.__spec__ = ModuleSpec("keyring", None)
    keyring.set_password = lambda *_: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    untouched = plant(tmp_path / "logins.json")
    store_key(tmp_path, ORIGIN, "sk-0123456789")
    assert untouched()
    assert logins(tmp_path) == [ORIGIN]
    assert stat.S_IMODE((tmp_path / "logins.json").lstat().st_mode) == 0o600


def test_the_simulators_files(tmp_path: Path, plant: Plant) -> None:
    """Its log and its process file take the links' places."""
    folder = tmp_path / "home" / "simulator"
    untouched = [plant(folder / name) for name in ("log.txt", "process.json")]
    with simulator_process.ensure_simulator(tmp_path / "home"):
        assert simulator_process.running_simulator(tmp_path / "home") is not None
    assert all(well() for well in untouched)
    assert not (folder / "log.txt").is_symlink()
    assert stat.S_IMODE((folder / "process.json").lstat().st_mode) == 0o600


@pytest.mark.parametrize("dangling", [False, True])
def test_databases(tmp_path: Path, dangling: bool) -> None:
    """SQLite would follow a link: it is refused, and nothing is made where it leads."""
    target, home = tmp_path / "target", tmp_path / "home"
    if not dangling:
        target.write_bytes(b"")
    for name in ("history.sqlite3", "simulator/lock.sqlite3", "state/ledger.sqlite3"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).symlink_to(target)
    with History(home) as history, pytest.raises(StoreError, match=r"history\.sqlite3 is a link"):
        history.add(snapshot_of("a1"), folder=tmp_path)
    with pytest.raises(SimulatorError, match=r"lock\.sqlite3 is a link"):
        simulator_process.ensure_simulator(home)
    with pytest.raises(LedgerError, match="it is a link"):
        Ledger(home / "state" / "ledger.sqlite3", 1.0)
    assert target.exists() is not dangling
    assert dangling or target.read_bytes() == b""


def test_an_upload_to_the_simulator(tmp_path: Path, plant: Plant) -> None:
    """Its bytes take the link's place, though a file of that name seems to be there."""
    ledger = Ledger(tmp_path / "ledger.sqlite3", 1.0)
    store = UploadStore(tmp_path / "uploads", ledger)
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    untouched = plant(tmp_path / "uploads" / digest)
    upload = store.put("account", "", "x.png", b"x", 1.0)
    ledger.close()
    assert upload.blob == digest
    assert untouched()
    assert store.file(digest).read_bytes() == b"x"

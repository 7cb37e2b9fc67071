"""Files are written whole, in one way, and never through a link that lies in the way."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hailuo_nb.core import disk
from hailuo_nb.core.disk import Draft, append, create, drop_leftovers, make_private, write_whole

MINE = b"mine"


@pytest.fixture
def precious(tmp_path: Path) -> Path:
    """Return a file of the person's that nothing may write to."""
    path = tmp_path / "elsewhere" / "precious"
    path.parent.mkdir()
    path.write_bytes(MINE)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder."""
    path = tmp_path / "here"
    path.mkdir()
    return path


def test_a_file_is_whole_and_alone(folder: Path) -> None:
    """What was there is replaced, and no draft stays."""
    for data in (b"one", b"two"):
        write_whole(folder / "a", data)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": data}


def test_a_link_in_a_files_place_is_replaced(folder: Path, precious: Path) -> None:
    """It is the link that goes, not what it leads to."""
    (folder / "a").symlink_to(precious)
    write_whole(folder / "a", b"new")
    assert not (folder / "a").is_symlink()
    assert ((folder / "a").read_bytes(), precious.read_bytes()) == (b"new", MINE)


@pytest.mark.parametrize("odd", ["folder", "pipe", "."])
def test_only_a_file_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    """A folder or a pipe stays what it is, as a device would, and nothing is left beside it."""
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    monkeypatch.chdir(folder)
    with pytest.raises(OSError, match=r"directory|no file"):
        write_whole(Path(odd), b"new")
    assert (folder / "folder").is_dir()
    assert stat.S_ISFIFO((folder / "pipe").lstat().st_mode)
    assert len(list(folder.iterdir())) == 2


def test_no_two_drafts_have_one_name(folder: Path) -> None:
    """Two writers of one file do not write into each other's, and no name can be taken before."""
    drafts = [Draft(folder / "a") for _ in range(20)]
    assert len({draft.path for draft in drafts}) == 20
    for number, draft in enumerate(drafts):
        draft.file.write(str(number).encode())
        draft.settle(durable=False)
    assert [path.name for path in folder.iterdir()] == ["a"]
    assert (folder / "a").read_bytes() == b"19"


@pytest.mark.parametrize("dangling", [False, True])
@pytest.mark.parametrize("write", [lambda path: create(path), lambda path: append(path, b"x")])
def test_what_is_opened_by_its_own_name_is_no_link(
    folder: Path, precious: Path, write: Callable[[Path], object], dangling: bool
) -> None:
    """Neither a new file nor the end of one is written through a link, to nothing or something."""
    target = precious.with_name("nothing") if dangling else precious
    (folder / "a").symlink_to(target)
    with pytest.raises(OSError, match="a"):
        write(folder / "a")
    assert precious.read_bytes() == MINE
    assert [path.name for path in precious.parent.iterdir()] == ["precious"]


@pytest.mark.parametrize("dangling", [False, True])
def test_a_librarys_file_is_no_link(folder: Path, precious: Path, dangling: bool) -> None:
    """What SQLite is to open is refused where a link lies."""
    target = precious.with_name("nothing") if dangling else precious
    (folder / "a").symlink_to(target)
    with pytest.raises(OSError, match="a is a link"):
        make_private(folder / "a")
    assert [path.name for path in precious.parent.iterdir()] == ["precious"]


def test_a_librarys_file_is_made_once_and_private(folder: Path) -> None:
    """One that is there is kept, read-only or not."""
    make_private(folder / "a")
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o600
    (folder / "a").write_bytes(MINE)
    (folder / "a").chmod(0o400)
    make_private(folder / "a")
    assert (folder / "a").read_bytes() == MINE


def test_bytes_are_added_at_the_end(folder: Path) -> None:
    """The file is made when missing, private."""
    append(folder / "a", b"one\n")
    append(folder / "a", b"two\n")
    assert (folder / "a").read_bytes() == b"one\ntwo\n"
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o600


def test_without_the_systems_help_links_are_refused_all_the_same(
    folder: Path, precious: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every system has O_NOFOLLOW."""
    monkeypatch.setattr(disk, "_NOFOLLOW", 0)
    (folder / "a").symlink_to(precious)
    for write in (lambda: create(folder / "a"), lambda: append(folder / "a", b"x")):
        with pytest.raises(OSError, match="a"):
            write()
    assert precious.read_bytes() == MINE


@pytest.mark.parametrize(("mode", "found"), [(0o666, 0o640), (disk.PRIVATE, 0o600)])
def test_permissions_are_right_from_the_start(folder: Path, mode: int, found: int) -> None:
    """A private file never lies open, not even as a draft; others heed the umask."""
    before = os.umask(0o027)
    try:
        draft = Draft(folder / "a", mode=mode)
        assert stat.S_IMODE(draft.path.stat().st_mode) == found
        draft.settle()
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "a").stat().st_mode) == found


@pytest.mark.parametrize("name", ["x" * 255, "ü" * 127, "a" * 250 + ".html"])
def test_the_longest_names_can_be_written(folder: Path, name: str) -> None:
    """A draft's name is never longer than the disk allows."""
    write_whole(folder / name, MINE)
    assert (folder / name).read_bytes() == MINE


def test_a_write_that_fails_leaves_nothing(folder: Path) -> None:
    """Neither half a file nor a changed one: a folder lies where the file should."""
    (folder / "a").mkdir()
    (folder / "a" / "b").write_bytes(MINE)
    with pytest.raises(OSError, match="directory"):
        write_whole(folder / "a", b"new")
    assert [path.name for path in folder.iterdir()] == ["a"]


def test_a_folder_that_is_gone_is_an_error_of_the_disk(folder: Path) -> None:
    """Nothing is made in its place."""
    with pytest.raises(FileNotFoundError):
        write_whole(folder / "no" / "a", b"x")


@pytest.mark.parametrize("name", ["a1.mp4", "a[1].mp4"])
def test_leftovers_are_those_of_one_file(folder: Path, precious: Path, name: str) -> None:
    """Drafts of a killed process go by their file's name, and no other's; a link as such."""
    Draft(folder / name)
    (folder / f"{name}.part").symlink_to(precious)
    others = [Draft(folder / other).path for other in ("a11.mp4", "a1.json", "b1.mp4")]
    (folder / name).write_bytes(MINE)
    drop_leftovers(folder / name)
    assert sorted(folder.iterdir()) == sorted([*others, folder / name])
    assert precious.read_bytes() == MINE

"""What a person gives as a picture is what arrives: through a real server, from every entrance."""

import base64
import os
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import httpx
import numpy as np
import pandas as pd
import PIL.Image
import pytest

from hailuo_nb import api
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import HailuoError, ImageError, OptionError
from hailuo_nb.kie.client import Client
from hailuo_nb.notebook.magic import hailuo
from hailuo_nb.runner import runner, uploads
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.task import Task
from hailuo_nb.session import registry
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.session import Session
from hailuo_nb.session.shell import Host
from tests.media import pictures
from tests.session.conftest import Stage

Names = dict[str, object]


@pytest.fixture
def names(session: Session, monkeypatch: pytest.MonkeyPatch) -> Names:
    """Make the session the process's own, with variables that a test fills in."""
    found: Names = {}
    monkeypatch.setitem(registry.state, "session", session)
    monkeypatch.setattr(Host, "names", property(lambda host: found))
    monkeypatch.setattr(Host, "bind", lambda host, name, value: found.update({name: value}))
    return found


@pytest.fixture
def arrived(stage: Stage) -> Callable[[Task], PIL.Image.Image]:
    """Wait for a task; return its start image as the service has it."""

    def look(task: Task) -> PIL.Image.Image:
        task.wait(60)
        (url,) = [
            one["input"]["image_url"] for one in stage.ledger() if one["taskId"] == task.task_id
        ]
        return pictures.opened(httpx.get(url, timeout=60).raise_for_status().content)

    return look


@pytest.fixture
def posters(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what cards show before there is a clip, in order."""
    found: list[str] = []
    plain = uploads.begin_poster

    def noted(shared: Shared, digest: str, draw: Callable[[], str]) -> None:
        def drawing() -> str:
            found.append(draw())
            return found[-1]

        plain(shared, digest, drawing)

    for module in (uploads, runner):
        monkeypatch.setattr(module, "begin_poster", noted)
    return found


def drawn(poster: str) -> PIL.Image.Image:
    """Open a poster."""
    return pictures.opened(base64.b64decode(poster.partition(",")[2])).convert("RGB")


def cell(line: str, names: Names) -> Task:
    """Run a cell; return its task."""
    hailuo(f"made {line}", "A calm sea.")
    made = names["made"]
    assert isinstance(made, Task)
    return made


Arrived = Callable[[Task], PIL.Image.Image]


def test_a_phone_photo_is_upright_from_every_entrance(
    names: Names, arrived: Arrived, posters: list[str]
) -> None:
    """As a file, opened with Pillow, in a data frame: what is sent and shown stands upright."""
    Path("phone.jpg").write_bytes(pictures.photo(6))
    names["photo"] = PIL.Image.open("phone.jpg")
    frame = pd.DataFrame({"photo": [PIL.Image.open("phone.jpg")]})
    made = [
        cell("--image phone.jpg", names),
        cell("--again --image photo", names),
        api.generate("In a frame.", image=frame["photo"]),
    ]
    for task in made:
        assert isinstance(task, Task)
        assert pictures.is_quartered(arrived(task))
        assert task.snapshot.request.image is not None
        assert (task.snapshot.request.image.width_px, task.snapshot.request.image.height_px) == (
            320,
            400,
        )
    assert len(posters) == 2  # one of equal bytes
    assert all(pictures.is_quartered(drawn(poster)) for poster in posters)


def test_two_pictures_in_one_jpeg_are_one(
    names: Names, arrived: Arrived, posters: list[str]
) -> None:
    """A phone's JPEG with a second picture inside is a JPEG: in a file, in bytes, opened."""
    picture = pictures.quartered()
    data = pictures.file_of(picture, "MPO", save_all=True, append_images=[picture])
    Path("two.jpg").write_bytes(data)
    names |= {"data": data, "opened": pictures.opened(data)}
    for source in ("two.jpg", "data", "opened"):
        task = cell(f"--again --image {source}", names)
        assert pictures.is_quartered(arrived(task))
    assert len(posters) == 2  # one of equal bytes
    assert all(pictures.is_quartered(drawn(poster)) for poster in posters)


def test_a_scan_keeps_its_greys(names: Names, arrived: Arrived, posters: list[str]) -> None:
    """Sixteen bits become eight, told once; the same picture as a file has the same poster."""
    names["scan"] = pictures.scan()
    task = cell("--image scan", names)
    greys = np.asarray(arrived(task).convert("L"), int)
    assert np.abs(greys[0] - np.linspace(0, 255, 400)).max() <= 1
    assert [one for one in task.snapshot.warnings if "8 bits" in one] == [
        "scan: its values from 0 to 65535 are sent in 8 bits, 0 as black and 65535 as white."
    ]
    names["scan"].save("scan.png")  # type: ignore[attr-defined]
    cell("--again --image scan.png", names).wait(60)
    of_variable, of_file = (np.asarray(drawn(poster), int) for poster in posters)
    assert np.abs(of_variable - of_file).max() < 12


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparency_stays_and_is_shown_on_white(
    names: Names, arrived: Arrived, posters: list[str], mode: str
) -> None:
    """What is hidden under it is neither shown nor sent as if it were there."""
    names["cut"] = pictures.cutout(mode)
    Path("cut.png").write_bytes(pictures.file_of(pictures.cutout(mode), "PNG"))
    for source in ("cut", "cut.png"):
        sent = arrived(cell(f"--again --image {source}", names))
        assert sent.mode == mode
        assert np.asarray(sent.convert("RGBA"))[5, 5, 3] == 0
    assert len(posters) == 2
    for poster in posters:
        seen = np.asarray(drawn(poster))
        assert seen[5, 5].min() > 245
        assert seen[150, 192].max() < 60


def test_a_large_photo_is_sent_as_jpeg(names: Names, arrived: Arrived) -> None:
    """What PNG makes too large is sent within the service's limit, and the cell says so."""
    names["big"] = pictures.opened(pictures.file_of(pictures.noisy(3000, 2200), "JPEG", quality=85))
    plan = api.generate("A calm sea.", image="big", dry_run=True)
    assert isinstance(plan, Plan)
    (note,) = [note for note in plan.all_notes if "as PNG" in note]
    assert "big: as PNG it has" in note
    assert "sent as JPEG of quality 95" in note
    sent = arrived(cell("--image big", names))
    assert (sent.format, sent.size) == ("JPEG", (3000, 2200))


@pytest.mark.parametrize("which", ["--image", "--end-image"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_image_is_refused_before_anything_is_sent(
    names: Names, stage: Stage, monkeypatch: pytest.MonkeyPatch, form: str, which: str
) -> None:
    """An end image as a start image: by name, nothing uploaded, nothing sent, nothing charged."""
    before, uploads = len(stage.ledger()), Counter[str]()
    counting(monkeypatch, uploads, Client, "upload")
    whole = pictures.file_of(pictures.noisy(400, 320), form)
    Path("whole").write_bytes(pictures.file_of(pictures.quartered(), "PNG"))
    Path("cut").write_bytes(whole[: len(whole) // 2])
    other = "--end-image" if which == "--image" else "--image"
    task = cell(f"{other} ./whole {which} ./cut", names)
    with pytest.raises(ImageError, match=r"cut cannot be read.*Nothing was sent"):
        task.wait(60)
    assert task.snapshot.credits == 0
    assert (len(stage.ledger()), uploads) == (before, Counter())


def counting(patch: pytest.MonkeyPatch, counts: Counter[str], owner: Any, name: str) -> None:
    """Count the calls of a method."""
    plain = getattr(owner, name)

    def counted(*args: Any, **more: Any) -> Any:
        counts[name] += 1
        return plain(*args, **more)

    patch.setattr(owner, name, counted)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (np.zeros((0, 0, 3), np.uint8), r"no pixels \(0 x 0\)"),
        (np.zeros((0, 40), np.float64), r"no pixels \(40 x 0\)"),
        (PIL.Image.new("RGB", (0, 30)), r"no pixels \(0 x 30\)"),
        (PIL.Image.new("La", (400, 320)), r'mode is La.*\.convert\("LA"\)'),
        (PIL.Image.new("RGBa", (400, 320)), r'mode is RGBa.*\.convert\("RGBA"\)'),
        (np.full((40, 30), np.nan), "no finite numbers"),
        (np.zeros((40, 30), np.complex64), "no numbers but complex64"),
        (np.array([["a"]]), "no numbers but <U1"),
        (np.zeros((5, 40, 30, 3), np.uint8), r"shape is \(5, 40, 30, 3\)"),
        (np.zeros(7, np.uint8), r"shape is \(7,\)"),
    ],
)
def test_what_is_no_picture_is_refused_in_the_cell(
    names: Names, stage: Stage, picture: object, words: str
) -> None:
    """By name, before anything is planned."""
    before = len(stage.ledger())
    names["empty"] = picture
    with pytest.raises(ImageError, match=rf"empty is no picture.*{words}.*Nothing was sent"):
        hailuo("made --image empty", "A calm sea.")
    assert len(stage.ledger()) == before
    assert "made" not in names


def test_a_wall_of_pixels_puts_no_warning_of_python_under_the_cell(names: Names) -> None:
    """Its size is the reason, and is told."""
    wall = PIL.Image.new("1", (11_000, 10_000))
    wall.save("wall.png")
    names["wall"] = wall
    for source in ("wall.png", "wall"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(ImageError, match=r"11000 x 10000 pixels; at most 50 million"):
                hailuo(f"a --image {source} --dry-run", "A calm sea.")


def test_text_that_is_an_image_is_decoded(names: Names, arrived: Arrived) -> None:
    """A data: address, and base64 alone, in one line or many."""
    data = pictures.file_of(pictures.quartered(), "PNG")
    plain = base64.b64encode(data).decode()
    names |= {
        "address": f"data:image/png;base64,{plain}",
        "alone": plain,
        "lines": base64.encodebytes(data).decode(),
        "safe": base64.urlsafe_b64encode(data).decode().rstrip("="),
    }
    for source in ("address", "alone", "lines", "safe"):
        assert pictures.is_quartered(arrived(cell(f"--again --image {source}", names)))


@pytest.mark.parametrize(
    "head",
    [
        "data:image/png;base64,",
        "data:text/plain,",
        "",
        "C:\\",
        "https://x/",
        "sample:",
        "clip:",
        "~a/",
    ],
)
def test_nothing_foreign_is_echoed_whole(names: Names, head: str) -> None:
    """Four megabytes as an image are refused in a line or two."""
    text = head + base64.b64encode(os.urandom(3_000_000)).decode()
    names["picture"] = text
    with pytest.raises(ImageError) as refused:
        hailuo("a --image picture", "A calm sea.")
    told = "\n".join(refused.value._render_traceback_())
    assert len(told) < 400
    assert text.removeprefix("sample:").removeprefix("clip:")[:15] in told
    assert "characters)" in told


@pytest.mark.parametrize("option", ["duration", "resolution", "model", "callback", "optimizer"])
def test_nor_is_any_other_value(names: Names, option: str) -> None:
    """The one place where an error takes a text cuts it, whichever option it came from."""
    with pytest.raises(HailuoError) as refused:
        api.generate("A calm sea.", **{option: "a" * 4_000_000})  # type: ignore[arg-type]
    assert len(str(refused.value)) < 2500


def test_a_path_of_windows_keeps_its_backslashes(names: Names) -> None:
    """The refusal shows what was typed; where a file lies there, it is found."""
    with pytest.raises(ImageError) as refused:
        hailuo(r"a --image C:\Users\me\pic.png", "A calm sea.")
    assert r"'C:\Users\me\pic.png'" in str(refused.value)
    Path("pictures").mkdir()
    Path("pictures/sea.png").write_bytes(pictures.file_of(pictures.quartered(), "PNG"))
    for typed in (r"pictures\sea.png", r'"pictures\sea.png"', r"'pictures\sea.png'"):
        hailuo(f"a --image {typed} --dry-run", "A calm sea.")


@pytest.mark.parametrize("flag", ["--image ", "--image=", "--image sample:peak --end-image "])
@pytest.mark.parametrize("name", ["", "a "])
def test_two_words_of_a_path_are_named(names: Names, flag: str, name: str) -> None:
    """A path with blanks is told to need quotes, wherever the name stands."""
    Path("my photo.png").write_bytes(pictures.file_of(pictures.quartered(), "PNG"))
    with pytest.raises(OptionError, match=r'image "my photo\.png"') as refused:
        hailuo(f"{name}{flag}my photo.png --dry-run", "A calm sea.")
    assert "one word too many" not in str(refused.value)
    with pytest.raises(OptionError, match=r'image "my holiday photo\.png"'):
        hailuo(f"{name}{flag}my holiday photo.png", "A calm sea.")
    quoted = f'{name}{flag}"my photo.png" --dry-run'
    hailuo(quoted, "A calm sea.")
    hailuo(rf"{name}{flag}my\ photo.png --dry-run", "A calm sea.")


def test_a_word_that_begins_a_file_is_completed(names: Names) -> None:
    """Where the second word could be the task's name, the file that is there is told."""
    Path("my photo").write_bytes(pictures.file_of(pictures.quartered(), "PNG"))
    with pytest.raises(ImageError, match='"my photo" is there'):
        hailuo("--image my photo", "A calm sea.")


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_name_is_found_however_its_accents_are_stored(names: Names, typed: str) -> None:
    """A folder and a file from another system, typed as the keyboard has them."""
    stored = {"NFC": "NFD", "NFD": "NFC"}[typed]
    folder = Path(normalize(stored, "été"))
    folder.mkdir()
    (folder / normalize(stored, "café.png")).write_bytes(
        pictures.file_of(pictures.quartered(), "PNG")
    )
    for source in (normalize(typed, "été/café.png"), str(Path(normalize(typed, "été/café.png")))):
        plan = api.generate("A calm sea.", image=source, dry_run=True)
        assert isinstance(plan, Plan)
    names[normalize("NFKC", "crème")] = PIL.Image.new("RGB", (400, 320))
    hailuo(f"a --image {normalize('NFD', 'crème')} --dry-run", "A calm sea.")


def test_clips_of_one_image_show_it_drawn_once(names: Names, posters: list[str]) -> None:
    """However many begin with it: none waits for its picture behind the others."""
    hailuo("made --image sample:peak", "A {calm|wild|dark|still|grey|blue} sea.")
    made = names["made"]
    made.wait(60)
    kept = [registry.state["session"].history.get(task.id) for task in made]
    assert len(posters) == 1
    assert all(known.poster for known in kept)


@pytest.mark.parametrize("line", ["--image sample:harbour", "--image photo", "--image ./photo.png"])
def test_an_image_is_drawn_before_its_clips_are_recorded(
    names: Names, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """What the next cell begins with is shown at once, and the history has it."""
    image = pictures.quartered()
    image.save("photo.png")
    names["photo"] = image.rotate(90)
    here: Session = registry.state["session"]
    begun: list[int] = []
    shown: list[str | None] = []
    begin, start = Runner.begin_poster, Runner.start

    def beginning(runner: Runner, *given: Any) -> None:
        begun.append(len(here.history.newest(9)))
        begin(runner, *given)

    def starting(runner: Runner, snapshot: Snapshot, *given: Any, **more: Any) -> Task:
        shown.append(snapshot.poster)
        return start(runner, snapshot, *given, **more)

    monkeypatch.setattr(Runner, "begin_poster", beginning)
    monkeypatch.setattr(Runner, "start", starting)
    first = cell(line, names)
    assert begun == [0]
    first.wait(60)
    hailuo(f"again {line}", "A {calm|wild} sea at night.")
    poster = here.runner().poster(first.snapshot.request.image)
    assert poster is not None
    assert shown[1:] == [poster, poster]
    assert here.history.newest(1)[0].poster is not None

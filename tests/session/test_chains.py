"""A chain of clips shown and exported as one clip, and its links on the card of the last."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import ExportError, UsageError
from hailuo_nb.media.posters import clip_pictures
from hailuo_nb.media.sources import LAST_FRAME, last_frame_digest
from hailuo_nb.runner.task import Task
from hailuo_nb.session.chains import _whole
from hailuo_nb.session.chosen import drafts_of, names_of
from hailuo_nb.session.lookup import find
from hailuo_nb.session.pages import import_page
from hailuo_nb.session.session import Session
from hailuo_nb.views import display
from hailuo_nb.views.compare.comparison import export, members
from hailuo_nb.views.compare.film import CLIPS_MAX, export_film
from tests.store.make import BLUE, GREEN, RED, Colour, finished, write_mp4

COLOURS = {"dawn": RED, "noon": GREEN, "dusk": BLUE}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session with three clips, each of which goes on from the one before it."""
    monkeypatch.chdir(tmp_path)
    environ = {"HAILUO_HOME": str(tmp_path / "home"), "HAILUO_MEASURES": "off"}
    opened = Session(read_config(environ), display=lambda task: None)
    before = None
    for name, colour in COLOURS.items():
        before = link(opened, name, colour, before)
    yield opened
    opened.close()


def link(here: Session, name: str, colour: Colour, before: Snapshot | None) -> Snapshot:
    here.folder.mkdir(exist_ok=True)
    video = write_mp4(here.folder / f"{name}.mp4", [colour] * 6, size=(64, 64))
    data = video.read_bytes()
    made = finished(name, here.folder, name=name, service="simulator", size_bytes=len(data))
    image = None
    if before is not None:
        digest = last_frame_digest(str(before.sha256))
        image = ImageRef(label=f"{LAST_FRAME}{before.name}", digest=digest, mime="image/png")
    request = replace(made.request, prompt=f"At {name}.", image=image)
    made = replace(made, sha256=hashlib.sha256(data).hexdigest(), request=request)
    here.history.add(made, folder=here.folder)
    here.history.set_pictures(name, clip_pictures(video))
    return made


def task(here: Session, name: str) -> Task:
    found = find(here, name)
    assert isinstance(found, Task)
    return found


def colours(path: Path) -> list[str]:
    """Return which clip each frame is of, by its strongest colour."""
    with av.open(str(path)) as clip:
        pixels = (frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0))
        return [list(COLOURS)[int(one.mean(axis=(0, 1)).argmax())] for one in pixels]


IN_ORDER = [name for name in COLOURS for _ in range(6)]


@pytest.mark.parametrize("meant", ["chain:dusk", "tasks"])
def test_a_chain_is_one_clip(here: Session, meant: str) -> None:
    """Every frame of each, one after another; joined once, in no history, no cell's."""
    chain = task(here, "dusk").chain
    whole = find(here, meant if meant.startswith("chain") else chain)
    assert isinstance(whole, Task)
    assert whole.video is not None
    assert colours(whole.video) == IN_ORDER
    assert whole.snapshot.request.prompt == "At dawn.\n---\nAt noon.\n---\nAt dusk."
    assert (whole.snapshot.request.duration_s, whole.credits) == (18, 150)
    assert here.history.get(whole.id) is None
    assert not whole.video.with_suffix(".json").exists()
    made_at = whole.video.stat().st_mtime_ns
    assert find(here, chain) is not None
    assert whole.video.stat().st_mtime_ns == made_at
    assert whole.chain == (whole,)


def test_a_chain_with_an_imported_clip_says_so(here: Session) -> None:
    """What is joined is no more one's own than its parts."""
    known = [task(here, name).snapshot for name in ("dawn", "noon", "dusk")]
    assert _whole(known, "all").imported is None
    assert _whole([known[0], replace(known[1], imported="page1")], "some").imported == "page1"


def test_a_chain_is_exported_as_one(here: Session) -> None:
    """As a page with one player, whose clip is the whole chain, and as a film."""
    whole = find(here, task(here, "dusk").chain)
    export(here, members([whole]), Path("x.html"), title="", max_mb=9, smaller=False)
    assert Path("x.html").read_text("utf-8").count("<video") == 1
    export_film(
        here,
        [whole],
        members([whole]),
        Path("x.mp4"),
        max_mb=None,
        is_bare=False,
        told=lambda share: None,
    )
    assert colours(Path("x.mp4")) == IN_ORDER
    (taken,) = import_page(here, Path("x.html")).ids
    known = here.history.get(taken)
    assert known is not None
    assert known.video is not None
    assert colours(known.video) == IN_ORDER


def test_no_chain_is_promoted_and_no_line_names_one(here: Session) -> None:
    """Several prompts in one would be paid for; a chain is made anew from its last clip."""
    whole, last = find(here, "chain:dusk"), task(here, "dusk")
    assert isinstance(whole, Task)
    with pytest.raises(UsageError, match=r"3 clips in one: no request makes several"):
        drafts_of(here, [whole])[0].promote(names=[0], dry_run=True)
    assert names_of(here, drafts_of(here, [last, whole])[0]) == []
    assert names_of(here, drafts_of(here, [last, task(here, "dawn")])[0]) == ["dusk", "dawn"]


def test_a_chain_of_nothing_is_refused(here: Session) -> None:
    """Of an experiment, of no clip, of one whose clip is gone."""
    one = task(here, "dusk")
    place = Place(label="dusk", identity=one.snapshot.request.identity("simulator"))
    here.history.experiments.record("trial", Study(places=(place,)))
    with pytest.raises(UsageError, match="chain ends with one clip, such as trial"):
        find(here, "chain:trial")
    with pytest.raises(UsageError, match="no clip in it"):
        find(here, ())
    (here.folder / "noon.mp4").unlink()
    with pytest.raises(UsageError, match="noon has no clip"):
        find(here, one.chain)


def test_the_card_shows_what_leads_to_its_clip(
    here: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In order, each with a link to its clip; the first of a chain has no row."""
    published: list[str] = []
    monkeypatch.setattr(
        here.host, "publish", lambda data, **how: published.append(data.get("text/html", ""))
    )
    display.show(here, task(here, "dusk"))
    row = published[-1].partition("hailuo-chain")[2].partition("</div>")[0]
    assert [part.partition('"')[0] for part in row.split('alt="')[1:]] == [
        *("dawn", "noon", "this clip"),
    ]
    links = [part.partition('"')[0] for part in row.split('href="')[1:]]
    assert links == ["hailuo_videos/dawn.mp4", "hailuo_videos/noon.mp4"]
    display.show(here, task(here, "dawn"))
    assert "hailuo-chain" not in published[-1]


def test_a_film_of_too_many_clips_is_not_begun(here: Session) -> None:
    """So many tiles are none that anybody sees."""
    (dawn,) = members([task(here, "dawn")])
    to, many = here.folder / "film.mp4", [dawn] * (CLIPS_MAX + 1)
    with pytest.raises(ExportError, match="at most 64 clips, not 65"):
        export_film(here, [], many, to, max_mb=None, is_bare=False, told=lambda share: None)
    assert not to.exists()

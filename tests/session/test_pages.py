"""Pages exported, taken in elsewhere, exported again: real files, and nothing made up of them."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb import api
from hailuo_nb.config import read_config
from hailuo_nb.core.matrix import Axis
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.vote import Vote
from hailuo_nb.errors import PageError
from hailuo_nb.media.posters import clip_pictures
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session import measuring
from hailuo_nb.session.lookup import find
from hailuo_nb.session.pages import Imported, import_page
from hailuo_nb.session.recovery import left_unfinished, resume
from hailuo_nb.session.session import Session
from hailuo_nb.session.vote_log import vote_log
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from hailuo_nb.views.card.card import card_html, card_text
from hailuo_nb.views.compare.comparison import export, members
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.panel.rows import row
from hailuo_nb.views.reports.history import history_row, history_text
from tests.store.make import BLUE, GREEN, RED, Colour, finished, write_mp4

PAGES = Path(__file__).parents[1] / "store" / "pages"
PAID = "https://api.kie.ai"
MADE_HERE = {"id", "name", "task_id", "imported", "image"}
"""What an imported clip has otherwise than the one on the page; of images, the address is gone."""

Opened = Callable[[str], Session]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Return what opens a person's session, in a folder of its own."""
    with ExitStack() as running:

        def open_one(name: str) -> Session:
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            monkeypatch.chdir(folder)
            environ = {"HAILUO_HOME": str(folder / "home"), "HAILUO_MEASURES": "off"}
            here = Session(read_config(environ), display=lambda task: None)
            running.callback(here.close)
            return here

        yield open_one


def clip(here: Session, id: str, colour: Colour, **changes: Any) -> Snapshot:
    """Record a clip of one's own that is really there, with all that can be said of it."""
    here.folder.mkdir(exist_ok=True)
    video = write_mp4(here.folder / f"{id}.mp4", [colour] * 3, size=(64, 64))
    data = video.read_bytes()
    made = finished(id, here.folder, sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data))
    request = replace(made.request, prompt=f"{made.request.prompt} of {id}")
    made = replace(made, request=request, service=PAID, **changes)
    here.history.add(made, folder=here.folder)
    here.history.rate(id, lambda _: Rating(stars=4, note=f"of {id}", tags=("talk",), wins=True))
    here.history.measures.keep(id, {"motion": Measured(value=0.25, version=1, words="calm")})
    here.history.set_pictures(id, clip_pictures(video))
    return made


def trial(here: Session) -> Experiment:
    """Record an experiment of two clips that two judges have voted on."""
    made = [
        clip(here, "a1", RED, name="trial · calm"),
        clip(here, "b2", GREEN, name="trial · wild"),
    ]
    values = ("calm", "wild")
    places = tuple(
        Place(label=label, coordinates=(("mood", label),), identity=one.request.identity(PAID))
        for label, one in zip(values, made, strict=True)
    )
    return recorded(here, Study(axes=(Axis(name="mood", values=values),), places=places))


def recorded(here: Session, study: Study) -> Experiment:
    here.history.experiments.record("trial", study)
    for number, judge in enumerate(("ann", "ben")):
        here.history.votes.add(
            [
                Vote(
                    id=f"vote{number}",
                    experiment="trial",
                    digest=study.digest,
                    judge=judge,
                    left="a1",
                    right="b2",
                    outcome="left",
                    at=1.7e9 + number,
                )
            ]
        )
    return experiment(here, "trial")


def experiment(here: Session, name: str) -> Experiment:
    found = find(here, name)
    assert isinstance(found, Experiment)
    return found


def written(here: Session, *found: Task | Experiment, to: str = "page.html") -> Path:
    """Export a page as `hailuo_nb.export` does."""
    path = Path.cwd() / to
    export(here, members(found), path, title="Seas", max_mb=25, smaller=False, found=found)
    return path


def data(page: Path) -> dict[str, Any]:
    """Return what a page carries."""
    found = re.search(r'id="hailuo-page">(.*?)</script>', page.read_text("utf-8"))
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def rows(here: Session) -> list[Snapshot]:
    return here.history.shelf.page(Wanted(hidden=None), 99)


def all_of(here: Session) -> list[object]:
    """Return all that a history says of clips, experiments and votes."""
    told = [here.history.get(one.id) for one in rows(here)]
    names = here.history.experiments.names()
    studies = [here.history.experiments.named(name) for name in names]
    logs = [
        here.history.votes.of(one.name, one.study.digest).votes for some in studies for one in some
    ]
    return [told, studies, logs]


def test_a_page_there_and_back_is_the_same(opened: Opened) -> None:
    """What it says of its clips outlives two journeys, and each clip's bytes the same."""
    ann = opened("ann")
    first = written(ann, trial(ann))
    ben = opened("ben")
    made = import_page(ben, first)
    assert (made.ids, made.new, made.left_out) == (tuple(ids(ben, first)), 2, ())
    second = written(ben, experiment(ben, "trial_imported"))
    cat = opened("cat")
    import_page(cat, second)
    assert [here.history.budget.entries() for here in (ben, cat)] == [(), ()]
    third = written(cat, experiment(cat, "trial_imported"))
    assert data(second) == data(third)
    for before, after in zip(data(first)["clips"], data(second)["clips"], strict=True):
        assert {key for key in before | after if before.get(key) != after.get(key)} == MADE_HERE
        assert after["image"] == before["image"] | {"url": None}
    votes = [
        [(one["judge"], one["outcome"], one["at"]) for one in data(page)["experiments"][0]["votes"]]
        for page in (first, second)
    ]
    assert votes[0] == votes[1] == [("ann", "left", 1.7e9), ("ben", "left", 1.7e9 + 1)]


def test_whoever_takes_a_page_in_reads_what_came_of_it(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From Python: the tasks, in the page's order, and a line that counts them."""
    told: list[str] = []
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    monkeypatch.setattr(api, "session", lambda: ben)
    monkeypatch.setattr(ben.host, "show", lambda *, html, text: told.append(text))
    tasks = api.import_page(page)
    assert [task.id for task in tasks] == ids(ben, page)
    assert len(told) == 1
    assert told[0].startswith(f"{page}: 2 clips")


def ids(here: Session, page: Path) -> list[str]:
    """Return the ids of a page's clips in a history that has them."""
    origins = [one["imported"] or one["id"] for one in data(page)["clips"]]
    by_origin = {one.imported: one.id for one in rows(here)}
    return [by_origin[origin] for origin in origins]


def test_the_same_page_twice_changes_nothing(opened: Opened) -> None:
    """Nor what was thought of its clips since."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    import_page(ben, page)
    first = rows(ben)[0]
    ben.history.rate(first.id, lambda _: Rating(stars=1))
    before = all_of(ben)
    again = import_page(ben, page)
    assert (again.new, again.left_out) == (0, ())
    assert all_of(ben) == before


def test_two_kernels_take_the_same_page_in_at_once(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each clip is there once, as who was first has recorded it."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben, other = opened("ben"), opened("ben")
    take_in = History.take_in

    def second(history: History, clips: Sequence[Snapshot], *, folder: Path) -> int:
        monkeypatch.setattr(History, "take_in", take_in)
        first = import_page(other, page)
        assert first.new == 2
        other.history.rate(first.ids[0], lambda _: Rating(stars=1))
        before.extend(all_of(other))
        return take_in(history, clips, folder=folder)

    before: list[object] = []
    monkeypatch.setattr(History, "take_in", second)
    made = import_page(ben, page)
    assert (len(made.ids), made.new, made.left_out) == (2, 0, ())
    assert all_of(ben) == before


def test_a_vote_that_was_counted_is_not_changed(opened: Opened) -> None:
    """By a page that says something else of the same pair at the same moment."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    import_page(ben, page)
    before = all_of(ben)
    told = data(page)["experiments"][0]["votes"][0]["outcome"]
    assert told == "left"
    import_page(
        ben, hostile(page, lambda text: text.replace('"outcome": "left"', '"outcome": "tie"'))
    )
    assert all_of(ben) == before


def test_ones_own_page_changes_nothing(opened: Opened) -> None:
    """One's own clips that come back are one's own, also by way of somebody else."""
    ann = opened("ann")
    own = written(ann, trial(ann))
    ben = opened("ben")
    import_page(ben, own)
    theirs = written(ben, experiment(ben, "trial_imported"))
    before = all_of(ann)
    for page in (own, theirs):
        assert import_page(ann, page) == Imported(ids=("a1", "b2"), new=0, left_out=())
    assert all_of(ann) == before


def test_a_clip_that_is_gone_comes_back(opened: Opened) -> None:
    """With its file alone: its row stays."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    import_page(ben, page)
    before, video = all_of(ben), rows(ben)[0].video
    assert video is not None
    video.unlink()
    assert import_page(ben, page).new == 0
    assert video.is_file()
    assert all_of(ben) == before


def test_all_that_was_said_of_a_clip_comes_along(opened: Opened) -> None:
    """Prompt, options, stars, note, tags, the winner, measures, pictures, votes and its draft."""
    ann = opened("ann")
    clip(ann, "c3", BLUE, parent="a1")
    whole = trial(ann)
    task = ann.dispatch.find("c3")
    assert task is not None
    ben = opened("ben")
    import_page(ben, written(ann, whole, task))
    known = {one.imported: one for one in (ben.history.get(row.id) for row in rows(ben)) if one}
    first, last, told = known["a1"], known["c3"], ann.history.get("a1")
    assert told is not None
    assert first.request == replace(told.request, image=first.request.image)
    assert (first.rating, first.measured, first.poster) == (told.rating, told.measured, told.poster)
    assert first.strip == told.strip
    assert (first.credits, first.submitted_at, first.service) == (50.0, 1001.0, PAID)
    assert (first.name, first.task_id) == ("trial_imported · calm", None)
    assert last.parent == first.id
    assert experiment(ben, "trial_imported").ranking()[0].name == "calm"


def test_an_imported_clip_is_never_a_cells(opened: Opened) -> None:
    """Not for the very prompt, nor for the name; and it counts in no budget."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    import_page(ben, page)
    request = rows(ben)[0].request
    assert ben.history.same(request, PAID) is None
    assert ben.history.last_sample(request, PAID) == 0
    assert ben.dispatch.find("trial · calm") is None
    assert not ben.history.experiments.named("trial")
    assert ben.history.budget.entries() == ()
    assert not list(ben.folder.glob("*.json")), "a sidecar would answer for a cell"


def test_another_clip_under_an_id_of_ones_own_is_another(opened: Opened) -> None:
    """It is imported like any; one's own is as it was, and alone in the budget."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    own = ben.history.get(clip(ben, "a1", BLUE).id)
    dear = hostile(page, lambda text: text.replace('"credits": 50.0', '"credits": 1e12'))
    made = import_page(ben, dear)
    assert (made.new, "a1" in made.ids) == (2, False)
    assert ben.history.get("a1") == own
    assert [(one.spent, one.held) for one in ben.history.budget.entries()] == [(50.0, 0.0)]
    assert ben.history.others(PAID, without="a1", since=0.0).credits == 0


def test_no_vote_of_a_page_is_on_ones_own_clip(opened: Opened) -> None:
    """A page that shows it brings those between its other clips alone."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    clip(ben, "a1", RED)
    made = import_page(ben, page)
    assert (made.new, made.ids[0]) == (1, "a1")
    (known,) = ben.history.experiments.named("trial_imported")
    assert [place.identity for place in known.study.places] == [made.ids[1]]
    assert ben.history.votes.of("trial_imported", *known.study.digests).votes == ()


def test_a_vote_of_two_pages_counts_once(opened: Opened) -> None:
    """The second page has a clip more, and what was said before it was there."""
    ann = opened("ann")
    few = trial(ann)
    first = written(ann, few, to="first.html")
    third = clip(ann, "c3", BLUE, name="trial · misty")
    place = Place(
        label="misty", coordinates=(("mood", "misty"),), identity=third.request.identity(PAID)
    )
    axes = (Axis(name="mood", values=("calm", "wild", "misty")),)
    more = replace(few.study, axes=axes, places=(*few.places, place))
    ann.history.experiments.record("trial", more)
    second = written(ann, experiment(ann, "trial"), to="second.html")
    for pages in ((first, second, first), (second, first)):
        ben = opened(f"ben{len(pages)}")
        for page in pages:
            import_page(ben, page)
        for name in ("trial_imported", "trial_imported~1"):
            assert len(vote_log(ben, experiment(ben, name)).votes) == 2


def test_nothing_is_to_do_for_an_imported_clip(opened: Opened) -> None:
    """Neither asked for nor sent nor made again, also where its file is gone."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    made = import_page(ben, page)
    for path in ben.folder.glob("*.mp4"):
        path.unlink()
    before = all_of(ben)
    found = resume(ben, [*made.ids, "trial_imported"])
    assert {task.state for task in found} == {"done"}
    assert all(task.wait(0) is task for task in found)
    assert left_unfinished(ben).sent == left_unfinished(ben).never_sent == ()
    assert all_of(ben) == before


def test_the_image_of_an_imported_clip_is_looked_for_nowhere(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page could name any file or address of the person's; one's own is looked for."""
    looked: list[object] = []
    monkeypatch.setattr(measuring, "found_again", lambda ref, *_, **__: looked.append(ref))
    monkeypatch.setattr(measuring, "measure_clip", lambda *_, **__: {})
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    import_page(ben, page)
    ben.measuring.values([one for one in map(ben.dispatch.find, ids(ben, page)) if one])
    assert looked == []
    ann.measuring.values([one for one in [ann.dispatch.find("a1")] if one])
    assert len(looked) == 1


def test_an_imported_clip_says_so_wherever_it_is_shown(opened: Opened) -> None:
    """On its card, in the gallery and in the list; one's own does not."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    import_page(ben, page)
    for here, is_marked in ((ann, False), (ben, True)):
        of = Facts(snapshot=rows(here)[0], src="clip.mp4")
        tile = row(of.snapshot, src="clip.mp4", here=False, hidden=False, has_picture=True)
        texts = (card_html(of), card_text(of), tile["headline"], history_text([of]))
        assert ["imported, done" in text.lower() for text in texts[:3]] == [is_marked] * 3
        assert ("IMPORTED" in texts[3]) is is_marked
        assert history_row(of.snapshot)["imported"] is is_marked


@pytest.mark.parametrize("name", ["first", "later"])
def test_a_page_of_an_earlier_version_is_read(opened: Opened, name: str) -> None:
    """Its clips, prompts and options, as far as it tells them in words."""
    ben = opened("ben")
    made = import_page(ben, PAGES / f"{name}.html")
    assert (made.new, made.left_out) == (2, ())
    calm, stormy = (ben.history.get(id) for id in made.ids)
    assert calm is not None
    assert stormy is not None
    assert calm.request.prompt == 'A "calm" <sea> & a\nfox, 静かな海'
    assert calm.request.image is not None
    assert calm.request.image.label == "sample:peak"
    assert (calm.name, calm.service, calm.credits) == ("calm_imported", "simulator", 30.0)
    assert stormy.request.prompt == "A stormy sea"
    assert (stormy.request.duration_s, stormy.request.resolution) == (10, "768P")
    assert (stormy.request.prompt_optimizer, stormy.request.sample) == (False, 2)
    assert stormy.elapsed_s == 151
    assert calm.poster is not None
    before = all_of(ben)
    assert import_page(ben, PAGES / f"{name}.html").new == 0
    assert all_of(ben) == before


def hostile(page: Path, change: Callable[[str], str]) -> Path:
    """Return a page that somebody has changed."""
    made = page.with_name("hostile.html")
    made.write_text(change(page.read_text("utf-8")), encoding="utf-8")
    return made


def test_a_clip_that_does_not_play_is_left_out(opened: Opened) -> None:
    """With the reason; the others are taken in, and nothing of it is on the disk."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    ben = opened("ben")
    odd = hostile(
        page, lambda text: re.sub(r"(mp4;base64,)[A-Za-z0-9+/=]+", r"\1AAAA", text, count=1)
    )
    made = import_page(ben, odd)
    assert (made.new, len(made.left_out)) == (1, 1)
    assert "neither MP4 nor WebM" in made.words
    assert [path.suffix for path in ben.folder.iterdir()] == [".mp4"]
    assert not ben.history.experiments.named("trial_imported")[0].study.places[1:]


@pytest.mark.parametrize(
    "address",
    [
        *("../secret.mp4", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.mp4"),
        *("linked.mp4", "sub/../../secret.mp4", "%2e%2e/secret.mp4", "a%00.mp4", "%ff.mp4", ""),
    ],
)
def test_no_file_elsewhere_is_taken(opened: Opened, address: str) -> None:
    """A page names files in its own folder alone, and no link leads out of it."""
    ann = opened("ann")
    secret = write_mp4(Path.cwd() / "secret.mp4", [BLUE] * 3)
    page = written(ann, trial(ann))
    folder = Path.cwd() / "inbox"
    folder.mkdir()
    (folder / "linked.mp4").symlink_to(secret)
    odd = page.rename(folder / "page.html")
    away = re.sub(r'src="data:video[^"]+"', f'src="{address}"', odd.read_text("utf-8"))
    odd.write_text(away, encoding="utf-8")
    ben = opened("ben")
    assert import_page(ben, odd).new == 0
    assert rows(ben) == []


def test_a_clip_beside_the_page_is_taken(opened: Opened) -> None:
    """In its folder or below it."""
    ann = opened("ann")
    page = written(ann, trial(ann))
    text = page.read_text("utf-8")
    (page.parent / "clips").mkdir()
    write_mp4(page.parent / "clips" / "one 1.mp4", [BLUE] * 3)
    text = re.sub(r'src="data:video[^"]+"', 'src="clips/one%201.mp4"', text)
    page.write_text(text, encoding="utf-8")
    assert import_page(opened("ben"), page).new == 2


def test_a_damaged_page_is_refused_whole(opened: Opened) -> None:
    """No row and no file of it is there."""
    ann = opened("ann")
    page = hostile(
        written(ann, trial(ann)), lambda text: text.replace('"figure": 1', '"figure": 9')
    )
    ben = opened("ben")
    with pytest.raises(PageError, match="clip 2: the page does not show it"):
        import_page(ben, page)
    assert rows(ben) == []
    assert not ben.folder.exists()

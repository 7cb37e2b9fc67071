"""A given still under a prompt's words: how it looks, what moves, and that a mark is drawn once."""

import numpy as np
import pytest
from PIL import Image

from hailuo_nb.simulator.render import clip, colour, label, picture
from hailuo_nb.simulator.render.camera import COMMANDS
from hailuo_nb.simulator.render.jobs import ClipJob, Frame
from hailuo_nb.simulator.render.looks import LOOKS, lit, looks_in
from hailuo_nb.simulator.render.stage import FlatStage
from hailuo_nb.simulator.render.visitor import GAITS
from hailuo_nb.simulator.render.words import LOOK_WORDS, words_of

WORDS = (
    "place",
    "misty",
    "rainy",
    "snowy",
    "burning",
    "moonlit",
    "golden",
    "stormy",
    "spring",
    "summer",
    "autumn",
    "joyful",
    "dreamy",
    "gloomy",
    "ominous",
    "nostalgic",
    "noir",
)
WIDTH, HEIGHT = 160, 90


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Draw a still with light, dark and all colours in it."""
    rng = np.random.default_rng(3)
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = np.stack((120 + across * 0.6, 190 - down * 1.2, 60 + down * 1.4), axis=-1)
    rgb += np.repeat(np.repeat(rng.normal(0, 22, (18, 32, 1)), 5, axis=0), 5, axis=1)
    path = tmp_path_factory.mktemp("still") / "still.png"
    Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8)).save(path)
    return str(path)


def film_of(prompt: str, still: str, **fields) -> clip.Film:
    given = {"variation": 1, "duration_s": 6, "short_side_px": 768, "max_size_px": WIDTH} | fields
    start = Frame(path=still)
    job = ClipJob(out="", prompt=prompt, seed="s", enhanced=False, start=start, **given)
    return clip.Film(job, clip._opened(start), None, WIDTH, HEIGHT)


def rgb_of(film: clip.Film, number: int) -> np.ndarray:
    return np.asarray(picture.to_image(film.frame(number)), float)


def test_each_word_changes_a_still_so_that_any_two_are_told_apart(still: str) -> None:
    """A person sees it in one frame, small; at the first frame all are the still."""
    films = {word: film_of(f"[Static shot] a {word} lake", still) for word in WORDS}
    given = np.asarray(Image.open(still), float)[:70]
    for film in films.values():
        assert np.abs(rgb_of(film, 0)[:70] - given).mean() < 4
    seen = {}
    for word, film in films.items():
        image = Image.fromarray(rgb_of(film, 90)[:70].astype(np.uint8))
        seen[word] = np.asarray(image.resize((20, 9), Image.Resampling.BOX), float)
    for one in WORDS:
        for other in WORDS[: WORDS.index(one)]:
            assert np.abs(seen[one] - seen[other]).mean() > 9, (one, other)


def test_a_look_does_what_its_word_says(still: str) -> None:
    """Fog is flat and pale, night dark and blue, gold warm, noir grey, snow pale and cold."""
    given = np.asarray(Image.open(still), np.float32)
    made = {name: lit(given, [look]) for name, look in LOOKS.items()}
    red, green, blue = (made["noir"][..., n] for n in range(3))
    assert np.abs(red - blue).max() < 1
    assert np.abs(red - green).max() < 1
    assert made["fog"].std() < 0.7 * given.std()
    assert made["night"].mean() < 0.6 * given.mean()
    assert made["night"][..., 2].mean() > 1.3 * made["night"][..., 0].mean()
    assert made["gold"][..., 0].mean() > 1.5 * made["gold"][..., 2].mean()
    assert made["snow"].mean() > made["storm"].mean() + 60


def test_what_falls_moves_down_and_what_burns_moves_up(still: str) -> None:
    """Between frames, the bright specks of snow go down and those of embers up."""
    for word, way in (("snowy", 1), ("burning", -1)):
        film = film_of(f"[Static shot] a {word} lake", still, max_size_px=320)
        ground = np.median([film.frame(n)[0].astype(float) for n in range(60, 140, 8)], axis=0)
        one, two = ((film.frame(n)[0] - ground)[:70].clip(8, None) for n in (80, 84))
        fits = {
            step: float((one[10:-10] * two[10 + step : len(two) - 10 + step]).sum())
            for step in range(-8, 9)
        }
        assert way * max(fits, key=lambda step: fits[step]) > 0


def test_fog_drifts_before_a_camera_that_stands(still: str) -> None:
    """It is no grade alone."""
    stands, drifts = (
        np.abs(rgb_of(film, 60)[:70] - rgb_of(film, 140)[:70]).mean()
        for film in (film_of(f"[Static shot] a {word} lake", still) for word in ("noir", "foggy"))
    )
    assert drifts > stands + 2


def test_slow_goes_less_far_than_fast(still: str) -> None:
    """Each is told from no word by how far the camera goes."""
    ways = [
        film_of(f"[Pan left] a {word} lake", still)._shots[-1][0].pan
        for word in ("fast", "plain", "slow")
    ]
    assert ways[0] < 1.2 * ways[1] < ways[1] < 1.2 * ways[2] < 0


def test_words_are_found_by_their_synonyms_and_not_where_they_count() -> None:
    """The first three of the table are laid over each other; a storm of petals is none."""
    assert looks_in("MISTY hills") == looks_in("a fog") == [LOOKS["fog"]]
    assert looks_in("a storm of sakura petals") == [LOOKS["spring"]]
    assert looks_in("[Push in] a storm-torn night") == [LOOKS["storm"], LOOKS["night"]]
    assert looks_in("a lake") == []
    assert set(LOOK_WORDS) == set(LOOKS)
    every = [word for row in LOOK_WORDS.values() for word in row.split()]
    assert all(words_of(word) == [word] for word in every)


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS if c not in ("shake", "static shot", "zoom in", "push in")]
)
def test_no_camera_shows_a_mirrored_edge(command: str) -> None:
    """Beyond its edges a ramp never turns back, be it one to the right or one downwards."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.uint8)
    half = np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8)
    moved = 0
    for axis, ramp in ((0, 40 + 2 * down), (1, 40 + across)):
        stage = FlatStage((ramp, half, half), [(COMMANDS[command] * n, 0.0) for n in (0, 1)])
        assert (stage.frame(0)[0] == ramp).all()
        seen = stage.frame(1)[0].astype(int)
        assert (np.maximum.accumulate(seen, axis=axis) - seen).max() < 6
        moved += np.abs(seen - ramp).mean()
    assert moved > 3


@pytest.mark.parametrize("name", GAITS)
def test_who_is_named_comes_in(still: str, name: str) -> None:
    """Nobody is there at first; in the end there is, and only where one was named."""
    alone, visited = (
        film_of(f"[Static shot] a {words} lake", still) for words in ("plain", f"plain {name}")
    )
    apart = [
        np.abs(alone.frame(n)[0].astype(int) - visited.frame(n)[0])[:, :110] > 12
        for n in (0, 20, 143)
    ]
    shares = [float(each.mean()) for each in apart]
    assert shares[0] == 0
    assert shares[2] > 0.006
    assert shares[2] > shares[1]


def test_who_stands_rooted_does_not_come(still: str) -> None:
    """A tree that walks in would be no help to anybody."""
    frames = [film_of(f"[Static shot] a {word}", still).frame(143)[0] for word in ("tree", "lake")]
    assert (frames[0] == frames[1]).all()


@pytest.mark.parametrize("size", [(64, 36), (160, 90), (640, 360), (320, 640)])
@pytest.mark.parametrize("level", [30, 120, 225])
def test_a_mark_is_taken_off_again(size: tuple[int, int], level: int) -> None:
    """What lay under it is there within a few levels; a picture without one stays itself."""
    width, height = size
    across = np.linspace(-20, 20, width, dtype=np.float32)[None, :, None]
    rgb = np.clip(np.full((height, width, 3), level, np.float32) + across, 0, 255)
    plain = Image.fromarray(rgb.astype(np.uint8))
    assert label.unmarked(plain, clip.MARK) is plain
    planes = colour.planes_of(rgb)
    label.Label(clip.MARK, width, height).stamp(planes)
    marked = picture.to_image(planes)
    assert np.abs(np.asarray(marked, float) - rgb).max() > 25
    lifted = np.abs(np.asarray(label.unmarked(marked, clip.MARK), float) - rgb)
    assert lifted.max() < 16
    assert lifted.mean() < 3


def test_a_clips_last_frame_starts_the_next_without_its_mark(tmp_path, still: str) -> None:
    """Through an encoded clip, too: a camera that leaves takes no second mark along."""
    from tests.simulator.test_render import frames_of, rendered

    given = {"start": Frame(path=still), "max_size_px": 320, "duration_s": 1}
    last = frames_of(rendered(tmp_path, "[Static shot] a lake", **given))[-1]
    again = tmp_path / "last.png"
    Image.fromarray(last).save(again)
    box = label.Label(clip.MARK, last.shape[1], last.shape[0]).box
    opened = np.asarray(clip._opened(Frame(path=str(again))), float)
    corner = slice(box[1], box[3]), slice(box[0], box[2])
    given_corner = np.asarray(Image.open(still).resize((320, 180)), float)[corner]
    assert np.abs(last[corner] - given_corner).mean() > 25
    assert np.abs(opened[corner] - given_corner).mean() < 12

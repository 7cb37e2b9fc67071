"""A month later: clips found by words, days and stars, rated from Python, listed with pictures."""

import json
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from tests.kernel.real_kernel import RealKernel, real_kernel


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKernel]:
    """Start a kernel with three clips."""
    folder = tmp_path_factory.mktemp("history")
    with real_kernel(folder, folder / "home", HAILUO_SIMULATOR="on") as kernel:
        kernel.load()
        kernel.run("%hailuo simulator --speed 400 --size 64")
        kernel.run("%%hailuo fox --wait\nA red fox in the snow.")
        kernel.run("%%hailuo boat --wait\n[Pan left] A {slow|fast} boat.")
        kernel.run("import hailuo_nb, datetime, json")
        yield kernel


def ids(lab: RealKernel, line: str) -> list[str]:
    return [
        (row["name"] or "").split()[0]
        for row in json.loads(lab.run(f"%hailuo history {line} --json").text)
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("FOX", ["fox"]),
        ("boa", ["boat", "boat"]),
        ("slow boat", ["boat"]),
        ("--since yesterday", ["boat", "boat", "fox"]),
        ('--until "2 days ago"', []),  # a day may end while the test runs
        ("--state done --limit 1", ["boat"]),
        ('--asked "pan left"', ["boat", "boat"]),
        ("--model 02-t2v", ["boat", "boat", "fox"]),
        ("--model 02-i2v", []),
        ("wolf", []),
    ],
)
def test_clips_are_found(lab: RealKernel, line: str, names: list[str]) -> None:
    """By any of its options, the newest first."""
    assert ids(lab, line) == names


def test_the_list_shows_each_clip_and_plays_it(lab: RealKernel) -> None:
    """A player that loads nothing before it is clicked; nothing found is said."""
    cell = lab.run(
        "from IPython.utils.capture import capture_output\n"
        "with capture_output() as shown:\n"
        "    get_ipython().run_line_magic('hailuo', 'history fox')\n"
        "html = shown.outputs[0].data['text/html']"
    )
    assert not cell.error
    assert lab.value("html.count('<video'), html.count('preload=\"none\"')") == "1 1"
    assert lab.value("'src=\"hailuo_videos/' in html, 'poster=\"data:image' in html") == "True True"
    assert "Nothing in the history is like that." in lab.run("%hailuo history wolf").text


def test_a_rating_is_kept_and_found(lab: RealKernel) -> None:
    """In the history, beside the clip, and by whoever looks for it."""
    assert not lab.run(
        "fox.stars = 4\nfox.tags.add('talk')\nfox.note = 'the mist'\nfox.wins = True"
    ).error
    assert (
        lab.value("fox.stars, sorted(fox.tags), fox.note, fox.wins") == "4 ['talk'] the mist True"
    )
    assert ids(lab, "--stars 3") == ["fox"]
    assert ids(lab, "--tag TALK") == ["fox"]
    assert ids(lab, "mist") == ["fox"]
    assert ids(lab, "--sort stars --limit 1") == ["fox"]
    assert "★★★★ wins #talk" in lab.run("%hailuo history fox").text
    beside = json.loads(
        Path(lab.value("str(fox.video.with_suffix('.json'))").strip("'")).read_text()
    )
    assert beside["rating"] == {"stars": 4, "note": "the mist", "tags": ["talk"], "wins": True}
    assert not lab.run("fox.tags.remove('talk')\nfox.stars = 0").error
    assert lab.value("fox.stars, list(fox.tags)") == "None []"


def test_a_table_becomes_an_experiment(lab: RealKernel) -> None:
    """A clip for each row, kept under its name, free when it runs again."""
    code = (
        "rows = [{'prompt': f'A {word} owl.', 'mood': word} for word in ('calm', 'wild')]\n"
        "owls = hailuo_nb.experiment(rows, name='owls', wait=True)"
    )
    assert not lab.run(code).error
    first = lab.value("[task.id for task in owls]")
    assert not lab.run(code).error
    assert lab.value("[task.id for task in owls]") == first
    assert lab.value("[place.label for place in owls.places]") == "['calm', 'wild']"
    assert lab.value("len(hailuo_nb.history('owl'))") == "2"


def test_a_chain_is_known_and_becomes_one_film(lab: RealKernel) -> None:
    """By last frames, whatever the name is by now; the film plays one clip after the other."""
    lab.run("%%hailuo den --image clip:fox --wait\nIt sleeps.")
    lab.run("%%hailuo dawn --image den --wait\nIt wakes.")
    lab.run("%%hailuo fox --wait\nAnother fox.")
    assert lab.value("[task.prompt for task in dawn.chain]") == (
        "['A red fox in the snow.', 'It sleeps.', 'It wakes.']"
    )
    assert lab.value("dawn.parent.id == den.id, den.parent.prompt, fox.parent") == (
        "True A red fox in the snow. None"
    )
    assert not lab.run("%hailuo export dawn dawn.mp4").error
    with av.open(str(Path(lab.folder) / "dawn.mp4")) as film:
        assert film.duration / av.time_base == pytest.approx(18, abs=0.5)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("fox.stars = 6", "from 0 to 5"),
        ("fox.tags.add('two words')", "one word"),
        ("fox.note = 7", "A note is a text"),
        ("fox.wins = 'yes'", "wins"),
        ("%hailuo history --since soon", "--since takes a day"),
        ("%hailuo history --stars 9", "from 0 to 5"),
        ("%hailuo history --sort beauty", "--sort takes one of stars, "),
        ("%hailuo history --state gone", "state"),
    ],
)
def test_what_cannot_be_meant_is_refused(lab: RealKernel, code: str, words: str) -> None:
    """In a line that says what would do."""
    assert words in lab.run(code).error


def test_python_gets_tasks_that_are_looked_up_when_asked_for(lab: RealKernel) -> None:
    """A sequence: length, index, slice, a table; by dates, too."""
    lab.run("day = datetime.date.today() - datetime.timedelta(1)  # one may end meanwhile")
    lab.run("found = hailuo_nb.history('boat', since=day)")
    assert lab.value("len(found), found[0].state, len(found[:1])") == "2 done 1"
    assert lab.value("[task.prompt for task in found]") == lab.value(
        "[task.prompt for task in reversed(boat)]"
    )
    assert lab.value("list(found.to_frame()['prompt'])") == lab.value(
        "[task.prompt for task in found]"
    )

"""A family of models is rows of a table: it runs from the cell to the clip like any other."""

import json

from tests.kernel.real_kernel import RealKernel
from tests.kernel.test_accidents import ledger

FAST = "%hailuo simulator --speed 400 --size 64"


def test_a_new_family_makes_clips_from_words_and_images(kernel: RealKernel) -> None:
    """Each takes its own fields and no other; card, history, sidecar and page tell of them."""
    kernel.run(FAST)
    words = kernel.run(
        "%%hailuo wide --model h3-t2v --aspect-ratio 21:9 --duration 4 --wait\nA lake."
    )
    assert not words.error
    image = kernel.run(
        "%%hailuo still --model h3-i2v --image sample:peak --end-image sample:forest --wait\n"
        "A lake."
    )
    assert not image.error
    asked = {row["model"]: row["input"] for row in ledger(kernel.home)}
    assert asked["minimax-h3/text-to-video"] == {
        "prompt": "A lake.",
        "aspect_ratio": "21:9",
        "duration": 4,
        "resolution": "768P",
    }
    frames = asked["minimax-h3/image-to-video"]
    assert set(frames) == {"prompt", "first_frame_url", "last_frame_url", "duration", "resolution"}
    assert (frames["duration"], frames["resolution"]) == (6, "768P")
    html = kernel.html(words.displays[0]).replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
    for told in ("h3-t2v", "unverified", "21:9", "32 simulated credits"):
        assert told in html
    assert "nsfw check" not in html
    assert kernel.value("still.credits") == "48.0"
    beside = kernel.folder / "hailuo_videos" / f"{kernel.value('wide.id')}.json"
    assert json.loads(beside.read_text())["asked_too"] == {"aspect_ratio": "21:9"}
    again = kernel.run("%%hailuo wide --model h3-t2v --aspect-ratio 21:9 --duration 4\nA lake.")
    assert not again.error
    assert len(ledger(kernel.home)) == 2
    assert not kernel.run("%hailuo export wide still page.html").error
    assert "21:9" in (kernel.folder / "page.html").read_text()


def test_ratios_make_a_grid(shared_kernel: RealKernel) -> None:
    """The option is an axis; models that have no such field are left out with the reason."""
    cell = shared_kernel.run(
        "%%hailuo --dry-run --model h3-t2v,02-t2v --aspect-ratio 16:9,9:16\nA lake."
    )
    assert "2 clips, 96 credits" in cell.text
    assert "02-t2v has no aspect ratio 9:16" in cell.text
    bodies = json.loads(cell.text[cell.text.index("\n[") :])
    assert [body["input"]["aspect_ratio"] for body in bodies] == ["16:9", "9:16"]


def test_the_help_says_what_is_not_verified(shared_kernel: RealKernel) -> None:
    """Prices by the second, and the word."""
    told = shared_kernel.run("%hailuo help").text
    assert "4 to 15 s, 768P 8 credits a second, 2K 13 credits a second, unverified" in told

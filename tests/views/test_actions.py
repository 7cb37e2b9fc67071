"""What the actions of a clip copy: a cell that asks for it again, and texts that stay texts."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from hailuo_nb.core.cell_line import read_line
from hailuo_nb.core.prompt import read_prompts
from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.media.sources import LAST_FRAME
from hailuo_nb.views.actions import clip_attributes, clip_state, line_of
from hailuo_nb.views.facts import Facts
from tests.views.samples import snapshot

SRC = "hailuo_videos/k3f9x2m7.mp4"
HOSTILE = "\"><img src=x onerror='alert(1)'>\n</figure><script>alert(2)</script> {a|b}"


def facts(**changes: Any) -> Facts:
    """Return a clip."""
    return Facts(snapshot=replace(snapshot("done"), **changes), src=SRC)


def read_again(of: Facts) -> tuple[dict[str, Any], list[str]]:
    """Return the options and prompts of the cell that is copied, as they are read."""
    line = line_of(of)
    read = read_line(line.removeprefix("%%hailuo"))
    values = dict(read.values) | {"name": read.name}
    made = read_prompts(of.prompt + "\n", {}, verbatim=values.get("verbatim") is True)
    return values, [variant.text.removesuffix("\n") for variant in made.variants]


@pytest.mark.parametrize("prompt", ["A calm sea.", "A {calm|wild} sea.\n---\nTwo.", HOSTILE])
def test_a_copied_cell_asks_for_the_same(prompt: str) -> None:
    """Each option is named, and the prompt arrives as it was sent, whatever stands in it."""
    image = ImageRef(label="my peak.png", digest="00")
    request = make_request(
        prompt="x", image=image, model="2.3-i2v", duration_s=10, resolution="768P"
    )
    values, prompts = read_again(facts(request=replace(request, prompt=prompt)))
    assert prompts == [prompt]
    assert values.pop("verbatim", False) is ("|" in prompt)
    assert values == {
        "name": "samurai",
        "image": "my peak.png",
        "model": "2.3-i2v",
        "duration": "10",
        "resolution": "768P",
    }


def test_a_last_frame_is_named_by_its_clip_and_a_free_name_by_none() -> None:
    """What no variable can be called is left out."""
    ref = ImageRef(label=f"{LAST_FRAME}fox", digest="00")
    request = make_request(prompt="x", image=ref)
    values, _ = read_again(facts(request=request, name="my best one"))
    assert (values["image"], values["name"]) == ("clip:fox", None)


def test_a_model_that_is_no_more_has_no_line_and_what_is_no_clip_no_action() -> None:
    """Neither is an error."""
    gone = replace(snapshot("done").request, model="hailuo/none")
    assert line_of(facts(request=gone)) == ""
    assert clip_state(Facts(snapshot=snapshot("failed"))) == {}
    assert clip_attributes(Facts(snapshot=snapshot("queued"))) == ""


def test_hostile_text_stays_in_its_attribute() -> None:
    """A prompt or name can end no quote and begin no element."""
    found: list[tuple[str, list[tuple[str, str | None]]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, attrs))

    request = replace(snapshot("done").request, prompt=HOSTILE)
    Reader().feed(f"<figure{clip_attributes(facts(request=request, name=HOSTILE))}>")
    ((tag, attributes),) = found
    assert (tag, [name for name, _ in attributes]) == (
        "figure",
        ["data-task", "data-file", "data-line", "data-prompt"],
    )
    assert dict(attributes)["data-prompt"] == HOSTILE

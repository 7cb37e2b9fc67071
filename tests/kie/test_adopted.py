"""What the service says of a run made elsewhere becomes the request that it was."""

from typing import Any

import pytest

from hailuo_nb.core.models import MODELS
from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.kie.record import read_request
from hailuo_nb.kie.wire import create_body

START, END = "https://pictures.example/a.png", "https://pictures.example/b.png"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.short)
def test_what_is_sent_is_what_is_read(model: Any) -> None:
    """Each model's own fields lead back to the request, whatever they are called there."""
    image = ImageRef(label=START, url=START) if model.takes_image else None
    end = ImageRef(label=END, url=END) if model.has("end_image") else None
    optimizer = False if model.has("prompt_optimizer") else None
    asked = make_request(
        prompt="A hill.",
        model=model.id,
        image=image,
        end_image=end,
        duration_s=model.durations_s[-1],
        prompt_optimizer=optimizer,
        aspect_ratio=model.aspect_ratios[-1] if model.aspect_ratios else None,
    )
    body = create_body(asked, image_url=image and START, end_image_url=end and END)
    assert read_request(body) == asked


UNSAID: list[tuple[str, tuple[int, str, str | None]]] = [
    ("hailuo/02-image-to-video-standard", (10, "768P", None)),
    ("hailuo/02-text-to-video-standard", (6, "768P", None)),
    ("hailuo/02-text-to-video-pro", (6, "1080P", None)),
    ("hailuo/2-3-image-to-video-pro", (6, "768P", None)),
    ("minimax-h3/text-to-video", (6, "2K", "16:9")),
    ("minimax-h3/image-to-video", (6, "2K", None)),
    ("nobody/knows-it", (6, "768P", None)),
]


@pytest.mark.parametrize(("model", "made"), UNSAID)
def test_what_was_not_said_is_the_service_s_default(
    model: str, made: tuple[int, str, str | None]
) -> None:
    """Its own defaults are not always this package's."""
    found = read_request({"model": model, "input": {"prompt": "A hill."}})
    assert (found.duration_s, found.resolution, found.aspect_ratio) == made
    assert (found.prompt_optimizer, found.nsfw_check) == (None, False)


def test_an_unknown_model_is_read_by_the_common_names() -> None:
    """What is not in the catalogue any more, or not yet."""
    fields = {"prompt": "A hill.", "image_url": START, "duration": "10", "nsfw_checker": True}
    found = read_request({"model": "hailuo/09", "input": fields})
    assert (found.image, found.duration_s, found.nsfw_check) == (
        ImageRef(label=START, url=START),
        10,
        True,
    )

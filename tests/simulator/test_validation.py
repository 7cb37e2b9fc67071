"""The service's own check: words, codes, order, and that nothing is charged for a refusal."""

import pytest

from hailuo_nb.simulator.catalogue import MODELS
from hailuo_nb.simulator.validation import BAD_MODEL, OUT_OF_RANGE, REQUIRED, TOO_LONG
from tests.simulator.process import I2V, T2V

V23 = "hailuo/2-3-image-to-video-standard"
URL = "https://example.com/a.png"
DURATION = "duration is not within the range of allowed options"
RESOLUTION = "resolution is not within the range of allowed options"

REFUSED = [
    ({}, 422, BAD_MODEL),
    ({"model": "hailuo/03"}, 422, BAD_MODEL),
    ({"model": ["x"]}, 422, BAD_MODEL),
    ({"model": T2V}, 500, REQUIRED),
    ({"model": T2V, "input": [1]}, 500, REQUIRED),
    ({"model": T2V, "input": {}}, 500, REQUIRED),
    ({"model": T2V, "input": {"prompt": ""}}, 500, REQUIRED),
    ({"model": T2V, "input": {"prompt": None}}, 500, REQUIRED),
    ({"model": T2V, "input": {"prompt": ["a"]}}, 500, REQUIRED),
    ({"model": T2V, "input": {"prompt": "x" * 1501}}, 500, TOO_LONG),
    ({"model": T2V, "input": {"prompt": "x", "duration": 6}}, 500, DURATION),
    ({"model": T2V, "input": {"prompt": "x", "duration": "7"}}, 500, DURATION),
    ({"model": I2V, "input": {"prompt": "x"}}, 500, REQUIRED),
    ({"model": I2V, "input": {"prompt": "x", "image_url": {}}}, 500, REQUIRED),
    ({"model": I2V, "input": {"prompt": "x", "image_url": "data:image/png,x"}}, 500, OUT_OF_RANGE),
    ({"model": I2V, "input": {"prompt": "x", "image_url": URL, "end_image_url": "ftp://a/b"}},
     500, OUT_OF_RANGE),
    ({"model": I2V, "input": {"prompt": "x", "image_url": URL, "resolution": "768p"}},
     500, RESOLUTION),
    ({"model": I2V, "input": {"prompt": "x", "image_url": URL, "resolution": "1080P"}},
     500, RESOLUTION),
    ({"model": I2V, "input": {"prompt": "x", "image_url": URL, "prompt_optimizer": "yes"}},
     500, "prompt_optimizer is not within the range of allowed options"),
    ({"model": T2V, "input": {"prompt": "x", "nsfw_checker": 1}},
     500, "nsfw_checker is not within the range of allowed options"),
    ({"model": V23, "input": {"prompt": "x" * 5001, "image_url": URL}}, 500, TOO_LONG),
    ({"model": V23, "input": {"prompt": "x", "image_url": URL, "duration": "10",
                              "resolution": "1080P"}}, 500, DURATION),
    ({"model": T2V, "input": {"duration": "9"}}, 500, REQUIRED),
]  # fmt: skip


@pytest.mark.parametrize(("body", "code", "msg"), REFUSED)
def test_refusal_has_the_documented_words_and_costs_nothing(sim, body, code, msg):
    """A bad body is answered with HTTP 200, its code, one complaint, and no charge."""
    before = sim.credit()
    answer = sim.http.post("/api/v1/jobs/createTask", json=body)
    assert answer.status_code == 200
    assert answer.json() == {"code": code, "msg": msg, "data": None}
    assert sim.credit() == before


PRICES = [
    (I2V, "512P", "6", 12), (I2V, "512P", "10", 20), (I2V, "768P", "6", 30),
    (I2V, "768P", "10", 50), (T2V, None, "6", 30), (T2V, None, "10", 50),
    ("hailuo/02-image-to-video-pro", None, None, 57),
    ("hailuo/02-text-to-video-pro", None, None, 57),
    (V23, "768P", "6", 30), (V23, "768P", "10", 50), (V23, "1080P", "6", 50),
    ("hailuo/2-3-image-to-video-pro", "768P", "6", 45),
    ("hailuo/2-3-image-to-video-pro", "768P", "10", 90),
    ("hailuo/2-3-image-to-video-pro", "1080P", "6", 80),
]  # fmt: skip


@pytest.mark.parametrize(("model", "resolution", "duration", "price"), PRICES)
def test_each_combination_is_billed_by_the_table(sim, model, resolution, duration, price):
    """Creating a task takes its price from the balance at once."""
    sim.faults("stuck-waiting")
    fields = {"resolution": resolution, "duration": duration, "image_url": URL}
    given = {name: value for name, value in fields.items() if value}
    before = sim.credit()
    sim.create_id(model=model, **given)
    assert before - sim.credit() == price


def test_the_longest_prompt_of_each_model_is_taken(sim):
    """The limit itself is allowed, counted in characters and not in bytes."""
    sim.faults("stuck-waiting")
    for model, row in MODELS.items():
        longest = "\N{SNOWMAN}" * row.fields[0].max_chars
        assert sim.create(longest, model=model, image_url=URL)["code"] == 200

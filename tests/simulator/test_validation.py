"""The service's own check: words, codes, order, and that nothing is charged for a refusal."""

import json

import pytest

from hailuo_nb.simulator.catalogue import MODELS
from hailuo_nb.simulator.validation import BAD_MODEL, OUT_OF_RANGE, REQUIRED, TOO_LONG
from tests.simulator.process import I2V, I2V_H3, T2V, T2V_H3

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
    ({"model": I2V, "input": {"prompt": "x", "image_url": URL, "end_image_url": URL,
                              "resolution": "512P"}}, 500, RESOLUTION),
    ({"model": I2V, "input": {"prompt": "x", "image_url": URL, "prompt_optimizer": "yes"}},
     500, "prompt_optimizer is not within the range of allowed options"),
    ({"model": T2V, "input": {"prompt": "x", "nsfw_checker": 1}},
     500, "nsfw_checker is not within the range of allowed options"),
    ({"model": V23, "input": {"prompt": "x" * 5001, "image_url": URL}}, 500, TOO_LONG),
    ({"model": V23, "input": {"prompt": "x", "image_url": URL, "duration": "10",
                              "resolution": "1080P"}}, 500, DURATION),
    ({"model": T2V, "input": {"duration": "9"}}, 500, REQUIRED),
    ({"model": "minimax-h3/reference-to-video", "input": {"prompt": "x"}}, 422, BAD_MODEL),
    ({"model": T2V_H3, "input": {"prompt": "x" * 1501}}, 500, TOO_LONG),
    ({"model": T2V_H3, "input": {"prompt": "x", "duration": "6"}}, 500, DURATION),
    ({"model": T2V_H3, "input": {"prompt": "x", "duration": 6.5}}, 500, DURATION),
    ({"model": T2V_H3, "input": {"prompt": "x", "duration": True}}, 500, DURATION),
    ({"model": T2V_H3, "input": {"prompt": "x", "duration": 3}}, 500, OUT_OF_RANGE),
    ({"model": T2V_H3, "input": {"prompt": "x", "duration": 16}}, 500, OUT_OF_RANGE),
    ({"model": T2V_H3, "input": {"prompt": "x", "duration": 10**400}}, 500, OUT_OF_RANGE),
    ({"model": T2V_H3, "input": {"prompt": "x", "resolution": "1080P"}}, 500, RESOLUTION),
    ({"model": T2V_H3, "input": {"prompt": "x", "resolution": "2k"}}, 500, RESOLUTION),
    ({"model": T2V_H3, "input": {"prompt": "x", "aspect_ratio": "16:10"}},
     500, "aspect_ratio is not within the range of allowed options"),
    ({"model": I2V_H3, "input": {"prompt": "x"}}, 500, REQUIRED),
    ({"model": I2V_H3, "input": {"prompt": "x", "image_url": URL}}, 500, REQUIRED),
    ({"model": I2V_H3, "input": {"prompt": "x", "first_frame_url": "x.png"}}, 500, OUT_OF_RANGE),
    ({"model": I2V_H3, "input": {"prompt": "x", "first_frame_url": URL, "last_frame_url": "x"}},
     500, OUT_OF_RANGE),
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
    (T2V_H3, None, None, 78), (T2V_H3, "768P", None, 48), (T2V_H3, "2K", 15, 195),
    (T2V_H3, "768P", 7, 56), (I2V_H3, "768P", 4, 32), (I2V_H3, None, 11, 143),
]  # fmt: skip


@pytest.mark.parametrize(("model", "resolution", "duration", "price"), PRICES)
def test_each_combination_is_billed_by_the_table(sim, model, resolution, duration, price):
    """Creating a task takes its price from the balance at once."""
    sim.faults("stuck-waiting")
    fields = {"resolution": resolution, "duration": duration, MODELS[model].start: URL}
    given = {name: value for name, value in fields.items() if value}
    before = sim.credit()
    sim.create_id(model=model, **given)
    assert before - sim.credit() == price


def test_the_longest_prompt_of_each_model_is_taken(sim):
    """The limit itself is allowed, counted in characters and not in bytes."""
    sim.faults("stuck-waiting")
    for model, row in MODELS.items():
        longest = "\N{SNOWMAN}" * row.fields[0].max_chars
        assert sim.create(longest, model=model, **{row.start: URL})["code"] == 200


@pytest.mark.parametrize(
    ("model", "given", "filled"),
    [
        (T2V_H3, {}, {"aspect_ratio": "16:9", "resolution": "2K", "duration": 6}),
        (
            T2V_H3,
            {"duration": 12, "aspect_ratio": "3:4", "nsfw_checker": True, "first_frame_url": URL},
            {"aspect_ratio": "3:4", "resolution": "2K", "duration": 12},
        ),
        (
            I2V_H3,
            {"first_frame_url": URL, "last_frame_url": "", "aspect_ratio": "1:1"},
            {"first_frame_url": URL, "resolution": "2K", "duration": 6},
        ),
        (
            I2V_H3,
            {"first_frame_url": URL, "last_frame_url": URL, "resolution": "768P"},
            {"first_frame_url": URL, "last_frame_url": URL, "resolution": "768P", "duration": 6},
        ),
    ],
)
def test_the_record_shows_what_was_filled_in(sim, model, given, filled):
    """Defaults are in `param`, numbers are numbers, and what the model does not know is not."""
    sim.faults("stuck-waiting")
    param = json.loads(sim.record(sim.create_id("x", model=model, **given))["data"]["param"])
    assert json.loads(param["input"]) == {"prompt": "x", **filled}

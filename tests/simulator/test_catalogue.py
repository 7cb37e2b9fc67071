"""The free catalogue: what is listed is what createTask takes, at the price it takes."""

import pytest

from hailuo_nb.simulator.catalogue import MODELS
from tests.simulator.process import I2V, T2V, T2V_H3


def look(sim, path="", **query):
    return sim.http.get(f"/api/v1/models{path}", params=query).json()


def test_all_models_are_listed(sim):
    """Each model has a line with its names, kind and price."""
    found = look(sim)
    assert (found["code"], found["msg"]) == (200, "success")
    assert found["data"]["total"] == len(MODELS)
    assert [row["model"] for row in found["data"]["models"]] == list(MODELS)
    one = next(row for row in found["data"]["models"] if row["model"] == I2V)
    assert one["slug"] == I2V
    assert one["title"] == "Hailuo 02 Image To Video Standard"
    assert (one["provider"], one["taskType"]) == ("Hailuo", ["Image to Video"])
    assert "a 6-second 768P video costs 30 credits (0.15 USD)" in one["pricingDesc"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"taskType": "Text to Video"}, 3),
        ({"taskType": "Text to Video,image to video"}, 8),
        ({"provider": "minimax"}, 2),
        ({"q": "2-3"}, 2),
        ({"q": "PRO", "taskType": "Text to Video"}, 1),
        ({"provider": "nobody"}, 0),
    ],
)
def test_filters_leave_what_they_name(sim, query, count):
    """Filters combine; nothing left is an empty list and no error."""
    found = look(sim, **query)["data"]
    assert (found["total"], len(found["models"])) == (count, count)


def test_a_schema_says_what_is_taken(sim):
    """The document has each field with its kind, and what is required."""
    found = look(sim, f"/{I2V}/schema")["data"]
    assert found["model"] == I2V
    (path,) = found["openapi"]["paths"]
    assert path == "/api/v1/jobs/createTask"
    content = found["openapi"]["paths"][path]["post"]["requestBody"]["content"]
    body = content["application/json"]["schema"]
    assert body["required"] == ["model", "input"]
    fields = body["properties"]["input"]
    assert fields["required"] == ["prompt", "image_url"]
    assert fields["properties"]["resolution"]["enum"] == ["512P", "768P"]
    assert fields["properties"]["duration"]["default"] == "10"
    newer = look(sim, f"/{T2V_H3}/schema")["data"]["openapi"]["paths"][path]["post"]
    duration = newer["requestBody"]["content"]["application/json"]["schema"]["properties"]["input"]
    assert duration["properties"]["duration"]["type"] == "integer"


def test_price_and_success_rate_are_of_one_model(sim):
    """The price is the list's own prose; nobody measures how often a simulator succeeds."""
    price = look(sim, f"/{T2V}/price")["data"]
    assert set(price) == {"model", "pricingDesc"}
    listed = look(sim, q=T2V)["data"]["models"][0]
    assert price["pricingDesc"] == listed["pricingDesc"]
    assert look(sim, f"/{T2V}/success-rate")["data"] == {"model": T2V, "points": []}


@pytest.mark.parametrize("what", ["schema", "price", "success-rate"])
def test_an_unknown_model_is_404_in_the_body(sim, what):
    """No such resource is a business error."""
    answer = sim.http.get(f"/api/v1/models/hailuo/03/{what}")
    assert (answer.status_code, answer.json()["code"]) == (200, 404)


def test_a_key_is_needed(sim):
    """The catalogue is free, not open."""
    assert sim.http.get("/api/v1/models", headers={"Authorization": ""}).json()["code"] == 401


def test_the_four_share_one_request_a_second(start):
    """The second of two quick looks is refused in a 200, whichever of the four it is."""
    sim = start()
    codes = [look(sim, path)["code"] for path in ("", f"/{T2V}/price") * 5]
    assert codes[0] == 200
    assert 429 in codes
    refused = sim.http.get("/api/v1/models", headers=sim.bearer("another"))
    assert (refused.status_code, refused.json()["code"]) == (200, 200)

"""What a dry run shows, and what a card says of what was there."""

import json

import pytest

from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.views.reports.plan import plan_html, plan_text
from tests.views.samples import snapshot
from tests.views.test_settled import Reader

IMAGE = ImageRef(label="sample:peak", digest="00", width_px=1366, height_px=768)


@pytest.mark.parametrize(
    "unseen", ["\u2066", "\u202e", "\u200b", "\u00a0", "\u200d", "\ufeff", "\x07", "\u2028", "🐉樱"]
)
def test_a_dry_run_shows_every_character_that_is_sent(unseen: str) -> None:
    """The JSON that is shown is the very one, in text and markup; nothing in it is unseen."""
    request = make_request(prompt=f"a{unseen}b", image=IMAGE)
    plan = Plan(clips=(PlanItem(request=request, label="a"),), is_one=True, service="nobody")
    for told in (plan_text(plan), Reader(plan_html(plan)).text):
        body, _ = json.JSONDecoder().raw_decode(told[told.index("{") :])
        assert body["input"]["prompt"] == f"a{unseen}b"


def test_what_was_found_is_said_of_a_single_clip() -> None:
    """That nothing was sent, and how to try again what failed; nothing of what is new."""
    item = PlanItem(request=make_request(prompt="a", image=IMAGE), label="a")
    assert Plan(clips=(item,)).found == ""
    for state, words in (("done", "There already; nothing was sent."), ("failed", "--retry")):
        there = PlanItem(request=item.request, label="a", there=snapshot(state))
        assert words in Plan(clips=(there,)).found

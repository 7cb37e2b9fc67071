"""What a failed submit means for money."""

import json

import pytest

from hailuo_nb import errors
from hailuo_nb.errors import HailuoError, ServiceError, TransportError
from hailuo_nb.kie.envelope import read_envelope
from hailuo_nb.kie.outcome import OUTCOMES, submit_outcome
from hailuo_nb.kie.wire import read_task_id


def family(root: type[HailuoError]) -> list[type[HailuoError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in family(child))]


@pytest.mark.parametrize("kind", family(ServiceError) + family(TransportError))
def test_every_class_has_its_own_row(kind: type[HailuoError]) -> None:
    """No service or transport error inherits its outcome by accident."""
    assert kind in OUTCOMES


@pytest.mark.parametrize("kind", family(HailuoError))
def test_only_the_provably_untaken_is_sent_again(kind: type[HailuoError]) -> None:
    """Three classes and no other may be sent again by themselves."""
    again = {errors.RateLimited, errors.Maintenance, errors.NotSent}
    assert (submit_outcome(kind("x")) == "not_taken") == (kind in again)


@pytest.mark.parametrize("kind", family(ServiceError) + family(TransportError))
def test_what_is_lost_says_so(kind: type[HailuoError]) -> None:
    """An error that may have been charged is never called refused or not taken."""
    if kind is not errors.UnknownTask:
        assert kind("x").charged == "no" or submit_outcome(kind("x")) == "lost"


BODIES = [
    (200, 429, "", "not_taken"),
    (429, None, "", "not_taken"),
    (200, 455, "", "not_taken"),
    (200, 401, "", "refused"),
    (200, 402, "", "refused"),
    (200, 404, "", "refused"),
    (200, 422, "", "refused"),
    (200, 400, "", "refused"),
    (200, 451, "", "refused"),
    (200, 500, "Internal Error, Please try again later.", "lost"),
    (200, 433, "", "refused"),
    (200, 501, "", "refused"),
    (200, 505, "", "refused"),
    (200, 500, "This field is required", "refused"),
    (200, 500, "Credits insufficient : ...", "refused"),
    (401, None, "", "lost"),
    (404, None, "", "lost"),
    (200, 500, "Server exception, please try again later", "lost"),
    (200, 500, "", "lost"),
    (200, 408, "", "lost"),
    (200, 777, "", "lost"),
    (200, None, "", "lost"),
    (403, None, "", "lost"),
    (500, None, "", "lost"),
    (501, None, "", "lost"),
    (502, None, "", "lost"),
    (505, None, "", "lost"),
    (200, 200, "success", "lost"),
    (500, 200, "success", "lost"),
]


@pytest.mark.parametrize(("status", "code", "words", "outcome"), BODIES)
def test_replies_to_a_submit(status: int, code: int | None, words: str, outcome: str) -> None:
    """Each reply to createTask is judged as the plan for money says; None is an HTML page."""
    body = json.dumps({"code": code, "msg": words, "data": None}).encode()
    with pytest.raises(HailuoError) as caught:
        read_task_id(read_envelope(status, "", body if code else b"<html>no</html>"))
    assert submit_outcome(caught.value) == outcome

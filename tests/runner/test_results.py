"""Results that come late, in bits or not at all: no paid clip is given up for them."""

import pytest

from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError, SavingError, TaskFailed, TaskStopped
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner import poll
from hailuo_nb.runner.task import Task
from hailuo_nb.session import recovery
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from tests.runner.conftest import known, order, recorded
from tests.runner.service import CREATE, FRESH, RECORD, TASK, UPLOAD, WAIT_S, Service, until

BUSY = {"code": 429, "msg": "Your call frequency is too high. Please try again later."}
GONE = {"code": 422, "msg": "recordInfo is null", "data": None}


@pytest.mark.parametrize("urls", [(), ("javascript:alert(1)",)])
def test_a_clip_without_an_address_can_be_asked_for_again(
    session: Session, service: Service, urls: tuple[str, ...]
) -> None:
    """It was paid for: resume and the cell look again, free, and find it once it is there."""
    service.say(RECORD, service.finish(*urls))
    task = session.dispatch.submit(order())
    with pytest.raises(SavingError, match="names no file") as told:
        task.wait(WAIT_S)
    assert task.state == "expired"
    assert "It was charged." in str(told.value)
    assert f"%hailuo resume {task.id}" in str(told.value)
    assert "--retry" not in str(told.value)
    (again,) = recovery.resume(session, [task.id])
    with pytest.raises(SavingError, match="names no file"):
        again.wait(WAIT_S)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"
    assert service.count(CREATE) == 1


def test_a_place_in_a_classs_queue_is_told_while_it_stands_there(
    session: Session, service: Service
) -> None:
    """Its number and the wait, until it is sent; what no gateway says is not made up."""
    queued: dict[str, object] = {"state": "waiting", "queuePlace": 41, "queueWait": 250}
    service.say(RECORD, {"code": 200, "data": queued})
    task = session.dispatch.submit(order())
    until(lambda: task.snapshot.note is not None)
    assert task.snapshot.note == "Number 41 in your class's queue, to be sent in about 4 min."
    service.say(RECORD, {"code": 200, "data": queued | {"promptsShown": True}})
    until(lambda: "Your teacher sees your prompts. Number 41" in (task.snapshot.note or ""))
    service.say(RECORD, {"code": 200, "data": queued | {"queuePlace": 1, "queueWait": 0.2}})
    until(lambda: task.snapshot.note == "Number 1 in your class's queue, to be sent at once.")
    hostile = {"state": "waiting", "queuePlace": "<b>", "queueWait": -1, "promptsShown": "<b>"}
    service.say(RECORD, {"code": 200, "data": hostile})
    until(lambda: task.snapshot.note is None)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert task.wait(WAIT_S).state == "done"


def test_a_clip_of_a_class_whose_reply_was_lost_is_not_said_to_be_made(
    session: Session, service: Service
) -> None:
    """What is known is told, and what not to do, until somebody has settled it."""
    lost: dict[str, object] = {"state": "queuing", "unsure": True}
    service.say(RECORD, {"code": 200, "data": lost})
    task = session.dispatch.submit(order())
    until(lambda: task.snapshot.note is not None)
    for words in ("not known", "credits stay held", "your teacher", "Do not send it again"):
        assert words in (task.snapshot.note or "")
    assert task.state == "queued"
    service.say(RECORD, {"code": 200, "data": lost | {"unsure": "<b>"}})
    until(lambda: task.snapshot.note is None)
    service.say(RECORD, {"code": 200, "data": lost})
    until(lambda: task.snapshot.note is not None)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert task.wait(WAIT_S).state == "done"
    assert task.snapshot.note is None


def saving(session: Session) -> Task:
    """Take up a finished task whose kernel ended while it was saved."""
    recorded(session, "saving", task_id=TASK, credits=30.0, submitted_at=1.0, finished_at=2.0)
    return session.dispatch.submit(order())


def test_a_clip_is_saved_though_the_service_is_busy_at_first(
    session: Session, service: Service
) -> None:
    """Bad answers on the way to a finished task are asked over, in turn with all the others."""
    page = b"<html>bad gateway</html>"
    service.say(RECORD, BUSY, page, BUSY, service.finish(f"{service.origin}/clip.mp4"))
    task = saving(session).wait(WAIT_S)
    assert (task.credits, task.snapshot.elapsed_s) == (30, 1)
    sql = "SELECT count(*) AS passed FROM passes WHERE gate = 'poll'"
    assert session.history._database.read(sql, {})[0]["passed"] >= 1


@pytest.mark.parametrize("when", [{"submitted_at": 1.0}, {"created_at": 0.0}])
def test_a_task_taken_up_late_is_asked_for_at_once(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch, when: dict[str, float]
) -> None:
    """Its end may long be there: the schedule of a task that runs is not waited for."""
    monkeypatch.setattr(poll, "next_delay_s", lambda *_args, **_more: 1e6)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    recorded(session, "generating", task_id=TASK, credits=30.0, **when)
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"


@pytest.mark.parametrize("words", ["recordInfo is null", "No such task for this key"])
def test_a_finished_task_that_the_service_refuses_is_told(
    session: Session, service: Service, words: str
) -> None:
    """After a few refusals it ends as charged, whatever their words, and may be resumed."""
    service.say(RECORD, GONE | {"msg": words})
    with pytest.raises(SavingError, match=rf"{words}\. It was charged\."):
        saving(session).wait(WAIT_S)


@pytest.mark.parametrize("words", ["recordInfo is null", "No such task for this key"])
def test_a_fresh_task_that_the_service_does_not_know_yet_is_watched(
    session: Session, service: Service, words: str
) -> None:
    """Right after its creation a refusal says nothing, however often it comes."""
    refused = GONE | {"msg": words}
    service.say(RECORD, *[refused] * 4, service.finish(f"{service.origin}/clip.mp4"))
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"


def test_a_finished_task_that_fails_after_all_is_told(session: Session, service: Service) -> None:
    """What the service says last counts."""
    service.say(RECORD, {"code": 200, "data": {"state": "fail", "failMsg": "No luck."}})
    task = saving(session)
    with pytest.raises(TaskFailed, match="No luck"):
        task.wait(WAIT_S)
    assert known(session, task.id).state == "failed"


@pytest.mark.parametrize(
    ("told", "credits", "money"),
    [
        ({}, None, "It may have been charged."),
        ({"creditsConsumed": None}, None, "It may have been charged."),
        ({"creditsConsumed": "much"}, None, "It may have been charged."),
        ({"creditsConsumed": 30}, 30, "It may have been charged."),
        ({"creditsConsumed": 0}, 0, "Nothing was charged."),
        ({"consumeCredits": "0"}, 0, "Nothing was charged."),
    ],
)
def test_a_failure_says_of_money_what_the_service_said(
    session: Session, service: Service, told: dict[str, object], credits: int | None, money: str
) -> None:
    """Without a figure nothing is claimed, on the card, in the history and in the budget."""
    held = {"code": 200, "data": {"state": "generating", "creditsConsumed": 30}}
    failed = {"code": 200, "data": {"state": "fail", "failMsg": "No luck."} | told}
    service.say(RECORD, held, failed)
    task = session.dispatch.submit(order())
    with pytest.raises(TaskFailed, match=money):
        task.wait(WAIT_S)
    assert (task.credits, known(session, task.id).credits) == (credits, credits)
    spent = session.history.budget.spending().spent_today
    assert spent == (task.snapshot.request.price.credits if credits is None else credits)


def test_a_reply_about_another_task_ends_nothing(session: Session, service: Service) -> None:
    """Its failure and its clip are another's; the own answer that comes later counts."""
    other: dict[str, object] = {"taskId": "e" * 32, "state": "fail", "failMsg": "Not yours."}
    finished = service.finish(f"{service.origin}/clip.mp4")
    service.say(
        RECORD,
        *({"code": code, "msg": "", "data": other} for code in (200, 501, 501, 501, 422)),
        {"code": 200, "data": {"taskId": "e" * 32, "state": "success", "resultJson": "{}"}},
        finished,
    )
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"
    assert service.count(RECORD) == 7


@pytest.mark.parametrize(
    ("code", "state", "kind"), [(501, "failed", TaskFailed), (408, "stopped", TaskStopped)]
)
def test_a_code_said_again_and_again_ends_the_watching(
    session: Session, service: Service, code: int, state: str, kind: type[HailuoError]
) -> None:
    """Where recordInfo answers 501 the task has failed; where 408, it may still finish."""
    service.say(RECORD, {"code": code, "msg": "No luck here", "data": None})
    task = session.dispatch.submit(order())
    with pytest.raises(kind, match="No luck here"):
        task.wait(WAIT_S)
    assert (task.state, service.count(RECORD)) == (state, 3)


def test_each_address_is_tried_before_a_new_one_is_asked_for(
    session: Session, service: Service
) -> None:
    """The first is gone, the second has the clip."""
    urls = f"{service.origin}/gone.mp4", f"{service.origin}/clip.mp4"
    service.say(RECORD, service.finish(*urls))
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"
    assert (service.count("/gone.mp4"), service.count(FRESH)) == (1, 0)


def test_an_address_that_fails_for_now_is_tried_again_beside_one_that_is_gone(
    session: Session, service: Service
) -> None:
    """What leaves most hope decides whether it is worth another try."""
    urls = f"{service.origin}/gone.mp4", f"{service.origin}/late.mp4"
    service.say(RECORD, service.finish(*urls))
    clip = service.answers["/clip.mp4"][0].content
    service.say("/late.mp4", b"<html>soon</html>", clip, mime="video/mp4")
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"
    assert service.count("/late.mp4") == 2


@pytest.mark.parametrize(
    ("said", "uploads"),
    [
        ("Image fetch failed. Check access settings or use our File Upload API instead.", 2),
        ("Your media file is unavailable, please replace it.", 2),
        ("Content was flagged by the safety system.", 1),
    ],
)
def test_an_image_that_could_not_be_read_is_uploaded_anew(
    session: Session, service: Service, said: str, uploads: int
) -> None:
    """A retry after such a failure does not send the same dead address again."""
    image = find_image("sample:forest", {})
    request = make_request(prompt="A hawk.", image=image.ref)
    service.say(RECORD, {"code": 200, "data": {"state": "fail", "failMsg": said}})
    for retry in (False, True):
        task = session.dispatch.submit(PlanItem(request=request, image=image, retry=retry))
        with pytest.raises(TaskFailed, match=said[:20]):
            task.wait(WAIT_S)
    assert (service.count(UPLOAD), service.count(CREATE)) == (uploads, 2)

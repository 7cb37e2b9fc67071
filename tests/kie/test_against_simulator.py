"""The client against the project's own simulator, a process of its own, over HTTP."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from hailuo_nb import errors
from hailuo_nb.core.request import ImageRef, Request, make_request
from hailuo_nb.core.task import Record
from hailuo_nb.kie.callback import verify_callback
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.outcome import submit_outcome
from tests.kie.scripted_server import ScriptedServer, reply
from tests.simulator.owner import ask_owner, environment

HOOK = "hook-key"
ClientOf = Callable[..., Client]
Work = Callable[[Client], Awaitable[None]]


@pytest.fixture(scope="module")
def simulator() -> Iterator[str]:
    """Run a fast simulator without rate limits and yield its base URL."""
    command = [sys.executable, "-m", "hailuo_nb.simulator", "--port", "0", "--speed", "20000"]
    options = ["--max-size", "160", "--rate-limit", "off", "--webhook-key", HOOK]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, text=True, env=environment()
    ) as process:
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def faults(simulator: str) -> Iterator[Callable[..., None]]:
    """Yield a function that puts faults in force; they end with the test."""

    def put(*names: str) -> None:
        ask_owner(simulator, "/_sim/faults", {"faults": names})

    yield put
    put()


@pytest.fixture
def use(simulator: str, client_of: ClientOf) -> Callable[..., None]:
    """Return a function that runs work with a client of the simulator."""

    def run(work: Work, **options: object) -> None:
        async def main() -> None:
            client = client_of(simulator, **options)
            try:
                await work(client)
            finally:
                await client.aclose()

        asyncio.run(main())

    return run


def ledger(simulator: str) -> list[dict[str, object]]:
    return ask_owner(simulator, "/_sim/ledger")


async def submit(client: Client, request: Request) -> str:
    return await client.create_task(request, image_url=None, end_image_url=None)


async def finished(client: Client, request: Request, image_url: str | None = None) -> Record:
    """Submit, wait for the callback that announces the end, and return the record."""
    async with ScriptedServer([reply({})]) as hook:
        called = replace(request, callback_url=hook.origin + "/hook")
        task_id = await client.create_task(called, image_url=image_url, end_image_url=None)
        await hook.arrived.wait()
    return await client.record_info(task_id)


def test_the_whole_way(use: Callable[..., None], request_text: Request, tmp_path: Path) -> None:
    """Submit, watch, fetch and check a clip; the balance falls by its price."""

    async def work(client: Client) -> None:
        before = await client.credit()
        record = await finished(client, request_text)
        assert record.credits == before - await client.credit() == 30.0
        assert await client.made(record.task_id) == (request_text, record)
        fresh = await client.fresh_url(record.result_urls[0])
        saved = await client.download(fresh, tmp_path / "a.mp4")
        assert saved.duration_s == pytest.approx(6.0, abs=0.2)
        assert (saved.width_px, saved.height_px) == (160, 90)

    use(work)


def test_from_an_uploaded_image(use: Callable[..., None], simulator: str, tmp_path: Path) -> None:
    """An uploaded start image is what the task is made of."""
    buffer = BytesIO()
    Image.new("RGB", (400, 400), "teal").save(buffer, "PNG")
    image = ImageRef(label="a.png", digest="0" * 64)
    request = make_request(prompt="A wave.", image=image)

    async def work(client: Client) -> None:
        url = await client.upload(buffer.getvalue(), name="a.png", mime="image/png")
        record = await finished(client, request, url)
        saved = await client.download(record.result_urls[0], tmp_path / "a.mp4")
        assert saved.width_px == saved.height_px
        assert ledger(simulator)[-1]["input"]["image_url"] == url

    use(work)


SUBMITS = [
    ("bad-key", errors.AuthenticationError, "refused"),
    ("no-credit", errors.NotEnoughCredits, "refused"),
    ("key-cap", errors.KeyLimitReached, "refused"),
    ("rate-limit", errors.RateLimited, "not_taken"),
    ("maintenance", errors.Maintenance, "not_taken"),
    ("disabled", errors.FeatureDisabled, "refused"),
    ("server-error", errors.ServerError, "lost"),
    ("html-error", errors.ServerError, "lost"),
    ("bad-json", errors.UnexpectedReply, "lost"),
    ("slow-reply", errors.ReplyLost, "lost"),
    ("drop-before-read", errors.ReplyLost, "lost"),
    ("drop-submit-reply", errors.ReplyLost, "lost"),
]


PATIENCE_S = {"slow-reply": 0.3}


@pytest.mark.parametrize(("fault", "kind", "outcome"), SUBMITS)
def test_faults_of_a_submit(
    use: Callable[..., None],
    faults: Callable[..., None],
    simulator: str,
    request_text: Request,
    fault: str,
    kind: type[errors.HailuoError],
    outcome: str,
) -> None:
    """Each fault has its class and outcome, twice in a row, and no submit is doubled."""
    faults(fault)
    before = len(ledger(simulator))

    async def work(client: Client) -> None:
        for _ in range(2):
            with pytest.raises(errors.HailuoError) as caught:
                await submit(client, request_text)
            assert type(caught.value) is kind
            assert submit_outcome(caught.value) == outcome

    use(work, timeout_s=PATIENCE_S.get(fault, 30.0))
    taken = len(ledger(simulator)) - before
    assert taken <= (2 if outcome == "lost" else 0)


def test_a_task_taken_with_its_reply_lost(
    use: Callable[..., None],
    faults: Callable[..., None],
    simulator: str,
    request_text: Request,
) -> None:
    """The service took it once, and once only."""
    faults("drop-submit-reply")
    before = len(ledger(simulator))

    async def work(client: Client) -> None:
        with pytest.raises(errors.ReplyLost):
            await submit(client, request_text)

    use(work)
    assert len(ledger(simulator)) - before == 1


def test_refusals_of_the_service_itself(
    use: Callable[..., None], request_text: Request, simulator: str
) -> None:
    """Validation, an unknown task and a foreign address are told apart."""

    async def work(client: Client) -> None:
        with pytest.raises(errors.InvalidInput):
            await submit(client, replace(request_text, prompt="x" * 1501))
        with pytest.raises(errors.InvalidInput):
            await submit(client, replace(request_text, duration_s=7))
        with pytest.raises(errors.UnknownTask):
            await client.record_info("0" * 32)
        with pytest.raises(errors.RequestRefused):
            await client.fresh_url("https://elsewhere.example/a.mp4")

    use(work)


def test_an_empty_account(use: Callable[..., None], request_text: Request, simulator: str) -> None:
    """A balance below the price refuses the task."""
    poor = {"Authorization": "Bearer poor"}
    ask_owner(simulator, "/_sim/credits", {"credits": 1}, headers=poor)

    async def work(client: Client) -> None:
        assert await client.credit() == 1.0
        with pytest.raises(errors.NotEnoughCredits):
            await submit(client, request_text)

    use(work, key=lambda origin: "poor")


def test_a_task_not_known_yet(
    use: Callable[..., None], faults: Callable[..., None], request_text: Request
) -> None:
    """A fresh task may be unknown for a moment."""
    faults("fresh-422")

    async def work(client: Client) -> None:
        task_id = await submit(client, request_text)
        with pytest.raises(errors.UnknownTask) as caught:
            await client.record_info(task_id)
        assert caught.value.task_id == task_id

    use(work)


def test_a_state_nobody_knows(
    use: Callable[..., None], faults: Callable[..., None], request_text: Request
) -> None:
    """An unknown word means that it still runs."""
    faults("unknown-state", "stuck-waiting")

    async def work(client: Client) -> None:
        task_id = await submit(client, request_text)
        assert (await client.record_info(task_id)).phase == "generating"

    use(work)


ENDINGS = [
    ("fail-moderation", "fail", "flagged by the safety system"),
    ("fail-internal", "fail", "Internal Error"),
    ("empty-result", "success", None),
    ("junk-result", "success", None),
]


@pytest.mark.parametrize(("fault", "phase", "words"), ENDINGS)
def test_faults_at_the_end(
    use: Callable[..., None],
    faults: Callable[..., None],
    request_text: Request,
    fault: str,
    phase: str,
    words: str | None,
) -> None:
    """Failures say why; an empty result has no address, one with junk behind it has."""
    faults(fault)

    async def work(client: Client) -> None:
        record = await finished(client, request_text)
        assert record.phase == phase
        assert (words or "") in (record.fail_message or "")
        assert len(record.result_urls) == (fault == "junk-result")

    use(work)


FILES = [
    ("truncated-file", errors.NotAVideo),
    ("html-file", errors.NotAVideo),
    ("expired-file", errors.ResultExpired),
    ("huge-file", errors.TooLarge),
    ("slow-file", errors.SavingError),
]


@pytest.mark.parametrize(("fault", "kind"), FILES)
def test_faults_of_a_file(
    use: Callable[..., None],
    faults: Callable[..., None],
    request_text: Request,
    tmp_path: Path,
    fault: str,
    kind: type[errors.HailuoError],
) -> None:
    """Each has its class and leaves nothing; the same file without the fault lands."""
    urls: list[str] = []

    async def fails(client: Client) -> None:
        urls.extend((await finished(client, request_text)).result_urls)
        faults(fault)
        with pytest.raises(errors.SavingError) as caught:
            await client.download(urls[0], tmp_path / "a.mp4")
        assert type(caught.value) is kind
        assert list(tmp_path.iterdir()) == []

    async def lands(client: Client) -> None:
        await client.download(urls[0], tmp_path / "a.mp4")

    use(fails, download_time_max_s=2.0 if fault == "slow-file" else 60.0)
    faults()
    use(lands)


def test_a_signed_callback(use: Callable[..., None], request_text: Request) -> None:
    """What the simulator signs, we verify, and it names the task."""

    async def work(client: Client) -> None:
        async with ScriptedServer([reply({})]) as server:
            request = replace(request_text, callback_url=server.origin + "/hook")
            task_id = await submit(client, request)
            await server.arrived.wait()
            (seen,) = server.requests
            assert verify_callback(seen.headers, seen.body, HOOK) == task_id
            assert json.loads(seen.body)["data"]["taskId"] == task_id

    use(work)

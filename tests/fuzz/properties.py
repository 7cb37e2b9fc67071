"""What must hold for any input: one function a property, listed in `PROPERTIES`.

Each draws its own input and may end in a `HailuoError` where the reader may refuse;
whatever else it raises is a find.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import strategies as st

from hailuo_nb.core.cautions import warnings_of
from hailuo_nb.core.cell_line import read_line
from hailuo_nb.core.models import MODELS
from hailuo_nb.core.options import AXES, OPTIONS, several
from hailuo_nb.core.prompt import escape, prompt_warnings, read_prompts
from hailuo_nb.core.request import ImageRef, Request, make_request
from hailuo_nb.core.task import TRANSITIONS, Record, Snapshot
from hailuo_nb.core.values import amount, count, seconds, switch, time_s
from hailuo_nb.errors import HailuoError
from hailuo_nb.kie import wire
from hailuo_nb.kie.envelope import read_envelope
from hailuo_nb.kie.outcome import submit_outcome
from hailuo_nb.kie.record import read_param, read_record
from hailuo_nb.kie.record import read_request as read_adopted
from hailuo_nb.kie.sanitize import is_web_url
from hailuo_nb.session.expand import Ask, expand_ask
from hailuo_nb.store.rows import from_row, to_row
from hailuo_nb.store.sidecar import sidecar
from tests.kie.test_hostile import BODIES, DATA, VALUES

Draw = Callable[[st.SearchStrategy[object]], object]

RECORDED = (
    {
        "taskId": "5f0c9a7be41d4c0fa1b2c3d4e5f60718",
        "model": "hailuo/02-text-to-video-standard",
        "state": "success",
        "param": json.dumps(
            {
                "model": "hailuo/02-text-to-video-standard",
                "input": json.dumps({"prompt": "A harbour.", "duration": "6"}),
            }
        ),
        "resultJson": json.dumps({"resultUrls": ["https://tempfile.example.com/a.mp4"]}),
        "failCode": None,
        "failMsg": None,
        "costTime": 181,
        "completeTime": 1_788_220_800_000,
        "createTime": 1_788_220_619_000,
        "creditsConsumed": 30.0,
    },
    {"taskId": "task_hailuo_1765185334551"},
    {"downloadUrl": "https://tempfile.example.com/a.png", "fileSize": 5_120, "success": True},
)
"""Good data of three calls, to be damaged."""

GOOD_BODIES = st.sampled_from(RECORDED).map(
    lambda data: json.dumps({"code": 200, "msg": "success", "data": data}).encode()
)


@st.composite
def damaged(draw: Draw, good: st.SearchStrategy[bytes]) -> bytes:
    """Draw a good body with a few bytes cut out, doubled or replaced."""
    body = draw(good)
    assert isinstance(body, bytes)
    for at, length, put in draw(  # type: ignore[attr-defined]
        st.lists(
            st.tuples(st.integers(0, 600), st.integers(0, 9), st.binary(max_size=9)), max_size=4
        )
    ):
        body = body[:at] + put + body[at + length :]
    return body


REPLIES = st.tuples(
    st.integers(100, 599),
    st.sampled_from(["application/json", "application/json;charset=UTF-8", "text/html"])
    | st.text(),
    BODIES | damaged(GOOD_BODIES),
)
READERS: tuple[Callable[[object], object], ...] = (
    read_record,
    read_param,
    wire.read_task_id,
    wire.read_credit,
    wire.read_download_url,
)

LONG_DIGITS = st.integers(4_000, 9_000).map(lambda length: "7" * length)
LOOSE = (
    st.text(alphabet="{}|\\-\n\t []ab\x00\ud800\u202e\u00b2", max_size=60)
    | st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                *("{a|b}", "{{a}}", "{{b}}", "{{ ab }}", "{{a.b}}", "\\{", "\\|", "\\}", "{", "|"),
                *("}", '"', "\n", "\n---\n", "---", "\n\\---\n", "\r\n", " ", "sea", "[Push inn]"),
            ]
        ),
        max_size=30,
    ).map("".join)
)
NAMES: st.SearchStrategy[Mapping[str, object]] = st.dictionaries(
    st.sampled_from(["a", "b", "ab", "\u00e4"]),
    st.text(max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.just(10**5_000)
    | st.lists(st.text(max_size=9) | st.integers(), max_size=4)
    | VALUES,
)
WORDS = (
    st.sampled_from([option.flag for option in OPTIONS])
    | st.sampled_from(["take", "=", "--", "-", "'", '"', "\\", "#", "%s", "%(x)s", "sample:peak"])
    | st.text(max_size=12)
    | LONG_DIGITS
)
LINES = st.lists(WORDS, max_size=8).map(" ".join)

IMAGES = st.none() | st.builds(
    ImageRef,
    label=st.text(max_size=20),
    url=st.none() | st.text(max_size=20),
    digest=st.none() | st.text(alphabet="0123456789abcdef", max_size=64),
    mime=st.none() | st.sampled_from(["image/png", "image/jpeg"]),
    width_px=st.integers(0, 10_000),
    height_px=st.integers(0, 10_000),
    size_bytes=st.integers(0, 10**9),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NUMBERS = st.none() | st.floats(0, 1e12)
REQUESTS = st.builds(
    Request,
    model=st.sampled_from([model.id for model in MODELS]) | TEXT,
    prompt=TEXT,
    image=IMAGES,
    end_image=IMAGES,
    duration_s=st.integers(0, 600),
    resolution=TEXT,
    prompt_optimizer=st.none() | st.booleans(),
    nsfw_check=st.booleans(),
    callback_url=st.none() | TEXT,
    sample=st.integers(1, 10**6),
)
SNAPSHOTS = st.builds(
    Snapshot,
    id=st.text("abcdefghjk23456789", min_size=1),
    name=st.none() | TEXT,
    state=st.sampled_from(sorted(TRANSITIONS)),
    request=REQUESTS,
    service=st.sampled_from(["simulator", "https://api.kie.ai", "http://127.0.0.1:8000"]),
    created_at=st.floats(0, 4e9),
    submitted_at=st.none() | st.floats(0, 4e9),
    finished_at=st.none() | st.floats(0, 4e9),
    task_id=st.none() | TEXT,
    credits=NUMBERS,
    balance=NUMBERS,
    note=st.none() | TEXT,
    error=st.none() | TEXT,
    error_kind=st.none() | TEXT,
    video=st.none() | st.just(Path("/clips/a b\u00e4.mp4")),
    sha256=st.none() | TEXT,
    size_bytes=st.none() | st.integers(0, 2**62),
    cost_time_s=NUMBERS,
    warnings=st.lists(TEXT, max_size=3).map(tuple),
)


def any_reply(reply: tuple[int, str, bytes]) -> None:
    """Any reply is read to its end by every reader, or refused in words."""
    for envelope in (read_envelope, wire.read_upload):
        try:
            data = envelope(*reply)
        except HailuoError as error:
            assert submit_outcome(error) in ("not_taken", "refused", "lost")
            continue
        for read in READERS:
            with suppress(HailuoError):
                read(data)


def any_record(data: object) -> None:
    """Any data is a record with web addresses and printable words, or is refused."""
    try:
        record = read_record(data)
    except HailuoError:
        return
    assert isinstance(record, Record)
    assert all(is_web_url(url) for url in record.result_urls)
    assert (record.fail_message or "").encode() is not None


def any_run_made_elsewhere(data: object) -> None:
    """Any param gives a request that can be kept and read again, or is refused."""
    try:
        request = read_adopted(read_param(data))
    except HailuoError:
        return
    keep(Snapshot(id="a", request=request, service="simulator", created_at=0.0))


def any_prompt(asked: tuple[str, Mapping[str, object], bool]) -> None:
    """Any body is prompts that can be sent, each at its own place, or an error of ours."""
    body, names, verbatim = asked
    try:
        found = read_prompts(body, names, verbatim=verbatim)
    except HailuoError:
        return
    assert all(one.text.encode() is not None for one in found.variants)
    assert [one.text for one in found.variants] == [body] or not verbatim
    assert len({one.values for one in found.variants}) == len(found.variants)
    for one in found.variants:
        placed = zip(one.values, found.axes, strict=True)
        assert all(value in axis.values for value, axis in placed)
    assert all(isinstance(words, str) for words in prompt_warnings(body))


def any_cell(asked: tuple[str, Mapping[str, object], Mapping[str, str]]) -> None:
    """Any cell is orders with labels and places of their own, or an error of ours."""
    body, names, options = asked
    try:
        orders = expand_ask(Ask(prompt=body, **options), names)
    except HailuoError as error:
        assert str(error)
        return
    everything = [*orders.clips, *orders.left_out]
    assert len({one.label for one in everything}) == len(everything)
    assert len({one.coordinates for one in everything}) == len(everything)
    for one in everything:
        placed = zip(one.coordinates, orders.axes, strict=True)
        assert all(name == axis.name and value in axis.values for (name, value), axis in placed)


def escaped_prompt(text: str) -> None:
    """Whatever is escaped comes out as it was, ends of lines aside."""
    (one,) = read_prompts(escape(f"<{text}>"), {}).variants
    assert one.text == re.sub(r"\r+\n", "\n", f"<{text}>")


def inserted_prompt(value: str) -> None:
    """Whatever a variable holds is sent as it is and not read again."""
    names = {"x": value, "y": "no", "z": [value, "no"]}
    assert [one.text for one in read_prompts("a {{x}} b", names).variants] == [f"a {value} b"]
    assert read_prompts("a {{z}} b", names).variants[0].text == f"a {value} b"
    assert read_prompts("{a {{x}} b|c}", names).variants[0].text == f"a {value} b"


def any_line(line: str) -> None:
    """Any line is a name and known options, or an error of ours."""
    try:
        asked = read_line(line)
    except HailuoError:
        return
    assert asked.name is None or asked.name.isidentifier()
    assert set(asked.values) <= {option.name for option in OPTIONS}


def any_value(value: str) -> None:
    """Any value of an option is taken or refused in words."""
    readers: tuple[Callable[[], object], ...] = (
        lambda: seconds(value),
        lambda: switch("--optimizer", value),
        lambda: amount("--max-credits", value),
        lambda: count("--repeat", value, most=99),
        lambda: time_s("--watch-for", value),
        *(lambda option=option: several(option, value) for option in AXES),
    )
    for read in readers:
        with suppress(HailuoError):
            read()


def any_request(asked: tuple[str, str | None, int | None, str | None]) -> None:
    """Whatever is asked for is a request that has a price and a body, or is refused."""
    prompt, model, duration_s, resolution = asked
    try:
        request = make_request(
            prompt=prompt, model=model, duration_s=duration_s, resolution=resolution
        )
    except HailuoError:
        return
    assert request.price.credits > 0
    assert warnings_of(request) is not None
    body = wire.create_body(request, image_url=None, end_image_url=None)
    assert json.loads(json.dumps(body)) == body


def any_row(snapshot: Snapshot) -> None:
    """Any task comes back as it went in, or what is odd in it is named; its sidecar is JSON."""
    keep(snapshot, may_be_odd=True)
    told = json.dumps(sidecar(snapshot), ensure_ascii=False)
    assert json.loads(told.encode())["prompt"] == snapshot.request.prompt


def keep(snapshot: Snapshot, *, may_be_odd: bool = False) -> None:
    """Write a task's row into a real table and read it again."""
    row = to_row(snapshot)
    columns = ", ".join(row)
    places = ", ".join(f":{column}" for column in row)
    with closing(sqlite3.connect(":memory:")) as table:
        table.row_factory = sqlite3.Row
        table.execute(f"CREATE TABLE tasks ({columns})")
        table.execute(f"INSERT INTO tasks VALUES ({places})", row)
        found = table.execute("SELECT * FROM tasks").fetchone()
    read = from_row(dict(found))
    assert read == snapshot or (may_be_odd and read.unreadable)
    assert read.id == snapshot.id


PROPERTIES: tuple[tuple[Callable[..., None], st.SearchStrategy[object]], ...] = (
    (any_reply, REPLIES),
    (any_record, DATA | VALUES),
    (
        any_run_made_elsewhere,
        st.fixed_dictionaries(
            {
                "param": st.fixed_dictionaries(
                    {"model": st.sampled_from([model.id for model in MODELS]) | VALUES},
                    optional={
                        "input": st.dictionaries(
                            st.sampled_from(
                                [
                                    "prompt",
                                    "image_url",
                                    "duration",
                                    "resolution",
                                    "prompt_optimizer",
                                ]
                            ),
                            VALUES | LONG_DIGITS | st.just("\ud800"),
                        )
                        | VALUES
                    },
                ).map(json.dumps)
            }
        ),
    ),
    (any_prompt, st.tuples(LOOSE, NAMES, st.booleans())),
    (
        any_cell,
        st.tuples(
            LOOSE,
            NAMES,
            st.fixed_dictionaries(
                {},
                optional={
                    option.name: st.lists(
                        st.sampled_from([*option.choices, "sample:peak"]) | st.text(max_size=3),
                        max_size=3,
                    ).map(",".join)
                    for option in AXES
                },
            ),
        ),
    ),
    (
        escaped_prompt,
        st.text(alphabet="{}|ab- \\\t\r\n", max_size=40)
        | st.lists(st.sampled_from(["---", "\\---", "--- ", "a", ""]), max_size=9).map("\n".join)
        | st.text(st.characters(exclude_categories=["Cs"])),
    ),
    (inserted_prompt, st.text(st.characters(exclude_categories=["Cs"]))),
    (any_line, LINES),
    (any_value, st.text(max_size=20) | LONG_DIGITS),
    (
        any_request,
        st.tuples(
            LOOSE,
            st.none() | st.sampled_from([model.id for model in MODELS]) | st.text(max_size=9),
            st.none() | st.integers(),
            st.none() | st.sampled_from(["512P", "768p", "1080P"]) | st.text(max_size=5),
        ),
    ),
    (any_row, SNAPSHOTS),
)
"""Every property with what it is tried on."""

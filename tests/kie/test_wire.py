"""What is sent and how replies are read, against the contract's own bodies."""

import json
from dataclasses import replace

import pytest

from hailuo_nb import errors
from hailuo_nb.core.models import MODELS
from hailuo_nb.core.request import ImageRef, Request, make_request
from hailuo_nb.kie import wire
from hailuo_nb.kie.envelope import REPLY_BYTES_MAX, VALIDATION_PHRASES, read_envelope

START, END = "https://pictures.example/a.png", "https://pictures.example/b.png"
JSON = "application/json"

FIELDS = {
    "hailuo/02-image-to-video-standard": {
        "prompt": "A hill.",
        "image_url": START,
        "end_image_url": END,
        "duration": "6",
        "resolution": "768P",
        "prompt_optimizer": True,
        "nsfw_checker": False,
    },
    "hailuo/02-image-to-video-pro": {
        "prompt": "A hill.",
        "image_url": START,
        "end_image_url": END,
        "prompt_optimizer": True,
        "nsfw_checker": False,
    },
    "hailuo/02-text-to-video-standard": {
        "prompt": "A hill.",
        "duration": "6",
        "prompt_optimizer": True,
        "nsfw_checker": False,
    },
    "hailuo/02-text-to-video-pro": {
        "prompt": "A hill.",
        "prompt_optimizer": True,
        "nsfw_checker": False,
    },
    "hailuo/2-3-image-to-video-standard": {
        "prompt": "A hill.",
        "image_url": START,
        "duration": "6",
        "resolution": "768P",
        "nsfw_checker": False,
    },
    "hailuo/2-3-image-to-video-pro": {
        "prompt": "A hill.",
        "image_url": START,
        "duration": "6",
        "resolution": "768P",
        "nsfw_checker": False,
    },
    "minimax-h3/text-to-video": {
        "prompt": "A hill.",
        "aspect_ratio": "16:9",
        "resolution": "768P",
        "duration": 6,
    },
    "minimax-h3/image-to-video": {
        "prompt": "A hill.",
        "first_frame_url": START,
        "last_frame_url": END,
        "resolution": "768P",
        "duration": 6,
    },
}
"""The contract's table of models: every field of each, and no other."""

UNAUTHORISED = (
    "Unauthorized – Authentication failed. Please check that your Authorization and "
    "Content-Type headers are correctly set."
)
NO_CREDITS = (
    "Credits insufficient : Your current balance isn’t enough to run this request. "
    "Please top up to continue."
)
REPLIES = [
    (200, 400, "The number of image URLs must not exceed 1", errors.InputRefused),
    (400, 400, "The number of image URLs must not exceed 1", errors.InputRefused),
    (200, 451, "Not available for legal reasons.", errors.ContentRefused),
    (200, 401, UNAUTHORISED, errors.AuthenticationError),
    (401, 401, UNAUTHORISED, errors.AuthenticationError),
    (200, 402, NO_CREDITS, errors.NotEnoughCredits),
    (200, 500, NO_CREDITS, errors.NotEnoughCredits),
    (500, 500, NO_CREDITS, errors.NotEnoughCredits),
    (200, 404, "", errors.NotFound),
    (200, 408, "no result in 10 minutes", errors.GenerationTimedOut),
    (200, 422, "The model name you specified is not supported.", errors.RequestRefused),
    (200, 422, "url is wrong", errors.RequestRefused),
    (200, 422, "recordInfo is null", errors.UnknownTask),
    (200, 429, "Your call frequency is too high. Please try again later.", errors.RateLimited),
    (429, 429, "Your call frequency is too high.", errors.RateLimited),
    (429, 500, "slow down", errors.RateLimited),
    (200, 433, "The current number of points used by apiKey", errors.KeyLimitReached),
    (200, 455, "maintenance", errors.Maintenance),
    (200, 500, "Server exception, please try again later", errors.ServerError),
    (200, 500, "This field is required", errors.InvalidInput),
    (200, 500, "duration is not within the range of allowed options", errors.InvalidInput),
    (200, 500, "The text length cannot exceed the maximum limit", errors.InvalidInput),
    (500, 500, "Value must be within the specified range", errors.InvalidInput),
    (200, 501, "generation failed", errors.GenerationFailed),
    (200, 505, "disabled", errors.FeatureDisabled),
    (200, 999, "new", errors.UnexpectedReply),
    (400, 418, "bad", errors.UnexpectedReply),
    (500, 200, "success", errors.ServerError),
    (429, 200, "success", errors.RateLimited),
    (302, 200, "success", errors.UnexpectedReply),
]
"""HTTP status, body code, words, and the one class they mean."""


def full_request(model: str) -> Request:
    row = next(row for row in MODELS if row.id == model)
    image = ImageRef(label="a", url=START) if row.takes_image else None
    end = ImageRef(label="b", url=END) if row.has("end_image") else None
    return make_request(prompt="A hill.", model=model, image=image, end_image=end)


@pytest.mark.parametrize("model", [row.id for row in MODELS])
def test_each_model_gets_its_own_fields_and_no_other(model: str) -> None:
    """A body holds what the contract lists for the model; unknown fields would be billed."""
    body = wire.create_body(full_request(model), image_url=START, end_image_url=END)
    assert body == {"model": model, "input": FIELDS[model]}


def test_options_travel_as_the_contract_spells_them() -> None:
    """The duration is a string, the switches are booleans, the callback lies outside the input."""
    request = make_request(
        prompt="A hill.",
        image=ImageRef(label="a", url=START),
        duration_s=10,
        resolution="512P",
        prompt_optimizer=False,
        nsfw_check=True,
        callback_url="https://me.example/hook",
    )
    body = wire.create_body(request, image_url=START, end_image_url=None)
    assert body["callBackUrl"] == "https://me.example/hook"
    assert body["input"] == {
        "prompt": "A hill.",
        "image_url": START,
        "duration": "10",
        "resolution": "512P",
        "prompt_optimizer": False,
        "nsfw_checker": True,
    }


def test_a_family_spells_its_own_fields() -> None:
    """Its duration is an integer, and an end image that is not there is not sent at all."""
    start = ImageRef(label="a", url=START)
    image = make_request(prompt="A hill.", model="h3-i2v", image=start, duration_s=15)
    fields = wire.create_body(image, image_url=START, end_image_url=None)["input"]
    expected = {"duration": 15, "first_frame_url": START, "prompt": "A hill.", "resolution": "768P"}
    assert json.dumps(fields, sort_keys=True) == json.dumps(expected)
    words = make_request(prompt="A hill.", model="h3-t2v", aspect_ratio="9:16", resolution="2k")
    fields = wire.create_body(words, image_url=None, end_image_url=None)["input"]
    assert fields == {
        "prompt": "A hill.",
        "aspect_ratio": "9:16",
        "resolution": "2K",
        "duration": 6,
    }


def test_a_missing_start_image_is_refused_before_sending(request_image: Request) -> None:
    """An image model without an address never becomes a body."""
    with pytest.raises(errors.ImageError):
        wire.create_body(request_image, image_url=None, end_image_url=None)


def test_what_a_newer_version_asked_for_is_not_sent_in_part(request_image: Request) -> None:
    """A field that cannot be sent from here makes another clip; it is named."""
    newer = replace(request_image, unknown=(("seed", 7),))
    with pytest.raises(errors.UsageError, match=r"newer hailuo_nb .* with seed"):
        wire.create_body(newer, image_url=START, end_image_url=None)


@pytest.mark.parametrize("url", ["data:image/png;base64,AA", "file:///a.png", "BLOB:x"])
def test_bytes_are_not_sent_as_an_address(request_image: Request, url: str) -> None:
    """An address that only this machine understands never becomes a body."""
    with pytest.raises(errors.ImageError):
        wire.create_body(request_image, image_url=START, end_image_url=url)
    with pytest.raises(errors.ImageError):
        wire.create_body(request_image, image_url=url, end_image_url=None)


@pytest.mark.parametrize(("status", "code", "words", "kind"), REPLIES)
def test_every_code_means_one_class(
    status: int, code: int, words: str, kind: type[errors.HailuoError]
) -> None:
    """Status and body code are both looked at, and give exactly one class."""
    body = json.dumps({"code": code, "msg": words, "data": None}).encode()
    with pytest.raises(errors.HailuoError) as caught:
        read_envelope(status, JSON, body)
    assert type(caught.value) is kind


def test_the_table_above_covers_every_code() -> None:
    """No documented code is left untried."""
    assert set(errors.BY_CODE) <= {code for _, code, _, _ in REPLIES}
    tried = " ".join(words for _, _, words, kind in REPLIES if kind is errors.InvalidInput)
    assert all(phrase in tried for phrase in VALIDATION_PHRASES)


def test_the_services_words_are_kept() -> None:
    """What the service said is what the person reads, without a data key in the body."""
    body = json.dumps({"code": 401, "msg": UNAUTHORISED}).encode()
    with pytest.raises(errors.AuthenticationError) as caught:
        read_envelope(401, JSON, body)
    assert caught.value.what == UNAUTHORISED


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, errors.AuthenticationError),
        (404, errors.NotFound),
        (429, errors.RateLimited),
        (500, errors.ServerError),
        (501, errors.ServerError),
        (502, errors.ServerError),
        (505, errors.ServerError),
        (200, errors.UnexpectedReply),
        (302, errors.UnexpectedReply),
        (402, errors.UnexpectedReply),
        (403, errors.UnexpectedReply),
    ],
)
@pytest.mark.parametrize(
    "body", [b"<html><h1>Bad gateway</h1></html>", b"", b"[1]", b'{"error": "no"}', b'{"code":']
)
def test_replies_without_a_code(status: int, kind: type[errors.HailuoError], body: bytes) -> None:
    """HTML, nothing, an array or half a document are judged by the HTTP status alone."""
    with pytest.raises(errors.HailuoError) as caught:
        read_envelope(status, "text/html", body)
    assert type(caught.value) is kind


@pytest.mark.parametrize("code", [None, True, "200x", [200], {}, 10**30, float("nan"), 200.5])
def test_a_code_that_is_no_code(code: object) -> None:
    """A code of another type is an unexpected reply, never a success."""
    body = json.dumps({"code": code, "msg": "success", "data": 1}).encode()
    with pytest.raises(errors.UnexpectedReply):
        read_envelope(200, JSON, body)


def test_a_good_reply_may_leave_its_code_out() -> None:
    """Data that came with a good status is data; what owns up to a failure is none."""
    body = json.dumps({"data": {"taskId": "t1"}}).encode()
    assert read_envelope(200, JSON, body) == {"taskId": "t1"}
    for status, more in ((200, {"success": False}), (500, {}), (200, {"code": "x"})):
        with pytest.raises(errors.HailuoError):
            read_envelope(status, JSON, json.dumps({"data": {}} | more).encode())


@pytest.mark.parametrize("code", [200, "200", 200.0, " 200 "])
def test_a_code_in_another_dress(code: object) -> None:
    """A code as text or as a whole float is read all the same."""
    body = b"\xef\xbb\xbf" + json.dumps({"code": code, "data": 5, "extra": 1}).encode()
    assert read_envelope(200, JSON, body) == 5


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"code":200,"data":' + b"[" * 200_000,
        b'{"code":' + b"9" * 9000 + b"}",
        b"\xff\xfe",
        b" " * (REPLY_BYTES_MAX + 1),
    ],
)
def test_hostile_documents(body: bytes) -> None:
    """Depth, endless numbers, broken text and size end in a plain error."""
    with pytest.raises(errors.UnexpectedReply) as caught:
        read_envelope(200, JSON, body)
    assert len(str(caught.value)) < 600


def test_an_excerpt_is_short_and_harmless() -> None:
    """A page's words are shown without markup, scripts, control or direction characters."""
    page = "<script>steal()</script><h1>Bad\x1b[31m \u202egateway\u2066\x00</h1>" + "x" * 5000
    with pytest.raises(errors.ServerError) as caught:
        read_envelope(502, "text/html\u202e", page.encode())
    shown = str(caught.value)
    assert "Bad[31m gateway" in shown
    assert "steal" not in shown
    assert len(shown) < 400
    assert all(char.isprintable() for char in shown)


def test_words_are_cleaned_and_cut() -> None:
    """Hostile words of the service are one short printable line; joiners and emoji stay."""
    words = "a\r\nb\u202ec\ud800 👩\u200d🚀 " + "y" * 5000
    body = json.dumps({"code": 422, "msg": words}).encode()
    with pytest.raises(errors.RequestRefused) as caught:
        read_envelope(200, JSON, body)
    assert caught.value.what.startswith("a bc 👩\u200d🚀 yyy")
    assert len(caught.value.what) == 300


def test_task_id_is_opaque() -> None:
    """Both forms of an id are taken as they are."""
    assert wire.read_task_id({"taskId": "task_hailuo_1765185334551"}) == "task_hailuo_1765185334551"
    hex_id = "0123456789abcdef0123456789abcdef"
    assert wire.read_task_id({"taskId": hex_id, "recordId": hex_id}) == hex_id
    assert wire.read_task_id({"taskId": f" {hex_id}\n"}) == hex_id
    assert wire.read_task_id({"taskId": 123456}) == "123456"


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {}, {"taskId": None}, {"taskId": ""}, {"taskId": True}]
    + [{"taskId": bad} for bad in ("a" * 201, "a\nb", "a b", "a\u202eb", "\ud800")],
)
def test_no_task_id(data: object) -> None:
    """A success that names no usable task is an unexpected reply."""
    with pytest.raises(errors.UnexpectedReply):
        wire.read_task_id(data)


def test_what_names_no_task_is_shown() -> None:
    """The person may find an id in it that we did not."""
    with pytest.raises(errors.UnexpectedReply, match="t77"):
        wire.read_task_id({"id": "t77"})


def test_credit() -> None:
    """The balance is a bare, fractional number."""
    assert wire.read_credit(5916.25) == 5916.25
    assert wire.read_credit(-0.5) == -0.5


@pytest.mark.parametrize("data", [None, {}, "many", True, float("inf"), float("nan"), 10**400])
def test_no_credit(data: object) -> None:
    """What is no number is no balance."""
    with pytest.raises(errors.UnexpectedReply):
        wire.read_credit(data)


def test_download_url() -> None:
    """The fresh address is the data itself."""
    assert wire.read_download_url("https://files.example/a.mp4") == "https://files.example/a.mp4"


@pytest.mark.parametrize("data", [None, "", "ftp://x/a", "javascript:1", "https://a b", {}, "//x"])
def test_no_download_url(data: object) -> None:
    """Anything but an http(s) address is refused."""
    with pytest.raises(errors.UnexpectedReply):
        wire.read_download_url(data)


@pytest.mark.parametrize("field", ["downloadUrl", "fileUrl"])
def test_upload_address(field: str) -> None:
    """The address is found under today's and yesterday's name."""
    data = {"success": True, "fileName": "a.png", field: "https://files.example/a.png"}
    body = json.dumps({"success": True, "code": 200, "msg": "", "data": data}).encode()
    assert wire.read_upload(200, JSON, body) == "https://files.example/a.png"


@pytest.mark.parametrize(
    ("told", "size_bytes", "mime"),
    [
        ({"fileSize": 154832, "mimeType": "image/png"}, 154832, "image/png"),
        ({"fileSize": "154832", "mimeType": " image/png\u202e"}, 154832, "image/png"),
        ({}, None, None),
        ({"fileSize": None, "mimeType": None}, None, None),
        ({"fileSize": -1, "mimeType": ""}, None, None),
        ({"fileSize": True, "mimeType": 5}, None, None),
    ],
)
def test_what_a_kept_file_is(
    told: dict[str, object], size_bytes: int | None, mime: str | None
) -> None:
    """Its address is needed; size and kind are taken where they are said."""
    kept = wire.read_kept({"downloadUrl": "https://files.example/a.png", **told})
    assert (kept.url, kept.size_bytes, kept.mime) == (
        "https://files.example/a.png",
        size_bytes,
        mime,
    )


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (
            400,
            {"success": False, "code": 400, "msg": "Missing required parameter: uploadPath"},
            errors.InvalidInput,
        ),
        (200, {"success": False, "code": 200, "msg": "no room"}, errors.RequestRefused),
        (401, {"success": False, "code": 401, "msg": "no key"}, errors.AuthenticationError),
        (405, {"success": False, "code": 405, "msg": "no"}, errors.UnexpectedReply),
        (500, {"success": False, "code": 500, "msg": "broken"}, errors.ServerError),
        (200, {"success": True, "code": 200, "data": {}}, errors.UnexpectedReply),
        (200, {"code": 200, "data": {"downloadUrl": "file:///etc/passwd"}}, errors.UnexpectedReply),
    ],
)
def test_upload_errors(
    status: int, body: dict[str, object], kind: type[errors.HailuoError]
) -> None:
    """The upload host's own codes have a class too."""
    with pytest.raises(errors.HailuoError) as caught:
        wire.read_upload(status, JSON, json.dumps(body).encode())
    assert type(caught.value) is kind

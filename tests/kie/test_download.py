"""Downloads over loopback: good clips land, everything else leaves nothing behind."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from hailuo_nb import errors
from hailuo_nb.core.disk import Draft
from hailuo_nb.kie.address import Guard
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.download import Part, Saved, disk_in_words, save
from tests.kie.kie_samples import encode_clip
from tests.kie.scripted_server import ScriptedServer, Step, reply

ClientOf = Callable[..., Client]


def fetch(client_of: ClientOf, steps: list[Step | bytes], to: Path, **options: object) -> Saved:
    settings = {"timeout_s": 30.0} | {
        name: options.pop(name) for name in ("timeout_s", "download_time_max_s") if name in options
    }

    async def main() -> Saved:
        async with ScriptedServer(list(steps)) as server:
            client = client_of(server.origin, **settings)
            try:
                return await client.download(server.origin + "/a.mp4", to, **options)
            finally:
                await client.aclose()

    return asyncio.run(main())


def video(data: bytes) -> bytes:
    return reply(data, mime="video/mp4")


def test_a_clip_lands(client_of: ClientOf, clip: bytes, tmp_path: Path) -> None:
    """The file is there, whole, with its facts, and no half file beside it."""
    to = tmp_path / "x.mp4"
    saved = fetch(client_of, [video(clip)], to)
    assert saved == Saved(
        sha256=hashlib.sha256(clip).hexdigest(),
        size_bytes=len(clip),
        width_px=64,
        height_px=48,
        duration_s=0.5,
    )
    assert to.read_bytes() == clip
    assert list(tmp_path.iterdir()) == [to]


def test_a_clip_without_length_or_type_lands(
    client_of: ClientOf, clip: bytes, tmp_path: Path
) -> None:
    """A host that names neither length nor type is believed by what it sends."""
    step = Step(raw=b"HTTP/1.1 200 OK\r\n\r\n" + clip, then="close")
    assert fetch(client_of, [step], tmp_path / "x.mp4").size_bytes == len(clip)


def test_redirects_are_followed(client_of: ClientOf, clip: bytes, tmp_path: Path) -> None:
    """Five hops on the same scheme are fine."""
    hops = [reply(b"", 302, Location=f"/hop{number}") for number in range(5)]
    assert fetch(client_of, [*hops, video(clip)], tmp_path / "x.mp4").size_bytes == len(clip)


BAD = {
    "gone": (reply(b"", 404), errors.ResultExpired),
    "forbidden": (reply(b"", 403), errors.ResultExpired),
    "away": (reply(b"", 410), errors.ResultExpired),
    "busy": (reply(b"", 503), errors.SavingError),
    "part only": (reply(b"x", 206), errors.SavingError),
    "a page": (reply(b"<html>", mime="text/html; charset=utf-8"), errors.NotAVideo),
    "an error as JSON": (reply({"code": 404}), errors.NotAVideo),
    "a page called video": (reply(b"<html>", mime="video/mp4"), errors.NotAVideo),
    "a playlist": (reply(b"#EXTM3U\nfile:///etc/passwd", mime="video/mp4"), errors.NotAVideo),
    "nothing": (reply(b"", mime="video/mp4"), errors.NotAVideo),
    "round and round": (reply(b"", 302, Location="/a.mp4"), errors.UnsafeAddress),
    "to another scheme": (reply(b"", 302, Location="https://1.1.1.1/"), errors.UnsafeAddress),
    "to a file": (reply(b"", 302, Location="file:///etc/passwd"), errors.UnsafeAddress),
    "to plain http": (reply(b"", 302, Location="http://1.1.1.1/"), errors.UnsafeAddress),
    "with a password": (reply(b"", 302, Location="http://a:b@127.0.0.1/"), errors.UnsafeAddress),
    "nowhere": (reply(b"", 302, Location="http://["), errors.UnsafeAddress),
    "closed": (Step(then="close"), errors.SavingError),
    "reset": (Step(then="reset"), errors.SavingError),
    "packed twice": (
        reply(b"x", mime="video/mp4", Content_Encoding="gzip, gzip"),
        errors.SavingError,
    ),
    "claims too much": (
        Step(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"),
        errors.TooLarge,
    ),
    "claims nonsense": (
        Step(raw=b"HTTP/1.1 200 OK\r\nContent-Length: \xc2\xb2\r\n\r\n", then="close"),
        errors.SavingError,
    ),
    "sends too much": (
        Step(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000, then="close"),
        errors.TooLarge,
    ),
}


@pytest.mark.parametrize(("step", "kind"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_saved(
    client_of: ClientOf, tmp_path: Path, step: Step | bytes, kind: type[errors.HailuoError]
) -> None:
    """Each has its class, was charged, and leaves nothing on disk."""
    with pytest.raises(errors.SavingError) as caught:
        fetch(client_of, [step], tmp_path / "x.mp4", size_max_bytes=100_000)
    assert type(caught.value) is kind
    assert caught.value.charged == "yes"
    assert list(tmp_path.iterdir()) == []


def test_a_silent_host(client_of: ClientOf, tmp_path: Path) -> None:
    """A host that takes the request and says nothing is given up."""
    with pytest.raises(errors.SavingError):
        fetch(client_of, [Step(then="hang")], tmp_path / "x.mp4", timeout_s=0.2)
    assert list(tmp_path.iterdir()) == []


def test_a_clip_that_breaks_off(client_of: ClientOf, clip: bytes, tmp_path: Path) -> None:
    """A file shorter than promised is no clip, whether the connection closes or goes silent."""
    for then in ("close", "reset", "hang"):
        step = Step(raw=video(clip)[:-100], then=then)
        with pytest.raises(errors.SavingError):
            fetch(client_of, [step], tmp_path / "x.mp4", timeout_s=0.2)
    assert list(tmp_path.iterdir()) == []


def test_a_clip_cut_short_at_its_source(client_of: ClientOf, clip: bytes, tmp_path: Path) -> None:
    """A truncated video of the promised length is found out by reading it to its end."""
    with pytest.raises(errors.NotAVideo):
        fetch(client_of, [video(clip[: len(clip) // 2])], tmp_path / "x.mp4")
    assert list(tmp_path.iterdir()) == []


def test_slow_bytes_end(client_of: ClientOf, clip: bytes, tmp_path: Path) -> None:
    """However patient between bytes, a download has an end."""
    step = Step(raw=video(clip)[:-100], then="hang")
    with pytest.raises(errors.SavingError, match="within"):
        fetch(client_of, [step], tmp_path / "x.mp4", timeout_s=600, download_time_max_s=0.2)
    assert list(tmp_path.iterdir()) == []


def test_a_good_clip_is_kept(client_of: ClientOf, clip: bytes, clip_file: Path) -> None:
    """A playable file in place is returned as it is, without asking anybody."""
    saved = fetch(client_of, [reply(b"", 404)], clip_file)
    assert saved.sha256 == hashlib.sha256(clip).hexdigest()


def test_a_good_clip_is_replaced_when_asked(client_of: ClientOf, clip_file: Path) -> None:
    """With replace a newer file takes the place."""
    other = encode_clip(shade=9)
    saved = fetch(client_of, [video(other)], clip_file, replace=True)
    assert clip_file.read_bytes() == other
    assert saved.size_bytes == len(other)


def test_a_failure_keeps_the_good_clip(client_of: ClientOf, clip: bytes, clip_file: Path) -> None:
    """Replacing that fails leaves the old clip as it was."""
    with pytest.raises(errors.NotAVideo):
        fetch(client_of, [video(b"junk")], clip_file, replace=True)
    assert clip_file.read_bytes() == clip


def test_a_broken_file_gives_way(client_of: ClientOf, clip: bytes, tmp_path: Path) -> None:
    """Half files of an earlier run, in place or beside it, are made good."""
    to = tmp_path / "x.mp4"
    to.write_bytes(clip[:200])
    (tmp_path / "x.mp4.part").write_bytes(b"old")
    Draft(to).file.write(b"of a process that was killed")
    fetch(client_of, [video(clip)], to)
    assert to.read_bytes() == clip
    assert list(tmp_path.iterdir()) == [to]


def test_a_planted_link_is_not_written_through(
    client_of: ClientOf, clip: bytes, tmp_path: Path
) -> None:
    """A link under the half file's name is removed, and what it points to stays."""
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "x.mp4.part").symlink_to(precious)
    fetch(client_of, [video(clip)], tmp_path / "x.mp4")
    assert precious.read_text() == "mine"


def test_a_missing_folder_is_named(client_of: ClientOf, clip: bytes, tmp_path: Path) -> None:
    """A folder that is gone is an error in words."""
    with pytest.raises(errors.SavingError, match="the folder is gone"):
        fetch(client_of, [video(clip)], tmp_path / "no" / "x.mp4")


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    """The device that is always full says so in words."""
    part = Part(tmp_path / "x.mp4")
    part.open()
    part._begun.file.close()
    part._begun.file = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115
    with pytest.raises(errors.SavingError, match="the disk is full") as caught:
        part.write(b"x")
    assert str(tmp_path) in str(caught.value)
    part.discard()
    assert list(tmp_path.iterdir()) == []


def test_any_refusal_of_the_disk_has_words(tmp_path: Path) -> None:
    """An error number that nobody foresaw is told in the system's words."""
    with pytest.raises(errors.SavingError, match="it burns"), disk_in_words(tmp_path / "x"):
        raise OSError(9999, "it burns")


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("https://10.0.0.1/a", errors.UnsafeAddress),
        ("https://127.0.0.1/a", errors.UnsafeAddress),
        ("https://[::1]/a", errors.UnsafeAddress),
        ("http://1.1.1.1/a", errors.UnsafeAddress),
        ("https://u:p@1.1.1.1/a", errors.UnsafeAddress),
        ("https://1.0.0.1/a", errors.ResultExpired),
    ],
)
def test_a_public_service_cannot_redirect_inside(
    tmp_path: Path, location: str, kind: type[errors.HailuoError]
) -> None:
    """Each hop is checked before it is asked; only a public one gets a request."""
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        if len(asked) > 1:
            return httpx.Response(404)
        return httpx.Response(302, headers={"Location": location})

    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            await save(
                "https://1.1.1.1/a",
                tmp_path / "x.mp4",
                connect=lambda _: client,
                guard=Guard(public=True),
                size_max_bytes=1000,
                time_max_s=60,
                replace=False,
            )

    with pytest.raises(errors.SavingError) as caught:
        asyncio.run(main())
    assert type(caught.value) is kind
    assert asked == ["1.1.1.1"] if kind is errors.UnsafeAddress else ["1.1.1.1", "1.0.0.1"]


@pytest.mark.parametrize(
    "url", ["", "x", "https://0177.0.0.1/a", "file:///etc/passwd", "http://[", "https://a b/\x00"]
)
def test_an_address_that_is_none(client_of: ClientOf, tmp_path: Path, url: str) -> None:
    """What is no web address is never opened."""

    async def main() -> None:
        client = client_of("http://127.0.0.1:1")
        await client.download(url, tmp_path / "x.mp4")

    with pytest.raises(errors.SavingError):
        asyncio.run(main())

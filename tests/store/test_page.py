"""What an exported page says: read as it was written, refused where somebody made it up."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.core.matrix import Axis
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.vote import Vote
from hailuo_nb.errors import PageError
from hailuo_nb.store import page as pages
from hailuo_nb.store.page import (
    PageStudy,
    imported_id,
    imported_name,
    page_data,
    read_page,
)
from tests.store.make import finished, image_bytes

NOW = 1.8e9
PICTURE = "data:image/jpeg;base64," + base64.b64encode(image_bytes("JPEG")).decode()
LARGE = image_bytes("JPEG", size=(4000, 10))
HOSTILE = "</script><script>alert(1)</script><!--"

Change = Callable[[dict[str, Any]], object]


def figure(source: str = "data:video/mp4;base64,AAAA", poster: str = PICTURE) -> str:
    return (
        f'<figure class="hailuo-clip hailuo-done" data-label="x"><video src="{source}"'
        f' poster="{poster}" controls></video></figure>'
    )


def vote(**changes: Any) -> Vote:
    facts: dict[str, Any] = {"id": "v1", "left": "a1", "right": "b2", "at": 1.7e9}
    facts |= {"experiment": "trial", "digest": "", "judge": "ann", "outcome": "left"}
    return Vote(**facts | changes)


def study(*votes: Vote) -> PageStudy:
    places = tuple(
        Place(label=label, coordinates=(("mood", label),), identity=id)
        for label, id in (("calm", "a1"), ("wild", "b2"))
    )
    axes = (Axis(name="mood", values=("calm", "wild")),)
    return PageStudy(name="trial", study=Study(axes=axes, places=places), votes=votes)


def written(shown: str = figure() * 2, prompt: str = "A fox") -> bytes:
    """Write a page of two clips and one vote, with as little around them as can be."""
    clips = [finished(id, Path(), sha256="ab" * 32) for id in ("a1", "b2")]
    told = [
        (at, replace(one, request=replace(one.request, prompt=prompt)))
        for at, one in enumerate(clips)
    ]
    data = page_data(told, [study(vote())])
    return f'<div class="hailuo-compare">{shown}</div>{data}'.encode()


def changed(change: Change) -> bytes:
    """Return the page with other data in it."""
    before = re.search(rb'id="hailuo-page">(.*)</script>', written())
    assert before is not None
    found = json.loads(before[1])
    change(found)
    return written().replace(before[1], json.dumps(found).encode())


def test_what_was_written_is_read() -> None:
    """Prompt, options, votes and pictures; never a file's path or an id of the service."""
    found = read_page(written(prompt=HOSTILE), "page.html", NOW)
    first, second = found.clips
    assert first.told.request.prompt == HOSTILE
    assert (first.told.video, first.told.task_id) == (None, None)
    assert (first.figure.poster, first.figure.video(written(prompt=HOSTILE))) == (
        PICTURE,
        b"\0\0\0",
    )
    assert second.told.id == "b2"
    assert found.studies == (study(vote()),)


def test_data_never_leave_their_element() -> None:
    """A prompt that ends a script ends none here."""
    assert written(prompt=HOSTILE).count(b"</script") == 1


def first(found: dict[str, Any]) -> dict[str, Any]:
    clip: dict[str, Any] = found["clips"][0]
    return clip


def experiment(found: dict[str, Any]) -> dict[str, Any]:
    one: dict[str, Any] = found["experiments"][0]
    return one


def of_votes(**changes: Any) -> Change:
    return lambda found: experiment(found)["votes"][0].update(changes)


def of_clip(**changes: Any) -> Change:
    return lambda found: first(found).update(changes)


def nested(depth: int) -> Any:
    made: Any = []
    for _ in range(depth):
        made = [made]
    return made


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda found: found.update(hailuo_page=2), "a newer hailuo_nb wrote it"),
        (lambda found: found.update(hailuo_page=True), "no version"),
        (lambda found: found.pop("hailuo_page"), "no version"),
        (lambda found: found.update(clips={}), "'clips' is no list"),
        (lambda found: found.update(clips=["a1"]), "'clips' is no list"),
        (lambda found: found.update(clips=found["clips"] * 1001), "more than 2,000"),
        (lambda found: found.update(clips=found["clips"] * 2), "two clips have one id"),
        (of_clip(figure=2), "does not show it"),
        (of_clip(figure=-1), "does not show it"),
        (of_clip(figure=True), "does not show it"),
        (of_clip(id="../../etc/passwd"), "'id' holds something else"),
        (of_clip(id="a" * 300), "'id' holds something else"),
        (of_clip(imported="../x"), "its id cannot be read"),
        (of_clip(prompt="x" * 20_001), "prompt is too long"),
        (of_clip(prompt=["x"]), "'prompt' holds something else"),
        (of_clip(prompt="\ud800"), "'prompt' holds something else"),
        (of_clip(model="m" * 501), "options are too long"),
        (of_clip(duration_s=1e400), "holds Infinity"),
        (of_clip(duration_s=-1), "'duration_s' holds something else"),
        (of_clip(service="javascript:alert(1)", simulated=False), "its service is none"),
        (of_clip(service="http://example.org", simulated=False), "its service is none"),
        (of_clip(service="https://user@example.org", simulated=False), "its service is none"),
        (of_clip(submitted_at="yesterday"), "'submitted_at' holds something else"),
        (of_clip(credits=-5), "'credits' holds something else"),
        (of_votes(left="c3"), "a clip is not of the experiment"),
        (of_votes(right="a1"), "both clips are one"),
        (of_votes(at=NOW + 1e6), "its time is still to come"),
        (of_votes(judge="\u202e"), "'judge' holds something else"),
        (of_votes(outcome="all"), "'outcome' holds something else"),
        (lambda found: experiment(found).update(votes=[{}] * 20_001), "more than 20,000"),
        (lambda found: experiment(found).update(name=7), "has no name"),
        (lambda found: experiment(found).update(study=[]), "it is no JSON object"),
        (
            lambda found: experiment(found)["study"].update(
                axes=[{"name": f"a{at}", "values": ["x"] * 99} for at in range(9)]
            ),
            "too many places",
        ),
        (
            lambda found: experiment(found)["study"]["places"][0].update(label="x" * 501),
            "too many places",
        ),
        (lambda found: found.update(experiments=[{}] * 51), "more than 50"),
    ],
)
def test_a_page_that_is_made_up_is_refused(change: Change, reason: str) -> None:
    """In words, and whole."""
    with pytest.raises(PageError, match=reason):
        read_page(changed(change), "page.html", NOW)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (b"", "no page that %hailuo export wrote"),
        (b"<html><body>Hello</body></html>", "no page that %hailuo export wrote"),
        (written().replace(b"</script>", b""), "cut short"),
        (written().replace(b'"clips"', b'"clips'), "no readable JSON"),
        (written(figure() * 2001), "more than 2,000 clips"),
        (re.sub(rb"<script.*", b"", written()), "does not say what made each clip"),
    ],
    ids=["empty", "other", "cut", "json", "many", "silent"],
)
def test_what_is_no_page_is_refused(made: bytes, reason: str) -> None:
    """In words."""
    with pytest.raises(PageError, match=reason):
        read_page(made, "page.html", NOW)


def test_data_that_nest_without_end_are_refused() -> None:
    """They would overflow the stack of whoever reads them."""
    deep = b"[" * 200_000 + b"]" * 200_000
    with pytest.raises(PageError, match="no readable JSON"):
        read_page(written().replace(b'"clips": [', b'"clips": ' + deep + b',"x": ['), "p.html", NOW)


def test_a_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything of it is looked at; its data have a limit of their own."""
    monkeypatch.setattr(pages, "DATA_BYTES_MAX", 100)
    with pytest.raises(PageError, match="too large"):
        read_page(written(), "page.html", NOW)
    monkeypatch.setattr(pages, "PAGE_BYTES_MAX", 100)
    with pytest.raises(PageError, match="too large"):
        read_page(written(), "page.html", NOW)


@pytest.mark.parametrize(
    "poster",
    [
        *("https://example.org/x.jpg", "data:image/svg+xml;base64,AAAA", "javascript:alert(1)"),
        *("data:image/jpeg;base64,AAAA", "data:image/jpeg;base64,====", PICTURE + "A" * 200_000),
        f"data:image/jpeg;base64,{base64.b64encode(LARGE).decode()}",
    ],
)
def test_a_picture_that_is_none_is_left_out(poster: str) -> None:
    """Or one that claims to be large, or would be asked for."""
    found = read_page(written(figure(poster=poster) * 2), "page.html", NOW)
    assert found.clips[0].figure.poster is None


@pytest.mark.parametrize("odd", ["AA=A", "!!!!", "A", "AAAA BBBB"])
def test_bytes_that_are_none_are_told(odd: str) -> None:
    """By the clip's own name, when they are taken."""
    made = written(figure(f"data:video/mp4;base64,{odd}") * 2)
    found = read_page(made, "page.html", NOW)
    with pytest.raises(ValueError, match="damaged"):
        found.clips[0].figure.video(made)


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("/home/ann/.ssh/key.png", "key.png"),
        ("..\\..\\secret.png", "secret.png"),
        ("sample:peak", "sample:peak"),
        ("https://example.org/a.png", "https://example.org/a.png"),
        ("a\u202eb\x00c\n d", "abc d"),
    ],
)
def test_an_image_is_a_name_and_no_path(label: str, kept: str) -> None:
    """And what nobody sees is not in it; its address at a service is gone."""
    image = {"label": label, "url": "http://127.0.0.1/secret", "sha256": None}
    found = read_page(changed(of_clip(image=image)), "page.html", NOW).clips[0].told.request.image
    assert found is not None
    assert (found.label, found.url) == (kept, None)


def test_odd_ratings_and_measures_are_left_out() -> None:
    """The clip is good without them."""
    odd = of_clip(rating={"stars": 9}, measures={"motion": {"value": []}, "../x": {}})
    told = read_page(changed(odd), "page.html", NOW).clips[0].told
    assert not told.rating
    assert told.measured == {}


def test_nothing_imported_is_called_as_ones_own() -> None:
    """Ids follow from the bytes; names have an ending, once."""
    assert imported_id("a1", "00") != imported_id("a1", "01") != imported_id("b2", "01")
    assert imported_id("a1", "00").startswith("imported")
    assert imported_id("a1", "00").isalnum()
    assert imported_name("trial · calm") == "trial_imported · calm"
    assert imported_name("trial_imported · calm") == "trial_imported · calm"

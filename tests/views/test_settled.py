"""The HTML and text that stay in the notebook."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from hailuo_nb.core.options import AGAIN
from hailuo_nb.core.task import FINAL, STATE_WORDS, State
from hailuo_nb.media.posters import thumbnail
from hailuo_nb.views.card.card import card_html, card_look, card_text
from hailuo_nb.views.card.chain import chain_html, chain_of
from hailuo_nb.views.facts import Facts
from tests.views.samples import (
    ERRORS,
    PAID,
    PROMPT,
    heavy_pictures,
    live_state,
    poster,
    settled_html,
    settled_text,
    snapshot,
    strip,
)

SRC = "hailuo_videos/k3f9x2m7.mp4"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202eevil\u2066 🐉 سلام"
EVIL = "javascript:alert(1)", f'x"{HOSTILE}', "data:text/html;base64,AAAA"


class Reader(HTMLParser):
    """Collects elements with their attributes, and the text outside of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in_script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._in_script else data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of each element of this kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def test_a_finished_clip_is_a_video_with_poster_and_fallback() -> None:
    """The clip plays by a relative address, and where videos are stripped a picture links to it."""
    page = Reader(settled_html(snapshot("done"), src=SRC))
    (video,) = page.all("video")
    assert (video["src"], video["preload"]) == (SRC, "none")
    assert (video["poster"] or "").startswith("data:image/jpeg;base64,")
    assert {"controls", "loop", "muted", "playsinline"} <= video.keys()
    assert page.all("source") == []
    assert [link["href"] for link in page.all("a")] == [SRC, SRC]
    assert page.all("img")[0]["src"] == video["poster"]


def test_a_finished_card_says_what_made_the_clip() -> None:
    """Name, prompt, options, images, credits, duration, size, id and mark are all there."""
    text = Reader(settled_html(snapshot("done"), src=SRC)).text.replace("\u00a0", " ")
    for fact in (
        *("samurai", PROMPT, "02-i2v · 6 s · 768P · optimizer on · nsfw check off"),
        *("start image sample:peak", "Done in 2 min 31 s", "30 simulated credits"),
        *("1.2 MB", "281e5b0f39b9a4d2c8e7", "SIMULATED", "Download MP4"),
    ):
        assert fact in text


def test_a_promoted_card_names_its_draft() -> None:
    """Settled and live; one that is of no draft says nothing of any."""
    full = snapshot("done", parent="a7k2")
    assert "full size of draft a7k2" in Reader(settled_html(full)).text
    assert live_state(full)["images"][-1] == "full size of draft a7k2"
    assert "draft" not in settled_html(snapshot("done"))


def test_a_paid_card_carries_no_mark() -> None:
    """What a paid service made is nowhere called simulated."""
    html = settled_html(replace(snapshot("done"), service="https://api.kie.ai"), src=SRC)
    assert "simulated" not in html.lower()
    assert "30 credits" in html


@pytest.mark.parametrize("state", sorted(FINAL - {"done"}))
def test_a_card_without_clip_says_what_happened_and_what_to_do(state: State) -> None:
    """Other ends show no player but poster, reason and a command to look again."""
    page = Reader(settled_html(snapshot(state, service=PAID), src=SRC))
    assert page.all("video") == page.all("script") == []
    assert len(page.all("img")) == 1
    assert ERRORS[state] in page.text
    assert "%hailuo show samurai" in page.text


@pytest.mark.parametrize("state", sorted(FINAL - {"done"}))
def test_an_end_without_a_reason_is_still_explained(state: State) -> None:
    """A task without an error text gets the state's own words."""
    told = settled_text(replace(snapshot(state), error=None), src=None)
    assert len(told.splitlines()) == 2
    assert told.splitlines()[1].endswith(".")


@pytest.mark.parametrize("length", [1500, 5000])
def test_long_prompts_are_folded_and_complete(length: int) -> None:
    """A long prompt folds away behind its beginning, and no character is lost."""
    prompt = ("Petals & storm. " * length)[:length]
    page = Reader(settled_html(snapshot("done", prompt=prompt), src=SRC))
    assert len(page.all("details")) == len(page.all("summary")) == 1
    assert prompt.strip() in page.text.replace("…", "", 1)


@pytest.mark.parametrize("state", sorted(STATE_WORDS))
def test_hostile_text_stays_text(state: State) -> None:
    """Whatever field carries markup, no element and no handler comes of it."""
    base = snapshot(state)
    image = replace(base.request.image, label=HOSTILE)
    request = replace(base.request, prompt=HOSTILE, image=image, end_image=image, model=HOSTILE)
    hostile = {"name": HOSTILE, "task_id": HOSTILE, "error": HOSTILE, "warnings": (HOSTILE,)}
    told = replace(base, request=request, strip=(*EVIL, *strip()), **hostile)
    html = settled_html(told, src=SRC) if state in FINAL else settled_html(told)
    page = Reader(html)
    assert "<script>alert" not in html
    assert not any(key.startswith("on") for _, attributes in page.elements for key in attributes)
    assert {a.get("src") for a in page.all("img")} <= {base.poster, *strip()}
    assert not {"\u202e", "\u2066"} & set(html)
    assert page.text.count("alert(1)</script>") >= 5


@pytest.mark.parametrize("src", ["javascript:alert(1)", "//evil.example/a.mp4", None])
def test_an_unsafe_or_missing_address_gives_no_player(src: str | None) -> None:
    """Without an address that a page may load, poster and commands stand in for the player."""
    page = Reader(settled_html(snapshot("done"), src=src))
    assert page.all("video") == page.all("a") == []
    assert "%hailuo show samurai" in page.text


def test_an_embedded_clip_stands_in_the_page_once() -> None:
    """A ``data:`` clip is not repeated as a link."""
    html = settled_html(snapshot("done"), src="data:video/mp4;base64,QUJD")
    assert html.count("QUJD") == 1


def test_a_clip_is_shown_from_its_start_to_its_end() -> None:
    """Four frames stand below the player, each with its second; other ends have none."""
    images = Reader(settled_html(snapshot("done"), src=SRC)).all("img")[1:]
    assert [one["src"] for one in images] == list(strip())
    assert [one["alt"] for one in images] == [
        f"samurai (simulated) at {second} s" for second in (0, 2, 4, 6)
    ]
    failed = Reader(settled_html(replace(snapshot("failed"), strip=strip())))
    assert len(failed.all("img")) == 1


def test_a_saved_card_is_light() -> None:
    """With the largest pictures, also for paper, and a long prompt, under 60 kB in the file."""
    heavy = Facts(snapshot=snapshot("done", prompt="é" * 1500, **heavy_pictures()), src=SRC)
    look = card_look()
    told = look.html([heavy]) + look.text([heavy]) + look.picture([heavy])
    assert len(heavy.poster) > 17_000
    assert len(look.picture([heavy])) > 10_000
    assert len(told.encode()) < 60_000


def test_a_saved_card_with_its_chain_is_light() -> None:
    """However long the chain is, however heavy its pictures; what is not shown is counted."""
    heavy = Facts(snapshot=snapshot("done", prompt="é" * 1500, **heavy_pictures()), src=SRC)
    named = replace(heavy, label="<b>" + "x" * 300)
    tiny = thumbnail(heavy.poster)
    assert 0 < len(tiny) < 1000
    look = card_look(chain=chain_of([named] * 30, lambda _: tiny))
    told = look.html([heavy]) + look.text([heavy]) + look.picture([heavy])
    assert len(told.encode()) < 60_000
    assert "26 before" in Reader(look.html([heavy])).text
    assert look.board([heavy])["chain"][0] == ["26 before", "", ""]
    assert "<b>" not in look.html([heavy])


@pytest.mark.parametrize("address", EVIL)
def test_foreign_text_in_a_chain_stays_text(address: str) -> None:
    """Names are text, and addresses that a page may not load are nowhere."""
    evil = replace(snapshot("done", name=HOSTILE), poster=address)
    leading = [Facts(label=label, snapshot=evil, src=address) for label in (HOSTILE, "")]
    whole = Facts(snapshot=replace(evil, strip=("", address)), src=SRC)
    for picture in ("", poster()):
        chain = chain_of(leading, lambda _, picture=picture: picture)
        row = Reader(chain_html(chain, whole))
        assert {tag for tag, _ in row.elements} <= {"div", "span", "bdi", "img"}
        assert not any(key.startswith("on") for _, held in row.elements for key in held)
        told = row.text + "".join(str(image["alt"]) for image in row.all("img"))
        assert told.count("<script>alert(1)") == 2
        assert {image["src"] for image in row.all("img")} <= {picture}
        assert "\u202e" not in str(row.elements) + row.text


def test_a_clip_that_cannot_be_reached_has_no_link() -> None:
    """Its picture, or its name, stands in the row all the same."""
    away = Facts(snapshot=snapshot("done", name="far"), src="data:video/mp4;base64,AAAA")
    page = Reader(card_html(away, chain=chain_of([away], lambda _: "")))
    assert all("hidden" in a and "href" not in a for a in page.all("a"))
    assert page.text.endswith("far→")
    near = replace(away, src=SRC)
    (link,) = [
        a
        for a in Reader(card_html(away, chain=chain_of([near], lambda _: ""))).all("a")
        if a.get("href") == SRC
    ]
    assert "color:inherit" in link["style"]


def test_the_box_keeps_the_pictures_ratio() -> None:
    """Player and poster box take the poster's ratio, whatever the request says."""
    portrait = replace(snapshot("done"), poster=poster(216, 384))
    (video,) = Reader(settled_html(portrait, src=SRC)).all("video")
    assert (video["width"], video["height"]) == ("216", "384")


def test_without_a_picture_the_box_is_empty_but_there() -> None:
    """A missing or broken poster leaves a box of the start image's ratio."""
    for missing in (None, "data:image/jpeg;base64,AAAA"):
        (video,) = Reader(settled_html(replace(snapshot("done"), poster=missing), src=SRC)).all(
            "video"
        )
        assert (video["width"], video["height"]) == ("384", "216")


def test_the_text_twin_names_id_file_and_mark() -> None:
    """Two lines say what came out, that it is simulated, and where it lies."""
    assert settled_text(snapshot("done"), src=SRC) == (
        "[SIMULATED] samurai: Done in 2 min 31 s, 30 simulated credits, "
        "task 281e5b0f39b9a4d2c8e7\nhailuo_videos/k3f9x2m7.mp4"
    )


def test_an_embedded_clip_is_named_by_its_file_in_text() -> None:
    """The text never holds a ``data:`` address."""
    told = settled_text(snapshot("done"), src="data:video/mp4;base64,QUJD")
    assert told.splitlines()[1] == SRC


def test_closed_in_mid_run_the_notebook_says_how_to_see_it() -> None:
    """The live bundle's twins hold prompt, id and the way back."""
    html, text = settled_html(snapshot("generating")), settled_text(snapshot("generating"))
    for told in (Reader(html).text, text):
        assert "281e5b0f39b9a4d2c8e7" in told
        assert "Run this cell again to see it, free." in told
        assert "SIMULATED" in told
    assert PROMPT in Reader(html).text
    assert "<script" not in html


def test_a_cell_that_pays_again_is_not_called_free() -> None:
    """With --again the way back is the clip's name, not its cell."""
    made, note = Facts(snapshot=snapshot("generating")), f"{AGAIN} --repeat 2 in its place."
    for told in (Reader(card_html(made, note)).text, card_text(made, note)):
        assert "Run this cell again" not in told
        assert "%hailuo show samurai draws it, free; running this cell pays for another." in told


def test_text_twins_stay_on_their_lines() -> None:
    """A line break in a name or an error makes no further line."""
    odd = replace(snapshot("failed"), name="a\nb", error="one\ntwo\rthree")
    assert len(settled_text(odd, src=None).splitlines()) == 2

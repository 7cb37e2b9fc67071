"""What an exported page shows, read from its markup: players, pictures, what made each clip.

Pure. Every version wrote the same figures and lists; the first ones wrote nothing else, so that
these are all there is to read of them. A page is foreign: what is odd is left out or refused, in a
time that grows with its size alone.
"""

import base64
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.stills import still_of
from hailuo_nb.store import foreign

PICTURE_CHARS_MAX = 200_000
PICTURE_SIDE_PX_MAX = 2048
STRIP_MAX = 8
PLACEHOLDER_ID = "page"
"""The local id of a clip whose page tells none."""

_FIGURE = b'<figure class="hailuo-clip '
_SECTION = b"<section><h3>"
_VIDEO = b'<video src="'
_POSTER = b'" poster="'
_FRAME = re.compile(rb'<img src="(data:image/(?:jpeg|webp);base64,[A-Za-z0-9+/=]+)" alt="[^"]*" w')
_FACT = re.compile(rb'<dt>([a-z0-9]{1,20})</dt><dd><bdi dir="auto">([^<]*)</bdi></dd>')
_TAG = re.compile(r"<[^<>]*>")
_EMBEDDED = "data:video/mp4;base64,"
_PICTURE = re.compile(r"data:image/(?:jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})")
_CREDITS = re.compile(r"([0-9.]{1,12}) (?:simulated )?credits?")
_SIMULATED = " (simulated)"
_SWITCH = {"on": True, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A clip as a page shows it.

    Parameters
    ----------
    embedded
        Where its bytes stand in the page, in base64, from and to; None where they do not.
    beside
        The path of its file as the page has it, "" without one.
    poster, strip
        Small pictures as ``data:`` URIs; None without a poster.
    """

    embedded: tuple[int, int] | None = None
    beside: str = ""
    poster: str | None = None
    strip: tuple[str, ...] = ()

    def video(self, page: bytes) -> bytes:
        """Return the bytes that stand in the page; raises `foreign.Odd` where they are none."""
        start, end = self.embedded or (0, 0)
        try:
            return base64.b64decode(memoryview(page)[start:end], validate=True)
        except ValueError:
            raise foreign.Odd("a clip's bytes are damaged") from None


def figures(page: bytes, most: int) -> list[Figure]:
    """Return the clips of a page in their order; raises `foreign.Odd` where there are more."""
    parts = list(_parts(page, _FIGURE, b"</figure>", most))
    return [_figure(page, start, end) for start, end in parts]


def made(page: bytes, most: int) -> list[dict[str, object]]:
    """Return what made each clip, in their order, as a sidecar would tell it.

    What cannot be read of one is left out; whether enough is left is its reader's to say.
    """
    return [_told(page[start:end]) for start, end in _parts(page, _SECTION, b"</section>", most)]


def _parts(page: bytes, opens: bytes, closes: bytes, most: int) -> Iterator[tuple[int, int]]:
    at = page.find(opens)
    for number in range(1, len(page)):
        end = page.find(closes, at)
        if at < 0 or end < 0:
            return
        if number > most:
            raise foreign.Odd(f"it has more than {most:,} clips")
        yield at, end
        at = page.find(opens, end)


def _figure(page: bytes, start: int, end: int) -> Figure:
    at = page.find(_VIDEO, start, end)
    if at < 0:
        return Figure()
    opens = at + len(_VIDEO)
    closes = page.find(b'"', opens, end)
    if closes < 0:
        return Figure()
    frames = [
        one.group(1) for one in _FRAME.finditer(page, page.find(b"</video>", closes, end), end)
    ]
    strip = tuple(filter(None, (_picture(one) for one in frames[:STRIP_MAX])))
    poster = None
    if page.startswith(_POSTER, closes):
        from_ = closes + len(_POSTER)
        poster = _picture(page[from_ : page.find(b'"', from_, end)])
    prefix = _EMBEDDED.encode()
    if page.startswith(prefix, opens):
        return Figure(embedded=(opens + len(prefix), closes), poster=poster, strip=strip)
    return Figure(beside=_plain(page[opens:closes]), poster=poster, strip=strip)


def _picture(uri: bytes) -> str | None:
    """Return a small picture's address, None where it is none or claims to be large."""
    text = uri.decode("ascii", "replace")
    found = _PICTURE.fullmatch(text) if len(text) <= PICTURE_CHARS_MAX else None
    try:
        still = still_of(base64.b64decode(found[1], validate=True)) if found else None
    except ValueError:
        return None
    if still is None or max(still.width_px, still.height_px) > PICTURE_SIDE_PX_MAX:
        return None
    return text


def _plain(markup: bytes) -> str:
    return html.unescape(_TAG.sub("", markup.decode("utf-8", "replace")))


def _told(section: bytes) -> dict[str, object]:
    """Return a list of facts as a sidecar's object."""
    facts = {name.decode(): _plain(value) for name, value in _FACT.findall(section)}
    title = _plain(section[len(_SECTION) : section.find(b"</h3>")])
    service = facts.get("service", SIMULATOR)
    told: dict[str, object] = {
        "version": 1,
        "id": PLACEHOLDER_ID,
        "name": title.removesuffix(_SIMULATED),
        "service": service,
        "size_bytes": 0,
        "credits": _credits(facts.get("credits", "")),
        **{name: facts[name] for name in ("model", "prompt", "sha256") if name in facts},
        **_options(facts.get("options", "")),
        **_images(facts.get("images", "")),
        **_times(facts),
    }
    return told


def _credits(words: str) -> float | None:
    found = _CREDITS.fullmatch(words)
    try:
        return float(found[1]) if found else None
    except ValueError:
        return None


def _options(words: str) -> dict[str, object]:
    """Return the options of such as "6 s · 768P · optimizer on · nsfw check off"."""
    found: dict[str, object] = {}
    for word in words.replace("\u00a0", " ").split(" · "):
        kind, _, value = word.rpartition(" ")
        if value == "s" and _is_number(kind):
            found["duration_s"] = int(kind)
        elif kind == "optimizer":
            found["prompt_optimizer"] = _SWITCH.get(value)
        elif kind == "nsfw check":
            found["nsfw_check"] = _SWITCH.get(value, False)
        elif kind == "sample" and _is_number(value):
            found["sample"] = int(value)
        elif ":" in word:
            found["asked_too"] = {"aspect_ratio": word}
        elif "duration_s" in found:
            found.setdefault("resolution", word)
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _images(words: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for word in words.split(" · "):
        for kind in ("start image ", "end image "):
            if word.startswith(kind):
                name = "image" if kind == "start image " else "end_image"
                found[name] = {"label": word.removeprefix(kind)}
    return found


def _times(facts: Mapping[str, str]) -> dict[str, object]:
    try:
        ended = datetime.strptime(facts["date"], "%Y-%m-%d %H:%M").astimezone()
        took = timedelta(seconds=int(facts["seconds"])) if "seconds" in facts else timedelta()
        begun = ended - took
    except (KeyError, ValueError, OverflowError):
        return {}
    return {"submitted_at": begun.isoformat(), "finished_at": ended.isoformat()}

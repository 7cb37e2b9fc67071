"""An exported page as data: what it says of its clips, written into it and read back.

Pure. A page is foreign: it may be damaged or made up. Of what it says nothing is taken for one's
own: its clips get ids that follow from their bytes, and stand for no request. It knows a page, not
whose history it comes from nor goes to.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hailuo_nb.core.matrix import BETWEEN
from hailuo_nb.core.study import Study
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.vote import Vote
from hailuo_nb.errors import PageError
from hailuo_nb.store import foreign
from hailuo_nb.store.experiments import study_form, study_of
from hailuo_nb.store.page_clip import IMPORTED, WORD_CHARS_MAX, one_line, told_clip
from hailuo_nb.store.page_markup import PLACEHOLDER_ID, Figure, figures, made
from hailuo_nb.store.sidecar import sidecar
from hailuo_nb.store.votes import AHEAD_S, check_votes, listed_votes, votes_form

PAGE_VERSION = 1
PAGE_BYTES_MAX = 512 * 1024 * 1024
DATA_BYTES_MAX = 32 * 1024 * 1024
CLIPS_MAX = 2000
STUDIES_MAX = 50
_OPENS = '<script type="application/json" id="hailuo-page">'
_CLOSES = "</script>"
_MARK = b'class="hailuo-compare"'


@dataclass(frozen=True, slots=True, kw_only=True)
class PageClip:
    """A clip of a page: the task as the page tells of it, under the page's id; how it is shown."""

    told: Snapshot
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStudy:
    """An experiment of a page and the votes that stand on it.

    Each place's ``identity``, and what is voted on, is a clip's id on the page.
    """

    name: str
    study: Study
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that a page says."""

    clips: tuple[PageClip, ...]
    studies: tuple[PageStudy, ...] = ()


def page_data(clips: Sequence[tuple[int, Snapshot]], studies: Iterable[PageStudy]) -> str:
    """Return a page's data as the element that holds it.

    Parameters
    ----------
    clips
        Those that the page plays, each with the number of its figure, from 0.
    """
    form = {
        "hailuo_page": PAGE_VERSION,
        "clips": [{"figure": at, IMPORTED: one.imported, **sidecar(one)} for at, one in clips],
        "experiments": [
            {
                "name": one.name,
                "study": study_form(one.study),
                "votes": votes_form(one.name, "", one.votes)["votes"],
            }
            for one in studies
        ],
    }
    return f"{_OPENS}{json.dumps(form).replace('<', chr(92) + 'u003c')}{_CLOSES}"


def imported_id(origin: str, sha256: str) -> str:
    """Return the local id of an imported clip, by the id that it was made under and its bytes."""
    return IMPORTED + hashlib.sha256(f"{origin} {sha256}".encode()).hexdigest()[:24]


def imported_name(name: str) -> str:
    """Return what an imported task or experiment is called: never as one of one's own is."""
    whole, between, label = name.partition(BETWEEN)
    suffix = f"_{IMPORTED}"
    return f"{whole.removesuffix(suffix)}{suffix}{between}{label}"


def read_page(page: bytes, name: str, now: float) -> Page:
    """Return what an exported page says, also one of an earlier version.

    Parameters
    ----------
    page
        Its bytes.
    name
        The file's name, for the words of an error.
    now
        Seconds since the epoch.

    Raises
    ------
    PageError
        It is no such page, or is damaged or made up.
    """
    try:
        if len(page) > PAGE_BYTES_MAX:
            raise foreign.Odd("it is too large")
        if _MARK not in page:
            raise foreign.Odd("it is no page that %hailuo export wrote")
        shown = figures(page, CLIPS_MAX)
        data = _data(page)
        return _with_data(data, shown, now) if data is not None else _without(page, shown)
    except (ValueError, RecursionError, OverflowError) as error:
        reason = (
            error.args[0] if isinstance(error, foreign.Odd) else "its data are no readable JSON"
        )
        raise PageError(f"{name} is not taken in: {reason}.") from None


def _data(page: bytes) -> dict[str, object] | None:
    start = page.find(_OPENS.encode())
    if start < 0:
        return None
    start += len(_OPENS)
    end = page.find(_CLOSES.encode(), start)
    if end < 0:
        raise foreign.Odd("it is cut short")
    return foreign.object_of(page[start:end], DATA_BYTES_MAX)


def _with_data(found: dict[str, object], shown: Sequence[Figure], now: float) -> Page:
    version = found.get("hailuo_page")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise foreign.Odd("its data have no version")
    if version > PAGE_VERSION:
        raise foreign.Odd("a newer hailuo_nb wrote it; pip install -U hailuo_nb reads it")
    clips = tuple(
        _clip(number, one, shown)
        for number, one in enumerate(_listed(found, "clips", CLIPS_MAX), start=1)
    )
    ids = {clip.told.id for clip in clips}
    if len(ids) < len(clips):
        raise foreign.Odd("two clips have one id")
    studies = tuple(_study(one, ids, now) for one in _listed(found, "experiments", STUDIES_MAX))
    return Page(clips=clips, studies=studies)


def _without(page: bytes, shown: Sequence[Figure]) -> Page:
    """Return what an earlier version's page says: of each clip what made it, in words."""
    told = made(page, CLIPS_MAX)
    if len(told) != len(shown):
        raise foreign.Odd("it does not say what made each clip")
    clips = []
    for number, (facts, figure) in enumerate(zip(told, shown, strict=True), start=1):
        if figure.embedded or figure.beside:
            known = told_clip(number, facts)
            clips.append(PageClip(told=replace(known, id=_page_id(known)), figure=figure))
    return Page(clips=tuple(clips))


def _page_id(known: Snapshot) -> str:
    """Return what stands for the id of a clip whose page tells none."""
    words = f"{known.sha256} {known.request.identity(known.service)}"
    return PLACEHOLDER_ID + hashlib.sha256(words.encode()).hexdigest()[:24]


def _listed(found: Mapping[str, object], name: str, most: int) -> list[dict[str, object]]:
    listed = found.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise foreign.Odd(f"{name!r} is no list of objects")
    if len(listed) > most:
        raise foreign.Odd(f"it has {len(listed):,} {name}, more than {most:,}")
    return listed


def _clip(number: int, found: dict[str, object], shown: Sequence[Figure]) -> PageClip:
    at = found.get("figure")
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at < len(shown):
        raise foreign.Odd(f"clip {number}: the page does not show it")
    known = told_clip(number, found)
    return PageClip(told=known, figure=shown[at])


def _study(found: dict[str, object], ids: set[str], now: float) -> PageStudy:
    try:
        name = one_line(foreign.text(found.get("name")))
        study = study_of(found.get("study"))
        votes = listed_votes(found, name, "")
        check_votes(votes, ids, now + AHEAD_S)
    except foreign.Odd as error:
        raise foreign.Odd(f"an experiment: {error.args[0]}") from None
    except ValueError:
        raise foreign.Odd("an experiment has no name") from None
    spots = math.prod(len(axis.values) for axis in study.axes)
    longest = max((len(word) for word in _words_of(study)), default=0)
    most = max(len(study.places), len(study.left_out), spots)
    if most > CLIPS_MAX or longest > WORD_CHARS_MAX:
        raise foreign.Odd(f"{name} has too many places, or too long words")
    return PageStudy(
        name=name, study=replace(study, plan_words="", notes=(), whole=""), votes=votes
    )


def _words_of(study: Study) -> Iterator[str]:
    """Yield all that is shown of an experiment."""
    for axis in study.axes:
        yield axis.name
        yield from axis.values
    for place in study.places:
        yield place.label
        yield from (word for pair in place.coordinates for word in pair)
    for gap in study.left_out:
        yield from (gap.label, gap.reason)
        yield from (word for pair in gap.coordinates for word in pair)

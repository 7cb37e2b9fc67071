"""The clips that lead to one by their last frames, as small pictures in a row; the last is its own.

Pure: facts in, markup and values out. Small enough that a saved card stays light: a frame of each,
of a few at most.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import escaped, is_embedded, isolated

SHOWN = 4
"""So many clips stand in the row before the card's own; of more, the last."""

WIDTH_PX = 48
OWN_CHARS_MAX = 2000
"""Of the own clip's frame; without one that is so light it is called "this clip" there."""

LABEL_CHARS_MAX = 40

_ROW = "display:flex;flex-wrap:wrap;gap:4px;align-items:center;margin:0 0 8px 0;font-size:12px"
_PICTURE = "display:block;height:auto;margin:0;border-radius:3px"
_OWN = (
    "display:inline-block;margin:3px;border-radius:4px;"
    "outline:2px solid #80808099;outline-offset:1px"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A clip of the row: its name, a frame of it and its address; "" where it has none."""

    label: str
    picture: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What leads to a clip: the nearest clips, and how many are before these."""

    links: tuple[Link, ...] = ()
    before: int = 0


ALONE = Chain()


def chain_of(leading: Sequence[Facts], thumbnail: Callable[[str], str]) -> Chain:
    """Return the row of what leads to a clip, the first of all first.

    ``thumbnail`` makes a picture very small, "" where it cannot.
    """
    shown = leading[-SHOWN:]
    links = tuple(_link(of, thumbnail(of.poster) if of.poster else "") for of in shown)
    return Chain(links=links, before=len(leading) - len(shown))


def chain_html(chain: Chain, of: Facts) -> str:
    """Return the row on a clip's own card, "" where nothing leads to it."""
    if not chain.links:
        return ""
    own = f'<span style="{_OWN}">{_own(of)}</span>'
    links = [*map(_html, _told(chain)), own]
    arrow = '<span aria-hidden="true">→</span>'
    return (
        f'<div class="hailuo-chain" role="group" aria-label="Chain of clips" style="{_ROW}">'
        f"{arrow.join(links)}</div>"
    )


def chain_state(chain: Chain) -> list[list[str]]:
    """Return the row for a live card, but for its own clip: name, picture and address of each."""
    return [[link.label, link.picture, link.address] for link in _told(chain)]


def _told(chain: Chain) -> list[Link]:
    """Return the links of the row, the first of which tells how many are before the others."""
    more = [Link(label=f"{chain.before} before")] if chain.before else []
    return [*more, *chain.links]


def _link(of: Facts, picture: str) -> Link:
    address = of.address or ""
    return Link(
        label=of.name[:LABEL_CHARS_MAX],
        picture=picture,
        address="" if is_embedded(address) else address,
    )


def _own(of: Facts) -> str:
    frames = [frame for _, frame in of.strip[1:2] if len(frame) <= OWN_CHARS_MAX]
    return _seen(Link(label="this clip", picture=frames[0] if frames else ""))


def _html(link: Link) -> str:
    if not link.address:
        return _seen(link)
    name = escaped(link.label)
    return (
        f'<a href="{escaped(link.address)}" target="_blank" title="Play {name}"'
        f' style="color:inherit">{_seen(link)}</a>'
    )


def _seen(link: Link) -> str:
    if not link.picture:
        return isolated(link.label)
    name = escaped(link.label)
    return (
        f'<img src="{escaped(link.picture)}" alt="{name}" title="{name}" width="{WIDTH_PX}"'
        f' style="{_PICTURE}">'
    )

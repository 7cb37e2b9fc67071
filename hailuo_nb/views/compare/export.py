"""The offline page: one file that holds its clips, plays them and says what made each.

Pure: clips with ``data:`` addresses in, a complete page out; who reads the files and writes
the page stands elsewhere. Opened from a disk with no network it asks for nothing: its policy
forbids every request, and of all scripts it allows the player alone, by its hash.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hailuo_nb.views.bundles import Name, bundle
from hailuo_nb.views.compare.compare import comparison_body
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import escaped, is_embedded, isolated

PAGE_BYTES = 40_000
"""What a page weighs without its clips, in bytes, at most: script and style."""

WORDS_BYTES = 60_000
"""What a clip adds besides itself, in bytes, hardly ever more: poster, prompt and facts."""

BYTES_SHARE = 0.75
"""What base64 leaves of a page: it makes four bytes of three."""

SMALLER_SHARE, SMALLER_SHARE_MIN = 0.72, 0.5
"""The share of a page that clips fill as bytes, at most and at least, where they must fit."""

_CSS = """
:root{color-scheme:light dark}
body{max-width:1400px;margin:0 auto;padding:16px;color:CanvasText;background:Canvas;
font:13px/1.5 system-ui,sans-serif}
h1{margin:0 0 8px;font-size:20px;line-height:1.3;overflow-wrap:break-word}
h2{margin:24px 0 8px;font-size:15px;break-after:avoid}
h3{margin:0 0 4px;font-size:13px}
.made{display:grid;gap:12px;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr))}
section{padding:12px;border:1px solid #80808066;border-radius:8px}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:2px 16px;margin:0}
dt{color:color-mix(in srgb,currentColor 78%,transparent)}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
@media print{section,figure{break-inside:avoid}}
"""


def export_page(
    clips: Sequence[Facts], *, title: str = "Clips compared", votes: str = "", data: str = ""
) -> str:
    """Return a complete page that compares the clips offline.

    Parameters
    ----------
    clips
        2 to 9; the address of each that is done is a ``data:video/mp4;base64,`` URI, as
        `hailuo_nb.views.sources.as_address` makes it. Any other would be a request, and is
        left out.
    title
        The page's heading.
    votes, data
        Markup of what was voted, and the element of what the page carries for those who take
        it in.
    """
    held = [
        clip if clip.address is None or is_embedded(clip.address) else replace(clip, src=None)
        for clip in clips
    ]
    made = "".join(_made(clip) for clip in held)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escaped(title)}</title><style>{_CSS}</style></head>\n"
        f"<body><main><h1>{isolated(title)}</h1>{comparison_body(held)}"
        f'<h2>What made each clip</h2><div class="made">{made}</div>{votes}</main>{data}'
        f'<script type="module">{bundle("compare")}</script></body></html>\n'
    )


def page_size_bytes(clip_sizes_bytes: Iterable[int]) -> int:
    """Return how large, in bytes, a page with clips of these sizes becomes at most."""
    return PAGE_BYTES + sum(
        WORDS_BYTES + (size_bytes + 2) // 3 * 4 for size_bytes in clip_sizes_bytes
    )


def clips_bytes(most_bytes: int, number: int) -> float:
    """Return how many bytes so many clips that are encoded to fit have together on a page.

    What stands around them is reckoned in full where that leaves them half of the page.
    """
    room_bytes = BYTES_SHARE * (most_bytes - page_size_bytes([0] * number))
    return min(SMALLER_SHARE * most_bytes, max(room_bytes, SMALLER_SHARE_MIN * most_bytes))


def policy(name: Name = "compare") -> str:
    """Return the page's content security policy: its own clips, its one script, no network."""
    digest = hashlib.sha256(bundle(name).encode()).digest()
    script = base64.b64encode(digest).decode("ascii")
    return (
        "default-src 'none'; media-src data: blob:; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'"
    )


def _made(clip: Facts) -> str:
    """Return everything that made one clip, as a list of facts."""
    rows = "".join(
        f"<dt>{name}</dt><dd>{isolated(value)}</dd>"
        for name, value in _made_of(clip).items()
        if value
    )
    return f"<section><h3>{isolated(clip.title)}</h3><dl>{rows}</dl></section>"


def _made_of(clip: Facts) -> dict[str, str]:
    snapshot = clip.snapshot
    return {
        "prompt": clip.prompt,
        "model": clip.request.model,
        "options": " · ".join(clip.options[1:]),
        "images": " · ".join((*clip.images, *clip.lineage)),
        "state": clip.headline,
        "reason": clip.explanation,
        "credits": clip.money,
        "seconds": "" if snapshot.elapsed_s is None else f"{snapshot.elapsed_s:.0f}",
        "date": clip.date,
        "task": clip.task_id or "",
        "service": snapshot.service,
        "size": clip.size,
        "sha256": snapshot.sha256 or "",
        "notes": " ".join(clip.warnings),
        **clip.judgement,
    }

"""The page on which a class votes: one file that holds the clips, asks for nothing, names nothing.

Pure. It knows numbers of prompts, never a prompt or a label, so that no look at its text tells
which clip is of which. Its policy forbids every request; of scripts it allows its own, by its hash.
"""

import json
from collections.abc import Sequence

from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.compare.export import policy
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.judge.booth import side_state
from hailuo_nb.views.live import style_of
from hailuo_nb.views.text import escaped

_CSS = """
:root{color-scheme:light dark}
body{max-width:1100px;margin:0 auto;padding:16px;color:CanvasText;background:Canvas;
font:13px/1.5 system-ui,sans-serif}
h1{margin:0 0 8px;font-size:20px;line-height:1.3;overflow-wrap:anywhere}
input{font:inherit;min-height:32px;box-sizing:border-box;padding:4px 8px;max-width:100%}
[hidden]{display:none!important}
"""


def votes_page(clips: Sequence[Facts], prompts: Sequence[int], *, name: str, digest: str) -> str:
    """Return the page.

    Parameters
    ----------
    clips
        Each holds its bytes.
    prompts
        The number of each clip's prompt, from 0.
    name, digest
        What the votes are kept under.
    """
    films = [
        {"index": at, "prompt": prompt} | side_state(clip) | {"src": clip.address}
        for at, (clip, prompt) in enumerate(zip(clips, prompts, strict=True))
    ]
    asked = json.dumps({"experiment": name, "digest": digest, "clips": films})
    title = f"Vote: {name}" if name else "Vote"
    return (
        '<!doctype html>\n<html lang="en" id="hailuo-votes"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy("judge")}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escaped(title)}</title><style>{_CSS}{style_of('judge')}</style></head>\n"
        f'<body><main></main><script type="application/json" id="asked">{_held(asked)}</script>'
        f'<script type="module">{bundle("judge")}</script></body></html>\n'
    )


def _held(text: str) -> str:
    """Return JSON that no script element can be left from."""
    return text.replace("<", "\\u003c")

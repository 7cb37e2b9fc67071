"""Judging, as a cell asks for it: the booth, a page for a class, the votes that came back.

It joins the session's judging to what is seen; how votes count is not its own. The page is one file
that holds the clips and asks for nothing. It has numbers of prompts, never a prompt or a label, so
that no look at its text tells which clip is of which; its policy forbids every request, and of
scripts it allows its own, by its hash.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from hailuo_nb.errors import OptionError, VotesError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session.judge import JUDGE, Judging, add_file
from hailuo_nb.session.session import Session
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.compare.comparison import PAGES, Shown, embedded_clips, write_page
from hailuo_nb.views.compare.export import policy
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.judge.booth import Booth, again_line, bundle_of, side_state, votes_in_words
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


def show(here: Session, judging: Judging) -> None:
    """Show two clips at a time in the running cell, to be voted on by keyboard or click."""
    Booth(here, judging).show()


def export(here: Session, judging: Judging, to: Path, *, max_mb: float, smaller: bool) -> int:
    """Write a page on which others vote without a kernel; return its size in bytes.

    Raises
    ------
    OptionError
        Its name is no page's.
    ExportError
        It would be too large, or cannot be written.
    """
    if to.suffix.lower() not in PAGES:
        raise OptionError(f"The page's file should end in .html, not {str(to)!r}.")
    prompts = judging.prompts
    shown = [Shown(label="", task=judging.clips[id]) for id in prompts]
    clips = embedded_clips(shown, max_mb=max_mb, smaller=smaller)
    page = votes_page(clips, list(prompts.values()), name=judging.name, digest=judging.digest)
    return write_page(here, to, page, max_mb=max_mb)


def show_added(here: Session, shown: Experiment, paths: Sequence[Path]) -> None:
    """Count the votes of files, and show in the running cell what all votes say.

    Raises
    ------
    VotesError
        Some cannot be counted; the others are.
    """
    lines: list[str] = []
    refused: list[VotesError] = []
    for path in paths:
        try:
            lines.append(f"{path.name}: {votes_in_words(add_file(here, shown, path))} counted.")
        except VotesError as error:
            refused.append(error)
    if lines:
        lines += [error.what for error in refused]
        bundle = bundle_of(here, shown, again_line(here, shown, JUDGE))
        html = "".join(f"<p>{escaped(line)}</p>" for line in lines) + bundle["text/html"]
        here.host.show(html=html, text="\n".join([*lines, bundle["text/plain"]]))
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise VotesError(" ".join(error.what for error in refused), advice="")


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

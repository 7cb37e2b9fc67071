"""Judging, as a cell asks for it: the booth, a page for a class, the votes that came back.

It joins the session's judging to what is seen; neither how votes count nor how it looks is its own.
"""

from collections.abc import Sequence
from pathlib import Path

from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session.judge import JUDGE, Judging, add_file
from hailuo_nb.session.session import Session
from hailuo_nb.views.compare.comparison import Shown, embedded_clips, write_page
from hailuo_nb.views.judge.booth import Booth, again_line, bundle_of, votes_in_words
from hailuo_nb.views.judge.page import votes_page
from hailuo_nb.views.text import escaped


def show(here: Session, judging: Judging) -> None:
    """Show two clips at a time in the running cell, to be voted on by keyboard or click."""
    Booth(here, judging).show()


def export(here: Session, judging: Judging, to: Path, *, max_mb: float, smaller: bool) -> int:
    """Write a page on which others vote without a kernel; return its size in bytes.

    Raises
    ------
    ExportError
        It would be too large, or cannot be written.
    """
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
        One cannot be counted; those before it are.
    """
    counted: list[str] = []
    try:
        for path in paths:
            number = add_file(here, shown, path)
            counted.append(f"{path.name}: {votes_in_words(number)} counted.")
    finally:
        if counted:
            bundle = bundle_of(here, shown, again_line(shown.name or "", JUDGE))
            html = "".join(f"<p>{escaped(line)}</p>" for line in counted) + bundle["text/html"]
            here.host.show(html=html, text="\n".join([*counted, bundle["text/plain"]]))

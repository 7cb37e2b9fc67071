"""The tables of the documentation that are made from the code, each on a page of its own.

Run ``python -m tests.support.tables`` to write them.

Each stands between two markers, such as ``<!-- errors: begin -->`` and
``<!-- errors: end -->``.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from hailuo_nb.core.options import OPTIONS, Option
from hailuo_nb.measures.table import MEASURES, Measure
from hailuo_nb.notebook.help import catalogue
from hailuo_nb.notebook.verbs import VERBS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"

CODE = re.compile(
    rf"%%?hailuo(?:\?| (?:{'|'.join(VERBS)})\b(?: NAME)?)?|--[a-z]+(?:-[a-z]+)*"
    r"|%reload_ext hailuo_nb|(?:HAILUO|KIE)_[A-Z_]+(?:=\w+)?|(?:sample|clip):\w+"
)
"""What is typed as it stands."""


def errors() -> str:
    """Return the table of every error."""
    rows = [
        (f"`{row.name}`", str(row.code or ""), row.meaning, row.charged, prose(row.next_step))
        for row in catalogue()
    ]
    return table(("error", "code", "what it means", "charged", "next step"), rows)


def options() -> str:
    """Return the table of a prompt cell's options."""
    rows = [(typed(option.flag, option.metavar), meaning(option)) for option in OPTIONS]
    return table(("option", "meaning"), rows)


def verbs() -> str:
    """Return the table of what follows ``%hailuo``."""
    rows = [(f"`%hailuo {escaped(verb.usage)}`", prose(verb.help)) for verb in VERBS.values()]
    return table(("verb", "what it does"), rows)


def measures() -> str:
    """Return the table of what every clip is measured by."""
    rows = [
        (f"`{row.key}`", escaped(row.definition), span(row), escaped(row.cannot_tell), row.source)
        for row in MEASURES
    ]
    return table(("measure", "what it is", "range", "what it cannot tell", "source"), rows)


def span(row: Measure) -> str:
    """Return what a measure may be, in words."""
    if row.low is None and row.high is None:
        return "words"
    low, high = ("" if bound is None else f"{bound:g}" for bound in (row.low, row.high))
    words = f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}"
    return f"{words}, {row.unit}" if row.unit else words


SECTIONS: dict[str, Callable[[], str]] = {
    "options": options,
    "verbs": verbs,
    "measures": measures,
    "errors": errors,
}
"""What stands between the markers of each name."""


def page(name: str) -> Path:
    """Return the page of a table."""
    return REFERENCE / f"{name}.md"


def rewritten(name: str, text: str) -> str:
    """Return a page with its table made anew."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"the page lacks the markers of {name!r}")
    return f"{before}{begin}{SECTIONS[name]()}{end}{after}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def typed(flag: str, metavar: str) -> str:
    """Return an option as it is typed, as code."""
    return f"`{escaped(f'{flag} {metavar}'.rstrip())}`"


def meaning(option: Option) -> str:
    """Return an option's help, after its choices where it has some."""
    choices = ", ".join(f"`{choice}`" for choice in option.choices if option.kind == "choice")
    return f"{choices}; {prose(option.help)}" if choices else prose(option.help)


def prose(text: str) -> str:
    """Return a sentence for a table's cell, what is typed set as code."""
    return CODE.sub(r"`\g<0>`", escaped(text))


def escaped(text: str) -> str:
    """Return a text that does not end a table's cell."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name in SECTIONS:
        page(name).write_text(rewritten(name, page(name).read_text("utf-8")), "utf-8")

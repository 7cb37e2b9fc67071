"""The budget as text and HTML: every figure is there, and nothing foreign gets out of place."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from hailuo_nb.core.budget import Cap, Entry, Report, Spending
from hailuo_nb.views.reports.budget import DAYS, budget_html, budget_text, cap_words

HOSTILE = "<script>alert(1)</script>\u202e\x07 'x\".ipynb"


def entry(day: str, *, spent: float = 0.0, held: float = 0.0, notebook: str | None = None) -> Entry:
    """Make a line of the default model."""
    model = "hailuo/02-image-to-video-standard"
    return Entry(day=day, model=model, notebook=notebook, spent=spent, held=held)


REPORT = Report(
    service="https://api.kie.ai",
    simulated=False,
    day="2026-11-23",
    balance=1234.5,
    caps=(Cap(credits=200),),
    spending=Spending(spent_today=92, held_today=60, spent_session=62, held_session=60),
    entries=(
        entry("2026-11-23", spent=92, held=60, notebook="samurai.ipynb"),
        entry("2026-11-10", spent=12.5, notebook=HOSTILE),
        entry("2026-11-09", spent=300),
    ),
)
EMPTY = replace(REPORT, balance=None, caps=(), spending=Spending(), entries=())


class Text(HTMLParser):
    """Collects what is read, apart from the markup."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_text_has_every_figure() -> None:
    """Balance, held, spent, cap, and the three tables."""
    lines = budget_text(REPORT).splitlines()
    assert lines[1:7] == [
        "  balance       1234.5",
        "  held          60",
        "  spent today   92",
        "  this session  62",
        "  ever          404.5",
        "  At most 200 credits a day over all your kernels: 48 left (92 spent, 60 held).",
    ]
    found = [line.split() for line in lines]
    assert ["2026-11-23", "92", "60", "█" * 12 + "░" * 8] in found
    assert ["earlier", "300", "0"] in found
    assert found.index(["day", "spent", "held"]) < found.index(["model", "spent", "held"])
    assert ["02-i2v", "404.5", "60", "█" * 17 + "░" * 3] in found


def test_columns_line_up() -> None:
    """All figures of a table end in one column."""
    table = budget_text(REPORT).split("\n\n")[1].splitlines()
    ends = [re.match(r"\S+ +\S+ +\S+", line) for line in table]
    assert len({match.end() for match in ends if match}) == 1


def test_without_tasks_and_answer_it_says_so() -> None:
    """Nothing paid, no cap, no balance: in words, without a plot."""
    for shown in (budget_text(EMPTY), budget_html(EMPTY)):
        assert "unknown" in shown
        assert "No daily cap over all your kernels." in shown
        assert "Nothing was paid for yet." in shown
        assert "<svg" not in shown


def test_the_simulator_is_named() -> None:
    """Its credits count nowhere, and the budget says so."""
    shown = replace(EMPTY, simulated=True, service="simulator")
    assert "its credits count in no budget" in budget_text(shown)
    assert "its credits count in no budget" in budget_html(shown)


def test_a_session_s_cap_has_its_own_line() -> None:
    """The session's own sums stand behind it."""
    capped = replace(REPORT, caps=(Cap(credits=100.5, per="session"),))
    assert cap_words(capped, "day") == "No daily cap over all your kernels."
    assert cap_words(capped, "session") == (
        "At most 100.5 credits for this session: 0 left (62 spent, 60 held)."
    )


def test_foreign_text_stays_text() -> None:
    """A notebook's name cannot become markup, nor turn the line around."""
    page = budget_html(REPORT)
    assert "<script" not in page
    assert not set("\u202e\x07") & set(page + budget_text(REPORT))
    assert "<script>alert(1)</script> 'x\".ipynb" in Text(page).words


def test_the_plot_has_a_bar_for_each_day_and_its_figures_as_a_label() -> None:
    """Two days of the last 14 have bars, today's in two parts; a screen reader hears them."""
    page = budget_html(REPORT)
    plot = page[page.index("<svg") : page.index("</svg>")]
    assert plot.count("<rect") == 3
    assert (
        'aria-label="Credits by day: 2026-11-10 12.5 spent, 0 held; 2026-11-23 92 spent, 60 held"'
    ) in plot
    assert f'viewBox="0 0 {20 * DAYS} ' in plot
    assert "stroke-dasharray" in plot
    assert Text(plot).words == []


def test_a_cap_far_above_the_bars_is_not_drawn() -> None:
    """It would press the bars flat; the line of text has it."""
    assert "stroke-dasharray" not in budget_html(replace(REPORT, caps=(Cap(credits=5000),)))


def test_a_quiet_fortnight_is_drawn_too() -> None:
    """Only old spending: no bar, no fault."""
    old = replace(REPORT, entries=(entry("2026-01-01", spent=300),), caps=())
    assert "<rect" not in budget_html(old)
    assert "none in these days" in budget_html(old)
    assert ["earlier", "300", "0"] in [line.split() for line in budget_text(old).splitlines()]


def test_many_notebooks_are_summed_up() -> None:
    """The largest have a line each, the rest share one, and nothing is left out."""
    entries = tuple(entry("2026-11-23", spent=n, notebook=f"n{n}.ipynb") for n in range(1, 21))
    text = budget_text(replace(REPORT, entries=entries))
    found = [line.split()[:4] for line in text.splitlines()]
    assert ["n20.ipynb", "20", "0", "█" * 4] in found
    assert [line for line in found if "others" in line] == [["13", "others", "91", "0"]]

"""What votes say, in HTML and in plain text."""

from dataclasses import replace

from hailuo_nb.judging.choice import VOTES_MAX
from hailuo_nb.views.judge.judge import votes_page
from hailuo_nb.views.judge.result import result_html, result_text
from tests.judging.make import contestants_of, vote_of, votes_on
from tests.views.judging import eight, film, standing_of
from tests.views.test_settled import HOSTILE, Reader

AGAIN = "%hailuo judge trial"


def test_the_result_is_static_and_reads_without_style() -> None:
    """Every prompt has its win rate in words beside the plot; no script, the best first."""
    html, text = (show(eight(), again=AGAIN) for show in (result_html, result_text))
    assert "<script" not in html
    rows = html.split("<tr>")[2:]
    assert "p0" in rows[0]
    assert len(rows) == 8
    for row in eight().ranking:
        assert row.win_rate is not None
        assert f"{round(100 * row.win_rate)} % [" in html
        assert f"{row.name}: {round(100 * row.win_rate)} % [" in text
    for words in ("mood: slow beats stormy in", "all else alike", "2 judges: Ada, Ben.", AGAIN):
        assert words in html
        assert words in text


def test_a_plot_lies_where_its_figures_are() -> None:
    """From 0 to 100 % across."""
    best = eight().ranking[0]
    assert best.low is not None
    assert best.high is not None
    first = result_html(eight(), again="").split("<tr>")[2]
    assert f'x1="{100 * best.low:.1f}" x2="{100 * best.high:.1f}"' in first


def test_who_left_early_reads_who_leads_and_that_nothing_is_decided() -> None:
    """Nobody leads where the figures are alike, and none is named once no difference was seen."""
    for show in (result_html, result_text):
        left = show(eight(60), again="")
        assert "p0 leads so far. Not decided after 63 votes: about" in left
        assert "No difference" not in left
        alike = [
            vote_of(at, "p0c0", "p1c0", "left" if at % 2 else "right") for at in range(VOTES_MAX)
        ]
        for number, said in ((10, "Not decided"), (VOTES_MAX, "No difference seen")):
            shown = show(standing_of(contestants_of(2), alike[:number]), again="")
            assert f"{said} after {number} votes" in shown
            assert "leads" not in shown


def test_few_clips_and_no_votes_are_said() -> None:
    """Below five clips of each it speaks of these clips; without votes there is no ranking."""
    contestants = contestants_of(3)
    few = standing_of(contestants, votes_on(contestants, [0, 0, 0], 12))
    assert "Of these clips" in result_html(few, again="")
    none = result_html(standing_of(contestants, []), again="")
    assert "No ranking yet: there are no votes." in none
    assert "more would be needed" not in none
    told = result_text(standing_of(contestants, []), again="")
    assert told.count("No ranking yet") == 1
    assert told.count("0 votes") == 3
    five = contestants_of(2, 5)
    many = standing_of(five, votes_on(five, [0, 0], 200))
    assert "Of these clips" not in result_html(many, again="")


def test_nothing_foreign_becomes_markup() -> None:
    """Names of prompts, axes and judges are text and nothing else."""
    contestants = [
        replace(one, name=f"{HOSTILE} {at}", values=(("a", HOSTILE), ("b", f"{at}")))
        for at, one in enumerate(contestants_of(2))
    ]
    log = [vote_of(at, "p0c0", "p1c0", judge=f"{HOSTILE}{at % 2}") for at in range(4)]
    log += [vote_of(at, "p0c0", "p1c0", "left") for at in range(4, 7)]
    reader = Reader(result_html(standing_of(contestants, log, "a", HOSTILE), again=HOSTILE))
    assert "0 leads so far" in reader.text
    assert {tag for tag, _ in reader.elements} & {"script", "img", "a", "iframe", "style"} == set()
    assert "<img src=x" in reader.text
    assert "\u202e" not in reader.text


def test_the_page_of_a_class_tells_no_prompt_and_leaves_no_script() -> None:
    """A name that ends a script ends nothing, and what made a clip is not on the page."""
    shown = [replace(film(name), label=f"labelled {name}") for name in "ab"]
    page = votes_page(shown, [0, 1], name="</script><b>", digest="ab12")
    assert "</script><b>" not in page
    assert page.count("</script>") == 2
    assert "samurai" not in page
    assert "labelled" not in page

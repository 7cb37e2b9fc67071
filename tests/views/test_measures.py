"""What was measured: a card's line, a table that reads without a script, values to sort by."""

from dataclasses import replace

import pytest

import hailuo_nb
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.task import Snapshot
from hailuo_nb.measures import table
from hailuo_nb.measures.table import MEASURES
from hailuo_nb.views import measures
from hailuo_nb.views.card.card import card_html, card_state
from hailuo_nb.views.compare.compare import comparison_html
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.html import grid_html
from hailuo_nb.views.measures import cell_state, line_html, readings, table_html
from tests.views.grid_samples import sample
from tests.views.samples import snapshot

SEEN = Measured(value="seen", version=1, words="asked Pan left: seen, 24 % of the width")
FOUND = {
    "camera": SEEN,
    "camera_seen": Measured(value="Pan left, 24 % of the width", version=1),
    "motion": Measured(value=0.1234, version=1),
    "flicker": Measured(value=0.98765, version=1),
    "end_fidelity": Measured(value=None, version=1),
    "cuts": Measured(value=2.0, version=1),
}


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without measures of one's own."""
    monkeypatch.setattr(table, "_own", {})


def measured(**changes: Measured) -> Snapshot:
    """Return a task that is done and measured."""
    return replace(snapshot("done"), measured=FOUND | changes)


def test_the_line_begins_with_the_camera() -> None:
    """What was asked and seen, then the others with their units; what has no value is left out."""
    assert [one.sentence for one in readings(measured()) if one.key != "camera_seen"] == [
        "asked Pan left: seen, 24 % of the width",
        "Motion 12.3 %",
        "Steadiness 0.9877",
        "Cuts 2",
    ]
    shown = line_html(measured())
    assert shown.startswith('<p class="hailuo-measures"')
    assert shown.index("asked Pan left") < shown.index("Motion 12.3 %")


def test_a_value_by_another_definition_is_not_shown() -> None:
    """Nor is anything of what is not done."""
    assert "Motion" not in line_html(measured(motion=Measured(value=0.1, version=9)))
    assert line_html(replace(measured(), state="saving")) == ""
    assert line_html(snapshot("done")) == ""


def test_what_is_to_be_installed_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measures on numpy alone are there; the camera says what it needs."""
    monkeypatch.setattr(table, "find_spec", lambda name: None)
    bare = {key: one for key, one in FOUND.items() if key in ("flicker", "cuts")}
    sentences = [one.sentence for one in readings(replace(measured(), measured=bare))]
    assert sentences == [
        "Camera needs OpenCV: pip install 'hailuo_nb[measures]'",
        "Steadiness 0.9877",
        "Cuts 2",
    ]


def test_a_measure_of_one_s_own_is_in_every_view() -> None:
    """In the card, the comparison, the grid and what a script sorts by; what is odd is harmless."""

    @hailuo_nb.measure(key="mine", title="<b>Mine</b>", unit="</script>")
    def mine(frames: object, fps: float) -> float:
        """Say <i>nothing</i>."""
        return 1.0

    row = table.all_measures()[-1]
    known = measured(mine=Measured(value=1.5, version=row.version))
    clip = Facts(label='"><b>a</b>', snapshot=known, src="a.mp4")
    trial = sample(states=("done",))
    clips = [
        replace(one, snapshot=replace(one.snapshot, measured=known.measured))
        for one in trial.clips()
    ]
    for html in (card_html(clip), comparison_html([clip, clip]), grid_html(trial.board, clips)):
        drawn = html.split("<script")[0]
        assert "&lt;b&gt;Mine&lt;/b&gt;" in drawn
        assert "1.5 &lt;/script&gt;" in drawn
        assert "<b>" not in drawn
        assert "<i>" not in drawn
    assert cell_state(known)["mine"] == ["1.5 </script>", 1.5]
    assert ["<b>Mine</b> 1.5 </script>", "Say <i>nothing</i>."] in card_state(clip)["measures"]
    lost = measured(mine=Measured(value=None, version=0, words="ValueError: <b>"))
    assert "ValueError: &lt;b&gt;" in line_html(lost)


def test_the_table_reads_without_a_script() -> None:
    """A row for each clip, a column for each measure that one has, shaded by its values."""
    still = measured(motion=Measured(value=0.0, version=1))
    shown = table_html([("fast", measured()), ("still", still), ("failed", snapshot("failed"))])
    assert [key for key in (row.key for row in MEASURES) if f'data-key="{key}"' in shown] == [
        "camera",
        "camera_seen",
        "motion",
        "flicker",
        "cuts",
    ]
    assert 'data-number="0.1234"' in shown
    assert f"background:{measures.SHADE}70" in shown
    assert f"background:{measures.SHADE}00" in shown
    assert shown.count("<tr data-label=") == 3
    assert table_html([("failed", snapshot("failed"))]) == ""


def test_verdicts_have_an_order() -> None:
    """Words that are one of few are sorted as the table has them."""
    ranks = [
        cell_state(measured(camera=replace(SEEN, value=word)))["camera"][1]
        for word in ("nothing asked", "not seen", "unsure", "seen")
    ]
    assert ranks == [0, 1, 2, 3]


def test_all_of_it_stands_in_one_kind_of_element() -> None:
    """Who votes blind can hide it all."""
    clip = Facts(label="a", snapshot=measured(), src="a.mp4")
    for html in (card_html(clip), comparison_html([clip, clip])):
        drawn = html.split("<script")[0]
        before, rest = drawn.split('class="hailuo-measures"', 1)
        assert "Motion" not in before
        assert "12.3 %" in rest

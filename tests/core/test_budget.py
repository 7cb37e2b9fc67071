"""A cell is refused where it costs more than it may, in words that say what would fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.budget import (
    CELL_CREDITS_MAX,
    Cap,
    Limits,
    Spending,
    amount_words,
    check_budget,
)
from hailuo_nb.core.cell_line import read_line
from hailuo_nb.core.models import MODELS, Model
from hailuo_nb.core.offers import fitting, total
from hailuo_nb.core.pricing import Price, price
from hailuo_nb.core.request import ImageRef, Request, make_request
from hailuo_nb.core.values import amount, seconds
from hailuo_nb.errors import BudgetExceeded, OptionError

IMAGE = ImageRef(label="sample:peak", digest="00")
LONG = make_request(prompt="x", image=IMAGE, duration_s=10)
IMAGED = make_request(prompt="x", image=IMAGE)
TEXT = make_request(prompt="x")
DEAR = make_request(prompt="x", image=IMAGE, model="2.3-i2v-pro", duration_s=10)


def refusal(
    requests: list[Request],
    *,
    spending: Spending | None = None,
    caps: tuple[Cap, ...] = (),
    max_credits: float | None = None,
    balance: float | None = None,
) -> str:
    """Return the words in which a cell is refused."""
    limits = Limits(caps=caps, max_credits=max_credits, balance=balance)
    with pytest.raises(BudgetExceeded) as caught:
        check_budget(requests, spending or Spending(), limits)
    return str(caught.value)


def test_a_balance_too_low_reads_as_promised() -> None:
    """The words are those of the design: cost, balance, what to do, what would fit."""
    assert refusal([LONG], balance=12.5) == (
        "Not enough credits: this needs 50, the balance is 12.5. Nothing was sent. "
        "Top up at kie.ai, or try --resolution 512P --duration 6 (12 credits)."
    )


def test_a_balance_is_short_by_what_it_does_not_show_yet() -> None:
    """Clips on their way, which the balance still contains, are taken off it."""
    words = refusal([LONG], balance=60, spending=Spending(unseen=30))
    assert "the balance is 60, 30 of it held for clips on their way" in words
    check_budget([LONG], Spending(unseen=10), Limits(balance=60))


def test_an_unknown_price_says_so() -> None:
    """What it is taken to be counts in full, and no sum with it is exact."""
    assert "this needs 30," in refusal([IMAGED], balance=29)
    assert refusal([IMAGED], max_credits=29).startswith("This needs 30 credits; ")
    unknown = replace(IMAGED, model="hailuo/9-new")
    words = "This needs an unknown price, taken to be 80 credits; "
    assert refusal([unknown], max_credits=29).startswith(words)
    assert total([LONG, unknown]).exact is False


def test_a_day_s_cap_counts_what_is_held() -> None:
    """Spent and held credits of the day leave 12.5 of 200, and the words say so."""
    spending = Spending(spent_today=150, held_today=37.5)
    assert refusal([LONG], caps=(Cap(credits=200),), spending=spending) == (
        "This needs 50 credits; 12.5 of the 200 a day are left (150 spent, 37.5 held). "
        "Nothing was sent. Raise the cap with %hailuo budget N, "
        "or try --resolution 512P --duration 6 (12 credits)."
    )


def test_a_session_s_cap_is_for_the_session() -> None:
    """What other kernels spend today does not count; this session's own does."""
    cap = Cap(credits=60, per="session")
    check_budget([LONG], Spending(spent_today=500), Limits(caps=(cap,)))
    words = refusal([LONG], caps=(cap,), spending=Spending(held_session=30))
    assert "30 of the 60 a session are left" in words
    assert "%hailuo budget N --per session" in words


def test_each_cap_is_kept() -> None:
    """With both caps the tighter one refuses, whichever it is."""
    wide, tight = Cap(credits=500), Cap(credits=20, per="session")
    assert "a session" in refusal([LONG], caps=(wide, tight))
    narrow, roomy = Cap(credits=20), Cap(credits=500, per="session")
    assert "a day" in refusal([LONG], caps=(narrow, roomy))


def test_a_cap_already_passed_leaves_nothing() -> None:
    """What is left is never below 0, and then nothing fits."""
    words = refusal([LONG], caps=(Cap(credits=10),), spending=Spending(spent_today=90))
    assert "; 0 of the 10 a day are left" in words
    assert words.endswith("; nothing cheaper fits.")


def test_a_dear_cell_must_say_so() -> None:
    """Above 200 credits a cell is refused unless it carries its own limit."""
    words = refusal([LONG] * 5)
    assert words.startswith("This needs 250 credits for 5 clips; a cell above 200 has to say so.")
    assert "Add --max-credits 250" in words
    assert "4 of the 5 clips (200 credits)" in words
    check_budget([LONG] * 4, Spending(), Limits())
    check_budget([LONG] * 5, Spending(), Limits(max_credits=250))


def test_a_cell_s_own_limit_counts_for_the_whole_cell() -> None:
    """The limit holds for all clips together."""
    check_budget([LONG], Spending(), Limits(max_credits=50))
    assert "--max-credits allows 99" in refusal([LONG, LONG], max_credits=99)


def test_a_cell_s_own_limit_does_not_lift_the_cap() -> None:
    """--max-credits allows a dear cell, but not more than the day's cap."""
    assert "of the 100 a day" in refusal([LONG] * 3, max_credits=500, caps=(Cap(credits=100),))


def test_what_fits_is_of_the_same_model_where_it_has_something() -> None:
    """The model is kept if it has a setting that fits; else one of the same kind is named."""
    dear = make_request(prompt="x", image=IMAGE, model="2.3-i2v-pro", duration_s=10)
    assert fitting([dear], 60) == ("--resolution 768P --duration 6 (45 credits)",)
    assert fitting([dear], 40) == ("--model 02-i2v --resolution 512P --duration 6 (12 credits)",)
    assert fitting([dear], 11) == ()


def test_what_fits_takes_the_same_input() -> None:
    """A prompt without an image is offered no image model, an end image no model without."""
    assert fitting([TEXT], 29) == ()
    end = make_request(prompt="x", image=IMAGE, end_image=IMAGE, duration_s=10)
    assert fitting([end], 29) == ()
    assert fitting([end], 30) == ("--resolution 768P --duration 6 (30 credits)",)


def test_what_fits_takes_the_same_prompt_and_switches() -> None:
    """A prompt too long for a model, or a switch that it lacks, rules the model out."""
    wordy = make_request(prompt="x" * 2000, image=IMAGE, model="2.3-i2v-pro")
    assert fitting([wordy], 30) == ("--model 2.3-i2v --resolution 768P --duration 6 (30 credits)",)
    plain = make_request(prompt="x", image=IMAGE, model="02-i2v-pro", prompt_optimizer=False)
    assert fitting([plain], 30)[0].startswith("--model 02-i2v ")


def test_what_fits_is_found_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of a thousand clips is looked at a few times, not once for every other one."""
    asked = [make_request(prompt=f"sea {at}", duration_s=10) for at in range(1000)]
    looks = 0

    def price_of(request: Request) -> Price:
        nonlocal looks
        looks += 1
        return price(request.model, request.duration_s, request.resolution)

    monkeypatch.setattr(Request, "price", property(price_of))
    ways = fitting(asked, 40_000)
    assert ways[-1] == "800 of the 1000 clips (40000 credits)"
    assert looks <= 3 * len(asked)


@given(st.permutations([LONG, IMAGED, TEXT, DEAR, TEXT]), st.integers(0, 300))
def test_as_many_clips_as_fit_are_offered(asked: list[Request], left: int) -> None:
    """The first ones that fit are counted, each if what is left after those before allows it."""
    fit: list[Request] = []
    for one in asked:
        fit += [one] if total([*fit, one]).credits <= left else []
    told = [way for way in fitting(asked, left) if "of the 5 clips" in way]
    assert told == ([f"{len(fit)} of the 5 clips ({total(fit)})"] if 0 < len(fit) < 5 else [])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.short)
def test_what_fits_can_be_typed(model: Model) -> None:
    """Every offered setting is one that the catalogue takes, at the price it names."""
    image = IMAGE if model.takes_image else None
    asked = make_request(prompt="x", image=image, model=model.id)
    offers = {way for left in range(100) for way in fitting([asked], left)}
    assert offers
    for offer in offers:
        flags, _, cost = offer.partition(" (")
        values = {"model": model.short, "duration": None, "resolution": None}
        values |= {name: str(value) for name, value in read_line(flags).values.items()}
        typed = make_request(
            prompt="x",
            image=image,
            model=values["model"],
            duration_s=seconds(values["duration"]),
            resolution=values["resolution"],
        )
        assert cost == f"{typed.price})"


@given(
    st.lists(st.sampled_from([LONG, IMAGED]), min_size=1, max_size=9),
    st.floats(0, 500),
    st.floats(0, 500),
    st.floats(0, 500),
)
def test_nothing_gets_past_a_limit(
    requests: list[Request], cap: float, spent: float, held: float
) -> None:
    """A cell is let through only within the cap, the cell's limit and the balance."""
    cost = total(requests).credits
    spending = Spending(spent_today=spent, held_today=held)
    try:
        check_budget(requests, spending, Limits(caps=(Cap(credits=cap),), balance=300))
        passed = True
    except BudgetExceeded:
        passed = False
    room = cap - spent - held
    assert passed == (cost <= room + 1e-6 and cost <= CELL_CREDITS_MAX)


def test_fractions_that_only_round_do_not_refuse() -> None:
    """Ten times a tenth of the rest is the rest."""
    spent = sum([0.1] * 3)
    check_budget([LONG], Spending(spent_today=spent), Limits(caps=(Cap(credits=50.3),)))


@pytest.mark.parametrize(
    ("credits", "words"),
    [(50.0, "50"), (12.5, "12.5"), (0.0, "0"), (1234567.89, "1234567.89"), (0.1 + 0.2, "0.3")],
)
def test_amounts_are_plain_figures(credits: float, words: str) -> None:
    """No exponent, and no digits of rounding."""
    assert amount_words(credits) == words


@pytest.mark.parametrize(("value", "credits"), [("50", 50.0), ("12.5", 12.5), (7, 7.0)])
def test_an_amount_is_read(value: str | float, credits: float) -> None:
    """A number above 0 is taken from text or as it is; nothing said stays so."""
    assert amount("--max-credits", value) == credits
    assert amount("--max-credits", None) is None


@pytest.mark.parametrize("value", ["", "x", "0", "-3", "nan", "inf", "1e999", 0, 10**400])
def test_an_amount_is_nothing_else(value: str | float) -> None:
    """What is no number above 0 is refused, naming the option."""
    with pytest.raises(OptionError, match="--max-credits takes credits, such as 50"):
        amount("--max-credits", value)

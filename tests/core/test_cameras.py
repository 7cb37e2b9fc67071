"""Camera commands are checked as a hint: warned about, never refused, never changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.cameras import CAMERAS, CHINESE, asked_moves, camera_warnings

CONTRACT = (
    "Truck left, Truck right, Pan left, Pan right, Push in, Pull out, Pedestal up, Pedestal down, "
    "Tilt up, Tilt down, Zoom in, Zoom out, Shake, Tracking shot, Static shot"
)


def test_the_commands_are_the_contract_s() -> None:
    """The table lists the upstream model's fifteen commands."""
    assert ", ".join(CAMERAS) == CONTRACT


CONTRACT_CHINESE = (
    "左移 右移 左摇 右摇 推进 拉远 上升 下降 上摇 下摇 变焦推近 变焦拉远 晃动 跟随 固定"
)


def test_the_chinese_commands_are_the_contract_s() -> None:
    """Each of the fifteen has its own, in the same order."""
    assert list(CHINESE) == list(CAMERAS)
    assert " ".join(CHINESE.values()) == CONTRACT_CHINESE
    together = "，".join(CHINESE.values())
    assert camera_warnings("".join(f"[{name}]" for name in CHINESE.values())) == []
    assert camera_warnings(f"[{together}]") == [
        f"[{together}] asks for 15 moves at once; 3 at most are advised."
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        "[Wide shot] x",
        "[sepia and grain] x",
        "[Zoom] x",
        "[Push] x",
        '["a", "b", "c", "d"]',
        "[0.5, 1, 2, 3]",
        "[推动]",
        "[Stage]",
        "\u3010夜晚\u3011",
        "[SFX: rain, wind, thunder, fire]",
    ],
)
def test_other_words_in_brackets_are_text(prompt: str) -> None:
    """What is further from a command than two letters, or one of a short one, is no slip."""
    assert camera_warnings(prompt) == []


@pytest.mark.parametrize("name", CAMERAS)
def test_a_known_command_draws_no_warning(name: str) -> None:
    """Each command, as it is documented, passes in silence."""
    assert camera_warnings(f"[{name}] A lone samurai.") == []


@pytest.mark.parametrize(
    ("prompt", "warning"),
    [
        ("[Push inn] x", "did you mean [Push in]?"),
        ("[pan  left] x", "usually written [Pan left]"),
        ("[Pan left,zoom in] x", "usually written [Zoom in]"),
        ("[Puhs in] x", "did you mean [Push in]?"),
        ("[Tracking shots] x", "did you mean [Tracking shot]?"),
        ("[Pushin,推进] x", "did you mean [Push in]?"),
        ("\u3010推进，Pan left\u3011 x", "write [推进，Pan left]"),
    ],
)
def test_a_doubtful_command_is_named(prompt: str, warning: str) -> None:
    """A slip of a command gets one sentence that says what it could be."""
    (found,) = camera_warnings(prompt)
    assert warning in found


def test_three_moves_at_once_pass_and_four_do_not() -> None:
    """Up to three commands in a bracket are advised."""
    assert camera_warnings("[Pan left,Tilt up,Zoom in]") == []
    (found,) = camera_warnings("[Pan left,Tilt up,Zoom in,Shake]")
    assert "4 moves at once" in found


def test_a_warning_is_given_once() -> None:
    """The same slip twice in one prompt is one warning."""
    assert len(camera_warnings("[Push inn] a [Push inn] b")) == 1


@pytest.mark.parametrize("prompt", ["no brackets", "[]", "[ , ]", "[open", "closed]", "[a\nb]"])
def test_what_is_no_command_is_left_alone(prompt: str) -> None:
    """Empty, open and broken brackets are text."""
    assert camera_warnings(prompt) == []


@given(st.text(alphabet=st.sampled_from("[], \nPushinéA"), max_size=60))
def test_any_text_gets_distinct_sentences(prompt: str) -> None:
    """No text makes the check fail, and no warning comes twice."""
    found = camera_warnings(prompt)
    assert len(set(found)) == len(found)
    assert all(line.startswith(("[", "\u3010")) and line.endswith((".", "?")) for line in found)


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [
        ("[Pan left] a lake", (("Pan left",),)),
        ("[pan  LEFT, zoom in] a [Static shot] b", (("Pan left", "Zoom in"), ("Static shot",))),
        ("[左摇，推进] a", (("Pan left", "Push in"),)),
        ("[Wide shot] a [Shake]", (("Shake",),)),
        ("the camera pans left over a lake", (("Pan left",),)),
        ("A slow camera panning left, then a static shot", (("Pan left", "Static shot"),)),
        ("The camera slowly pushes in", (("Push in",),)),
        ("[Tilt up] while the camera pans left", (("Tilt up",),)),
        ("a pan left on the stove", ()),
        ("[Pan lefft] a", ()),
    ],
)
def test_what_is_asked_of_the_camera(prompt: str, asked: tuple[tuple[str, ...], ...]) -> None:
    """Brackets in their order, by English names; without any, a sentence about the camera."""
    assert asked_moves(prompt) == asked

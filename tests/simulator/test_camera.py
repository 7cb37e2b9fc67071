"""Camera commands in prompts, and the words that steer a scene."""

import pytest

from hailuo_nb.simulator.render.camera import (
    COMMANDS,
    REST,
    Path,
    Pose,
    closest_first,
    commands_in,
    without_commands,
)
from hailuo_nb.simulator.render.mood import LIGHTS, mood_of, tempo_of

CONTRACT = (
    "Truck left,Truck right,Pan left,Pan right,Push in,Pull out,Pedestal up,Pedestal down,"
    "Tilt up,Tilt down,Zoom in,Zoom out,Shake,Tracking shot,Static shot"
)


CHINESE = "左移 右移 左摇 右摇 推进 拉远 上升 下降 上摇 下摇 变焦推近 变焦拉远 晃动 跟随 固定"
"""The same, in the same order."""


def path_of(prompt: str) -> Path:
    return Path(prompt, tempo=1.0, duration_s=6, seed="x")


def test_all_commands_of_the_contract_are_known():
    """The table holds the fifteen commands and no other."""
    assert set(COMMANDS) == {word.lower() for word in CONTRACT.split(",")}


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("[Pan left] a lake", [["pan left"]]),
        ("[pan  LEFT, Pedestal up] a lake", [["pan left", "pedestal up"]]),
        ("[Pan left] then [Zoom in]", [["pan left"], ["zoom in"]]),
        ("[a note] [Dolly] [Push in, loudly]", [["push in"]]),
        ("[左摇, 上升] 湖", [["pan left", "pedestal up"]]),
        (
            "[左摇，上升、Zoom in] then [ 推进 ]",
            [["pan left", "pedestal up", "zoom in"], ["push in"]],
        ),
        ("【推进】 [推进一点] 推进", []),
        ("no command [", []),
    ],
)
def test_commands_are_read(prompt, expected):
    """Brackets give their known commands in order; other brackets give none."""
    assert commands_in(prompt) == expected


@pytest.mark.parametrize(
    ("chinese", "english"), list(zip(CHINESE.split(), CONTRACT.split(","), strict=True))
)
def test_the_camera_moves_for_a_chinese_command_as_for_the_english_one(chinese, english):
    """The same way, frame by frame; the command is no word of the scene."""
    assert path_of(f"[{chinese}] a lake").poses(9) == path_of(f"[{english}] a lake").poses(9)
    assert without_commands(f"[{chinese}] a lake") == "a lake"


def test_other_brackets_stay_in_the_text():
    """Only camera brackets are taken out of a prompt."""
    assert without_commands("[Push in]  a [red] door") == "a [red] door"


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in ("shake", "static shot")])
def test_a_command_moves_only_what_it_says(command):
    """A camera begins at rest and ends moved along the command's own axes alone."""
    path = path_of(f"[{command}]")
    assert path.at(0.0) == REST
    end = path.at(1.0)
    for name in ("pan", "tilt", "truck", "pedestal", "zoom", "dolly", "track"):
        wanted = getattr(COMMANDS[command], name)
        assert getattr(end, name) * wanted >= 0
        assert bool(getattr(end, name)) == bool(wanted)


def test_commands_in_one_bracket_act_together_and_brackets_in_turn():
    """Half way, a joint move has begun both ways; a later bracket has not begun."""
    together = path_of("[Pan left,Zoom in]").at(0.5)
    assert together.pan < 0 < together.zoom
    in_turn = path_of("[Pan left] then [Zoom in]")
    assert in_turn.at(0.5).zoom == 0
    assert in_turn.at(0.5).pan == pytest.approx(in_turn.at(1.0).pan)
    assert in_turn.at(1.0).zoom > 0


def test_static_rests_and_shake_trembles():
    """A static shot never moves; a shake moves to and fro and ends where it began."""
    assert set(path_of("[Static shot]").poses(50)) == {REST}
    shaken = path_of("[Shake]").poses(144)
    assert shaken[0] == REST
    assert min(pose.pan for pose in shaken) < 0 < max(pose.pan for pose in shaken)
    assert abs(shaken[-1].pan) < 1e-9


def test_without_commands_the_camera_drifts():
    """A clip without commands is not a still."""
    assert path_of("a lake").at(1.0) != REST


def test_closest_first_never_stands_behind_the_scene():
    """Moving back starts from closer, so that nothing undrawn is seen."""
    poses = closest_first(path_of("[Pull out]").poses(10))
    assert min(pose.dolly for pose in poses) == 0
    assert poses[0].dolly == pytest.approx(-COMMANDS["pull out"].dolly)


def test_is_flat_tells_parallax_apart():
    """Turning and zooming keep near and far together, moving does not."""
    assert Pose(pan=1, tilt=1, zoom=1, shake=1).is_flat
    assert not Pose(truck=0.1).is_flat


def test_words_steer_the_scene():
    """Time of day, place, weather and subject follow the prompt."""
    night = mood_of("a neon city street at night in the rain")
    assert (night.light, night.ground, night.weather) == (LIGHTS["night"], "city", "rain")
    lone = mood_of("a lone samurai in falling snow")
    assert (lone.subject, lone.weather) == ("figure", "snow")


def test_camera_and_tempo_do_not_change_the_scene():
    """The same words under another camera or tempo are the same place; a variation is not."""
    plain = mood_of("a lake")
    assert mood_of("[Pan left] a lake").seed == plain.seed
    assert mood_of("[Pan left] a slow lake").seed == plain.seed
    assert mood_of("a lake", 2).seed != plain.seed
    assert tempo_of("slowly") < tempo_of("") < tempo_of("fast")

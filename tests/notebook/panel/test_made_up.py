"""A new model and a new option are one row each: the magic, completion and the panel have them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MADE_UP = """
import json, os, sys
from dataclasses import replace

from hailuo_nb.core import models

made_up = replace(
    models.MODELS[0], id="hailuo/09-image-to-video", short="09-i2v", durations_s=(4, 12)
)
models.MODELS += (made_up,)

from hailuo_nb.core import options

mood = options.Option(
    name="mood", kind="choice", metavar="M", choices=("calm", "wild"), place="main",
    help="how it feels", of_model=lambda model: ("calm", "wild") if model is made_up else (),
)
options.OPTIONS += (mood,)
options.BY_FLAG = {option.flag: option for option in options.OPTIONS}

from hailuo_nb import panel
from hailuo_nb.notebook.completion import offers
from hailuo_nb.core.cell_text import cell_text
from hailuo_nb.core.cell_line import read_line
from hailuo_nb.notebook.help import CELL_HELP

shown = panel("a sea", model="09-i2v", image="sample:peak", duration="12")
line = "--mood wild --model 09-i2v --duration 12"
json.dump(
    {
        "read": read_line(line).values,
        "flags": offers("%%hailuo --mo", "--mo"),
        "values": offers("%%hailuo --mood ", ""),
        "models": offers("%%hailuo --model 09", "09"),
        "help": [word in CELL_HELP for word in ("--mood M", "09-i2v")],
        "catalogue": shown.catalogue,
        "cell": cell_text(shown.prompt, shown.settings | {"mood": "wild"}),
    },
    sys.stdout,
)
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Start Python with one more row in each of the two tables."""
    folder = tmp_path_factory.mktemp("made-up")
    env = {"HAILUO_HOME": str(folder / "home"), "HAILUO_SIMULATOR": "on", "PATH": ""}
    words = [sys.executable, "-c", MADE_UP]
    done = subprocess.run(
        words, cwd=Path(__file__).parents[3], env=env, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def test_the_magic_and_its_help_know_them(found: dict[str, Any]) -> None:
    """The line is read, and the help lists both."""
    assert found["read"] == {"mood": "wild", "model": "09-i2v", "duration": "12"}
    assert found["help"] == [True, True]


def test_completion_offers_them(found: dict[str, Any]) -> None:
    """The flag, its values and the model's name."""
    assert "--mood" in found["flags"]
    assert found["values"] == ["calm", "wild"]
    assert found["models"] == ["09-i2v"]


def test_the_panels_form_has_them(found: dict[str, Any]) -> None:
    """The option is a field of that model alone, the model has its own durations."""
    models = {model["short"]: model["fields"] for model in found["catalogue"]["models"]}
    assert models["09-i2v"]["mood"] == ["calm", "wild"]
    assert models["09-i2v"]["duration"] == ["4", "12"]
    assert "mood" not in models["02-i2v"]
    (mood,) = [one for one in found["catalogue"]["options"] if one["name"] == "mood"]
    assert (mood["label"], mood["place"], mood["help"]) == ("Mood", "main", "how it feels")
    line = "%%hailuo --image sample:peak --model 09-i2v --duration 12 --mood wild"
    assert found["cell"] == f"{line}\na sea"

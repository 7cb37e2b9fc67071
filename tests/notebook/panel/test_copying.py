"""What is copied from the panel, a cell or a call, asks for what the panel sends."""

import ast
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hailuo_nb import api
from hailuo_nb.core.cell_line import read_line
from hailuo_nb.core.models import MODELS
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked

Make = Callable[..., Asked]


def test_unknown_settings_are_dropped(panel: Make) -> None:
    """Whatever a browser or an older notebook sets, only options that a cell has are kept."""
    shown = panel("a", duration="6", nonsense="x", wait=True, again=False, image="")
    assert shown.settings == {"duration": "6"}


def test_a_switch_may_be_given_as_python_says_it(panel: Make) -> None:
    """True and False stand in the form as on and off, and are sent as such."""
    shown = panel("a sea", optimizer=False, nsfw_check=True)
    assert shown.settings == {"optimizer": "off", "nsfw_check": "on"}
    assert "--optimizer off --nsfw-check on" in shown.as_cell()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00\x0b\x0c\x85"), max_size=40)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    prompt=TEXTS,
    options=st.fixed_dictionaries(
        {},
        optional={
            "model": st.sampled_from([model.short for model in MODELS]),
            "duration": st.sampled_from(["6", "10", "6,10"]),
            "resolution": st.sampled_from(["768P", "512P,768P"]),
            "optimizer": st.sampled_from(["on", "off", "on,off"]),
            "image": st.sampled_from(["sample:peak", ["sample:peak", "sample:forest"]]),
            "repeat": st.sampled_from(["1", "2"]),
            "verbatim": st.just(True),
            "again": st.just(True),
        },
    ),
)
@example(prompt="{a|b}\n---\n\\{c\\} 'x' \"y\" \\", options={"duration": "6,10"})
@example(prompt=" lines\n\nwith blanks \n", options={"verbatim": True})
def test_a_copied_cell_and_python_ask_for_the_same(
    panel: Make, prompt: str, options: dict[str, Any]
) -> None:
    """What is copied, read as IPython and Python read it, makes the very same requests."""
    shown = panel(prompt, **options)
    if not shown.quote["can_send"]:
        return
    line, _, body = shown.as_cell().partition("\n")
    read = read_line(line.removeprefix("%%hailuo"))
    body = body if body.endswith("\n") else body + "\n"  # as IPython hands it on
    by_cell = api.generate(body, dry_run=True, **read.values)  # type: ignore[arg-type]
    call = ast.parse(shown.as_python()).body[-1]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    words = {str(one.arg): ast.literal_eval(one.value) for one in call.value.keywords}
    by_python = api.generate(ast.literal_eval(call.value.args[0]), dry_run=True, **words)
    assert repr(by_cell) == repr(by_python)
    by_form = shown.ask("copy", **{"as": "cell", "prompt": prompt, "settings": options})
    assert by_form["text"] == shown.as_cell()


def test_what_is_copied_is_what_is_sent(panel: Make, session: Session) -> None:
    """The cell's task is the panel's own task: run after it, the cell is free."""
    shown = panel("a \\{quiet\\} sea", image="sample:peak", duration="10", optimizer="off")
    made = shown.generate()
    assert isinstance(made, Task)
    line, _, body = shown.as_cell().partition("\n")
    values = read_line(line.removeprefix("%%hailuo")).values
    again = api.generate(body + "\n", **values)  # type: ignore[arg-type]
    assert isinstance(again, Task)
    assert again.id == made.id

"""What a cell says, said to somebody who has a form before them."""

import pytest

from hailuo_nb.notebook.panel.form import in_form


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Give one with --image, such as sample:peak.",
         "Give one with “Start image”, such as sample:peak."),
        ("--optimizer off compares them as written.",
         "“Optimizer” off compares them as written."),
        ("Leave --end-image out, or use --model 02-i2v.",
         "Leave “End image” out, or use “Model” 02-i2v."),
        ("This cell asks for 25 tasks.", "This asks for 25 tasks."),
        ("%hailuo resolve a --drop settles it -- or not.",
         "%hailuo resolve a --drop settles it -- or not."),
    ],
)  # fmt: skip
def test_flags_are_named_as_fields(words: str, said: str) -> None:
    """An option is called what its field is called; what is no option stays."""
    assert in_form(words) == said

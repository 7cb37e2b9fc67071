"""What was asked for, as it was typed: one object from the cell, `generate` and the panel.

It knows the options' names and that nothing of them is read yet; what they mean stands in
`hailuo_nb.core.options`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A prompt and its options, each as `hailuo_nb.generate` takes it; None is its default."""

    prompt: str
    name: str | None = None
    image: object = None
    end_image: object = None
    model: object = None
    duration: object = None
    resolution: object = None
    aspect_ratio: object = None
    optimizer: object = None
    nsfw_check: bool | str | None = None
    callback: str | None = None
    again: bool = False
    retry: bool = False
    repeat: int | str | None = None
    watch_for: float | str | None = None
    max_credits: float | str | None = None
    max_tasks: int | str | None = None
    verbatim: bool = False

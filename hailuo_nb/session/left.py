"""What a bare resume leaves to the person, line by line; pure."""

from collections.abc import Sequence

from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.words import date_words, tasks_in_words, unreadable_words

NAMES_MAX = 5


def left_lines(
    elsewhere: Sequence[Snapshot],
    unsure: Sequence[Snapshot],
    harmful: Sequence[Snapshot],
    unreadable: Sequence[Snapshot],
) -> list[str]:
    """Return a line of what is not watched here, and one for each task to be decided on."""
    lines = []
    if elsewhere:
        names = ", ".join(known.label for known in elsewhere[:NAMES_MAX])
        more = f" and {len(elsewhere) - NAMES_MAX} more" if len(elsewhere) > NAMES_MAX else ""
        number = tasks_in_words(len(elsewhere), "unfinished")
        lines.append(
            f"{number} made with another key or service: {names}{more}. "
            "%hailuo resume NAME asks with this key: free, but for what never left."
        )
    for known in unsure:
        asked = date_words(known.created_at)
        price = "" if known.simulated else f" and billed ({known.request.price})"
        lines.append(
            f"{known.label} of {asked} is unsure: it may have been accepted{price}. "
            f"%hailuo resolve {known.id} --task TASKID settles it, "
            "or --drop where the service made none."
        )
    lines += [f"{known.label} is not fetched again: {known.error}" for known in harmful]
    lines += [f"{unreadable_words(known)}: {known.warnings[-1]}" for known in unreadable]
    return lines


def at_end_words(number: int) -> str:
    """Return what a script that ends leaves unfinished, and how to go on with it."""
    return (
        f"{tasks_in_words(number, 'unfinished')} left; what was sent goes on at the service. "
        "The same script run again takes it up, free, and sends what never left; "
        "generate(..., wait=True) holds until a clip is saved."
    )

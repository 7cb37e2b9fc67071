"""The clips: where ``<id>.mp4`` lies.

File names come from our local ids alone, never from a prompt or from the service.
"""

from pathlib import Path

from hailuo_nb.errors import SavingError


def clip_path(folder: Path, id: str) -> Path:
    """Return where the clip of a local id belongs; the folder is made when missing.

    Raises
    ------
    SavingError
        The folder cannot be made.
    ValueError
        The id is not one of ours.
    """
    if not id.isalnum():
        raise ValueError(f"not a local id: {id!r}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SavingError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            advice="Make room for it, or set HAILUO_VIDEOS; %hailuo resume tries again, free.",
        ) from error
    return folder / f"{id}.mp4"

"""What lies on the disk for a task: its clip, the images that wait to be sent, their pictures.

File names come from our local ids alone, never from a prompt or from the service. Heavy parts
come with the first use.
"""

from contextlib import suppress
from pathlib import Path

from hailuo_nb.core.disk import PRIVATE, drop_leftovers, write_whole
from hailuo_nb.core.task import Pictures
from hailuo_nb.errors import SavingError, setting
from hailuo_nb.store import aside, sidecar

IMAGES = ("image", "end_image")


class Files:
    """Where clips lie and how pictures of them are made.

    Parameters
    ----------
    home
        The folder of the history, where images wait until they are sent.
    """

    write_sidecar = staticmethod(sidecar.write_sidecar)
    with_id = staticmethod(aside.with_id)
    note_id = staticmethod(aside.note_id)
    note_taken = staticmethod(aside.note_taken)

    def __init__(self, home: Path) -> None:
        self._home = home

    @staticmethod
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
                advice=f"Make room, or {setting('HAILUO_VIDEOS')}; then %hailuo resume, free.",
            ) from error
        return folder / f"{id}.mp4"

    def keep_input(self, id: str, which: str, data: bytes) -> None:
        """Keep an image's bytes until its task is sent, should the kernel end before.

        Whole or not at all; a full disk is no reason to stop.
        """
        path = self._kept_at(id, which)
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            write_whole(path, data, mode=PRIVATE, durable=False)

    def kept_input(self, id: str, which: str) -> bytes | None:
        """Return an image's kept bytes, None where there are none."""
        try:
            return self._kept_at(id, which).read_bytes()
        except OSError:
            return None

    def drop_inputs(self, id: str) -> None:
        """Forget the kept images of a task."""
        for which in IMAGES:
            with suppress(OSError):
                drop_leftovers(self._kept_at(id, which))
                self._kept_at(id, which).unlink()

    def _kept_at(self, id: str, which: str) -> Path:
        if not id.isalnum() or which not in IMAGES:
            raise ValueError(f"not an image of ours: {id!r} {which!r}")
        return self._home / "inputs" / f"{id}-{which}"

    def image_poster(self, data: bytes, label: str) -> str:
        """Return a small picture of the bytes of an image that is called so."""
        from hailuo_nb.media.posters import image_poster

        return image_poster(data, label)

    def clip_pictures(self, video: Path) -> Pictures | None:
        """Return a clip's poster and strip, None where it has none."""
        from hailuo_nb.media.posters import clip_pictures

        return clip_pictures(video)

"""Clips, pictures and kept images behind one object; heavy parts come with the first use."""

from pathlib import Path

from hailuo_nb.store import aside, clips, inputs, sidecar


class Files:
    """Where clips lie and how pictures of them are made.

    Parameters
    ----------
    home
        The folder of the history, where images wait until they are sent.
    """

    clip_path = staticmethod(clips.clip_path)
    write_sidecar = staticmethod(sidecar.write_sidecar)
    with_id = staticmethod(aside.with_id)
    note_id = staticmethod(aside.note_id)
    note_taken = staticmethod(aside.note_taken)

    def __init__(self, home: Path) -> None:
        self._home = home

    def keep_input(self, id: str, which: str, data: bytes) -> None:
        """Keep an image's bytes until its task is sent."""
        inputs.keep_input(self._home, id, which, data)

    def kept_input(self, id: str, which: str) -> bytes | None:
        """Return an image's kept bytes, None where there are none."""
        return inputs.kept_input(self._home, id, which)

    def drop_inputs(self, id: str) -> None:
        """Forget the kept images of a task."""
        inputs.drop_inputs(self._home, id)

    def image_poster(self, data: bytes, label: str) -> str:
        """Return a small picture of the bytes of an image that is called so."""
        from hailuo_nb.media.posters import image_poster

        return image_poster(data, label)

    def clip_poster(self, video: Path) -> str | None:
        """Return a small picture of a clip's first frame, None where it has none."""
        from hailuo_nb.media.posters import clip_poster

        return clip_poster(video)

"""Clips and pictures behind one object; the heavy parts come with the first use."""

from pathlib import Path

from hailuo_nb.store import clips


class Files:
    """Where clips lie and how pictures of them are made."""

    clip_path = staticmethod(clips.clip_path)
    write_sidecar = staticmethod(clips.write_sidecar)

    def image_poster(self, data: bytes) -> str:
        """Return a small picture of an image's bytes."""
        from hailuo_nb.store.pictures import image_poster

        return image_poster(data)

    def clip_poster(self, video: Path) -> str | None:
        """Return a small picture of a clip's first frame, None where it has none."""
        from hailuo_nb.store.pictures import clip_poster

        return clip_poster(video)

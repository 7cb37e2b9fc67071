"""Clips one after another in one file, packet by packet: nothing is decoded, nothing is lost.

It runs in the reading process. It knows containers and packets; it must not know who asks.
"""

import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer

from hailuo_nb.media import films
from hailuo_nb.media.limits import Harmful

BYTES_MAX = 250_000_000
"""Of the film: as much as the process may hand back, nearly."""


def joined(paths: Sequence[Path]) -> bytes | None:
    """Return an MP4 of these clips, None where they are of different kinds.

    Parameters
    ----------
    paths
        At least one. Sound is kept where all have it, of one kind.

    Raises
    ------
    Unreadable, Harmful
        One cannot be read, or they are too large together.
    """
    if sum(path.stat().st_size for path in paths) > BYTES_MAX:
        raise Harmful("the clips are too large together")
    with ExitStack() as opened:
        clips = [opened.enter_context(films.opened(path))[0] for path in paths]
        if len({_kind(clip.streams.video[0]) for clip in clips}) > 1:
            return None
        made = io.BytesIO()
        with av.open(made, "w", format="mp4") as film:
            _copy(clips, film)
        return made.getvalue()


def _copy(clips: Sequence[InputContainer], film: OutputContainer) -> None:
    sounds = {_kind(clip.streams.audio[0]) if clip.streams.audio else None for clip in clips}
    is_heard = len(sounds) == 1 and None not in sounds
    picks = [
        (clip.streams.video[0], *(clip.streams.audio[:1] if is_heard else ())) for clip in clips
    ]
    tracks = [film.add_stream_from_template(stream) for stream in picks[0]]
    begins_s, last = 0.0, [-(2**62)] * len(tracks)
    for clip, streams in zip(clips, picks, strict=True):
        at = {stream.index: number for number, stream in enumerate(streams)}
        lasts_s = 0.0
        for packet in clip.demux(*streams):
            if packet.dts is None or packet.pts is None or packet.time_base is None:
                continue  # the mark of the end
            number, shift = at[packet.stream.index], round(begins_s / packet.time_base)
            if number == 0:
                ends = packet.pts + (packet.duration or 0)
                lasts_s = max(lasts_s, float(ends * packet.time_base))
            if packet.dts + shift <= last[number]:
                continue  # a sound that outlasts its picture
            packet.dts, packet.pts = packet.dts + shift, packet.pts + shift
            last[number], packet.stream = packet.dts, tracks[number]
            film.mux(packet)
        begins_s += lasts_s


def _kind(stream: Any) -> tuple[object, ...]:
    """Return what two streams have alike where one may follow the other in one track."""
    codec = stream.codec_context
    sides: Iterable[object] = (
        (codec.width, codec.height, codec.pix_fmt)
        if stream.type == "video"
        else (codec.sample_rate, codec.layout.name)
    )
    return (codec.name, codec.extradata, stream.time_base, *sides)

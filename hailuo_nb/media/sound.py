"""The sound of a smaller copy: of whatever kind it was, encoded anew as AAC of one channel or two.

It knows tracks and packets; it must not know pictures. What cannot be read of a sound is left
out, since the copy is for looking.
"""

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.stream import Stream

BITS_PER_S_MAX = 48_000
SHARE = 4
"""The sound gets at most one part in so many of a copy's bits."""

RATE_HZ = 48_000


class SoundTrack:
    """A clip's first sound on its way into a copy; ``bits_per_s`` is 0 where there is none."""

    def __init__(self, clip: InputContainer, copy: OutputContainer, bits_per_s: int) -> None:
        streams = [stream for stream in clip.streams.audio if stream.codec_context is not None]
        self.heard: tuple[AudioStream, ...] = tuple(streams[:1])
        self.bits_per_s = min(BITS_PER_S_MAX, bits_per_s // SHARE) if streams else 0
        self._copy, self._is_over = copy, not streams
        if streams:
            self._track = copy.add_stream("aac", rate=RATE_HZ)
            self._track.codec_context.layout = "mono" if streams[0].channels == 1 else "stereo"
            self._track.bit_rate = self.bits_per_s

    def add(self, packet: "av.Packet[Stream]") -> None:
        """Take over what a packet holds; the first that cannot be read ends the sound."""
        if self._is_over:
            return
        try:
            for frame in packet.decode():
                if isinstance(frame, AudioFrame):
                    self._copy.mux(self._track.encode(frame))
        except MemoryError:  # one of PyAV's errors, too
            raise
        except (av.FFmpegError, ValueError):
            self._is_over = True

    def finish(self) -> None:
        """Take over what the encoder still holds."""
        if self.heard:
            self._copy.mux(self._track.encode(None))

"""How much a picture or film may claim, what reading one may take, and what else may come of it.

The numbers are far above every clip of the service and every photograph that it takes.
"""

CLIP_SIDE_PX_MAX = 8192
CLIP_PIXELS_MAX = 4096 * 4096
"""Of one frame: twice a 4K picture."""

CLIP_DURATION_S_MAX = 600.0
CLIP_FRAMES_MAX = 36_000
"""Ten minutes of 60 frames a second."""

CLIP_TRACKS_MAX = 16

MEMORY_BYTES_MAX = 1_500_000_000
"""Of the process that reads, Python and libraries included.

A transparent WEBP of as many pixels as are taken is held five times: 1.1 GB.
"""

CPU_S_MAX = 30.0
"""Of one reading, in seconds of a processor; a clip's check takes a tenth of a second."""

ENCODE_CPU_S_MAX = 300.0

WAIT_FACTOR = 6.0
"""So many times as long by the clock, for a machine that does much else."""

ANSWER_BYTES_MAX = 256_000_000
"""Of what the process may hand back."""


class Unreadable(Exception):
    """It is not what it should be; the words end a sentence."""


class Harmful(Exception):
    """Reading it took, or would take, more than anything sound does; the words end a sentence."""


class NoReader(Exception):
    """The reading process does not start, which is not the file's fault."""

"""Files written by hand that claim what no clip or image is, a few hundred bytes each."""

import struct
import zlib

UNITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
MANY = 85_000_000
CONTENT_AT = 32
"""Where the content of an `mp4` begins."""


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return one box of an MP4."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *numbers: int, more: bytes = b"") -> bytes:
    """Return a box of numbers of 32 bits behind version and flags."""
    return box(kind, struct.pack(f">{1 + len(numbers)}I", 0, *numbers), more)


def mp4(
    *,
    samples: int = MANY,
    sample_bytes: int = 1,
    size_px: tuple[int, int] = (64, 48),
    ticks: int = 1,
    tracks: int = 1,
    more: bytes = b"",
    codec: bytes = b"avc1",
    setup: bytes = b"",
    content: bytes = bytes(16),
) -> bytes:
    """Return an MP4 whose tables claim so many samples, each of the same few bytes.

    Parameters
    ----------
    samples
        How many it claims.
    sample_bytes
        The size of each.
    size_px
        Width and height of the picture.
    ticks
        How long a sample lasts, in milliseconds.
    tracks
        How many of these there are.
    more
        More boxes for the table of samples.
    codec, setup
        The kind of the samples, and the box that describes how to decode them.
    content
        What lies in the file's ``mdat``.
    """
    duration = min(samples * ticks, 2**32 - 1)
    head = full(
        b"mvhd", 0, 0, 1000, duration, 0x10000, more=b"\1\0" + bytes(10) + UNITY + bytes(28)
    )
    track = _track(samples, sample_bytes, size_px, ticks, duration, more, codec, setup)
    begin = box(b"ftyp", b"isom", bytes(4), b"isommp42") + box(b"mdat", content)
    return begin + box(b"moov", head, *[track] * tracks)


def _track(
    samples: int,
    sample_bytes: int,
    size_px: tuple[int, int],
    ticks: int,
    duration: int,
    more: bytes,
    codec: bytes,
    setup: bytes,
) -> bytes:
    width_px, height_px = size_px
    entry = box(
        codec,
        bytes(6) + b"\0\1" + bytes(16) + struct.pack(">HH", width_px, height_px),
        struct.pack(">III", 0x480000, 0x480000, 0) + b"\0\1" + bytes(32) + b"\0\x18\xff\xff",
        setup,
    )
    table = box(
        b"stbl",
        full(b"stsd", 1, more=entry),
        full(b"stts", 1, samples, ticks),
        full(b"stsz", sample_bytes, samples),
        full(b"stsc", 1, 1, 1 if sample_bytes > 1 else samples, 1),
        full(
            b"stco", *([samples, *[CONTENT_AT] * samples] if sample_bytes > 1 else [1, CONTENT_AT])
        ),
        more,
    )
    sides = struct.pack(">II", width_px << 16, height_px << 16)
    where = box(b"dinf", full(b"dref", 1, more=full(b"url ")))
    media = box(
        b"mdia",
        full(b"mdhd", 0, 0, 1000, duration, 0x55C40000),
        full(b"hdlr", 0, more=b"vide" + bytes(12) + b"v\0"),
        box(b"minf", full(b"vmhd", 0, 0), where, table),
    )
    return box(b"trak", full(b"tkhd", 0, 0, 1, 0, duration, more=bytes(16) + UNITY + sides), media)


def ebml(kind: str, body: bytes) -> bytes:
    """Return one element of a WebM, its id in hex."""
    return bytes.fromhex(kind) + struct.pack(">Q", 1 << 56 | len(body)) + body


def webm(width_px: int, height_px: int, *, tracks: int = 1, duration_ms: float = 1000.0) -> bytes:
    """Return a WebM of one broken VP9 frame that claims such a picture."""
    sides = ebml("b0", struct.pack(">Q", width_px)) + ebml("ba", struct.pack(">Q", height_px))
    entries = b"".join(
        ebml(
            "ae",
            ebml("d7", bytes([at % 126 + 1]))
            + ebml("73c5", struct.pack(">Q", at + 1))
            + ebml("83", b"\1")
            + ebml("86", b"V_VP9")
            + ebml("e0", sides),
        )
        for at in range(tracks)
    )
    head = ebml("1a45dfa3", ebml("4282", b"webm") + ebml("4287", b"\4") + ebml("4285", b"\2"))
    info = ebml(
        "1549a966", ebml("2ad7b1", b"\x0f\x42\x40") + ebml("4489", struct.pack(">d", duration_ms))
    )
    cluster = ebml("1f43b675", ebml("e7", b"\0") + ebml("a3", b"\x81\0\0\x80" + bytes(20)))
    return head + ebml("18538067", info + ebml("1654ae6b", entries) + cluster)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """Return one chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width_px: int, height_px: int, *, pixels: bytes | None = None, more: bytes = b"") -> bytes:
    """Return a PNG of RGB; its pixels are black, packed, unless given."""
    header = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    if pixels is None:
        pixels = _black(height_px, 1 + 3 * width_px)
    parts = png_chunk(b"IHDR", header) + more + png_chunk(b"IDAT", pixels)
    return b"\x89PNG\r\n\x1a\n" + parts + png_chunk(b"IEND", b"")


def _black(rows: int, row_bytes: int) -> bytes:
    packer, row = zlib.compressobj(9), bytes(row_bytes)
    return b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()


def webp(width_px: int, height_px: int, *, animated: bool = True) -> bytes:
    """Return a WEBP that claims such a canvas and holds one small frame of it."""
    sides = (width_px - 1).to_bytes(3, "little") + (height_px - 1).to_bytes(3, "little")
    parts = b"VP8X" + struct.pack("<I", 10) + bytes([2 if animated else 0, 0, 0, 0]) + sides
    parts += b"ANIM" + struct.pack("<I", 6) + bytes(6)
    return b"RIFF" + struct.pack("<I", 4 + len(parts)) + b"WEBP" + parts


def jpeg(width_px: int, height_px: int, *, before: bytes = b"") -> bytes:
    """Return a JPEG's head that claims such sides, segments of your own before them."""
    frame = struct.pack(">BHHB", 8, height_px, width_px, 3) + bytes.fromhex("012200021101031101")
    return (
        b"\xff\xd8" + before + b"\xff\xc0" + struct.pack(">H", 2 + len(frame)) + frame + b"\xff\xda"
    )

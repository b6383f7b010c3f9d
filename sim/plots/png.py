"""A picture as the bytes of a PNG.

Its rows are packed as they are: those of a figure, of few colours, are smaller so than filtered, and sooner there.
"""

from __future__ import annotations

from struct import pack
from zlib import compress, crc32

import numpy as np
from numpy.typing import ArrayLike

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS, BITS, RGB = 3, 8, 2  # red, green and blue, of so many bits each; what the format calls that
LEVEL = 3  # of 9: beyond, twice as long for a twentieth less
INCHES = 39.37  # a metre


def png(picture: ArrayLike, dots_per_inch: float) -> bytes:
    """Pixels of shape (height, width, 4), uint8, of which the last is the opacity: whole, and left out."""
    pixels = np.asarray(picture)
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + COLOURS * width), np.uint8)  # the first of each says how it is filtered: not at all
    for colour in range(COLOURS):
        rows[:, 1 + colour :: COLOURS] = pixels[:, :, colour]
    dots = round(dots_per_inch * INCHES)
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", pack(">IIBBBBB", width, height, BITS, RGB, 0, 0, 0)),
            _chunk(b"pHYs", pack(">IIB", dots, dots, 1)),
            _chunk(b"IDAT", compress(rows.data, LEVEL)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

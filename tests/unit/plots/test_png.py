"""A PNG holds the pixels that it was given, and how many there are in an inch."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from sim.plots.png import png


def test_another_program_reads_the_pixels_that_were_written() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (7, 5, 4), np.uint8)
    with Image.open(BytesIO(png(pixels, 200))) as read:
        assert np.array_equal(np.asarray(read), pixels[:, :, :3])
        assert [round(dots) for dots in read.info["dpi"]] == [200, 200]

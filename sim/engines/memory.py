"""Arrays are made and dropped by the thousand: what is freed is kept for the next one."""

from __future__ import annotations

import ctypes
from functools import lru_cache

TRIM, MMAP = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of mallopt(3)
KEPT, LARGE = 1 << 27, 1 << 25  # bytes: so much stays at hand; a block of more comes from the system and returns there


@lru_cache(1)
def keep_freed_memory() -> bool:
    """Ask the C library of this process to keep freed memory at hand; whether it can.

    By default glibc gives 128 KiB back at once, and every array of that size is cleared page by page again when it
    is first written to, which takes three times as long as the arithmetic.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    return bool(mallopt(TRIM, KEPT)) and bool(mallopt(MMAP, LARGE))

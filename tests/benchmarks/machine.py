"""Cores, and what kind of machine it was."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

CPU_INFO = Path("/proc/cpuinfo")
VECTORS = (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX"), ("sve", "SVE"), ("asimd", "NEON"))
ARCHITECTURES = {"x86_64": "x86-64", "AMD64": "x86-64"}


def processor_class(flags: set[str], architecture: str) -> str:
    """The processor by what compilers can use of it, e.g. "x86-64 with AVX-512"; no maker, no model."""
    name = ARCHITECTURES.get(architecture, architecture)
    widest = next((words for flag, words in VECTORS if flag in flags), None)
    return f"{name} with {widest}" if widest else name


def processor_flags() -> set[str]:
    """What the system says that the processor can do; nothing where there is no such file."""
    text = CPU_INFO.read_text() if CPU_INFO.exists() else ""
    lines = (line.partition(":") for line in text.splitlines())
    return {flag for key, _, value in lines if key.strip() in ("flags", "Features") for flag in value.split()}


def version_of(library: str) -> str | None:
    """The version of an installed library, or None."""
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def machine_line(libraries: list[str]) -> str:
    """Processor class, Python and library versions, for under a table."""
    versions = [f"{name} {version_of(name)}" for name in dict.fromkeys(libraries) if version_of(name)]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    processor = processor_class(processor_flags(), platform.machine())
    return f"{processor}, {len(cores())} cores, {platform.system()}, {python}; {', '.join(versions)}."


def cores() -> list[int]:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


@contextmanager
def pinned(n_cores: int) -> Iterator[None]:
    """Stay on so many cores, the last ones, where the system lets one choose; threads and processes inherit it."""
    allowed = cores()
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    os.sched_setaffinity(0, allowed[-n_cores:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)

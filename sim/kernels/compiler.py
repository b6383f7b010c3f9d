"""How loops are compiled and where the result is kept; the functions of `sim.portable` are compiled as they stand."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from llvmlite import binding
from numba.extending import overload, register_jitable

from sim import portable
from sim.kernels.cache import cache_folder
from sim.kernels.kept import keep
from sim.kernels.linked import PartCompiler

config: Any = numba.config
if config.CPU_FEATURES is None and "+avx512f" in (features := binding.get_host_cpu_features().flatten()):
    config.CPU_FEATURES = f"{features},-prefer-256-bit"  # full vectors: draws cost a third less

FOLDER = cache_folder()


OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True, "_nrt": False, "no_cfunc_wrapper": True}
PART = OPTIONS | {"no_cpython_wrapper": True, "pipeline_class": PartCompiler}
INLINED: Any = PART | {"forceinline": True}


def compiled(function: Any) -> Any:
    """A function that Python calls, compiled at its first call and kept in `FOLDER`.

    Without fast-math, and without counting references to arrays at every turn, which takes ten times as long: so
    loops make no arrays, but are given room by who calls them.
    """
    dispatcher = numba.njit(**OPTIONS)(function)
    if not config.DISABLE_JIT:  # then it is the function itself
        keep(dispatcher, FOLDER)
    return dispatcher


def part(function: Any) -> Any:
    """What loops call: it is compiled and kept with them, and Python gets an error from it.

    A place in an array counts from the start there: one from the end would be another array's.

    A number that is written out in a call has a type of its own, and the part would be compiled for it again: so
    `np.int64` of it.
    """
    return numba.njit(**PART)(function)


def inlined(function: Any) -> Any:
    """A part that is put in place of every call, so that the loop around it vectorises."""
    return numba.njit(**INLINED)(function)


@inlined
def bits_of(x):
    """The 64 bits of a float."""
    return np.float64(x).view(np.int64)


@inlined
def float_of(bits):
    """The float of 64 bits."""
    return np.int64(bits).view(np.float64)


# The outer and inner parameters of an overload must look alike, so neither has annotations.


@overload(portable.select, jit_options=INLINED)
def _select(condition, a, b):
    return lambda condition, a, b: a if condition else b


@overload(portable.between, jit_options=INLINED)
def _between(x, low, high):
    def between(x, low, high):
        x = high if x > high else x
        return low if x < low else x  # a step each, as one begins with what the other gives

    return between


# Vectors of 64-bit whole numbers do not become floats, nor floats such, in one step: bits do.


@overload(portable.split, jit_options=INLINED)
def _split(x):
    def split(x):
        bits = bits_of(x)
        exponent = bits >> 52
        return float_of(bits - (exponent - 1022 << 52)), float_of(exponent | 0x4330000000000000) - (2.0**52 + 1022)

    return split


@overload(portable.scale, jit_options=INLINED)
def _scale(x, exponent):
    return lambda x, exponent: x * float_of(bits_of(exponent + 1.5 * 2.0**52) + 1023 << 52)


@overload(portable.rooted, jit_options=INLINED)
def _rooted(x):
    return lambda x: math.sqrt(x)


@overload(portable.whole_below, jit_options=INLINED)
def _whole_below(x):
    return lambda x: np.floor(x)


for _function in (
    portable.log,
    portable.log_of_rest,
    portable.exp,
    portable.horner,
    portable.normal_middle,
    portable.tail_root,
    portable.near_tail,
    portable.far_tail,
):
    register_jitable(**INLINED)(_function)  # a call inside a loop would keep it from being vectorised

"""How loops are compiled and where the result is kept; the functions of `sim.portable` are compiled as they stand."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from llvmlite import binding, ir
from numba import types
from numba.extending import intrinsic, overload, register_jitable

from sim import portable
from sim.kernels.cache import cache_folder
from sim.kernels.kept import keep

config: Any = numba.config
if config.CPU_FEATURES is None and "+avx512f" in (features := binding.get_host_cpu_features().flatten()):
    config.CPU_FEATURES = f"{features},-prefer-256-bit"  # full vectors: draws cost a third less

FOLDER = cache_folder()


def compiled(function: Any, **options: Any) -> Any:
    """Compile a function at its first call, without fast-math; kept in `FOLDER`."""
    dispatcher = numba.njit(error_model="numpy", nogil=True, **options)(function)
    if not config.DISABLE_JIT:  # then it is the function itself
        keep(dispatcher, FOLDER)
    return dispatcher


def bare(function: Any) -> Any:
    """A loop that makes no array: without counting references to arrays at every turn, ten times as fast."""
    return compiled(function, _nrt=False)


def inlined(function: Any) -> Any:
    """A part of a loop, compiled into whatever calls it, so that the loop vectorises."""
    return numba.njit(inline="always", error_model="numpy")(function)


@intrinsic
def bits_of(typing: Any, x: Any) -> Any:
    """The 64 bits of a float."""
    return types.int64(types.float64), lambda _, build, __, args: build.bitcast(args[0], ir.IntType(64))


@intrinsic
def float_of(typing: Any, bits: Any) -> Any:
    """The float of 64 bits."""
    return types.float64(types.int64), lambda _, build, __, args: build.bitcast(args[0], ir.DoubleType())


# The outer and inner parameters of an overload must look alike, so neither has annotations.


@overload(portable.select)
def _select(condition, a, b):
    return lambda condition, a, b: a if condition else b


@overload(portable.between)
def _between(x, low, high):
    return lambda x, low, high: min(max(x, low), high)


@overload(portable.split)
def _split(x):
    def split(x):
        bits = bits_of(x)
        exponent = (bits >> 52) - 1022
        return float_of(bits - (exponent << 52)), np.float64(exponent)

    return split


@overload(portable.scale)
def _scale(x, exponent):
    return lambda x, exponent: x * float_of((np.int64(exponent) + 1023) << 52)


@overload(portable.rooted)
def _rooted(x):
    return lambda x: math.sqrt(x)


@overload(portable.whole_below)
def _whole_below(x):
    return lambda x: np.floor(x)


for _function in (
    portable.log,
    portable.log_of_rest,
    portable.exp,
    portable.horner,
    portable.normal_middle,
    portable.normal_tail,
):
    register_jitable(inline="always")(_function)  # a call inside a loop would keep it from being vectorised

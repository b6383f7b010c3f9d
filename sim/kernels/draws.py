"""Columns of variates: counter-based words, uniforms and quantiles in loops over replications.

The words are those of `sim.draws.streams`, the quantiles those of `sim.draws.quantiles`.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.kernels.compiler import bits_of, compiled, float_of, inlined, part
from sim.portable import (
    FAR,
    MIDDLE_HALF_WIDTH,
    between,
    exp,
    far_tail,
    log,
    log_of_rest,
    near_tail,
    normal_middle,
    tail_root,
)

UNIFORM, TRIANGULAR, EXPONENTIAL, NORMAL, LOGNORMAL, WEIBULL = range(6)

BATCH = 512  # variates that stay in the nearest cache
U = np.uint64
WEYL_LOW, WEYL_HIGH = U(0x9E3779B97F4A7C15), U(0xBB67AE8584CAA73B)
HALVES = (0x95121157, 0xCA5A8263, 0xE14C6C93, 0xD2E7470E)  # of the multipliers 0xCA5A826395121157, 0xD2E7470EE14C6C93
HALF_WORD, LOW_HALF = U(32), U(0xFFFFFFFF)
SPARE_BITS = U(12)
ONE, ONE_BITS = 2.0**52, U(0x4330000000000000)  # of floats from here on the last bit is 1
WHOLE, WHOLE_BITS = 1.5 * 2.0**52, np.int64(0x4338000000000000)


def room() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Where variates are made, and those of the tails gathered with their places."""
    return np.empty(BATCH), np.empty(BATCH + 1), np.empty(BATCH + 1, np.int64)


@inlined
def product(a, low_half, high_half):
    """The upper and the lower 64 bits of a product with what has these halves, by half words, which vectorises."""
    a_low, a_high = a & LOW_HALF, a >> HALF_WORD
    low, cross = a_low * low_half, a_low * high_half
    middle = (low >> HALF_WORD) + (cross & LOW_HALF) + a_high * low_half
    high = a_high * high_half + (cross >> HALF_WORD) + (middle >> HALF_WORD)
    return high, (middle << HALF_WORD) | (low & LOW_HALF)


@inlined
def philox_round(a, b, c, d, key_low, key_high, p, q, r, s):
    """One round of Philox4x64; p, q and r, s are the halves of its multipliers."""
    high, low = product(c, p, q)
    other_high, other_low = product(a, r, s)
    return high ^ b ^ key_low, low, other_high ^ d ^ key_high, other_low


@inlined
def uniform(word):
    """((word >> 12) + 1/2) / 2**52; the float of a whole number below 2**52 by its bits, which vectorises."""
    return (float_of(np.int64(word >> SPARE_BITS | ONE_BITS)) - ONE + 0.5) * 2.0**-52


@inlined
def rounded(x):
    """The nearest whole number, half to even, of what is below 2**51: where floats have no more bits."""
    return bits_of(x + WHOLE) - WHOLE_BITS


@part
def fill_uniforms(key, counter, number, word, u):
    """Uniforms of counters one after another, four of each.

    The halves of the multipliers are handed in: of a number that it knows the compiler would make products of 128
    bits again, one at a time.
    """
    key_low, key_high = key[0], key[1]
    p, q, r, s = key[2] & LOW_HALF, key[3] & LOW_HALF, key[4] & LOW_HALF, key[5] & LOW_HALF
    x1, y1 = key_low + WEYL_LOW, key_high + WEYL_HIGH
    x2, y2 = x1 + WEYL_LOW, y1 + WEYL_HIGH
    x3, y3 = x2 + WEYL_LOW, y2 + WEYL_HIGH
    x4, y4 = x3 + WEYL_LOW, y3 + WEYL_HIGH
    x5, y5 = x4 + WEYL_LOW, y4 + WEYL_HIGH
    x6, y6 = x5 + WEYL_LOW, y5 + WEYL_HIGH
    x7, y7 = x6 + WEYL_LOW, y6 + WEYL_HIGH
    x8, y8 = x7 + WEYL_LOW, y7 + WEYL_HIGH
    x9, y9 = x8 + WEYL_LOW, y8 + WEYL_HIGH
    for j in range(len(u) // 4):
        a, b, c, d = philox_round(counter + U(j), number, word, U(0), key_low, key_high, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x1, y1, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x2, y2, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x3, y3, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x4, y4, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x5, y5, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x6, y6, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x7, y7, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x8, y8, p, q, r, s)
        a, b, c, d = philox_round(a, b, c, d, x9, y9, p, q, r, s)
        u[4 * j], u[4 * j + 1], u[4 * j + 2], u[4 * j + 3] = uniform(a), uniform(b), uniform(c), uniform(d)


@compiled
def uniform_rows(key, numbers, words, start, edge, out):
    """Uniforms of one source, float64 (key, replication), from replication ``start``.

    key : uint64 (6,), of the source, and `HALVES`; edge: room for four
    """
    counter, skipped, n = start // 4, start % 4, out.shape[1]
    for row in range(len(numbers)):
        at = -skipped  # of the first uniform of a counter in the row
        while at < n:
            n_whole = 0 if at < 0 else (n - at) // 4 * 4
            here = U(counter + (at + skipped) // 4)
            if n_whole:
                fill_uniforms(key, here, numbers[row], words[row], out[row, at : at + n_whole])
                at += n_whole
                continue
            fill_uniforms(key, here, numbers[row], words[row], edge)
            for q in range(4):
                if 0 <= at + q < n:
                    out[row, at + q] = edge[q]
            at += 4


@inlined
def to_normal(u, n, tails, places):
    """Uniforms to normals in place: the middle for all, and the tails, gathered, so that both vectorise."""
    n_tails, is_far = 0, False
    for i in range(n):
        places[n_tails] = i
        n_tails += abs(u[i] - 0.5) > MIDDLE_HALF_WIDTH
    for i in range(n_tails):
        tails[i] = u[places[i]]
    for i in range(n_tails):
        tails[i] = tail_root(tails[i])
    for i in range(n_tails):
        is_far |= tails[i] > FAR
    if is_far:  # hardly ever, and it takes as long again
        for i in range(n_tails):
            tails[i] = far_tail(tails[i]) if tails[i] > FAR else near_tail(tails[i])
    else:
        for i in range(n_tails):
            tails[i] = near_tail(tails[i])
    for i in range(n_tails):
        tails[i] = -tails[i] if u[places[i]] < 0.5 else tails[i]
    for i in range(n):
        u[i] = normal_middle(u[i] - 0.5)
    for i in range(n_tails):
        u[places[i]] = tails[i]


@part
def to_quantiles(family, p, u, n, tails, places):
    """Uniforms to variates of a family, in place."""
    first, second, third, share, span = p[0], p[1], p[2], p[3], p[4]
    if share != 0.0 or span != 1.0:  # a share below may be too small for the span to show it
        for i in range(n):
            u[i] = between(share + u[i] * span, 1e-300, 1 - 2.0**-53)
    if family == UNIFORM:
        for i in range(n):
            u[i] = first + u[i] * (second - first)
    elif family == TRIANGULAR:
        split = (second - first) / (third - first) if third > first else 0.5
        for i in range(n):
            rising = first + math.sqrt(u[i] * (third - first) * (second - first))
            falling = third - math.sqrt((1 - u[i]) * (third - first) * (third - second))
            u[i] = rising if u[i] < split else falling
    elif family == EXPONENTIAL:
        for i in range(n):
            u[i] = -first * log_of_rest(u[i])
    elif family == WEIBULL:
        for i in range(n):
            u[i] = -log_of_rest(u[i])
        for i in range(n):  # apart, as a loop of both looks less far ahead
            u[i] = second * exp(log(u[i]) * (1 / first))
    else:
        to_normal(u, n, tails, places)
        if family == NORMAL:
            for i in range(n):
                u[i] = first + second * u[i]
        else:
            for i in range(n):
                u[i] = first * exp(second * u[i])


@inlined
def to_whole(u, low, high, out):
    """Whole microseconds within bounds."""
    for i in range(len(out)):
        out[i] = rounded(between(u[i], low, high))


@compiled
def quantile_rows(family, p, uniforms, u, tails, places, out):
    """Whole microseconds from uniforms, float64 and int64 (row, replication), as many at a time as ``u`` has room for.

    ``p``: three parameters of the family, the share below the truncation and its span, its bounds.
    """
    for row in range(out.shape[0]):
        for first in range(0, out.shape[1], len(u)):
            n = min(out.shape[1] - first, len(u))
            for i in range(n):
                u[i] = uniforms[row, first + i]
            to_quantiles(family, p, u, n, tails, places)
            to_whole(u, p[5], p[6], out[row, first : first + n])


@compiled
def time_rows(key, numbers, words, start, families, p, uniforms, u, tails, places, out):
    """Whole microseconds of one source, int64 (distribution, key, replication), from replication ``start``.

    As many replications at a time as there is room for, so that uniforms never leave the nearest cache;
    key : as of `uniform_rows`; p : (distribution, 7), as of `quantile_rows`
    """
    for row in range(out.shape[1]):
        at = 0
        while at < out.shape[2]:
            skipped = (start + at) % 4
            n = min(len(u), (out.shape[2] - at + skipped + 3) // 4 * 4)  # of whole counters
            n_here = min(n - skipped, out.shape[2] - at)
            fill_uniforms(key, U((start + at) // 4), numbers[row], words[row], uniforms[:n])
            for one in range(len(out)):
                for i in range(n):
                    u[i] = uniforms[i]
                to_quantiles(families[one], p[one], u, n, tails, places)
                to_whole(u[skipped:], p[one, 5], p[one, 6], out[one, row, at : at + n_here])
            at += n_here


@inlined
def reversed_bits(x):
    """The lower 32 bits in reverse order."""
    x = (x >> U(1) & U(0x55555555)) | ((x & U(0x55555555)) << U(1))
    x = (x >> U(2) & U(0x33333333)) | ((x & U(0x33333333)) << U(2))
    x = (x >> U(4) & U(0x0F0F0F0F)) | ((x & U(0x0F0F0F0F)) << U(4))
    x = (x >> U(8) & U(0x00FF00FF)) | ((x & U(0x00FF00FF)) << U(8))
    return (x >> U(16)) | ((x & U(0xFFFF)) << U(16))


@compiled
def scramble(directions, n_points, start, seeds, u):
    """As `sim.draws.columns.plain_scramble`."""
    for i in range(len(u)):
        number, place = (start + i) % n_points, (start + i) // n_points - start // n_points
        point = U(0)
        for bit in range(len(directions)):
            point ^= directions[bit] * U(number >> bit & 1)
        x = reversed_bits(point)
        x ^= x * U(0x3D20ADEA) & LOW_HALF
        x = x + (seeds[place] & LOW_HALF) & LOW_HALF
        x = x * (seeds[place] >> HALF_WORD | U(1)) & LOW_HALF
        x ^= x * U(0x05526C56) & LOW_HALF
        x ^= x * U(0x53A22864) & LOW_HALF
        low = U(np.int64(u[i] * 2.0**52)) & U(0xFFFFF)
        u[i] = (np.float64(np.int64(reversed_bits(x) << U(20) | low)) + 0.5) * 2.0**-52

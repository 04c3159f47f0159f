"""Keyed luck: every draw is a hash of who decides what, with whom, on which day.

No generator has a state, so the same resident meets the same luck with and without a lever, on one thread or two.
Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import uint32, uint64

from .compiled import kernel, rule
from .threads import most_pieces

DAY_ZERO = 1 << 20
"""Added to the day so that days before the start stay positive."""

Key = tuple[np.uint32, np.uint32]


def key(seed: int, realm: int = 0) -> Key:
    """The 64-bit key of a run: realm byte on top, 56 bits of seed. ValueError outside 0..2^56-1 or 0..255."""
    if not 0 <= seed < 1 << 56:
        raise ValueError(f"seed = {seed}: expected 0 to 2^56 - 1")
    if not 0 <= realm < 256:
        raise ValueError(f"realm = {realm}: expected 0 to 255")
    whole = realm << 56 | seed
    return np.uint32(whole & 0xFFFFFFFF), np.uint32(whole >> 32)


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Philox4x32-10: four uint32 counters and two uint32 keys give four uint32 words."""
    # All in 64 bits, the upper half kept empty: loops over many draws are then played several draws at a time.
    c0, c1, c2, c3 = uint64(uint32(c0)), uint64(uint32(c1)), uint64(uint32(c2)), uint64(uint32(c3))
    k0, k1 = uint64(uint32(k0)), uint64(uint32(k1))
    low = uint64(0xFFFFFFFF)
    for _ in range(10):
        p0 = uint64(0xD2511F53) * c0
        p1 = uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (
            (p1 >> uint64(32)) ^ c1 ^ k0,
            p1 & low,
            (p0 >> uint64(32)) ^ c3 ^ k1,
            p0 & low,
        )
        k0 = (k0 + uint64(0x9E3779B9)) & low
        k1 = (k1 + uint64(0xBB67AE85)) & low
    return uint32(c0), uint32(c1), uint32(c2), uint32(c3)


@rule
def unit(word):
    """A uint32 word as a float64 strictly between 0 and 1."""
    return (np.float64(word) + 0.5) / 4294967296.0


@rule
def decision(stream, domain=0, turn=0):
    """What is decided, as `words` counts it."""
    return (stream << 16) | (domain << 8) | turn


@rule
def words(key, a, b, day, stream, domain=0, turn=0):
    """The four words of one decision. a, b: uids or site ids (the actor first; in a dyad the smaller uid first)."""
    # `decision` spelt out: called here, it would be compiled again for each of some fifty kinds of arguments.
    return philox(a, b, day + DAY_ZERO, (stream << 16) | (domain << 8) | turn, key[0], key[1])


class Draws(NamedTuple):
    """Room for many decisions whose luck is drawn at once; each uint32[.], one array for each field."""

    a: np.ndarray
    b: np.ndarray
    """The two uids or site ids of each decision."""
    what: np.ndarray
    """Which decision it is: its number."""
    first: np.ndarray
    second: np.ndarray
    """Its first two words of luck."""


def empty_draws(size: int) -> Draws:
    """Room for each piece of a loop: uint32[pieces, size]."""
    return Draws(*(np.empty((most_pieces(), size), np.uint32) for _ in Draws._fields))


@rule
def draws_of(rooms, piece):
    """The room of one piece."""
    return Draws(rooms.a[piece], rooms.b[piece], rooms.what[piece], rooms.first[piece], rooms.second[piece])


@kernel
def draw_two(count, key, day, draws):
    """Two words for each of the first `count` decisions, played several at a time."""
    for k in range(count):
        draws.first[k], draws.second[k], _, _ = philox(draws.a[k], draws.b[k], day + DAY_ZERO, draws.what[k], key[0],
                                                       key[1])


@kernel
def draw_four(count, key, day, draws, luck):
    """All four words for each of the first `count` decisions into uint32 luck, one decision's after the other's."""
    for k in range(count):
        luck[4 * k], luck[4 * k + 1], luck[4 * k + 2], luck[4 * k + 3] = philox(
            draws.a[k], draws.b[k], day + DAY_ZERO, draws.what[k], key[0], key[1])


@rule
def uniform(key, a, b, day, stream, domain=0, turn=0):
    """One float64 in (0, 1) for one decision."""
    return unit(words(key, a, b, day, stream, domain, turn)[0])


@rule
def gumbel(u):
    """Standard Gumbel noise from a uniform: choosing the largest of score + noise is a logit choice."""
    return -math.log(-math.log(u))


HALF_ROOT_BITS, MANTISSA = 0x3FE6A09E667F3BCD, 52
"""The square root of a half as float64 spells it, and the bits below its exponent."""


@rule
def near_log(x):
    """log(x) within 1e-12 of its size, for x between 1e-300 and 1e300: a power of two's, and a series for the rest.

    No branches and no call: a loop over many is played several at a time.
    """
    bits = np.float64(x).view(np.int64)
    power = (bits - HALF_ROOT_BITS) >> MANTISSA
    rest = np.int64(bits - (power << MANTISSA)).view(np.float64)
    s = (rest - 1.0) / (rest + 1.0)
    z = s * s
    return np.float64(power) * math.log(2.0) + 2.0 * s * (1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (
        1 / 11 + z * (1 / 13 + z / 15)))))))


@rule
def near_gumbel(u):
    """`gumbel`, within 1e-11: enough to tell the larger of two scores wherever they are further apart."""
    return -near_log(-near_log(u))


@rule
def counted(u, mean, none):
    """The Poisson count at quantile u, by inversion. none: exp(-mean), the chance of a count of 0."""
    term = none
    total = term
    count = 0
    while u >= total and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


@rule
def poisson(u, mean):
    """The Poisson count at quantile u. exp is needed only when u exceeds 1 - mean."""
    if u < 1.0 - mean:
        return 0
    return counted(u, mean, math.exp(-mean))


DOUBT = 1e-9
"""How close to a step of the distribution a quantile is left to `poisson`: fifty times what the series below errs."""


@rule
def small_count(u, mean):
    """The Poisson count at quantile u where it is 0, 1 or 2 beyond doubt, else -1, for `poisson` to say.

    No branches and no call: a loop over many is played several at a time. exp(-mean) is the eighth power of a series.
    """
    x = -0.125 * mean
    none = 1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (
        1 / 5040 + x / 40320)))))))
    none = none * none
    none = none * none
    none = none * none
    one, two = none * (1.0 + mean), none * (1.0 + mean * (1.0 + 0.5 * mean))
    doubt = (abs(u - none) < DOUBT) | (abs(u - one) < DOUBT) | (u > two - DOUBT) | (mean > 2.0)
    return -1 if doubt else int(u >= none) + int(u >= one)

"""Keyed (counter-based) random numbers: a draw is a hash of seed, decision, who decides, with whom, and day.

No generator has a state. A resident therefore draws the same number with and without a lever (common random numbers),
on one thread or on two. Decisions have a number each (random_streams.py).
Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import uint32, uint64

from .compiled import kernel, rule
from .threads import max_chunks

DAY_OFFSET = 1 << 20
"""Added to the day, so that the counter is positive for days before the start too."""

RandomKey = tuple[np.uint32, np.uint32]


def make_random_key(seed: int, key_space: int = 0) -> RandomKey:
    """The 64-bit key of a run, as two words: `key_space` in the top byte, then 56 bits of seed.

    Two key spaces of one seed share no random number. ValueError for a seed outside 0..2^56-1 or a key space outside
    0..255.
    """
    if not 0 <= seed < 1 << 56:
        raise ValueError(f"seed = {seed}: expected 0 to 2^56 - 1")
    if not 0 <= key_space < 256:
        raise ValueError(f"key_space = {key_space}: expected 0 to 255")
    whole = key_space << 56 | seed
    return np.uint32(whole & 0xFFFFFFFF), np.uint32(whole >> 32)


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Philox4x32-10: the hash of four uint32 counters under two uint32 keys, as four uint32 words."""
    # In 64 bits with the upper half empty, so that the compiler vectorises loops over many draws.
    c0, c1, c2, c3 = uint64(uint32(c0)), uint64(uint32(c1)), uint64(uint32(c2)), uint64(uint32(c3))
    k0, k1 = uint64(uint32(k0)), uint64(uint32(k1))
    low = uint64(0xFFFFFFFF)
    for _ in range(10):
        p0 = uint64(0xD2511F53) * c0
        p1 = uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (p1 >> uint64(32)) ^ c1 ^ k0, p1 & low, (p0 >> uint64(32)) ^ c3 ^ k1, p0 & low
        k0 = (k0 + uint64(0x9E3779B9)) & low
        k1 = (k1 + uint64(0xBB67AE85)) & low
    return uint32(c0), uint32(c1), uint32(c2), uint32(c3)


@rule
def to_uniform(word):
    """A uint32 word as a float64 strictly between 0 and 1."""
    return (np.float64(word) + 0.5) / 4294967296.0


@rule
def pack_decision(stream, domain=0, turn=0):
    """The counter word for a decision: its stream, a domain of needs (8 bits), and which of several draws (8 bits)."""
    return (stream << 16) | (domain << 8) | turn


@rule
def draw_words(key, a, b, day, stream, domain=0, turn=0):
    """Four random uint32 words for one decision. a, b: uids or site ids, the actor first; of a pair the smaller first.

    stream, domain, turn: see `pack_decision`.
    """
    # `pack_decision` written out: as a call it would be compiled again for each of some fifty combinations of types.
    return philox(a, b, day + DAY_OFFSET, (stream << 16) | (domain << 8) | turn, key[0], key[1])


class DrawBuffer(NamedTuple):
    """A buffer for drawing many decisions in one vectorised loop; each field is uint32[size]."""

    a: np.ndarray
    b: np.ndarray
    """Input: the two uids or site ids of each decision, as in `draw_words`."""
    decision: np.ndarray
    """Input: which decision, as `pack_decision` gives it."""
    first: np.ndarray
    second: np.ndarray
    """Output: the first two random words of each decision."""


def allocate_draw_buffers(size: int) -> DrawBuffer:
    """A buffer for each chunk of a parallel loop: every field is uint32[max_chunks(), size]."""
    return DrawBuffer(*(np.empty((max_chunks(), size), np.uint32) for _ in DrawBuffer._fields))


@rule
def get_draw_buffer(buffers, chunk):
    """The buffer of one chunk."""
    return DrawBuffer(buffers.a[chunk], buffers.b[chunk], buffers.decision[chunk], buffers.first[chunk],
                      buffers.second[chunk])


@kernel
def draw_two_words(count, key, day, draws):
    """Two words for each of the first `count` decisions, into `draws.first` and `draws.second`. Vectorised."""
    for k in range(count):
        draws.first[k], draws.second[k], _, _ = philox(draws.a[k], draws.b[k], day + DAY_OFFSET, draws.decision[k],
                                                       key[0], key[1])


@kernel
def draw_four_words(count, key, day, draws, out):
    """All four words for each of the first `count` decisions, into out: uint32[4 * count], decision by decision."""
    for k in range(count):
        out[4 * k], out[4 * k + 1], out[4 * k + 2], out[4 * k + 3] = philox(
            draws.a[k], draws.b[k], day + DAY_OFFSET, draws.decision[k], key[0], key[1])


@rule
def draw_uniform(key, a, b, day, stream, domain=0, turn=0):
    """One float64 in (0, 1) for one decision; arguments as for `draw_words`."""
    return to_uniform(draw_words(key, a, b, day, stream, domain, turn)[0])


@rule
def to_gumbel(u):
    """Standard Gumbel noise from a uniform. Taking the largest of score + noise is a logit choice."""
    return -math.log(-math.log(u))


SQRT_HALF_BITS, MANTISSA_BITS = 0x3FE6A09E667F3BCD, 52
"""The bits of the float64 sqrt(1/2), and the number of bits below a float64's exponent."""


@rule
def approximate_log(x):
    """log(x) within a relative 1e-12, for x between 1e-300 and 1e300: x = 2^power * rest, and a series for log(rest).

    Without branches and calls, so that the compiler vectorises loops over it.
    """
    bits = np.float64(x).view(np.int64)
    power = (bits - SQRT_HALF_BITS) >> MANTISSA_BITS
    rest = np.int64(bits - (power << MANTISSA_BITS)).view(np.float64)
    s = (rest - 1.0) / (rest + 1.0)
    z = s * s
    return np.float64(power) * math.log(2.0) + 2.0 * s * (1 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (
        1 / 11 + z * (1 / 13 + z / 15)))))))


@rule
def approximate_gumbel(u):
    """`to_gumbel` within 1e-11: enough to tell the larger of two scores that are further apart than that."""
    return -approximate_log(-approximate_log(u))


@rule
def normal_quantile(u):
    """The standard normal quantile of u in (0, 1), by Acklam's rational approximation; relative error below 1.2e-9.

    Source: P. J. Acklam 2003, "An algorithm for computing the inverse normal cumulative distribution function".
    """
    if u < 0.02425:
        q = math.sqrt(-2.0 * math.log(u))
        return _acklam_tail(q)
    if u > 1.0 - 0.02425:
        q = math.sqrt(-2.0 * math.log(1.0 - u))
        return -_acklam_tail(q)
    q = u - 0.5
    r = q * q
    top = (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.3577518672690) * r
            - 30.66479806614716) * r + 2.506628277459239) * q
    bottom = ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r
              - 13.28068155288572) * r + 1.0
    return top / bottom


@rule
def _acklam_tail(q):
    top = ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q
           + 4.374664141464968) * q + 2.938163982698783
    bottom = (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q
              + 3.754408661907416) * q + 1.0
    return top / bottom


@rule
def invert_poisson(u, mean, zero_probability):
    """The Poisson count at quantile u, by inversion. zero_probability: exp(-mean), the probability of 0."""
    term = zero_probability
    total = term
    count = 0
    while u >= total and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


@rule
def poisson_quantile(u, mean):
    """The Poisson count at quantile u. exp(-mean) >= 1 - mean, so the exponential is needed only for larger u."""
    if u < 1.0 - mean:
        return 0
    return invert_poisson(u, mean, math.exp(-mean))


QUANTILE_TOLERANCE = 1e-9
"""Quantiles this close to a step of the distribution are left to `poisson_quantile`: fifty times the error below."""


@rule
def small_poisson_quantile(u, mean):
    """The Poisson count at quantile u if it is certainly 0, 1 or 2; else -1, and `poisson_quantile` has to say.

    Without branches and calls, so that the compiler vectorises loops over it. exp(-mean): a series to the power of 8.
    """
    x = -0.125 * mean
    p0 = 1 + x * (1 + x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (
        1 / 5040 + x / 40320)))))))
    p0 = p0 * p0
    p0 = p0 * p0
    p0 = p0 * p0
    up_to_1, up_to_2 = p0 * (1.0 + mean), p0 * (1.0 + mean * (1.0 + 0.5 * mean))
    uncertain = ((abs(u - p0) < QUANTILE_TOLERANCE) | (abs(u - up_to_1) < QUANTILE_TOLERANCE)
                 | (u > up_to_2 - QUANTILE_TOLERANCE) | (mean > 2.0))
    return -1 if uncertain else int(u >= p0) + int(u >= up_to_1)

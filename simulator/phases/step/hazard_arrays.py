"""The active crises as arrays for compiled loops."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...kernel.compiled import rule
from ...kernel.name_hash import hash31
from ...kernel.packed_tuple import pack_tuple
from ...rules.need_domains import DOMAINS, KIT_KINDS
from ...rules.needing import NEED_MODES
from .context import Hazard, StepContext

HAZARD_CACHE_KEY = "hazard_arrays"
"""Where StepContext.cache keeps the HazardArrays of the step."""


class HazardArrays(NamedTuple):
    """The k active crises of a step, by card id and day of onset. d: domains, n: residents."""

    exposure: np.ndarray
    """float32[k, n], times severity."""
    mode: np.ndarray
    """int64[k]: how needs arise, an index of NEED_MODES."""
    base: np.ndarray
    """float64[k, d]: need per day (in mode stock: at once) at exposure 1 without frailty, hours or units."""
    frail: np.ndarray
    """float64[k, d]: more of it per unit of frailty."""
    keep: np.ndarray
    """float64[k, d]: share of an unmet need that is still there a day later."""
    code: np.ndarray
    """uint32[k]: hash of the card's id, part of the key of random numbers."""
    started: np.ndarray
    """bool[k]: begins in this step."""
    weight: np.ndarray
    """float32[k, n, d]: factor on a resident's need in each domain."""
    kinds: np.ndarray
    """int64[k]: bits of the kinds of equipment that meet its need."""


def get_hazard_arrays(context: StepContext, residents: int) -> HazardArrays:
    """The active crises of a step, built once a step; k = 0 in calm."""
    if HAZARD_CACHE_KEY not in context.cache:
        context.cache[HAZARD_CACHE_KEY] = (pack_tuple(_build_hazard_arrays(context.hazards, residents))
                                           if context.hazards else _build_calm_arrays(residents))
    arrays: HazardArrays = context.cache[HAZARD_CACHE_KEY]
    return arrays


@lru_cache
def _build_calm_arrays(residents: int) -> HazardArrays:
    calm: HazardArrays = pack_tuple(_build_hazard_arrays((), residents))
    return calm


def _build_hazard_arrays(active: Sequence[Hazard], residents: int) -> HazardArrays:
    hazards = sorted(active, key=lambda hazard: (hazard.card.id, hazard.days_since))
    cards = [hazard.card for hazard in hazards]
    rates = [card.rates() for card in cards]
    by_domain = (len(cards), len(DOMAINS))
    if len(hazards) == 1:
        exposure = np.ascontiguousarray(hazards[0].exposure, np.float32).reshape(1, residents).view()
    else:
        exposure = np.array([hazard.exposure for hazard in hazards], np.float32).reshape(len(hazards), residents)
    if len(hazards) == 1:
        weight = np.ascontiguousarray(hazards[0].need_weights, np.float32).reshape(1, residents, len(DOMAINS)).view()
    else:
        weight = np.array([hazard.need_weights for hazard in hazards], np.float32).reshape(len(hazards), residents,
                                                                                           len(DOMAINS))
    exposure.flags.writeable = weight.flags.writeable = False
    return HazardArrays(
        exposure=exposure,
        mode=np.array([NEED_MODES.index(card.mode) for card in cards], np.int64),
        base=np.array([base for base, _ in rates], np.float64).reshape(by_domain),
        frail=np.array([frail for _, frail in rates], np.float64).reshape(by_domain),
        keep=np.array([card.carry for card in cards], np.float64).reshape(by_domain),
        code=np.array([hash31(card.id) for card in cards], np.uint32),
        started=np.array([hazard.started for hazard in hazards], np.bool_),
        weight=weight,
        kinds=np.array([sum(1 << KIT_KINDS.index(kind) for kind in card.kinds) for card in cards], np.int64))


@rule
def get_carry_over_share(i, domain, hazards, usual):
    """Share of an unmet crisis need left a day later: the largest among the crises that reach i, else the usual."""
    most = -1.0
    for k in range(hazards.exposure.shape[0]):
        if hazards.exposure[k, i] > 0.0:
            most = max(most, hazards.keep[k, domain])
    return usual if most < 0.0 else most


@rule
def list_kinds_that_help(i, hazards):
    """Bits of the kinds of equipment that meet what the active crises make resident i need."""
    bits = 0
    for k in range(hazards.exposure.shape[0]):
        if hazards.exposure[k, i] > 0.0:
            bits |= hazards.kinds[k]
    return bits


def get_kinds_that_help(hazards: HazardArrays, rows: np.ndarray) -> np.ndarray:
    """int64[m]: bits of the kinds of equipment that meet what the active crises make each of the rows int32[m] need."""
    exposed = hazards.exposure[:, rows] > 0
    return np.bitwise_or.reduce(np.where(exposed, hazards.kinds[:, None], 0), axis=0, initial=0)

"""The crises that are on, as arrays for compiled loops."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...kernel.compiled import parallel, portion, rule
from ...kernel.name_hash import hash31
from ...rules.domain import DOMAINS
from ...rules.needing import MODES
from .context import Moment


class Threat(NamedTuple):
    """k crises that are on in a step. Rates are per day at exposure 1: base + frail x frailty."""

    exposure: np.ndarray
    """float32[k, n], severity included."""
    mode: np.ndarray
    base: np.ndarray
    frail: np.ndarray
    keep: np.ndarray
    code: np.ndarray
    started: np.ndarray
    damage: np.ndarray
    by_frailty: np.ndarray
    slope: np.ndarray
    since: np.ndarray
    delay: np.ndarray


def threat(now: Moment, residents: int) -> Threat:
    """The hazards of a step as arrays; k = 0 in calm. Six phases ask, and get the same."""
    if "threat" not in now.kept:
        now.kept["threat"] = _threat(now, residents)
    found: Threat = now.kept["threat"]
    return found


def _threat(now: Moment, residents: int) -> Threat:
    hazards = sorted(now.hazards, key=lambda hazard: (hazard.card.id, hazard.days_since))
    cards = [hazard.card for hazard in hazards]
    rates = [card.rates() for card in cards]
    wide = (len(cards), len(DOMAINS))
    if len(hazards) == 1:
        exposure = np.ascontiguousarray(hazards[0].exposure, np.float32).reshape(1, residents).view()
    else:
        exposure = np.array([hazard.exposure for hazard in hazards], np.float32).reshape(len(hazards), residents)
    exposure.flags.writeable = False
    return Threat(
        exposure=exposure,
        mode=np.array([MODES.index(card.mode) for card in cards], np.int64),
        base=np.array([base for base, _ in rates], np.float64).reshape(wide),
        frail=np.array([frail for _, frail in rates], np.float64).reshape(wide),
        keep=np.array([card.carry for card in cards], np.float64).reshape(wide),
        code=np.array([hash31(card.id) for card in cards], np.uint32),
        started=np.array([hazard.started for hazard in hazards], np.bool_),
        damage=np.array([card.damage for card in cards], np.float64),
        by_frailty=np.array([card.damage_by == "frailty" for card in cards], np.bool_),
        slope=np.array([card.mortality_slope for card in cards], np.float64),
        since=np.array([hazard.days_since for hazard in hazards], np.int64),
        delay=np.array([card.institution_delay for card in cards], np.float64))


@rule
def exposed(i, exposure):
    """True when resident i is hit by a crisis that is on."""
    for k in range(exposure.shape[0]):
        if exposure[k, i] > 0.0:
            return True
    return False


@rule
def keep_of(i, domain, threat, usual):
    """Share of an unmet need still there a day later: the most lasting of the crises that hit i, else the usual."""
    most = -1.0
    for k in range(threat.exposure.shape[0]):
        if threat.exposure[k, i] > 0.0:
            most = max(most, threat.keep[k, domain])
    return usual if most < 0.0 else most


@parallel
def _exposures(exposure, rows, out, piece, pieces):
    for m in portion(rows.size, piece, pieces):
        out[m] = exposed(rows[m], exposure)


def hit(now_threat: Threat, rows: np.ndarray) -> np.ndarray:
    """bool[m]: which of the rows int32[m] are hit by a crisis that is on."""
    out = np.zeros(len(rows), np.bool_)
    if len(now_threat.mode):
        _exposures(now_threat.exposure, rows, out)
    return out

"""Neighbourhoods laid out inside each commune, the same whichever territory is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kernel import stream
from ..kernel.draw import Key
from ..kernel.draw import key as make_key
from ..settings import Model
from .communes import Margins, communes
from .keyed import normals, uniforms

GOLDEN = np.pi * (3 - np.sqrt(5))
BLOCK = 24
"""uids of a commune share their top bits: (code modulo 1000) times 2^24, plus a serial number within the commune."""


@dataclass
class Layout:
    """The neighbourhoods of one commune: arrays of one value a neighbourhood."""

    margins: Margins
    uid: np.ndarray
    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray
    income_effect: np.ndarray
    sociability: np.ndarray
    heat_island: np.ndarray
    flood_zone: np.ndarray
    priority: np.ndarray

    @property
    def households(self) -> np.ndarray:
        """int64[neighbourhoods + 1]: first household of each neighbourhood; equal shares of the commune's."""
        count = len(self.uid)
        return (np.arange(count + 1) * self.margins.households) // count


def first_uid(code: int) -> int:
    """Smallest uid of a commune's residents, households, buildings, neighbourhoods or generic sites."""
    return (code % 1000) << BLOCK


def lay_out(margins: Margins, settings: Model, key: Key) -> Layout:
    """One commune's neighbourhoods: a sunflower of equal areas around its centre, turned by an angle of its own.

    The map is the same for every seed, so that a territory keeps its size; what the places are like is keyed.
    """
    p = settings.population
    count = max(2, round(margins.population / p.neighbourhood))
    uid = first_uid(margins.code) + np.arange(count)
    u, v = uniforms(key, uid, stream.NEIGHBOURHOOD), uniforms(key, uid, stream.FLOOD_ZONE)
    turn = 2 * np.pi * uniforms(make_key(0), uid[:1], stream.NEIGHBOURHOOD, 1)[0, 0]
    distance = np.sqrt((np.arange(count) + 0.5) / count * margins.area_km2 / np.pi)
    angle = turn + GOLDEN * np.arange(count)
    x0, y0 = margins.position
    effect = normals(u[:, 0])
    return Layout(margins, uid, x0 + distance * np.cos(angle), y0 + distance * np.sin(angle),
                  np.full(count, np.sqrt(margins.area_km2 / count / np.pi)),
                  p.income_spread * (effect - effect.mean()), settings.start.sociability * normals(u[:, 1]),
                  np.full(count, margins.population / margins.area_km2 >= p.heat_density),
                  _lowest(v[:, 0], round(margins.flood_share * count)), np.zeros(count, bool))


def _lowest(values: np.ndarray, count: int) -> np.ndarray:
    """bool[n]: true for the `count` smallest values."""
    out = np.zeros(len(values), bool)
    out[np.argsort(values, kind="stable")[:count]] = True
    return out


def lay_out_all(settings: Model, key: Key) -> dict[int, Layout]:
    """Every commune of the département; the poorest neighbourhoods are the priority ones, by the published share."""
    layouts = {code: lay_out(margins, settings, key) for code, margins in communes().items()}
    _name_priority(list(layouts.values()), settings)
    return layouts


def lay_out_small(margins: Margins, settings: Model, key: Key) -> dict[int, Layout]:
    """A commune made small, on its own."""
    layout = lay_out(margins, settings, key)
    _name_priority([layout], settings)
    return {margins.code: layout}


def _name_priority(layouts: list[Layout], settings: Model) -> None:
    """Mark the poorest neighbourhoods, commune and own effect together, until the share of residents is reached."""
    p = settings.population
    score = np.concatenate([p.priority_commune * np.log(one.margins.median_income_eur) + one.income_effect
                            for one in layouts])
    people = np.concatenate([np.full(len(one.uid), one.margins.population / len(one.uid)) for one in layouts])
    order = np.argsort(score, kind="stable")
    poor = np.zeros(len(score), bool)
    poor[order[np.cumsum(people[order]) <= p.priority * people.sum() + people.min() / 2]] = True
    place = 0
    for one in layouts:
        one.priority = poor[place:place + len(one.uid)]
        place += len(one.uid)

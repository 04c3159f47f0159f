"""Neighbourhoods laid out inside each commune, the same whichever territory is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...kernel import stream
from ...kernel.random import Key
from ...kernel.random import key as make_key
from ...parameters import Model
from ..population.communes import CENTRE, Margins, communes, kilometres
from ..population.random_columns import normals, uniforms
from .official_data import UNKNOWN, Land, Quarter, Town

GOLDEN = np.pi * (3 - np.sqrt(5))
BLOCK = 24
"""uids of a commune share their top bits: its slot (code modulo 1000, or as its land says) times 2^24, plus a serial
number within the commune."""


@dataclass
class Layout:
    """The neighbourhoods of one commune: arrays of one value a neighbourhood.

    base: smallest uid of its residents, households, buildings, neighbourhoods and generic sites; centre: km east and
    north; quarters: what official files say of each neighbourhood, else empty; social: share of the commune's homes
    that are social housing, houses: that are houses, UNKNOWN where no file says.
    """

    margins: Margins
    base: int
    centre: tuple[float, float]
    uid: np.ndarray
    x: np.ndarray
    y: np.ndarray
    radius: np.ndarray
    income_effect: np.ndarray
    sociability: np.ndarray
    heat_island: np.ndarray
    flood_zone: np.ndarray
    priority: np.ndarray
    quarters: Sequence[Quarter] = ()
    social: float = UNKNOWN
    houses: float = UNKNOWN

    @property
    def households(self) -> np.ndarray:
        """int64[neighbourhoods + 1]: first household of each neighbourhood; as counted, else equal shares."""
        if self.quarters:
            return np.cumsum([0, *(quarter.margins.households for quarter in self.quarters)])
        count = len(self.uid)
        return (np.arange(count + 1) * self.margins.households) // count

    @property
    def people(self) -> np.ndarray:
        """float64[neighbourhoods]: residents of each; as counted, else equal shares."""
        if self.quarters:
            return np.array([quarter.margins.population for quarter in self.quarters], float)
        return np.full(len(self.uid), self.margins.population / len(self.uid))


def lay_out(margins: Margins, settings: Model, key: Key, origin: Sequence[float] = CENTRE) -> Layout:
    """One commune's neighbourhoods: a sunflower of equal areas around its centre, turned by an angle of its own.

    The map is the same for every seed, so that a territory keeps its size; what the places are like is keyed.
    """
    count = max(2, round(margins.population / settings.population.neighbourhood))
    return _laid_out(margins, (margins.code % 1000) << BLOCK, count, settings, key, origin)


def _laid_out(margins: Margins, base: int, count: int, settings: Model, key: Key, origin: Sequence[float]) -> Layout:
    """`count` neighbourhoods of generated place and income in the commune."""
    p = settings.population
    uid = base + np.arange(count)
    u, v = uniforms(key, uid, stream.NEIGHBOURHOOD), uniforms(key, uid, stream.FLOOD_ZONE)
    turn = 2 * np.pi * uniforms(make_key(0), uid[:1], stream.NEIGHBOURHOOD, 1)[0, 0]
    distance = np.sqrt((np.arange(count) + 0.5) / count * margins.area_km2 / np.pi)
    angle = turn + GOLDEN * np.arange(count)
    x0, y0 = kilometres(margins.lon, margins.lat, origin)
    effect = normals(u[:, 0])
    return Layout(margins, base, (x0, y0), uid, x0 + distance * np.cos(angle), y0 + distance * np.sin(angle),
                  np.full(count, np.sqrt(margins.area_km2 / count / np.pi)),
                  p.income_spread * (effect - effect.mean()), settings.start.sociability * normals(u[:, 1]),
                  np.full(count, margins.population / margins.area_km2 >= p.heat_density),
                  _lowest(v[:, 0], round(margins.flood_share * count)), np.zeros(count, bool))


def _lowest(values: np.ndarray, count: int) -> np.ndarray:
    """bool[n]: true for the `count` smallest values."""
    out = np.zeros(len(values), bool)
    out[np.argsort(values, kind="stable")[:count]] = True
    return out


def lay_out_town(town: Town, settings: Model, key: Key, origin: Sequence[float]) -> Layout:
    """A commune out of official files: its IRIS where they are, with their own density and income."""
    m, quarters = town.margins, town.quarters
    count = len(quarters) or max(2, round(m.population / settings.population.neighbourhood))
    one = _laid_out(m, town.slot << BLOCK, count, settings, key, origin)
    one.quarters, one.social, one.houses = quarters, town.social, town.houses
    if quarters:
        own = [quarter.margins for quarter in quarters]
        one.income_effect = np.log([each.median_income_eur / m.median_income_eur for each in own])
    if quarters and town.placed:
        places = np.array([kilometres(each.lon, each.lat, origin) for each in own])
        one.x, one.y = places[:, 0], places[:, 1]
        area = np.array([each.area_km2 for each in own])
        one.radius = np.sqrt(area / np.pi)
        one.heat_island = one.people / area >= settings.population.heat_density
    return one


def lay_out_all(settings: Model, key: Key, land: Land | None = None) -> dict[int, Layout]:
    """Every commune of the département, as official files have it where they do, and the other communes they hold.

    In Seine-Saint-Denis the poorest neighbourhoods are the priority ones, by the published share; elsewhere those as
    poor as they are.
    """
    origin = land.origin if land else CENTRE
    layouts = {code: lay_out(margins, settings, key, origin) for code, margins in communes().items()}
    for town in land.towns if land else []:
        layouts[town.margins.code] = lay_out_town(town, settings, key, origin)
    limit = _name_priority([layouts[code] for code in communes()], settings)
    for code, one in layouts.items():
        if code not in communes():
            one.priority = _scores(one, settings) <= limit
    return dict(sorted(layouts.items()))


def lay_out_small(margins: Margins, settings: Model, key: Key) -> dict[int, Layout]:
    """A commune made small, on its own."""
    layout = lay_out(margins, settings, key)
    _name_priority([layout], settings)
    return {margins.code: layout}


def _scores(one: Layout, settings: Model) -> np.ndarray:
    """float64[neighbourhoods]: log income, the commune's counting for less than the neighbourhood's own."""
    return settings.population.priority_commune * np.log(one.margins.median_income_eur) + one.income_effect


def _name_priority(layouts: list[Layout], settings: Model) -> float:
    """Mark the poorest neighbourhoods, commune and own effect together, until the share of residents is reached.

    Returns the score of the least poor of them.
    """
    score = np.concatenate([_scores(one, settings) for one in layouts])
    people = np.concatenate([one.people for one in layouts])
    order = np.argsort(score, kind="stable")
    poor = np.zeros(len(score), bool)
    poor[order[np.cumsum(people[order]) <= settings.population.priority * people.sum() + people.min() / 2]] = True
    place = 0
    for one in layouts:
        one.priority = poor[place:place + len(one.uid)]
        place += len(one.uid)
    return float(score[poor].max(initial=-np.inf))

"""The layout of each commune: its neighbourhoods, generated or from official files, the same in every territory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...kernel import random_streams
from ...kernel.keyed_random import RandomKey, make_random_key
from ...parameters import Model
from ..population.communes import DEFAULT_ORIGIN, Margins, load_commune_counts, lonlat_to_km
from ..population.random_columns import draw_uniform_columns, normal_quantiles
from .official_data import UNKNOWN_SHARE, CommuneData, IrisData, OfficialData

GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
UID_SERIAL_BITS = 24
"""uids of a commune share their top bits: its slot (code modulo 1000, or CommuneData.slot) times 2^24, plus a serial
number within the commune."""


@dataclass
class CommuneLayout:
    """The neighbourhoods of one commune, as arrays of one value per neighbourhood.

    base: smallest uid of its residents, households, buildings, neighbourhoods and generic sites.
    centre: km east and north of the map's origin.
    iris_data: official figures of each neighbourhood, empty without official files.
    social_share, house_share: shares of the commune's homes that are social housing, and houses; UNKNOWN_SHARE where no
    file gives them.
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
    iris_data: Sequence[IrisData] = ()
    social_share: float = UNKNOWN_SHARE
    house_share: float = UNKNOWN_SHARE

    @property
    def households(self) -> np.ndarray:
        """int64[neighbourhoods + 1]: first household of each neighbourhood; as published, else equal shares."""
        if self.iris_data:
            return np.cumsum([0, *(iris.margins.households for iris in self.iris_data)])
        count = len(self.uid)
        return (np.arange(count + 1) * self.margins.households) // count

    @property
    def people(self) -> np.ndarray:
        """float64[neighbourhoods]: residents of each; as published, else equal shares."""
        if self.iris_data:
            return np.array([iris.margins.population for iris in self.iris_data], float)
        return np.full(len(self.uid), self.margins.population / len(self.uid))


def lay_out_commune(margins: Margins, settings: Model, key: RandomKey,
                    origin: Sequence[float] = DEFAULT_ORIGIN) -> CommuneLayout:
    """One commune's neighbourhoods: discs of equal area on a sunflower spiral around its centre.

    The map is the same for every seed, so that a territory keeps its size; the traits of the neighbourhoods depend on
    the key.
    """
    count = max(2, round(margins.population / settings.population.neighbourhood))
    return _generate_layout(margins, (margins.code % 1000) << UID_SERIAL_BITS, count, settings, key, origin)


def _generate_layout(margins: Margins, base: int, count: int, settings: Model, key: RandomKey,
                     origin: Sequence[float]) -> CommuneLayout:
    """`count` neighbourhoods of the commune with generated positions and traits; none is marked as priority yet."""
    p, uid = settings.population, base + np.arange(count)
    u = draw_uniform_columns(key, uid, random_streams.NEIGHBOURHOOD)
    flood = draw_uniform_columns(key, uid, random_streams.FLOOD_ZONE)[:, 0]
    first_angle = 2 * np.pi * draw_uniform_columns(make_random_key(0), uid[:1], random_streams.NEIGHBOURHOOD, 1)[0, 0]
    distance = np.sqrt((np.arange(count) + 0.5) / count * margins.area_km2 / np.pi)
    angle = first_angle + GOLDEN_ANGLE * np.arange(count)
    x0, y0 = lonlat_to_km(margins.lon, margins.lat, origin)
    effect = normal_quantiles(u[:, 0])
    return CommuneLayout(
        margins, base, (x0, y0), uid, x=x0 + distance * np.cos(angle), y=y0 + distance * np.sin(angle),
        radius=np.full(count, np.sqrt(margins.area_km2 / count / np.pi)),
        income_effect=p.income_spread * (effect - effect.mean()),
        sociability=settings.start.sociability * normal_quantiles(u[:, 1]),
        heat_island=np.full(count, margins.population / margins.area_km2 >= p.heat_density),
        flood_zone=_mark_lowest(flood, round(margins.flood_share * count)), priority=np.zeros(count, bool))


def _mark_lowest(values: np.ndarray, count: int) -> np.ndarray:
    """bool[n]: true for the `count` smallest values."""
    out = np.zeros(len(values), bool)
    out[np.argsort(values, kind="stable")[:count]] = True
    return out


def lay_out_official_commune(commune: CommuneData, settings: Model, key: RandomKey,
                             origin: Sequence[float]) -> CommuneLayout:
    """A commune from official files: where it has IRIS they are its neighbourhoods, with their density and income."""
    m, iris_data = commune.margins, commune.iris_data
    count = len(iris_data) or max(2, round(m.population / settings.population.neighbourhood))
    layout = _generate_layout(m, commune.slot << UID_SERIAL_BITS, count, settings, key, origin)
    layout.iris_data, layout.social_share, layout.house_share = iris_data, commune.social_share, commune.house_share
    if iris_data:
        iris_margins = [iris.margins for iris in iris_data]
        layout.income_effect = np.log([each.median_income_eur / m.median_income_eur for each in iris_margins])
    if iris_data and commune.has_outlines:
        positions = np.array([lonlat_to_km(each.lon, each.lat, origin) for each in iris_margins])
        layout.x, layout.y = positions[:, 0], positions[:, 1]
        area = np.array([each.area_km2 for each in iris_margins])
        layout.radius = np.sqrt(area / np.pi)
        layout.heat_island = layout.people / area >= settings.population.heat_density
    return layout


def lay_out_all_communes(settings: Model, key: RandomKey,
                         official_data: OfficialData | None = None) -> dict[int, CommuneLayout]:
    """Commune code to layout: all of Seine-Saint-Denis, and every commune that official files hold.

    Official figures replace generated ones where there are any. In Seine-Saint-Denis the poorest neighbourhoods are
    marked as priority, up to the published share of residents; elsewhere those that are as poor.
    """
    origin = official_data.origin if official_data else DEFAULT_ORIGIN
    layouts = {code: lay_out_commune(margins, settings, key, origin) for code, margins in load_commune_counts().items()}
    for commune in official_data.communes if official_data else []:
        layouts[commune.margins.code] = lay_out_official_commune(commune, settings, key, origin)
    limit = _mark_priority([layouts[code] for code in load_commune_counts()], settings)
    for code, layout in layouts.items():
        if code not in load_commune_counts():
            layout.priority = _score_income(layout, settings) <= limit
    return dict(sorted(layouts.items()))


def lay_out_small_commune(margins: Margins, settings: Model, key: RandomKey) -> dict[int, CommuneLayout]:
    """Commune code to layout of one small commune, alone in its territory."""
    layout = lay_out_commune(margins, settings, key)
    _mark_priority([layout], settings)
    return {margins.code: layout}


def _score_income(layout: CommuneLayout, settings: Model) -> np.ndarray:
    """float64[neighbourhoods]: log income; the commune's median weighs less than the neighbourhood's own effect."""
    return settings.population.priority_commune * np.log(layout.margins.median_income_eur) + layout.income_effect


def _mark_priority(layouts: list[CommuneLayout], settings: Model) -> float:
    """Mark the neighbourhoods of lowest score as priority until they hold the published share of residents.

    Returns the highest score among them.
    """
    score = np.concatenate([_score_income(layout, settings) for layout in layouts])
    people = np.concatenate([layout.people for layout in layouts])
    order = np.argsort(score, kind="stable")
    poor = np.zeros(len(score), bool)
    poor[order[np.cumsum(people[order]) <= settings.population.priority * people.sum() + people.min() / 2]] = True
    first = 0
    for layout in layouts:
        layout.priority = poor[first:first + len(layout.uid)]
        first += len(layout.uid)
    return float(score[poor].max(initial=-np.inf))

"""From figures of a file to the counts of a place: whole numbers that add up, joined where too small to stand alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from ...i18n.refusal import Refusal
from ...kernel.random import key
from ...parameters import Model
from ...world.places.official_data import number
from ...world.population.age import children_by_year, deal_ages
from ...world.population.communes import Margins, communes, shares
from ...world.population.household import compose

BANDS = ("age0_14", "age15_29", "age30_44", "age45_59", "age60_74", "age75_89", "age90p")
FAMILIES = ("couples_without_children", "couples_with_children", "lone_parents")
LEAST = 200
"""Residents below which an IRIS is joined to its neighbour: so few would be persons, not a place."""
SLOPE = (0.15, 1.5)
"""Log spread of incomes below the median that figures may stand for; beyond, median and poverty contradict."""
USUAL = 0.45
"""That spread in a commune of the département, where a file gives no rate of poverty."""

Figures = dict[str, float]


@dataclass(frozen=True)
class Place:
    """A commune or a part of one. figures: counts, `median` in EUR and `poverty` in %; shares of homes in `social` and
    `houses` are counts too, of `homes`; they are left out where unknown."""

    code: str
    name: str
    lon: float
    lat: float
    area_km2: float
    figures: Figures

    def share(self, name: str) -> float | None:
        """Share of main homes that are social or houses, None where unknown."""
        homes = self.figures.get("homes", 0)
        return min(1.0, self.figures[name] / homes) if name in self.figures and homes else None


def together(one: Place, two: Place) -> Place:
    """Two places as one: counts add up, medians and rates are averaged over residents (the centre over area)."""
    a, b = one.figures, two.figures
    people = a["population"] + b["population"]
    figures = {name: a[name] + b[name] for name in a if name in b}
    for name in ("median", "poverty"):
        figures[name] = (a[name] * a["population"] + b[name] * b["population"]) / people
    area = one.area_km2 + two.area_km2
    weigh = one.area_km2 / area if area else 0.5
    large = one if a["population"] >= b["population"] else two
    return replace(large, lon=weigh * one.lon + (1 - weigh) * two.lon, lat=weigh * one.lat + (1 - weigh) * two.lat,
                   area_km2=area, figures=figures)


def whole(place: Place, settings: Model) -> Margins:
    """The counts in whole numbers: ages sum to residents, kinds to households, nobody counted twice."""
    f = place.figures
    people, homes = round(f["population"]), round(f["households"])
    ages = shares(np.array([f[band] for band in BANDS]) + 1e-9, people)
    families = sum(f[name] for name in FAMILIES)
    alone, in_families, _ = shares(np.array([f["one_person"], families, f["others"]]) + 1e-9, homes)
    kinds = shares(np.array([f[name] for name in FAMILIES]) + 1e-9, int(in_families))
    active, young = min(round(f["active15_64"]), people), round(f["active15_24"])
    work = {"active15_64": active, "unemployed15_64": min(round(f["unemployed15_64"]), active),
            "active15_24": min(young, active), "unemployed15_24": min(round(f["unemployed15_24"]), young, active)}
    counted = {**dict(zip(BANDS, map(int, ages))), **dict(zip(FAMILIES, map(int, kinds))), **work}
    return Margins(
        code=number(place.code[:5]), name=place.name, lon=round(place.lon, 6), lat=round(place.lat, 6),
        area_km2=round(place.area_km2, 4), population=people, households=homes, tax_households=homes,
        owner_occupied=min(round(f["owners"]), homes), one_person=int(alone), family_households=int(in_families),
        median_income_eur=max(1.0, round(f["median"], 1)), poverty_pct=poverty(f["median"], f["poverty"], settings),
        flood_share=f["flood_share"], failing_share=f["failing_share"], **counted)


def poverty(median: float, rate: float, settings: Model) -> float:
    """The published rate of poverty, or, where it contradicts the median, the one of a usual spread."""
    low = float(np.log(settings.population.poverty_line / median))
    if 0 < rate < 100:
        score = NormalDist().inv_cdf(rate / 100)
        if score and SLOPE[0] <= low / score <= SLOPE[1]:
            return round(rate, 2)
    rate = 100 * NormalDist().cdf(low / USUAL)
    return round(min(99.0, max(1.0, rate if abs(rate - 50) > 0.5 else 49.5)), 2)


def stands(margins: Margins, settings: Model) -> bool:
    """True if households of these counts can be made of these residents."""
    if margins.population < 1 or margins.households < 1:
        return False
    try:
        kids = int(children_by_year(margins, settings).sum())
        homes = compose(margins, kids, np.arange(margins.households), key(0))
        deal_ages(homes, np.arange(margins.population), margins, settings, key(0))
    except (ValueError, IndexError, ZeroDivisionError, FloatingPointError):
        return False
    return True


def joined(places: list[Place], settings: Model) -> list[Place]:
    """The parts of a commune, those too small or that cannot stand alone joined to the nearest (by code, if all lie at
    one point). Refusal when not even all together stand."""
    parts = sorted(places, key=lambda one: one.code)
    sound: set[str] = set()
    while True:
        weak = next((k for k, one in enumerate(parts) if not _sound(one, settings, sound)), None)
        if weak is None:
            return parts
        if len(parts) == 1:
            raise Refusal("{code} ({name}): its counts of residents, households and families do not fit together; "
                          "check that the files are of one year and whole",
                          "{code} ({name}) : ses nombres d'habitants, de ménages et de familles ne vont pas ensemble ; "
                          "vérifiez que les fichiers sont d'une même année et entiers",
                          code=parts[0].code[:5], name=parts[0].name)
        one = parts.pop(weak)
        best = min(range(len(parts)), key=lambda k: (np.hypot(parts[k].lon - one.lon, parts[k].lat - one.lat),
                                                     abs(k - weak + 0.5)))
        parts[best] = together(parts[best], one)
        sound.discard(parts[best].code)


def _sound(one: Place, settings: Model, sound: set[str]) -> bool:
    good = one.code in sound or one.figures["population"] >= LEAST and stands(whole(one, settings), settings)
    if good:
        sound.add(one.code)
    return good


def usual() -> Margins:
    """Seine-Saint-Denis as one commune: what stands in for a figure that nobody gives."""
    known = list(communes().values())
    people = np.array([one.population for one in known], float)
    sums = {name: int(sum(getattr(one, name) for one in known)) for name, kind in Margins.__annotations__.items()
            if kind == "int" and name != "code"}
    means = {name: float(np.average([getattr(one, name) for one in known], weights=people))
             for name in ("median_income_eur", "poverty_pct", "lon", "lat", "flood_share", "failing_share")}
    return Margins(code=0, name="", area_km2=sum(one.area_km2 for one in known), **(sums | means))  # type: ignore

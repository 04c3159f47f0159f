"""Turns figures of an area into margins: whole counts that add up. Areas too small for that are merged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from ...i18n.input_error import InputError
from ...kernel.keyed_random import make_random_key
from ...parameters import Model
from ...world.places.official_data import parse_commune_code
from ...world.population.age import assign_ages, count_children_by_age
from ...world.population.communes import Margins, apportion_total, load_commune_counts
from ...world.population.household import generate_households

AGE_BANDS = ("age0_14", "age15_29", "age30_44", "age45_59", "age60_74", "age75_89", "age90p")
FAMILIES = ("couples_without_children", "couples_with_children", "lone_parents")
MIN_IRIS_RESIDENTS = 200
"""Residents below which an IRIS is merged with its neighbour, so that figures do not describe single persons."""
INCOME_SPREAD_RANGE = (0.15, 1.5)
"""Plausible range of the log spread of incomes below the median; beyond it, median and poverty rate contradict."""
USUAL_INCOME_SPREAD = 0.45
"""The usual log spread in communes of the département, for files without a usable poverty rate."""

RATE_WEIGHTS = {"median": "population", "poverty": "population", "flood_share": "population",
                "failing_share": "households"}
"""Figures that are averaged where areas are joined, to the count that weighs them. All other figures add up."""

Figures = dict[str, float]


@dataclass(frozen=True)
class CensusArea:
    """A commune or a part of one.

    figures: counts by name, `median` income in EUR and `poverty` rate in %. `social` and `houses` are counts among
    `homes`, left out where unknown.
    """

    code: str
    name: str
    lon: float
    lat: float
    area_km2: float
    figures: Figures

    def share(self, name: str) -> float | None:
        """Share of main homes that are `social` or `houses`, 0 to 1; None where unknown."""
        homes = self.figures.get("homes", 0)
        return min(1.0, self.figures[name] / homes) if name in self.figures and homes else None


def merge_areas(one: CensusArea, two: CensusArea) -> CensusArea:
    """Two areas as one, with the code and name of the more populous.

    Counts add up; rates are averaged by RATE_WEIGHTS, the centre over area.
    """
    a, b = one.figures, two.figures
    figures = {name: a[name] + b[name] for name in a if name in b and name not in RATE_WEIGHTS}
    for name in RATE_WEIGHTS.keys() & a.keys() & b.keys():
        weights = [area[RATE_WEIGHTS[name]] for area in (a, b)]
        share = weights[0] / sum(weights) if sum(weights) else 0.5
        figures[name] = share * a[name] + (1 - share) * b[name]
    area = one.area_km2 + two.area_km2
    weight = one.area_km2 / area if area else 0.5
    larger = one if a["population"] >= b["population"] else two
    return replace(larger, lon=weight * one.lon + (1 - weight) * two.lon, lat=weight * one.lat + (1 - weight) * two.lat,
                   area_km2=area, figures=figures)


def round_to_margins(area: CensusArea, settings: Model) -> Margins:
    """The figures as whole counts: ages sum to residents, kinds to households, the unemployed are among the active."""
    f = area.figures
    people, homes = round(f["population"]), round(f["households"])
    ages = apportion_total(np.array([f[band] for band in AGE_BANDS]) + 1e-9, people)
    families = sum(f[name] for name in FAMILIES)
    alone, in_families, _ = apportion_total(np.array([f["one_person"], families, f["others"]]) + 1e-9, homes)
    kinds = apportion_total(np.array([f[name] for name in FAMILIES]) + 1e-9, int(in_families))
    active, young = min(round(f["active15_64"]), people), round(f["active15_24"])
    work = {"active15_64": active, "unemployed15_64": min(round(f["unemployed15_64"]), active),
            "active15_24": min(young, active), "unemployed15_24": min(round(f["unemployed15_24"]), young, active)}
    counted = {**dict(zip(AGE_BANDS, map(int, ages))), **dict(zip(FAMILIES, map(int, kinds))), **work}
    return Margins(code=parse_commune_code(area.code[:5]), name=area.name, lon=round(area.lon, 6),
                   lat=round(area.lat, 6), area_km2=round(area.area_km2, 4), population=people, households=homes,
                   tax_households=homes, owner_occupied=min(round(f["owners"]), homes), one_person=int(alone),
                   family_households=int(in_families), median_income_eur=max(1.0, round(f["median"], 1)),
                   poverty_pct=reconcile_poverty_rate(f["median"], f["poverty"], settings),
                   flood_share=f["flood_share"], failing_share=f["failing_share"], **counted)


def reconcile_poverty_rate(median: float, rate: float, settings: Model) -> float:
    """The published poverty rate in %; if it contradicts the median income, the rate of the usual spread.

    median: EUR. rate: 0 to 100, 0 if unknown. Incomes below the median are taken as lognormal.
    """
    low = float(np.log(settings.population.poverty_line / median))
    if 0 < rate < 100:
        score = NormalDist().inv_cdf(rate / 100)
        if score and INCOME_SPREAD_RANGE[0] <= low / score <= INCOME_SPREAD_RANGE[1]:
            return round(rate, 2)
    rate = 100 * NormalDist().cdf(low / USUAL_INCOME_SPREAD)
    return round(min(99.0, max(1.0, rate if abs(rate - 50) > 0.5 else 49.5)), 2)


def can_form_households(margins: Margins, settings: Model) -> bool:
    """True if these residents can be assigned to these households."""
    if margins.population < 1 or margins.households < 1:
        return False
    try:
        kids = int(count_children_by_age(margins, settings).sum())
        homes = generate_households(margins, kids, np.arange(margins.households), make_random_key(0))
        assign_ages(homes, np.arange(margins.population), margins, settings, make_random_key(0))
    except (ValueError, IndexError, ZeroDivisionError, FloatingPointError):
        return False
    return True


def merge_small_areas(areas: list[CensusArea], settings: Model) -> list[CensusArea]:
    """The parts of a commune by code; those too small or inconsistent are merged with the nearest part.

    Nearest by centre, then by place in the list. InputError if the whole commune is inconsistent.
    """
    parts = sorted(areas, key=lambda one: one.code)
    consistent: set[str] = set()
    while True:
        weak = next((k for k, one in enumerate(parts) if not _can_stand_alone(one, settings, consistent)), None)
        if weak is None:
            return parts
        if len(parts) == 1:
            raise InputError("{code} ({name}): its counts of residents, households and families do not fit together; "
                             "check that the files are of one year and whole", code=parts[0].code[:5],
                             name=parts[0].name)
        area = parts.pop(weak)
        nearest = min(range(len(parts)), key=lambda k: (np.hypot(parts[k].lon - area.lon, parts[k].lat - area.lat),
                                                        abs(k - weak + 0.5)))
        parts[nearest] = merge_areas(parts[nearest], area)
        consistent.discard(parts[nearest].code)


def _can_stand_alone(area: CensusArea, settings: Model, consistent: set[str]) -> bool:
    """True for an area large and consistent enough; its code is added to `consistent`, which saves checking again."""
    if area.code in consistent:
        return True
    if area.figures["population"] < MIN_IRIS_RESIDENTS:
        return False
    if not can_form_households(round_to_margins(area, settings), settings):
        return False
    consistent.add(area.code)
    return True


def average_department() -> Margins:
    """Seine-Saint-Denis as one commune: the last source for figures that no file gives."""
    communes = list(load_commune_counts().values())
    people = np.array([one.population for one in communes], float)
    sums = {name: int(sum(getattr(one, name) for one in communes)) for name, kind in Margins.__annotations__.items()
            if kind == "int" and name != "code"}
    means = {name: float(np.average([getattr(one, name) for one in communes], weights=people))
             for name in ("median_income_eur", "poverty_pct", "lon", "lat", "flood_share", "failing_share")}
    return Margins(code=0, name="", area_km2=sum(one.area_km2 for one in communes), **(sums | means))  # type: ignore

"""The people of one commune: households, ages, incomes and homes, from its published counts and keyed luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...kernel import stream
from ...kernel.random import Key
from ...parameters import Model
from ..places.layout import Layout
from .age import children_by_year, deal_ages
from .building import Blocks, deal_tenures, put_up
from .communes import Margins
from .household import CHILD, Homes, compose, join_homes
from .income import deal_classes, deal_diplomas, deal_incomes, deal_jobs, deal_sexes, thirds
from .random_columns import normals, uniforms

GROUPS = 4
MOST_STOCK = 30.0


@dataclass
class Settled:
    """A whole commune: its buildings, homes, and columns of households and people under the world's own names."""

    layout: Layout
    blocks: Blocks
    homes: Homes
    households: dict[str, np.ndarray]
    people: dict[str, np.ndarray]


@dataclass
class Part:
    """Those whose counts are published together, a commune or one of its quarters: rows of its homes and its people."""

    margins: Margins
    homes: slice
    people: slice


def parts_of(layout: Layout) -> list[Part]:
    """The quarters that official files tell apart, else the commune as a whole."""
    counted = [quarter.margins for quarter in layout.quarters] or [layout.margins]
    homes = np.cumsum([0, *(margins.households for margins in counted)])
    people = np.cumsum([0, *(margins.population for margins in counted)])
    return [Part(margins, slice(*homes[k:k + 2]), slice(*people[k:k + 2])) for k, margins in enumerate(counted)]


def settle_commune(layout: Layout, settings: Model, key: Key) -> Settled:
    """Everybody in the commune, the same whatever the territory. Residents, ages, kinds, jobs and owners are exact, in
    each quarter where official files tell quarters apart."""
    margins, parts = layout.margins, parts_of(layout)
    blocks = put_up(layout, settings, key)
    home_uid, uid = layout.base + np.arange(margins.households), layout.base + np.arange(margins.population)
    housed = [compose(part.margins, int(children_by_year(part.margins, settings).sum()), home_uid[part.homes], key)
              for part in parts]
    age = np.concatenate([deal_ages(homes, uid[part.people], part.margins, settings, key)
                          for homes, part in zip(housed, parts)])
    income = deal_all_incomes(layout, housed, blocks, settings, key)
    homes = join_homes(housed)
    position = deal_classes(income, home_uid, settings, key)
    own = position[homes.home]
    people = {
        "uid": uid, "age": age, "sex": deal_sexes(homes, age, uid, settings, key),
        "group": deal_groups(layout, blocks, home_uid, key)[homes.home], "ses": thirds(own),
        "diploma": deal_diplomas(own, age, uid, settings, key),
        "job": np.concatenate([deal_jobs(own[part.people], age[part.people], part.margins, uid[part.people], settings,
                                         key) for part in parts]),
        "carer": (homes.children > 0)[homes.home] & (homes.role != CHILD),
    }
    households = equip(homes, blocks, income, settings, key)
    social, house = blocks.social[blocks.of], blocks.house[blocks.of]
    households["tenure"] = np.concatenate([
        deal_tenures(social[part.homes], house[part.homes], income[part.homes], home_uid[part.homes],
                     part.margins.owner_occupied, key) for part in parts])
    households["lead"] = _leads(homes, age)
    return Settled(layout, blocks, homes, households, people)


def deal_all_incomes(layout: Layout, housed: list[Homes], blocks: Blocks, settings: Model, key: Key) -> np.ndarray:
    """float64[h]: incomes that hit the median and the poverty rate of each part. A quarter's own are its level, so that
    its effect says nothing more there."""
    effect = layout.income_effect[blocks.neighbourhood[blocks.of]]
    return np.concatenate([deal_incomes(homes, effect[part.homes], part.margins, settings, key)
                           for homes, part in zip(housed, parts_of(layout))])


def deal_groups(layout: Layout, blocks: Blocks, uid: np.ndarray, key: Key) -> np.ndarray:
    """uint8[h]: abstract milieu; each neighbourhood mixes the four in its own keyed proportions."""
    weights = -np.log(uniforms(key, layout.uid, stream.NEIGHBOURHOOD, 2)) + 0.5
    mix = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    u = uniforms(key, uid, stream.HOUSEHOLD, 2)[:, 3]
    return (u[:, None] > mix[blocks.neighbourhood[blocks.of], : GROUPS - 1]).sum(axis=1).astype(np.uint8)


def equip(homes: Homes, blocks: Blocks, income: np.ndarray, settings: Model, key: Key) -> dict[str, np.ndarray]:
    """Stocks, kits, cash cushions and floors of households (model 5.7)."""
    p, s = settings.population, settings.start
    u, v = uniforms(key, homes.uid, stream.HOUSEHOLD, 3), uniforms(key, homes.uid, stream.HOUSEHOLD, 4)
    days = s.stock * income**s.stock_income * np.exp(s.stock_spread * normals(u[:, 0]))
    stock = np.round(1000 * np.minimum(days, MOST_STOCK) * homes.size).astype(np.int64)
    rank = 1 / (1 + np.exp(-1.702 * np.log(income) / p.upper_spread))
    return {
        "uid": homes.uid, "size": homes.size, "kind": homes.kind, "income": income, "stock": stock, "stock_full": stock,
        "floor": (blocks.floors[blocks.of] * u[:, 1]).astype(np.int64),
        "kit": u[:, 2] < s.kit + s.kit_income * rank,
        "cushion": s.cushion * income * np.exp(p.cushion_spread * normals(v[:, 0])),
    }


def _leads(homes: Homes, age: np.ndarray) -> np.ndarray:
    """int64[h]: row in the commune of the first resident aged 18 or over: uids grow with rows here."""
    rows = np.where(age >= 18, np.arange(len(age)), len(age))
    return np.minimum.reduceat(rows, homes.first)

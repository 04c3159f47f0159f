"""The people of one commune: households, ages, incomes and homes, from its published counts and keyed luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kernel import stream
from ..kernel.draw import Key
from ..settings import Model
from .age import children_by_year, deal_ages
from .building import Blocks, deal_tenures, put_up
from .household import CHILD, Homes, compose
from .income import deal_classes, deal_diplomas, deal_incomes, deal_jobs, deal_sexes, thirds
from .keyed import normals, uniforms
from .layout import Layout, first_uid

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


def settle_commune(layout: Layout, settings: Model, key: Key) -> Settled:
    """Everybody in the commune, the same whatever the territory. Residents, ages, kinds, jobs and owners are exact."""
    margins = layout.margins
    base = first_uid(margins.code)
    blocks = put_up(layout, settings, key)
    home_uid, uid = base + np.arange(margins.households), base + np.arange(margins.population)
    homes = compose(margins, int(children_by_year(margins, settings).sum()), home_uid, key)
    age = deal_ages(homes, uid, margins, settings, key)
    income = deal_incomes(homes, layout.income_effect[blocks.neighbourhood[blocks.of]], margins, settings, key)
    position = deal_classes(income, home_uid, settings, key)
    own = position[homes.home]
    people = {
        "uid": uid, "age": age, "sex": deal_sexes(homes, age, uid, settings, key),
        "group": deal_groups(layout, blocks, home_uid, key)[homes.home], "ses": thirds(own),
        "diploma": deal_diplomas(own, age, uid, settings, key),
        "job": deal_jobs(own, age, margins, uid, settings, key),
        "carer": (homes.children > 0)[homes.home] & (homes.role != CHILD),
    }
    households = equip(homes, blocks, income, settings, key)
    households["tenure"] = deal_tenures(blocks, income, home_uid, margins.owner_occupied, key)
    households["lead"] = _leads(homes, age)
    return Settled(layout, blocks, homes, households, people)


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

"""Hand-made residents of two runs, without and with a lever, in which every effect is known."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.analysis.chain.residents import ResidentPair
from simulator.records.observed.schema import PAIRS_SCHEMA, PEOPLE_SCHEMA

HORIZON = 100.0


def make_people(n: int, **columns: Any) -> dict[str, np.ndarray]:
    """Residents as `read_residents` gives them: n adults, all 0 but for their identity, life and what is given."""
    table = {name: np.zeros(n) for name in PEOPLE_SCHEMA if name != "run"}
    table |= {"uid": np.arange(n), "alive_onset": np.ones(n), "age": np.full(n, 40), "site": np.full(n, -1),
              "first_need": np.full(n, -1), "first_contact": np.full(n, -1), "days_back": np.zeros(n)}
    given = table | {name: np.asarray(values) for name, values in columns.items()}
    away = given["days_back"] < 0
    return {"away": np.where(away, -1, 0), "days": np.where(away, HORIZON, given["days_back"])} | given


def make_acts(*acts: tuple[int, int], period: str = "crisis 1") -> dict[str, np.ndarray]:
    """A pairs table: one act of help for each (giver, receiver)."""
    table: dict[str, np.ndarray] = {name: np.zeros(len(acts)) for name in PAIRS_SCHEMA if name != "run"}
    giver, receiver = np.array(acts, np.int64).reshape(-1, 2).T
    return table | {"giver": giver, "receiver": receiver, "acts": np.ones(len(acts)),
                    "period": np.full(len(acts), period, object)}


def make_pair(without: dict[str, np.ndarray], with_: dict[str, np.ndarray], offered: list[int] | None = None,
              served: list[int] | None = None, acts: dict[str, np.ndarray] | None = None,
              cost: float = 0.0) -> ResidentPair:
    """A pair of runs; offered, served: identities."""
    reach = {"offered": np.isin(without["uid"], offered or []), "served": np.isin(without["uid"], served or [])}
    return ResidentPair(without, with_, reach, acts or make_acts(), cost, HORIZON)

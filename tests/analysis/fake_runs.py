"""Fake records of a comparison, drawn at random instead of simulated."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import numpy as np

from simulator.records.observed.observer import make_empty_table
from simulator.records.observed.schema import OBSERVED_SCHEMAS
from simulator.records.record import Record, cast_columns, identify_run
from simulator.records.recovery.crisis_episodes import list_crisis_episodes
from simulator.records.recovery.hit import build_recovery_table
from simulator.records.recovery.hit_measures import measure_hit
from simulator.records.resident_status import list_age_labels
from simulator.records.schema import GROUPS_SCHEMA, NEIGHBOURHOODS_SCHEMA, SERIES_SCHEMA, TABLE_SCHEMAS

START, ONSET, DAYS, HORIZON, N = date(2025, 1, 6), 575, 10, 365, 30_000

LEVERS: dict[str, tuple[str, str, float, float]] = {
    # id: French name, English name, share of loss avoided, cost in thousands of EUR
    "coordinator": ("Recruter un coordinateur", "Hire a coordinator", 0.03, 410),
    "open_project": ("Ouvrir un lieu-projet de quartier", "Open a neighbourhood project", 0.07, 620),
    "outreach": ("Aller vers les personnes isolées", "Reach out to isolated people", 0.11, 330),
    "phone_tree_and_register": ("Chaîne d'appels et registre des personnes fragiles",
                                "Phone tree and register of frail people", 0.16, 45),
    "mixing": ("Mélanger les publics", "Mix publics", -0.01, 60),
}

GROUP_LABELS = {
    "all": ("all",), "income": tuple("12345"), "age": list_age_labels(), "sex": ("man", "woman"),
    "household": ("one_person", "couple", "couple_with_children", "lone_parent", "other"),
    "tenure": ("owner", "social_tenant", "private_tenant"), "isolation": ("connected", "isolated"),
    "membership": ("not_member", "member"), "isolation_before": ("connected", "isolated"),
    "membership_before": ("not_member", "member"), "register": ("not_registered", "registered"),
    "priority": ("elsewhere", "priority"), "commune": ("93014", "93055", "93071"),
}

MAP = {"sites": {"uid": np.array([7, 8]), "neighbourhood": np.array([0, 4]), "x": np.zeros(2), "y": np.arange(2.0),
                 "real": np.array([1, 0]), "planned": np.zeros(2), "open": np.ones(2), "members": np.array([90, 40])},
       "links": {"neighbourhood_1": np.array([0, 0, 3]), "neighbourhood_2": np.array([0, 1, 5]), "ties": np.array([900,
                                                                                                                   60,
                                                                                                                   12])}}

EMPTY_CRISIS_HITS = {name: np.zeros(0, np.int64) for name in ("crisis", "uid", "back", "died")}
"""The table of who was hit by which crisis, of a run of one crisis."""


def fake_content(levers: tuple[str, ...], seed: int) -> dict[str, Any]:
    """The content of a run as the model's own would be."""
    cards = [{"id": name, "label_fr": LEVERS[name][0], "label_en": LEVERS[name][1], "dose": 1.0} for name in levers]
    crisis = {"id": "heatwave", "label_fr": "Canicule", "label_en": "Heat wave", "start": str(START + timedelta(ONSET)),
              "days": DAYS}
    return {"model_version": "0.1.0", "seed": seed, "levers": cards, "model": {"behaviour": "balanced"},
            "scenario": {"territory": {"id": "three_sites", "label_fr": "Autour des trois lieux",
                                       "label_en": "Around the three sites"}, "crises": [crisis],
                         "calendar": {"start": str(START), "levers": "2026-01-05", "horizon_days": HORIZON}}}


def fake_record(levers: tuple[str, ...] = (), seed: int = 1, strength: float = 1.0, wide: float = 1.0) -> Record:
    """One finished record. strength scales every lever's effect, wide the noise that differs between arms."""
    content = fake_content(levers, seed)
    run_id = sha256(repr((levers, seed)).encode()).hexdigest()[:16]
    shared, own = np.random.default_rng([1, seed]), np.random.default_rng([2, seed, len(run_id), sum(map(len, levers))])
    avoided = strength * sum(LEVERS[name][2] for name in levers) + (own.normal(0, 0.012 * wide) if levers else 0)
    depth = 0.30 * shared.lognormal(0, 0.06) * (1 - avoided)
    series = _series(depth)
    record = Record(run_id, content)
    loss = float(((1 - series["functioning"]) * series["span"]).sum() * N)
    groups = _groups(loss, shared, own)
    cost = 1000.0 * sum(LEVERS[name][3] for name in levers)
    everyone = {name: groups[name][0] for name in ("deaths_expected", "deaths_at_home", "deaths_usual", "deaths",
                                                  "in_need", "never_reached")}
    cut = (groups["dimension"] == "isolation") & (groups["group"] == "isolated")
    hit, hit_residents = _hit(series, loss)
    run = {**identify_run(run_id, content), "residents": N, "n": N, "onset": ONSET, "horizon": HORIZON,
           "clock": HORIZON, "loss": loss,
           **hit, "loss_p90": 3.1 * loss / N, "loss_gini": 0.62, "loss_concentration": -0.08, **everyone,
           "isolated": int(groups["n"][cut][0]), "isolated_in_need": int(groups["in_need"][cut][0]),
           "isolated_never_reached": int(groups["never_reached"][cut][0]), "contact_delay": 2.0, "reciprocity": 0.31,
           "giving_gini": 0.88, "giving_top_decile": 0.74, "cost_low": 0.8 * cost, "cost": cost,
           "cost_high": 1.4 * cost}
    raw = {"runs": {name: np.array([value]) for name, value in run.items()}, "series": series, "groups": groups,
           "neighbourhoods": _neighbourhoods(loss, shared), **MAP, "hit_residents": hit_residents,
           "hit_by_crisis": EMPTY_CRISIS_HITS,
           "recovery": build_recovery_table(list_crisis_episodes(content["scenario"]), hit_residents,
                                            EMPTY_CRISIS_HITS),
           **{name: make_empty_table(name) for name in OBSERVED_SCHEMAS}}
    record.tables = {name: cast_columns(name, raw[name], run_id) for name in TABLE_SCHEMAS}
    return record


def _hit(series: dict[str, np.ndarray], loss: float) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """A third of the residents are hit and lose all; they are back one by one, the last as the curve is."""
    rows = (series["day"] >= ONSET) & (series["functioning"] < 1 - 0.05 / 3)
    hit, last = N // 3, float(series["day"][rows].max() - ONSET + 1) if rows.any() else 0.0
    shares = {"hit_adults": 1.0, "beyond_own": 0.5, "beyond_home": 0.4, "asked": 0.3, "helped_by_persons": 0.25,
              "helped_by_sites": 0.05, "helped_by_institutions": 0.1, "helped_by_groups": 0.02,
              "helped_by_reserves": 0.01}
    rank = np.arange(1, hit + 1) / hit
    each = loss / hit * 2 * np.arange(1, hit + 1) / (hit + 1)
    back = np.where(rank > 0.99, -1, np.ceil(last * rank)).astype(int)
    table = {"uid": np.arange(hit), "hit": np.ones(hit), "loss_year": each, "loss": each, "back": back,
             "days": np.where(back < 0, HORIZON, back),
             "died": np.full(hit, -1), "permanent": np.full(hit, 0.002), "state": np.where(back < 0, 1, 0)}
    return {**measure_hit(table, np.ones(hit, bool), HORIZON), "displaced": 90, "still_displaced": 9,
            **{name: int(share * hit) for name, share in shares.items()}}, table


def _series(depth: float) -> dict[str, np.ndarray]:
    days = [d for d in range(0, 574, 7)] + list(range(574, 574 + 7 * 15)) + list(range(574 + 105, ONSET + HORIZON, 7))
    day = np.array(days)
    span = np.diff(np.r_[day, day[-1] + 7])
    since = day + span - ONSET
    falls = np.clip(since / DAYS, 0, 1) ** 0.7
    shape = np.where(since <= 0, 0, falls * np.exp(-np.maximum(since - DAYS, 0) / 17))
    table: dict[str, np.ndarray] = {name: np.zeros(day.size) for name in SERIES_SCHEMA if name != "run"}
    dates = [np.datetime64(START + timedelta(int(d))) for d in day]
    table.update(day=day, span=span, date=np.array(dates, "datetime64[us]"))
    table["functioning"] = 1 - depth * shape
    for k in range(1, 6):
        table[f"functioning_{k}"] = 1 - depth * shape * (1.3 - 0.1 * k)
    table["functioning_isolated"] = np.where(since > 0, 1 - np.minimum(1.9 * depth, 0.95) * shape, np.nan)
    crisis = (since > 0) & (since < 60)
    for domain, weight in (("food", 2), ("equipment", 5), ("assistance", 8), ("know_how", 1)):
        for source, share in (("own", 0.2), ("household", 0.25), ("kin", 0.1), ("friend", 0.08), ("neighbour", 0.06),
                              ("site", 0.03), ("institution", 0.05)):
            for met in ("met", "crisis_met", "aftermath_met"):
                table[f"{met}_{source}_{domain}"] = np.where(crisis, 1000 * weight * 100 * share, 0)
        for left in ("faded", "crisis_faded", "aftermath_given_up"):
            table[f"{left}_{domain}"] = np.where(crisis, 1000 * weight * 100 * 0.2, 0)
    table["alive"][:] = N
    table["members"][:] = 2400
    table["hit"] = np.where(since > 0, N // 3, 0)
    table["hit_low"] = np.where(table["functioning"] < 1 - 0.05 / 3, N // 3, 0)
    return table


def _groups(loss: float, shared: np.random.Generator, own: np.random.Generator) -> dict[str, np.ndarray]:
    rows: list[dict[str, Any]] = []
    for dimension, labels in GROUP_LABELS.items():
        share = np.full(len(labels), 1 / len(labels))
        if dimension.startswith(("isolation", "membership")):
            share = np.array([0.92, 0.08])
        risk = {"income": [1.25, 1.1, 1, 0.9, 0.75], "age": [0.5, 0.6, 0.7, 0.9, 1.4, 2.9],
                "household": [1.6, 0.9, 0.7, 1.1, 1.0]}.get(dimension)
        if risk is None:
            risk = [0.93, 1.9] if dimension.startswith("isolation") else [1.0] * len(labels)
        part = share * np.array(risk)
        part = part / part.sum()
        noise = shared.normal(1, 0.01, len(labels)) * own.normal(1, 0.002, len(labels))
        for k, group in enumerate(labels):
            heads = int(N * share[k])
            needy = int(heads * min(0.9, 0.25 * part[k] / share[k]))
            rows.append({"dimension": dimension, "group": group, "n": heads, "loss": loss * part[k] * noise[k],
                         "deaths_expected": loss * part[k] * 1e-4, "deaths_at_home": loss * part[k] * 4e-5,
                         "deaths_usual": loss * part[k] * 6e-4, "deaths": int(loss * part[k] * 1.4e-4),
                         "in_need": needy, "never_reached": int(needy * min(0.9, 0.2 * loss / N / 2.2)),
                         "received": 1e4 * part[k], "given": 1e4 * share[k], "contact_delay": 2.0,
                         "isolated": heads // 12, "nobody_to_ask": heads // 50, "adults": 4 * heads // 5,
                         **_chain_sums(heads, needy)})
    table = {name: [row[name] for row in rows] for name in rows[0]}
    assert {"run", *table} == set(GROUPS_SCHEMA)
    return {name: np.array(v, object if isinstance(v[0], str) else None) for name, v in table.items()}


def _chain_sums(heads: int, hit: int) -> dict[str, float]:
    """What the groups table tells of the chain."""
    adults = 4 * heads // 5
    shares = {"tie_trust": 0.6, "host_trust": 0.5, "trust_institutions": 0.55, "agency": 0.6, "know_how": 0.4}
    ties = {"ties": 20, "ties_alike": 1, "ties_milieu": 12, "ties_age": 14, "ties_class": 9}
    marked = {"not_back": 0.1, "asked": 0.5, "helped_by_persons": 0.4, "helped_by_sites": 0.1,
              "helped_by_institutions": 0.1, "helped_by_groups": 0.05}
    return {"reached": 0, "aware": adults // 3, "members": adults // 10, "hit": hit, "hit_adults": hit,
            "permanent_loss": 0.02 * hit, **{name: adults * share for name, share in shares.items()},
            **{name: adults * count // 10 for name, count in ties.items()},
            **{name: int(share * hit) for name, share in marked.items()}}


def _neighbourhoods(loss: float, shared: np.random.Generator) -> dict[str, np.ndarray]:
    z = 12
    table = {name: np.ones(z) for name in NEIGHBOURHOODS_SCHEMA if name != "run"}
    east, north = np.repeat([5.2, -6.0, 3.4], z // 3), np.repeat([-1.0, -1.4, 2.1], z // 3)
    table.update(uid=np.arange(z), commune=np.repeat([93014, 93055, 93071], z // 3), n=np.full(z, N // z),
                 x=east + shared.normal(0, 0.4, z), y=north + shared.normal(0, 0.4, z),
                 loss=np.full(z, loss / z), efficacy=shared.uniform(0.1, 0.4, z))
    return table


def fake_study(seeds: int = 6, levers: tuple[str, ...] = tuple(LEVERS), **how: float) -> list[Record]:
    """Records of a baseline and of each lever alone, on the same seeds."""
    chosen: list[tuple[str, ...]] = [(), *((name,) for name in levers)]
    return [fake_record(arm, seed, **how) for seed in range(1, seeds + 1) for arm in chosen]

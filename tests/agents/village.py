"""A short run of a village: calm weeks, then two overlapping crises, then calm again."""

from __future__ import annotations

from typing import Any

from simulator.crises.card import Crisis, parse_crisis
from simulator.scenario.run import Calendar, Run, Scenario
from simulator.world.places.territory import Territory

TEXTS = {"explanation_fr": "Un essai.", "explanation_en": "A trial."}


def heat(start: str, days: int) -> Crisis:
    """A heat wave: daily needs that grow with frailty; some people visit less."""
    return _crisis("heat", start, days, "flow", exposure={"base": 0.6, "top_floor": 0.4},
                   needs={"equipment": {"base": 0.6}, "assistance": {"base": 0.3, "frailty": 2.0},
                          "food": {"frailty": 0.5}},
                   carry=[0.2, 0.0, 0.5, 0.5], kinds=["cooling"],
                   heat={"dose": 1.0, "rise": 1.0, "rise_days": 4, "after_days": 5, "awareness": 0.5, "calls": 0.5},
                   services={"visits": {"level": 0.5}}, institution_delay=2)


def closure(start: str, days: int) -> Crisis:
    """A storm: shops, sites and town halls work at reduced capacity; homes are damaged, some must be left."""
    return _crisis("closure", start, days, "event", exposure={"base": 0.5, "low_income": 0.5},
                   needs={"food": {"base": 0.3}, "know_how": {"base": 0.3, "share": 0.7, "spread": 0.5},
                          "assistance": {"base": 0.2}, "equipment": {"base": 0.2}},
                   carry=[0.5, 0.0, 0.2, 1.0], kinds=["tools"], displaced=0.2,
                   damage={"homes": 0.5, "food": {"median": 8.0}, "equipment": {"median": 20.0},
                           "assistance": {"median": 10.0}, "know_how": {"median": 5.0}},
                   services={"restocking": {"level": 0.3}, "site_activity": {"level": 0.5}, "phone": {"level": 0.8},
                             "institution_capacity": {"level": 0.5}}, institution_delay=1)


def village(seed: int = 1, crises: bool = True, **calendar: Any) -> Run:
    """The run: four calm weeks, 21 days of crisis and recovery, then weeks again; 500 residents."""
    dates = Calendar(**{"start": "2025-01-06", "levers": "2025-01-20", "recovery_days": 14, "horizon_days": 35,
                        **calendar})
    cards = (heat("2025-02-04", 5), closure("2025-02-06", 3)) if crises else ()
    place = Territory(id="village", communes=["93014"], residents=500)
    return Run(Scenario(place, calendar=dates, crises=cards), seed=seed)


def _crisis(name: str, start: str, days: int, mode: str, **entries: Any) -> Crisis:
    return parse_crisis({"id": name, "label_fr": name, "label_en": name, **TEXTS, "start": start, "days": days,
                         "mode": mode, "sources": ["none: a test"], **entries})

"""A small configuration that runs in a tenth of a second."""

from __future__ import annotations

from typing import Any

import simulator as sim

SMALL = {"territory.residents": 200, "calendar.levers": "2025-01-13", "crisis.heatwave.start": "2025-01-29",
         "calendar.recovery_days": 14, "calendar.horizon_days": 30}


def small(**settings: Any) -> sim.Configuration:
    """200 residents, two months, one heat wave."""
    return sim.scenario("village", "heatwave", **{**SMALL, **settings})

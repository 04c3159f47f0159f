"""A run back from the settings that are stored with its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..crises.card import Crisis
from ..levers.card import Lever
from ..run import Calendar, Run, Scenario
from ..settings import Model
from ..settings.card_reader import build
from ..world.site_card import SiteCard
from ..world.territory import Territory


def rebuilt(content: Mapping[str, Any], run_id: str) -> Run:
    """The run of this content. ValueError if it is one of another version of the model, or not that run."""
    told = content["scenario"]
    scenario = Scenario(build(Territory, told["territory"]), tuple(build(SiteCard, one) for one in told["sites"]),
                        build(Calendar, told["calendar"]), tuple(build(Crisis, one) for one in told["crises"]))
    levers = tuple(build(Lever, one) for one in content["levers"])
    run = Run(scenario, build(Model, content["model"]), levers, content["seed"])
    if run.id != run_id:
        was, now = (one.get("model_version") for one in (content, run.content()))
        why = f"model {was}, this is {now}" if was != now else "its settings do not give its key"
        raise ValueError(f"run {run_id} cannot be played again: {why}")
    return run

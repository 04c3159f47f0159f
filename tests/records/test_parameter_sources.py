"""Every number of a run is listed with its grade, those of its cards included."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass

from simulator.parameters import Model
from simulator.records.parameter_sources import CARD_FACTOR_UNIT, SourcedNumber, count_by_grade, list_sourced_numbers
from tests.properties.trial_run import every_lever, quick, trial
from tests.studies.test_replay_check import plain


def declared(settings: object) -> Counter[str]:
    """Grades of every number under a settings object."""
    found: Counter[str] = Counter()
    for item in fields(settings):  # type: ignore[arg-type]
        value = getattr(settings, item.name)
        found += declared(value) if is_dataclass(value) else Counter(
            [item.metadata["grade"]] if "grade" in item.metadata else [])
    return found


def test_every_number_of_the_model_is_listed_with_grade_and_value() -> None:
    run = trial()
    run.model.joining.rate = 1.25
    found = list_sourced_numbers(plain(run))
    model = [one for one in found if one.name.startswith("model.")]
    assert Counter(one.grade for one in model) == declared(Model())
    assert len({one.name for one in found}) == len(found) == sum(count_by_grade(found).values())
    assert next(one for one in model if one.name == "model.joining.rate").value == 1.25


def test_numbers_of_cards_are_listed_once() -> None:
    run, cards = trial(quick("outreach")), plain(trial(*every_lever()))["levers"]
    found = [one for one in list_sourced_numbers(plain(run), cards) if one.group.startswith("lever.")]
    assert len(found) == sum(len(card["modifiers"]) + 1 for card in cards)
    modifier = next(one for one in found if one.name == "lever.outreach.modifiers.0.site.visibility")
    assert (modifier.value, modifier.low, modifier.high, modifier.unit) == (1.4, 1.0, 2.0, "scale")
    assert modifier.is_testable_assumption


def test_a_crisis_is_scaled_by_whole_entries() -> None:
    content = plain(trial())
    content["scenario"]["crises"] = [{
        "id": "heat", "days": 10, "days_low": 0, "days_high": 20, "needs": {"equipment": {"base": 0.5}},
        "trust_loss": 0.0,
        "services": {"visits": {"level": 1.0, "after_days": 0}}, "sources": ["a", "b"],
        "grades": {"days": "published", "needs": "assumption", "services": "assumption", "trust_loss": "assumption"}}]
    found = {one.name: one for one in list_sourced_numbers(content) if one.group == "crisis.heat"}
    assert found["crisis.heat.needs"] == SourcedNumber("crisis.heat.needs", "crisis.heat", 1.0, 0.5, 1.5,
                                                       CARD_FACTOR_UNIT, "assumption", "a; b")
    assert [name for name, one in found.items()
            if one.is_testable_assumption] == ["crisis.heat.needs"], "nothing to scale elsewhere"
    assert (found["crisis.heat.days"].low, found["crisis.heat.days"].value) == (1.0, 10.0)

"""Every number of a run is named with its grade, those of the cards among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass

from simulator.parameters import Model
from simulator.records.evidence import FACTOR, Known, graded, numbers
from tests.laws.trial import every_lever, quick, trial
from tests.studies.test_verify import plain


def declared(settings: object) -> Counter[str]:
    """Grades of every number under a settings object."""
    found: Counter[str] = Counter()
    for item in fields(settings):  # type: ignore[arg-type]
        value = getattr(settings, item.name)
        found += declared(value) if is_dataclass(value) else Counter(
            [item.metadata["grade"]] if "grade" in item.metadata else [])
    return found


def test_every_number_of_the_model_is_there_with_its_grade_and_value() -> None:
    run = trial()
    run.model.joining.rate = 1.25
    found = numbers(plain(run))
    model = [one for one in found if one.name.startswith("model.")]
    assert Counter(one.grade for one in model) == declared(Model())
    assert len({one.name for one in found}) == len(found) == sum(graded(found).values())
    assert next(one for one in model if one.name == "model.joining.rate").value == 1.25


def test_cards_bring_their_numbers_once() -> None:
    run, cards = trial(quick("outreach")), plain(trial(*every_lever()))["levers"]
    found = [one for one in numbers(plain(run), cards) if one.group.startswith("lever.")]
    assert len(found) == sum(len(card["turns"]) + 1 for card in cards)
    turn = next(one for one in found if one.name == "lever.outreach.turns.0.site.visibility")
    assert (turn.value, turn.low, turn.high, turn.unit) == (1.4, 1.0, 2.0, "scale") and turn.is_open


def test_a_crisis_is_tried_by_its_whole_entries() -> None:
    content = plain(trial())
    content["scenario"]["crises"] = [{
        "id": "heat", "days": 10, "days_low": 0, "days_high": 20, "needs": {"kit": {"base": 0.5}}, "trust_loss": 0.0,
        "services": {"meet": {"level": 1.0, "after_days": 0}}, "sources": ["a", "b"],
        "grades": {"days": "published", "needs": "assumption", "services": "assumption", "trust_loss": "assumption"}}]
    found = {one.name: one for one in numbers(content) if one.group == "crisis.heat"}
    assert found["crisis.heat.needs"] == Known("crisis.heat.needs", "crisis.heat", 1.0, 0.5, 1.5, FACTOR, "assumption",
                                               "a; b")
    assert [name for name, one in found.items() if one.is_open] == ["crisis.heat.needs"], "nothing to scale elsewhere"
    assert (found["crisis.heat.days"].low, found["crisis.heat.days"].value) == (1.0, 10.0)

"""The day on which the two arms of a story diverge."""

from __future__ import annotations

from simulator.records.story import Story, StoryArm, StoryEvent, StoryPerson

WHO = StoryPerson(1, 11, 40, True, 0, 1, 0, 2, 0.0, 5.0, (0.0,) * 4, "Pantin", 1, 4, False, False, (), True)


def two_arms(*of: list[StoryEvent]) -> Story:
    return Story({}, (), 1, "", 5, WHO, [StoryArm("", (), events=events) for events in of])


def event(day: int, what: str = "asked", **facts: object) -> StoryEvent:
    return StoryEvent(day, "2025-01-01", what, facts)


def test_arms_diverge_on_the_first_day_that_differs() -> None:
    same = [event(3, of=1, chance=0.5), event(7, of=2)]
    assert two_arms(same).find_divergence_day() is None
    assert two_arms(same, list(same)).find_divergence_day() is None
    other_chance = [event(2, "lever", id="a"), event(3, of=1, chance=0.6), event(7, of=2)]
    assert two_arms(same, other_chance).find_divergence_day() is None
    assert two_arms(same, [event(3, of=1), event(7, of=3), event(9, of=1)]).find_divergence_day() == 7
    assert two_arms(same, same[:1]).find_divergence_day() == 7
    assert two_arms(same, [event(3, of=1), event(3, of=1), event(7, of=2)]).find_divergence_day() == 3

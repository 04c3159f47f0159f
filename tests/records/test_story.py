"""Two lives: when they part."""

from __future__ import annotations

from simulator.records.story import Event, Life, Person, Story

WHO = Person(1, 11, 40, True, 0, 1, 0, 2, 0.0, 5.0, (0.0,) * 4, "Pantin", 1, 4, False, False, False)


def lives(*of: list[Event]) -> Story:
    return Story({}, (), 1, "", 5, WHO, [Life("", (), events=events) for events in of])


def event(day: int, what: str = "asked", **facts: object) -> Event:
    return Event(day, "2025-01-01", what, facts)


def test_lives_part_on_the_first_day_that_differs() -> None:
    same = [event(3, of=1, chance=0.5), event(7, of=2)]
    assert lives(same).parted() is None
    assert lives(same, list(same)).parted() is None
    assert lives(same, [event(2, "lever", id="a"), event(3, of=1, chance=0.6), event(7, of=2)]).parted() is None
    assert lives(same, [event(3, of=1), event(7, of=3), event(9, of=1)]).parted() == 7
    assert lives(same, same[:1]).parted() == 7
    assert lives(same, [event(3, of=1), event(3, of=1), event(7, of=2)]).parted() == 3

"""Crisis cards are read strictly, and carry the documented numbers."""

import numpy as np
import pytest

from simulator.crises.card import CardError, parse_crisis
from tests.crises.example import shipped

GOOD = dict(id="a", label_fr="un", label_en="one", explanation_fr="un", explanation_en="one", start="2027-01-04",
            days=3, mode="flow")


@pytest.mark.parametrize(("entries", "message"), [
    (dict(days=0), "days = 0: expected 1 to 1825 days"),
    (dict(mode="slow"), "mode = 'slow': expected one of flow, event"),
    (dict(start="4 January"), "start = '4 January': expected a date"), (dict(id="A b"), "id = 'A b'"),
    (dict(exposure=dict(base=1.2)), r"exposure.base = 1.2: expected 0 to 1"),
    (dict(severity=4), "severity = 4: expected 0"), (dict(heat=dict(dose=-1)), "heat.dose = -1: expected 0"),
    (dict(carry=[0.1, 0.1]), "carry has 2 numbers: expected 4: food, equipment, assistance, know_how"),
    (dict(exposure=dict(after_cushion=True)), "exposure.income_gap = 0: expected a share above 0"),
    (dict(needs=dict(water=dict(base=1))), "needs.water is not known"), (dict(grades=dict(days="sure")), "grades.days"),
    (dict(services=dict(phone=0.4)), "services.phone = 0.4: expected entries of Service"),
])
def test_errors_name_the_entry(entries, message):
    with pytest.raises(CardError, match=message):
        parse_crisis({**GOOD, **entries})


@pytest.mark.parametrize(("name", "days", "base", "frailty", "homes", "delay"), [
    ("heatwave", 10, [0.05, 0.3, 0.05, 0.03], [0, 0, 0.5, 0], 0.0, 2),
    ("lockdown", 56, [0.35, 0.2, 0.3, 0.35], [0, 0, 0.8, 0], 0.0, 15),
    ("power_cut", 3, [0.3, 0.3, 0, 0.1], [0, 0, 0.4, 0], 0.0, 1),
    ("price_shock", 180, [0.55, 0, 0.05, 0.10], [0, 0, 0, 0], 0.0, 25),
    ("flood", 7, [0.5, 0.5, 0.3, 0.2], [0, 0, 0, 0], 1.0, 3),
])
def test_documented_numbers(name, days, base, frailty, homes, delay):
    card = shipped(name)
    assert (card.days, card.damage.homes, card.institution_delay) == (days, homes, delay)
    assert np.array_equal(card.rates(), [base, frailty])


@pytest.mark.parametrize(("entries", "message"), [
    (dict(kinds=["umbrella"]), r"kinds.0 = 'umbrella': expected one of cooling, power"),
    (dict(damage=dict(homes=2)), "damage.homes = 2: expected 0 to 1"),
    (dict(damage=dict(food=dict(median=-1))), "damage.food.median = -1: expected 0"),
    (dict(damage=0.15), r"damage = 0.15: expected \{homes: "),
    (dict(displaced=1.5), "displaced = 1.5: expected 0 to 1"),
    (dict(follow_days=7), "follow_days = 7: expected 30 to 1825"),
    (dict(needs=dict(food=dict(share=2))), "needs.food.share = 2: expected 0 to 1"),
])
def test_entries_of_damage_and_kinds_are_checked(entries, message):
    with pytest.raises(CardError, match=message):
        parse_crisis({**GOOD, **entries})

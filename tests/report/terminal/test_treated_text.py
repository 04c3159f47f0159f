from simulator.analysis.chain.treated import ReachPrice, list_treated_sets, measure_sets
from simulator.analysis.effects.cost_effectiveness import PricePerDay, estimate_price_per_day
from simulator.report.terminal.treated_text import format_sets, format_treated
from tests.analysis.chain.test_treated import ARM, example

NO_PRICE = PricePerDay(float("nan"), float("nan"), float("nan"), "not_better")


def test_each_set_has_its_line_and_the_price_of_reach_its_sentence():
    import numpy as np

    effects = measure_sets(ARM, [[example(seed)] for seed in range(4)], list_treated_sets)
    persons = np.full(4, 100.0)
    prices = [ReachPrice(ARM, "offered", 4, 100.0, estimate_price_per_day(np.full(4, 1000.0), persons),
                         estimate_price_per_day(persons, np.array([48.0, 50, 52, 50]))),
              ReachPrice(ARM, "served", 4, 50.0, estimate_price_per_day(np.zeros(4), persons), NO_PRICE)]
    text = " ".join(format_treated(effects, prices, "en").split())
    for words in ("Offered something: 100 people, €10 each; 2.0 for one who recovers sooner (",
                  "Served: 50 people, €0 each; on balance, nobody recovers sooner.", "hit, in none of these"):
        assert words in text
    assert "member" not in text and "nan" not in text.lower()
    table = format_sets(effects, "fr")
    assert len(table.splitlines()) == 2 + 6 and "servis" in table

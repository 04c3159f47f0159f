from simulator.dashboard.jobs.lever_prices import YearlyCost, interpolate_yearly_cost

ROWS = {"outreach": [[0, 0, 0, 0], [2, 100, 80, 200], [4, 300, 160, 600]]}


def test_a_cost_is_found_between_the_doses_that_were_priced():
    assert interpolate_yearly_cost(ROWS, "outreach", 1) == YearlyCost(50, 40, 100)
    assert interpolate_yearly_cost(ROWS, "outreach", 3) == YearlyCost(200, 120, 400)


def test_an_unknown_price_has_no_cost():
    for known in (None, {}, {"outreach": []}, {"outreach": [[1]]}, {"outreach": "x"}):
        assert interpolate_yearly_cost(known, "outreach", 1) is None

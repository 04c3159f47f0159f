from simulator.dashboard.jobs.pricing import Money, money

ROWS = {"outreach": [[0, 0, 0, 0], [2, 100, 80, 200], [4, 300, 160, 600]]}


def test_a_cost_is_found_between_the_doses_that_were_priced():
    assert money(ROWS, "outreach", 1) == Money(50, 40, 100)
    assert money(ROWS, "outreach", 3) == Money(200, 120, 400)


def test_what_is_not_known_has_no_cost():
    for known in (None, {}, {"outreach": []}, {"outreach": [[1]]}, {"outreach": "x"}):
        assert money(known, "outreach", 1) is None

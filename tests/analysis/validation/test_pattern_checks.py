import numpy as np

from simulator.analysis.validation.pattern_checks import check_patterns
from simulator.analysis.validation.pattern_targets import TARGETS
from simulator.analysis.validation.patterns import PATTERNS


def test_every_pattern_has_its_target() -> None:
    assert [target.pattern for target in TARGETS] == list(PATTERNS)
    assert all(target.low < target.high and target.source and target.label for target in TARGETS)


def test_the_median_decides_and_the_range_is_shown() -> None:
    runs = [{"isolated": value, "gave": value} for value in (0.10, 0.12, 0.13, 0.50, np.nan)]
    found = {one.target.pattern: one for one in check_patterns(runs)}
    one = found["isolated"]
    assert (one.status, one.seeds_inside, one.seeds) == ("pass", 3, 4) and one.median == 0.125 and one.high > 0.4
    assert found["gave"].status == "fail" and found["dropout"].status == "not_measured"

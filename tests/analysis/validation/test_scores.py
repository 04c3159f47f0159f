import numpy as np

from simulator.analysis.validation.patterns import PATTERNS
from simulator.analysis.validation.scores import judged
from simulator.analysis.validation.targets import TARGETS


def test_every_pattern_has_its_target() -> None:
    assert [target.pattern for target in TARGETS] == list(PATTERNS)
    assert all(target.low < target.high and target.source and target.fr and target.en for target in TARGETS)


def test_the_median_decides_and_outliers_are_shown() -> None:
    runs = [{"isolated": value, "gave": value} for value in (0.10, 0.12, 0.13, 0.50, np.nan)]
    found = {one.target.pattern: one for one in judged(runs)}
    one = found["isolated"]
    assert (one.verdict, one.inside, one.seeds) == ("pass", 3, 4) and one.median == 0.125 and one.high > 0.4
    assert found["gave"].verdict == "fail" and found["dropout"].verdict == "not_measured"

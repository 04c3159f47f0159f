"""A run built by hand is refused as the command line refuses it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simulator.scenario.run_checks import check_run
from tests.studies.fake_player import a_run


@pytest.mark.parametrize(("change", "words"), [
    ({"ablate": ("tie",)}, "there is no channel tie to switch off"),
    ({"ablate_from": "monday"}, "ablate_from = 'monday': expected start, levers, onset"),
    ({"observe": ("dreams",)}, "there is no table dreams to keep"), ({"seed": -1}, "seed"),
])
def test_choices_that_do_not_exist_are_refused(change: dict[str, Any], words: str) -> None:
    check_run(replace(a_run(1), levers=()))
    with pytest.raises(ValueError) as refused:
        check_run(replace(a_run(1), levers=(), **change))
    assert words in str(refused.value)

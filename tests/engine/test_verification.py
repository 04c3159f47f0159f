from dataclasses import replace

import pytest

from simulator.engine import verification
from simulator.engine.verification import are_records_equal, check_conservation, run_verification
from tests.properties.trial_run import HEAT, PLACE, played, quick, trial

RUN = trial(quick("outreach"), crises=(HEAT,), place=replace(PLACE, residents=300))


def test_every_check_holds_and_each_has_its_number() -> None:
    checks = run_verification(RUN)
    assert [check.id for check in checks if not check.passed] == []
    assert len({check.id for check in checks}) == len(checks) and all(check.text for check in checks)


def test_checks_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = played(RUN)
    series = engine.record.tables["series"]
    series["met_own_assistance"][3] += 1
    series["hours_given_kin"][0] += 1
    series["alive"][-1] -= 1
    with engine.world.writable(["ties.alter_trust"]):
        engine.world.ties.alter_trust[engine.world.ties.degree > 0, 0] = 0.001
    assert [check.passed for check in check_conservation(engine)] == [False] * 4
    assert not are_records_equal(engine.record, played(RUN).record)
    monkeypatch.setattr(verification, "apply_gain", lambda x, dose: 0.5)
    assert [check.id for check in verification.check_closed_forms(RUN.model) if not check.passed] == ["A4"]

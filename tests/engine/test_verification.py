from dataclasses import replace

import pytest

from simulator.engine import verification
from simulator.engine.verification import conservation, same, verified
from tests.laws.trial import HEAT, PLACE, played, quick, trial

RUN = trial(quick("outreach"), crises=(HEAT,), place=replace(PLACE, residents=300))


def test_every_check_holds_and_each_has_its_number() -> None:
    checks = verified(RUN)
    assert [check.id for check in checks if not check.good] == []
    assert len({check.id for check in checks}) == len(checks) and all(check.en and check.fr for check in checks)


def test_checks_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = played(RUN)
    series = engine.record.tables["series"]
    series["met_own_care"][3] += 1
    series["hours_given_kin"][0] += 1
    series["alive"][-1] -= 1
    with engine.world.lend(["ties.mirror"]):
        engine.world.ties.mirror[engine.world.ties.degree > 0, 0] = 0.001
    assert [check.good for check in conservation(engine)] == [False] * 4
    assert not same(engine.record, played(RUN).record)
    monkeypatch.setattr(verification, "gain", lambda x, dose: 0.5)
    assert [check.id for check in verification.closed_forms(RUN.model) if not check.good] == ["A4"]

import numpy as np
import pytest

from simulator.analysis.effects.need_shares import compute_need_shares_by_source
from simulator.analysis.effects.outcomes import (
    OUTCOMES,
    compute_loss_area,
    compute_lowest_functioning,
    compute_persistent_loss,
    compute_quintile_ratio,
    compute_rapidity,
    compute_recovery_time,
    measure_outcomes,
)
from simulator.analysis.run_view import RecoveryCurve, compute_recovery_curve, iterate_run_views
from simulator.records.files.run_files import combine_records
from tests.analysis.fake_runs import HORIZON, ONSET, N, fake_record, fake_study


def curve(values, span=1.0):
    values = np.asarray(values, float)
    spans = np.full(values.size, span)
    return RecoveryCurve(np.cumsum(spans), spans, values)


def triangle(depth=0.4, days=40):
    """A sudden drop that recovers linearly."""
    return curve(np.r_[1 - depth * (1 - np.arange(days) / days), np.ones(30)])


def test_the_resilience_triangle_has_the_area_of_a_triangle():
    assert compute_loss_area(triangle(0.4, 40)) == pytest.approx(0.4 * (40 + 1) / 2)
    assert compute_loss_area(curve(np.full(10, 0.75), 7.0)) == pytest.approx(0.25 * 70)
    assert compute_lowest_functioning(triangle(0.4)) == pytest.approx(0.6)
    assert compute_persistent_loss(curve([0.5, 0.9])) == pytest.approx(0.1)


def test_geometric_recovery_takes_the_time_of_its_closed_form():
    """F rises by 5 % of what is missing a day: 90 % of the drop in 44.9 days (model 7.8), 95 % in 58.4."""
    days = np.arange(200)
    path = RecoveryCurve(days.astype(float), np.ones(200), 1 - 0.3 * 0.95**days)
    assert compute_recovery_time(path, 0.90) == np.ceil(np.log(0.1) / np.log(0.95)) == 45
    assert compute_recovery_time(path, 0.95) == 59
    assert compute_recovery_time(path, 0.95, of_drop=False) == np.ceil(np.log(0.05 / 0.3) / np.log(0.95))
    assert compute_rapidity(path) == pytest.approx(0.3 * 0.95 / 59, rel=0.02)


def test_a_recovery_that_does_not_hold_does_not_count():
    values = np.r_[0.5, np.linspace(0.5, 1, 10), 0.8, np.ones(20)]
    assert compute_recovery_time(curve(values), 0.9) == 13
    short, long = (compute_recovery_time(curve(np.r_[0.5, np.ones(days)]), 0.9) for days in (5, 20))
    assert short != long


def test_a_recovery_not_seen_is_censored_and_no_drop_recovers_at_once():
    assert np.isnan(compute_recovery_time(curve(np.linspace(0.5, 0.8, 50)), 0.95))
    assert np.isnan(compute_rapidity(curve(np.linspace(0.5, 0.8, 50))))
    assert compute_recovery_time(curve(np.ones(30)), 0.95) == 0.0
    nothing = curve([])
    assert (compute_loss_area(nothing), compute_lowest_functioning(nothing), compute_recovery_time(nothing, 0.9),
            compute_persistent_loss(nothing)) == (0, 1, 0, 0)


def test_loss_is_counted_from_the_day_of_onset_to_the_horizon():
    record = fake_record()
    series = record.tables["series"]
    series["functioning"][:] = 0.9
    view = next(iterate_run_views(combine_records([record])))
    assert compute_recovery_curve(view).span.sum() == HORIZON
    assert compute_loss_area(compute_recovery_curve(view)) == pytest.approx(0.1 * HORIZON)
    record.tables["runs"]["onset"][0] = -1
    assert compute_recovery_curve(next(iterate_run_views(combine_records([record])))).day.size == 0


def test_every_outcome_has_a_value_a_unit_and_a_direction():
    view = next(iterate_run_views(combine_records([fake_record()])))
    found = measure_outcomes(view)
    assert set(found) == set(OUTCOMES) and np.isnan(found.pop("back_by_730"))  # beyond the horizon of this run
    assert np.isfinite(list(found.values())).all()
    assert all(o.unit and o.doc and o.direction in (-1, 0, 1) and o.smallest_effect > 0 for o in OUTCOMES.values())
    assert found["loss_total"] == pytest.approx(found["loss"] * N)
    assert compute_quintile_ratio(view) == pytest.approx(found["loss_poorest"] / found["loss_richest"])


def test_every_need_that_ended_was_met_by_somebody_or_nobody():
    view = next(iterate_run_views(combine_records([fake_record()])))
    met = compute_need_shares_by_source(view)
    np.testing.assert_allclose(np.sum(list(met.values()), axis=0), 1)
    assert (met["household"] > met["site"]).all()


def test_runs_read_together_do_not_mix():
    records = fake_study(2, ("outreach",))
    for record, view in zip(records, iterate_run_views(combine_records(records))):
        assert view.run["run"] == record.run_id
        np.testing.assert_array_equal(view.series["functioning"], record.tables["series"]["functioning"])
        assert view.series["day"][0] == 0 and (view.series["day"] <= ONSET + HORIZON).all()

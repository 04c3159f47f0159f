import numpy as np
import pytest

from simulator.analysis.effects.arms import collect_arms
from simulator.analysis.effects.paired_comparison import compare_paired_values
from simulator.records.files.run_files import combine_records
from simulator.report.figures.difference import compute_band, compute_difference_curves, draw_difference_figure
from tests.analysis.fake_runs import fake_study


@pytest.fixture(scope="module")
def opened():
    return combine_records(fake_study(4, ("outreach", "mixing")))


def test_the_area_under_the_difference_is_the_loss_avoided(opened):
    baseline, *others = collect_arms(opened)
    for arm in others:
        days, values = compute_difference_curves(baseline, arm)
        area = (values[:, 1:] * np.diff(days)).sum(axis=1)
        avoided = baseline.values("loss", [1, 2, 3, 4]) - arm.values("loss", [1, 2, 3, 4])
        np.testing.assert_allclose(area, avoided, rtol=1e-9)


def test_the_band_is_the_paired_interval_of_each_day():
    values = np.random.default_rng(1).normal(0.1, 1, (5, 3))
    mean, half = compute_band(values)
    for day in range(3):
        known = compare_paired_values(np.zeros(5), values[:, day])
        assert (mean[day] - half[day], mean[day] + half[day]) == pytest.approx((known.low, known.high))
    assert np.isnan(compute_band(values[:1])[1]).all()


def test_the_title_names_the_lever_that_visibly_lifts_functioning(opened):
    picture = draw_difference_figure(opened, "en")
    assert picture is not None and picture.title.startswith("Reach out to isolated people: mean functioning differs")
    null = combine_records(fake_study(4, ("outreach",), strength=0.0, wide=0.01))
    nothing = draw_difference_figure(null, "en")
    assert nothing is not None and "No lever visibly changes" in nothing.title


@pytest.mark.parametrize("levers", [("outreach",), ("outreach", "mixing"), ("outreach", "mixing", "coordinator")])
def test_titles_of_panels_stay_within_the_figure_and_off_one_another(levers):
    opened = combine_records(fake_study(2, levers))
    picture = draw_difference_figure(opened, "fr")
    picture.figure.draw_without_rendering()
    boxes = [axes._left_title.get_window_extent() for axes in picture.figure.axes if axes.get_visible()]
    assert all(box.x1 <= picture.figure.bbox.x1 for box in boxes)
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])

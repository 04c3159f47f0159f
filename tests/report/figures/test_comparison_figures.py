import warnings

import numpy as np
import pytest

from simulator.analysis.effects.outcomes import compute_loss_per_resident
from simulator.records.files.run_files import combine_records
from simulator.report.figures.comparison_figures import draw_comparison_figures, save_figures
from simulator.report.figures.findings import rank_effects
from simulator.report.figures.recovery import draw_run_figure
from simulator.report.figures.style import save_picture
from tests.analysis.fake_runs import fake_record, fake_study


@pytest.fixture(scope="module")
def study():
    return combine_records(fake_study(4))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_figures_draw_without_a_warning_and_nothing_is_cut(study, lang, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pictures = [*draw_comparison_figures(study, lang), draw_run_figure(combine_records([fake_record((), 1)]), lang)]
        paths = save_figures(pictures, tmp_path)
    names = ("recovery", "effects", "groups", "difference", "trade_off", "run")
    assert [path.name for path in paths] == [f"{name}.{ending}" for name in names for ending in ("png", "svg")]
    for picture in pictures:
        assert picture.title and picture.alt_text.startswith(picture.title)
        inside(picture.figure)


def inside(figure):
    """Every text that is shown lies on the page."""
    from matplotlib.text import Text

    renderer = figure.canvas.get_renderer()
    page = figure.bbox
    for text in figure.findobj(Text):
        hidden = not text.get_visible() or text.axes is not None and not text.axes.get_visible()
        if hidden or not text.get_text().strip():
            continue
        box = text.get_window_extent(renderer)
        clipped = text.get_clip_on() or text.axes is not None and text in [
            *text.axes.get_xticklabels(), *text.axes.get_yticklabels()]
        if clipped:
            continue
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1, text.get_text()
        assert box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1, text.get_text()


def test_the_same_figure_gives_the_same_files(study, tmp_path):
    for folder in ("one", "two"):
        save_picture(draw_comparison_figures(study, "fr")[1], tmp_path / folder)
    for ending in ("svg", "png"):
        one, two = ((tmp_path / folder / f"effects.{ending}").read_bytes() for folder in ("one", "two"))
        assert one == two
    assert b"<dc:date>" not in (tmp_path / "one" / "effects.svg").read_bytes()


def test_one_seed_is_not_a_finding():
    title = draw_comparison_figures(combine_records(fake_study(1)), "en")[1].title
    assert "luck" in title


def test_levers_that_do_nothing_make_no_best():
    from simulator.report.figures.lever_effects import draw_effects_figure

    study = combine_records(fake_study(4, ("mixing", "coordinator"), strength=0.0))
    assert draw_effects_figure(study, "en").title == "No lever is known to lower losses by enough to act on"


def test_many_levers_and_long_names_fit():
    levers = ("coordinator", "open_project", "outreach", "phone_tree_and_register", "mixing")
    records = fake_study(3, levers)
    records += [fake_record((a, b), seed) for seed in (1, 2, 3) for a, b in
                [(a, b) for k, a in enumerate(levers) for b in levers[k + 1:]]]
    for picture in draw_comparison_figures(combine_records(records), "fr"):
        inside_after_drawing(picture.figure)


def inside_after_drawing(figure):
    from simulator.report.figures.style import use_figure_style

    with use_figure_style():
        figure.canvas.draw()
    inside(figure)


def test_a_comparison_without_crisis_or_without_baseline():
    calm = fake_study(2, ("outreach",))
    for record in calm:
        record.tables["runs"]["onset"][0] = -1
    assert len(draw_comparison_figures(combine_records(calm), "en")) == 3
    with pytest.raises(ValueError, match="without levers"):
        draw_comparison_figures(combine_records([fake_record(("outreach",), 1)]), "en")


def test_the_title_of_groups_says_what_is_drawn(study):
    """The ratio of the means, which one run in which the richest lose next to nothing does not carry away."""
    baseline = rank_effects(study)[0]
    drawn = {group: np.mean([compute_loss_per_resident(view, "income", group) for view in baseline.runs.values()])
             for group in ("1", "5")}
    title = next(picture.title for picture in draw_comparison_figures(study, "en") if picture.name == "groups")
    assert f"the poorest fifth loses {drawn['1'] / drawn['5']:.1f} times as much as the richest" in title

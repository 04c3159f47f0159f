import numpy as np
import pytest

from simulator.analysis.chain.table import ChainInput, build_chain
from simulator.report.figures.chain import LIMIT, draw_chain_figure
from simulator.report.figures.style import save_picture
from tests.analysis.chain.chain_runs import chain_tables
from tests.report.figures.test_comparison_figures import inside

CHANGES = {("outreach",): {("all.all", "members"): 24, ("all.all", "never_reached"): -600,
                           ("all.all", "ties"): 480_000, ("all.all", "reached"): 5000}}


@pytest.fixture(scope="module")
def cells():
    return build_chain(ChainInput(chain_tables(CHANGES)))


def test_changes_of_one_and_of_sixty_per_cent_are_both_drawn_and_written(cells, tmp_path):
    picture = draw_chain_figure(cells, "en")
    rows = [axes for axes in picture.figure.axes if axes.lines]
    assert len(rows) == 2
    written = [text.get_text() for text in rows[0].texts]
    assert "+1%" in written and any(text.startswith("−") for text in written)
    assert "5,000 people offered something" in " ".join(written)
    heights = np.concatenate([np.atleast_1d(line.get_ydata()) for line in rows[0].lines])
    assert np.abs(heights[np.isfinite(heights)]).max() <= LIMIT
    one, ten = (rows[0].transData.transform((0, y))[1] - rows[0].transData.transform((0, 0))[1] for y in (1, 60))
    assert ten / one < 8
    inside(picture.figure)
    files = save_picture(picture, tmp_path)
    again = [file.read_bytes() for file in files]
    assert [file.read_bytes() for file in save_picture(draw_chain_figure(cells, "en"), tmp_path)] == again


def test_the_text_alternative_says_what_is_told(cells):
    picture = draw_chain_figure(cells, "fr")
    assert "adhérents des lieux +1" in picture.alt_text and "1 sur 2" in picture.title

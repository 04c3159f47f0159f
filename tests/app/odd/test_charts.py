"""The flow charts hold what the model declares, nothing overlaps, and both ways of drawing show the same."""

from __future__ import annotations

import re
from dataclasses import fields
from itertools import combinations
from xml.etree import ElementTree

import pytest

from simulator.app.odd.chart_blocks import draw_chart_pictures, format_chart_blocks
from simulator.app.odd.chart_layout import CHARACTER_WIDTH, PAGE_WIDTH, place_boxes
from simulator.app.odd.chart_mermaid import format_mermaid
from simulator.app.odd.chart_svg import draw_svg
from simulator.app.odd.flow_chart import ChartArrow, ChartBand, ChartBox, FlowChart
from simulator.app.odd.model_charts import CHARTS, CRISIS_STAGES, TELLING_ENTRIES, find_phase_rhythm
from simulator.crises.card import Crisis
from simulator.phases.order import CRISIS_PHASES, HELP_PHASES, PHASES


def list_steps(chart: FlowChart) -> list[str]:
    """The keys of the boxes in the order of the chart."""
    return [box.key for box in chart.boxes()]


def test_a_step_has_every_phase_in_its_order():
    chart = CHARTS["step"]("en")
    assert [key for key in list_steps(chart) if key in PHASES] == list(PHASES)
    pairs = [(arrow.source, arrow.target) for arrow in chart.arrows]
    assert pairs[2:] == list(zip(["handles", *PHASES], [*PHASES, "record"]))
    assert pairs[:2] == [("levers", "handles"), ("crises", "handles")]


def test_the_rhythm_of_a_phase_is_what_it_does():
    """A phase that begins by asking for the weekly step is weekly; its docstring says so."""
    for name, phase in PHASES.items():
        weekly = (phase.step.__doc__ or "").startswith("On weekly steps")
        if weekly:
            assert find_phase_rhythm(name, phase) == "weekly", name
        assert (find_phase_rhythm(name, phase) == "crisis") == (name in HELP_PHASES)
    assert {find_phase_rhythm(name, PHASES[name]) for name in ("meet", "functioning", "prune_ties", "cope")} == {"step"}
    assert {find_phase_rhythm(name, PHASES[name]) for name in CRISIS_PHASES} == {"open", "crisis", "step"}


def test_help_goes_from_phase_to_phase_and_leaves_work():
    chart = CHARTS["help"]("en")
    pairs = {(arrow.source, arrow.target) for arrow in chart.arrows}
    crisis, everyday = ["need", *CRISIS_PHASES[2:]], list(HELP_PHASES)
    assert {*CRISIS_PHASES, *HELP_PHASES} <= set(list_steps(chart))
    assert {*zip(crisis, crisis[1:]), *zip(everyday, everyday[1:])} <= pairs
    assert {("institution", "unmet"), ("recovery", "aftermath"), ("aftermath", "functioning"), ("aid", "met"),
            ("public_aid", "met"), ("strike", "need")} <= pairs


def test_every_entry_of_a_crisis_card_that_acts_is_drawn():
    names = {item.name for item in fields(Crisis)}
    assert {entry for stage in CRISIS_STAGES.values() for entry in stage} | set(TELLING_ENTRIES) <= names
    texts = [text for box in CHARTS["crisis"]("en").boxes() for text in box.texts]
    drawn = {name for name in names if any(text.startswith(f"{name}: ") for text in texts)}
    assert drawn == names - set(TELLING_ENTRIES)


@pytest.mark.parametrize("name", CHARTS)
def test_boxes_hold_their_text_and_stay_apart(name):
    placed, height = place_boxes(CHARTS[name]("en"))
    for one in placed.values():
        assert 0 < one.left and one.right < PAGE_WIDTH and one.foot <= height
        assert all(len(line) * CHARACTER_WIDTH <= one.width for line in one.lines)
    for one, other in combinations(placed.values(), 2):
        apart = one.foot < other.top or other.foot < one.top or one.right < other.left or other.right < one.left
        assert apart, (one.box.key, other.box.key)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_pictures_are_sound_and_fetch_nothing(lang):
    pictures = draw_chart_pictures(lang)
    blocks = format_chart_blocks(lang)
    assert [f"```mermaid\n{source}\n```" for source in pictures] == list(blocks.values())
    for picture in pictures.values():
        root = ElementTree.fromstring(picture)
        assert root.get("aria-label")
        assert "http" not in picture and "<script" not in picture
    assert len({re.search(r'marker id="([^"]+)"', picture)[1] for picture in pictures.values()}) == len(CHARTS)


def test_signs_that_would_be_read_are_written_as_codes():
    box = ChartBox("a", 'x "y" <z>', ("one; two [three]",))
    chart = FlowChart("t", (ChartBand(((box, ChartBox("b", "b")),)),), (ChartArrow("a", "b", "c|d"),))
    assert 'n_a["<b>x #34;y#34; #60;z#62;</b><br/>one#59; two #91;three#93;"]:::plain' in format_mermaid(chart)
    assert 'n_a -->|"c#124;d"| n_b' in format_mermaid(chart)
    assert "x &quot;y&quot; &lt;z&gt;" in draw_svg(chart)

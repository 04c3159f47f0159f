import pytest

from simulator.analysis.chain.table import ChainCell, ChainInput, build_chain
from simulator.analysis.effects.arms import Arm
from simulator.report.terminal.chain_text import (
    format_chain_note,
    format_chain_of_levers,
    format_chain_summary,
    format_change,
    list_arms,
)
from tests.analysis.chain.chain_runs import chain_tables

ARM = Arm("p", ("outreach",), {"en": "Outreach", "fr": "Aller vers"})


def cell(difference: float, half: float, baseline: float = 100.0, link: str = "members") -> ChainCell:
    return ChainCell(ARM, "all", link, 5, baseline, baseline + difference, difference, difference - half,
                     difference + half)


@pytest.mark.parametrize(("given", "text"), [
    (cell(60, 5), "+60%"), (cell(-1, 0.2), "−1%"), (cell(0.4, 0.1), "+0.4%"), (cell(0.04, 0.01), "+0.04%"),
    (cell(0.004, 0.001), "<+0.01%"), (cell(-0.004, 0.001), ">−0.01%"),
    (cell(3, 9), "(+3%)"), (cell(0.1, 0.5), "0"), (cell(0, 0), "0"), (cell(12, 1, baseline=0), "+12"),
    (cell(412, 500, baseline=0, link="reached"), "412"), (cell(float("nan"), 1), "–"), (None, "–")])
def test_changes_of_any_size_are_read_at_one_look(given, text):
    assert format_change(given, "en") == text


def test_the_summary_has_a_line_for_each_lever_best_first():
    cells = build_chain(ChainInput(chain_tables({("outreach",): {("all.all", "members"): 240}})))
    for lang, first, second in (("en", "Reach out", "Hire a"), ("fr", "Aller vers", "Recruter")):
        text = format_chain_summary(cells, lang)
        assert text.index(first) < text.index(second)
        assert max(map(len, text.splitlines())) <= 130
    assert "+10%" in format_chain_summary(cells, "en")
    assert len(list_arms(cells)) == 2


def test_what_the_runs_do_not_tell_is_said():
    assert "observe=[people,pairs,reached]" in format_chain_note("en", ("participants",))
    assert "observe" not in format_chain_note("en", ())


def test_the_whole_chain_names_every_link_and_group():
    cells = build_chain(ChainInput(chain_tables({})))
    text = format_chain_of_levers(cells, "en")
    for word in ("members of sites", "needs met by persons", "lost for good", "poorest fifth", "lone parents"):
        assert word in text
    assert "nan" not in text.lower()

"""The view that asks why, in Streamlit's own test runner: A minus B, the chain, a threshold that can be moved."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("streamlit")

from simulator.dashboard.backend import set_backend
from simulator.dashboard.jobs import background_tasks, job_control
from simulator.i18n.texts.chain_texts import LINK_LABELS, format_chain_label
from simulator.i18n.texts.page_texts import get_page_text
from tests.dashboard.fake_server import build_fake_backend
from tests.dashboard.test_page_layout import clean, opened, run_comparison, step


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    set_backend(build_fake_backend(folder))
    yield folder
    job_control.stop_all_jobs()
    background_tasks.stop_tasks()


def open_view(at):
    at.session_state["view"] = "view_why"
    return clean(at.run())


@pytest.fixture(scope="module")
def shipped(root):
    """The results that ship with the package, opened at the view."""
    return open_view(run_comparison(opened("fr"), seeds=4))


def list_tables(at):
    """Each table as rows of texts, heads first."""
    return [[list(table.value.columns), *table.value.values.tolist()] for table in at.table]


def find_pair(at):
    return next(rows for rows in list_tables(at) if rows[0][0] == get_page_text("Measure", "fr"))


def test_two_portfolios_are_compared_with_each_other(shipped):
    pair = find_pair(shipped)
    assert sorted(head[:1] for head in pair[0][1:3]) == ["A", "B"]
    assert pair[0][3] == get_page_text("Difference", "fr")
    assert len(pair) > 4 and all(row[1] and row[2] for row in pair[1:])
    assert not [box for box in shipped.selectbox if box.key == "pair"], "one pair leaves no choice"


@pytest.mark.usefixtures("root")
def test_of_three_portfolios_every_pair_can_be_chosen():
    at = step(opened("fr"), "step_2")
    clean(at.button(key="add").click().run())
    for letter, lever in (("B", "coordinator"), ("C", "open_project")):  # levers whose runs the fake job can draw
        clean(at.multiselect(key=f"levers_{letter}").set_value([lever]).run())
    at = open_view(run_comparison(at, seeds=3))
    assert len(at.selectbox(key="pair").options) == 3
    letters = []
    for k in range(3):
        clean(at.selectbox(key="pair").select_index(k).run())
        letters.append("".join(head[0] for head in find_pair(at)[0][1:3]))
    assert sorted("".join(sorted(pair)) for pair in letters) == ["AB", "AC", "BC"]


def test_the_chain_is_that_of_the_chosen_portfolio(shipped):
    links, chains = {format_chain_label(LINK_LABELS, name, "fr") for name in LINK_LABELS}, []
    for letter in "AB":
        clean(shipped.selectbox(key="chain").select(letter).run())
        chains.append(next(rows for rows in list_tables(shipped) if len(rows) > 1 and rows[1][0] in links))
        assert {row[0] for row in chains[-1][1:]} <= links and len(chains[-1][0]) == 5
    assert chains[0] != chains[1]


def test_a_moved_threshold_changes_the_verdict(shipped):
    heads, verdicts = [get_page_text("Portfolio", "fr"), get_page_text("Verdict", "fr")], []
    for worth in ("1%", "20%"):
        clean(shipped.selectbox(key="worth").select(worth).run())
        rows = next(rows for rows in list_tables(shipped) if rows[0] == heads)
        verdicts.append([row[1] for row in rows[1:]])
    assert len(verdicts[0]) == 2 and verdicts[0] != verdicts[1]


def test_notes_say_what_the_answer_rests_on_without_options_of_the_command_line(shipped):
    notes = [str(one.value) for one in shipped.markdown if str(one.value).startswith("- ")]
    assert len(notes) >= 3 and not any(re.search(r"\b[a-z_]+=", note) for note in notes)

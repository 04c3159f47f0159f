"""The page without a browser: Streamlit's own test runner, with the real cards and checks and fake runs."""

from __future__ import annotations

import json
import time

import pytest

pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest

from simulator.dashboard import streamlit_app
from simulator.dashboard.backend import set_backend
from simulator.dashboard.jobs import background_tasks, job_control
from simulator.i18n.texts.page_texts import get_page_text
from tests.dashboard.fake_server import build_fake_backend


@pytest.fixture
def root(tmp_path):
    set_backend(build_fake_backend(tmp_path))
    yield tmp_path
    job_control.stop_all_jobs()
    background_tasks.stop_tasks()


def opened(lang="fr", session=""):
    at = AppTest.from_file(streamlit_app.__file__, default_timeout=60)
    at.query_params["lang"] = lang
    if session:
        at.query_params["session"] = session
    return clean(at.run())


def clean(at):
    """The page, which must have raised nothing."""
    assert not at.exception
    return at


def texts(at):
    return " ".join(str(one.value) for kind in (at.header, at.subheader, at.markdown, at.caption, at.info, at.warning,
                                                at.error) for one in kind)


def step(at, name):
    at.session_state["step"] = name
    return clean(at.run())


def run_comparison(at, seeds=2):
    """The page once its job is done."""
    at.session_state["state"].choices.seeds = seeds
    step(at, "step_2")
    if at.number_input(key="seeds").value != seeds:  # the field was drawn before, with another number
        clean(at.number_input(key="seeds").set_value(seeds).run())
    clean(at.button(key="run").click().run())
    session = at.session_state["state"]
    for _ in range(600):
        if job_control.read_job_progress(session.folder(), session.runs()).state == "done":
            return clean(at.run())
        time.sleep(0.05)
    raise AssertionError(job_control.read_job_progress(session.folder(), session.runs()))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_opens_in_each_language(root, lang):
    at = opened(lang)
    assert at.title[0].value == get_page_text("Compare levers in a crisis", lang) and get_page_text(
        "Where", lang) in texts(at)
    assert at.selectbox(key="territory").label == get_page_text("Territory", lang)


def test_choose_run_and_view(root):
    at = opened()
    at.selectbox(key="territory").select("village").run()
    run_comparison(at)
    assert get_page_text("What these runs say", "fr") in texts(at) and not at.error
    for view in ("view_recovery", "view_groups", "view_map", "view_why", "view_days", "view_story", "view_folder"):
        at.session_state["view"] = view
        clean(at.run())
        assert not at.error, view
    folder = at.session_state["state"].folder()
    assert folder.is_relative_to(root / "sessions") and len(list((folder / "runs").iterdir())) == 6


def test_more_seeds_go_into_the_same_folder(root, monkeypatch):
    monkeypatch.setattr("simulator.dashboard.steps.result_step.SEEDS_PER_CLICK", 1)
    at = run_comparison(opened())
    folder = at.session_state["state"].folder()
    clean(at.button(key="more").click().run())
    assert at.session_state["state"].folder() == folder
    assert len(json.loads((folder / "page.json").read_text(encoding="utf-8"))["runs"]["baseline"]) == 3


def test_a_reloaded_page_finds_its_comparison_and_another_session_does_not(root):
    at = run_comparison(opened())
    session = at.session_state["state"].workspace.session_folder.name
    again, other = opened(session=session), opened()
    assert again.session_state["state"].folder() == at.session_state["state"].folder()
    assert other.session_state["state"].folder() is None
    forged = opened(session="../../etc").session_state["state"].workspace.session_folder
    assert forged.parent == root / "sessions" and forged.name != session


def test_the_start_is_disabled_while_nothing_can_start_and_says_why(root):
    at = opened()
    at.multiselect(key="crises").set_value([]).run()
    step(at, "step_2")
    assert at.button(key="run").disabled
    assert get_page_text("Choose at least one crisis to compare.", "fr") in [one.value for one in at.caption]
    step(at, "step_1")
    at.multiselect(key="crises").set_value(["heatwave"]).run()
    step(at, "step_2")
    assert not at.button(key="run").disabled
    at.multiselect(key="levers_A").set_value([]).run()
    assert at.button(key="run").disabled
    reason = get_page_text("Portfolio {letter}: choose at least one lever, or remove it.", "fr", letter="A")
    assert reason in [one.value for one in at.caption]
    step(at, "step_3")
    assert at.button(key="run_here").disabled and reason in [one.value for one in at.caption]
    assert not list(root.glob("sessions/*/*/runs"))


def test_what_is_refused_at_the_start_is_not_offered_again_until_choices_change(root):
    """The page is drawn again when costs are known; the refusal must still be shown."""
    at = opened("en")
    at.session_state["state"].choices.crises[0].start = "2024-01-01"
    step(at, "step_2")
    at.button(key="run").click().run()
    for _ in range(2):
        assert len(at.error) == 1 and "2024-01-01" in at.error[0].value and "\n" not in at.error[0].value
        assert at.button(key="run").disabled
        clean(at.run())
    at.session_state["state"].choices.crises[0].start = "2027-08-04"
    clean(at.run())
    assert not at.error and not at.button(key="run").disabled
    assert not list(root.glob("sessions/*/*/runs"))


def test_a_failure_of_the_machine_can_be_tried_again(root, monkeypatch):
    at = opened("en")
    at.session_state["state"].choices.seeds = 1
    monkeypatch.setattr("simulator.dashboard.jobs.job_control.start_job", no_room)
    step(at, "step_2")
    at.button(key="run").click().run()
    assert len(at.error) == 1 and "No space left" in at.error[0].value and not at.button(key="run").disabled


def no_room(*_):
    raise OSError(28, "No space left on device")


def test_what_is_played_is_not_played_again(root):
    at = step(run_comparison(opened("en")), "step_2")
    assert at.button(key="run").disabled
    assert "These choices are played: see the results, or ask for more seeds." in [one.value for one in at.caption]
    clean(at.number_input(key="seeds").set_value(3).run())
    assert not at.button(key="run").disabled


def test_an_exception_is_shown_in_one_line(root, monkeypatch):
    monkeypatch.setattr("simulator.dashboard.steps.scenario_step.show", lambda session: 1 / 0)
    at = opened("en")
    assert [one.value for one in at.error] == [get_page_text("The page could not do this ({why}). Load it again; "
                                                             "your choices are kept.", "en", why="ZeroDivisionError")]


def test_each_seed_plays_its_own_numbers_unless_one_says_otherwise(root):
    at = step(opened("en"), "step_1")
    choices = at.session_state["state"].choices
    assert at.toggle(key="uncertainty").value and choices.number_overrides() == ["uncertainty=numbers"]
    at = clean(at.toggle(key="uncertainty").set_value(False).run())
    choices = at.session_state["state"].choices
    assert choices.number_overrides() == ["behaviour=balanced", "uncertainty=seeds"]

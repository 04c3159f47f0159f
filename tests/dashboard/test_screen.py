"""The page without a browser: Streamlit's own test runner, drawn runs behind the real cards and checks."""

from __future__ import annotations

import json
import time

import pytest

pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest

from simulator.dashboard import page
from simulator.dashboard.backend import hang
from simulator.dashboard.jobs import background, jobs
from simulator.i18n.page_texts import say
from tests.dashboard.fake_server import fake_door


@pytest.fixture
def root(tmp_path):
    hang(fake_door(tmp_path))
    yield tmp_path
    jobs.stop_all()
    background.stop()


def opened(lang="fr", session=""):
    at = AppTest.from_file(page.__file__, default_timeout=60)
    at.query_params["lang"] = lang
    if session:
        at.query_params["session"] = session
    return clean(at.run())


def clean(at):
    assert not at.exception
    return at


def texts(at):
    return " ".join(str(one.value) for kind in (at.header, at.subheader, at.markdown, at.caption, at.info, at.warning,
                                                at.error) for one in kind)


def step(at, name):
    at.session_state["step"] = name
    return clean(at.run())


def played(at, seeds=2):
    """The page once its job is done."""
    at.session_state["state"].choices.seeds = seeds
    step(at, "step_2")
    clean(at.button(key="run").click().run())
    here = at.session_state["state"]
    for _ in range(600):
        if jobs.progress(here.folder(), here.runs()).state == "done":
            return clean(at.run())
        time.sleep(0.05)
    raise AssertionError(jobs.progress(here.folder(), here.runs()))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_opens_in_each_language(root, lang):
    at = opened(lang)
    assert at.title[0].value == say("title", lang) and say("place_head", lang) in texts(at)
    assert at.selectbox(key="territory").label == say("territory", lang)


def test_choose_play_look(root):
    at = opened()
    at.selectbox(key="territory").select("village").run()
    played(at)
    assert say("answer_head", "fr") in texts(at) and not at.error
    for view in ("view_recovery", "view_groups", "view_map", "view_days", "view_story", "view_folder"):
        at.session_state["view"] = view
        clean(at.run())
        assert not at.error, view
    folder = at.session_state["state"].folder()
    assert folder.is_relative_to(root / "sessions") and len(list((folder / "runs").iterdir())) == 6


def test_more_seeds_go_into_the_same_folder(root, monkeypatch):
    monkeypatch.setattr("simulator.dashboard.steps.result_step.MORE", 1)
    at = played(opened())
    folder = at.session_state["state"].folder()
    clean(at.button(key="more").click().run())
    assert at.session_state["state"].folder() == folder
    assert len(json.loads((folder / "page.json").read_text(encoding="utf-8"))["runs"]["baseline"]) == 3


def test_a_page_that_is_loaded_again_finds_its_comparison_and_another_session_does_not(root):
    at = played(opened())
    session = at.session_state["state"].workspace.own.name
    again, other = opened(session=session), opened()
    assert again.session_state["state"].folder() == at.session_state["state"].folder()
    assert other.session_state["state"].folder() is None
    forged = opened(session="../../etc").session_state["state"].workspace.own
    assert forged.parent == root / "sessions" and forged.name != session


def test_what_cannot_be_played_is_one_line(root):
    at = opened()
    at.multiselect(key="crises").set_value([]).run()
    assert say("no_crisis", "fr") in texts(at)
    step(at, "step_2")
    at.button(key="run").click().run()
    assert [one.value for one in at.error] == [say("no_crisis", "fr")]
    at.multiselect(key="levers_A").set_value([]).run()
    at.button(key="run").click().run()
    assert [one.value for one in at.error] == [say("empty", "fr", letter="A")]
    at = opened("en")
    at.session_state["state"].choices.crises[0].start = "2024-01-01"
    step(at, "step_2")
    at.button(key="run").click().run()
    assert len(at.error) == 1 and "2024-01-01" in at.error[0].value and "\n" not in at.error[0].value
    assert not list(root.glob("sessions/*/*/runs"))


def test_a_refusal_stays_until_choices_change(root, monkeypatch):
    """The page draws itself again when costs are known; what was refused must not vanish with that."""
    at = opened()
    at.multiselect(key="crises").set_value([]).run()
    step(at, "step_2")
    told = iter([None])
    monkeypatch.setattr("simulator.dashboard.steps.lever_step.prices", lambda here: next(told, {}))
    at.button(key="run").click().run()
    assert [one.value for one in at.error] == [say("no_crisis", "fr")]
    clean(at.run())
    assert [one.value for one in at.error] == [say("no_crisis", "fr")]
    step(at, "step_1")
    at.multiselect(key="crises").set_value(["heatwave"]).run()
    step(at, "step_2")
    assert not at.error


def test_what_breaks_is_one_line(root, monkeypatch):
    monkeypatch.setattr("simulator.dashboard.steps.scene_step.show", lambda here: 1 / 0)
    at = opened("en")
    assert [one.value for one in at.error] == [say("broken", "en", why="ZeroDivisionError")]

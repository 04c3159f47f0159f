"""Stories are replayed from the stored run that was asked for."""

from __future__ import annotations

import pytest

from simulator.records.results import open as results_of
from simulator.studies.store import Store
from simulator.studies.story_replay import replay_story, select_stored_run
from tests.properties.trial_run import quick, trial
from tests.records.small_record import small_record
from tests.studies.test_replay_check import plain

RUNS = [trial(*levers, seed=seed) for seed in (2, 1) for levers in ((), (quick("outreach"),), (quick("fans"),))]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Six runs: two seeds, no levers and two arms. What they say is made up; their settings are real."""
    folder = tmp_path_factory.mktemp("stories")
    for run in RUNS:
        Store(folder).save(small_record(run.id, **plain(run)))
    return results_of(folder)


def test_a_run_is_selected_by_arm_and_seed(results) -> None:
    first = select_stored_run(results)
    assert first.seed == 1 and len(first.levers) == 1
    assert select_stored_run(results, "fans", 2).id == RUNS[2].id
    assert select_stored_run(results, run=RUNS[0].id).levers == ()


def test_a_run_that_is_not_stored_is_refused(results) -> None:
    for request in ({"lever": "cash"}, {"seed": 9}, {"run": "nope"}):
        with pytest.raises(ValueError, match="no run here is .*: expected "):
            select_stored_run(results, **request)


def test_a_story_has_the_run_and_its_counterfactual(results) -> None:
    story = replay_story(select_stored_run(results, "fans", 2), 12)
    assert [[card["id"] for card in life.levers] for life in story.arms] == [[], ["fans"]] and story.seed == 2
    assert len(replay_story(select_stored_run(results, run=RUNS[0].id), 12).arms) == 1

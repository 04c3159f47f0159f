"""Which stored run a story is of."""

from __future__ import annotations

import pytest

from simulator.records.results import open as results_of
from simulator.studies.replay_story import retell, stored
from simulator.studies.store import Store
from tests.laws.trial import quick, trial
from tests.records.small_record import small_record
from tests.studies.test_verify import plain

RUNS = [trial(*levers, seed=seed) for seed in (2, 1) for levers in ((), (quick("outreach"),), (quick("fans"),))]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Six runs: two seeds, no levers and two arms. What they say is made up; their settings are real."""
    folder = tmp_path_factory.mktemp("stories")
    for run in RUNS:
        Store(folder).keep(small_record(run.id, **plain(run)))
    return results_of(folder)


def test_the_run_asked_for(results) -> None:
    first = stored(results)
    assert first.seed == 1 and len(first.levers) == 1
    assert stored(results, "fans", 2).id == RUNS[2].id and stored(results, run=RUNS[0].id).levers == ()


def test_what_is_not_there_is_said(results) -> None:
    for asked in ({"lever": "cash"}, {"seed": 9}, {"run": "nope"}):
        with pytest.raises(ValueError, match="no run here is .*: expected "):
            stored(results, **asked)


def test_a_stored_run_and_its_twin(results) -> None:
    story = retell(stored(results, "fans", 2), 12)
    assert [[card["id"] for card in life.levers] for life in story.lives] == [[], ["fans"]] and story.seed == 2
    assert len(retell(stored(results, run=RUNS[0].id), 12).lives) == 1

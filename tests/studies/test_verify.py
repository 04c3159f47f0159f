"""A stored run is rebuilt from its own settings; another version of the model is told, not played."""

from __future__ import annotations

import json

import pytest

from simulator.records.results import Results
from simulator.studies.rebuild import rebuilt
from simulator.studies.store import Store
from simulator.studies.verify import verify
from tests.laws.trial import every_lever, trial
from tests.records.small_record import small_record


def plain(run):
    return json.loads(json.dumps(run.content(), default=str))


def test_every_card_comes_back_from_its_settings():
    run = trial(*every_lever())
    again = rebuilt(plain(run), run.id)
    assert again.content() == run.content() and again.levers[0] in run.levers and again.model == run.model


def test_another_version_and_other_settings_are_refused():
    run = trial()
    with pytest.raises(ValueError, match="model 0.0.9"):
        rebuilt({**plain(run), "model_version": "0.0.9"}, "0" * 16)
    with pytest.raises(ValueError, match="do not give its key"):
        rebuilt(plain(run), "0" * 16)


def test_bytes_are_compared(tmp_path):
    run = trial()

    def right(runs, *, on_record, threads):
        on_record(runs[0], small_record(runs[0].id, **plain(runs[0])))

    def wrong(runs, *, on_record, threads):
        on_record(runs[0], small_record(runs[0].id, steps=5, **plain(runs[0])))

    right([run], on_record=lambda _, record: Store(tmp_path).keep(record), threads=1)
    assert [one.same for one in verify(Results(tmp_path), [run.id], right)] == [True]
    assert [one.why for one in verify(Results(tmp_path), [run.id], wrong)] == ["the bytes differ"]

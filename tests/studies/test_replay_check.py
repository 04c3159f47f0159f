"""A stored run is rebuilt from its settings and compared; a run of another version of the model is refused."""

from __future__ import annotations

import json

import pytest

from simulator.records.files.parquet import read_metadata
from simulator.records.files.run_files import save_record
from simulator.records.results import Results
from simulator.studies.replay_check import verify_stored_runs
from simulator.studies.run_content import rebuild_run
from simulator.studies.store import Store
from tests.properties.trial_run import every_lever, trial
from tests.records.small_record import small_record


def plain(run):
    return json.loads(json.dumps(run.content(), default=str))


def test_a_run_is_rebuilt_from_its_content():
    run = trial(*every_lever())
    rebuilt = rebuild_run(plain(run), run.id)
    assert rebuilt.content() == run.content() and rebuilt.levers[0] in run.levers and rebuilt.model == run.model


def test_another_version_and_other_settings_are_refused():
    run = trial()
    with pytest.raises(ValueError, match="model 0.0.9"):
        rebuild_run({**plain(run), "model_version": "0.0.9"}, "0" * 16)
    with pytest.raises(ValueError, match="do not give its key"):
        rebuild_run(plain(run), "0" * 16)


def test_bytes_are_compared(tmp_path):
    run = trial()

    def right(runs, *, on_record, threads):
        on_record(runs[0], small_record(runs[0].id, **plain(runs[0])))

    def wrong(runs, *, on_record, threads):
        on_record(runs[0], small_record(runs[0].id, steps=5, **plain(runs[0])))

    right([run], on_record=lambda _, record: Store(tmp_path).save(record), threads=1)
    assert [check.identical for check in verify_stored_runs(Results(tmp_path), [run.id], right)] == [True]
    assert [check.reason for check in verify_stored_runs(Results(tmp_path), [run.id], wrong)] == ["the bytes differ"]


def test_a_file_without_units_is_compared_without_them(tmp_path):
    """Files of an earlier commit of this schema hold no units; played again, they are the same."""
    run = trial()
    content = plain(run)

    def play(runs, *, on_record, threads):
        on_record(runs[0], small_record(runs[0].id, **content))

    known = read_metadata(save_record(small_record(run.id, **content), tmp_path / "known.parquet"))
    file = Store(tmp_path).path(run.id)
    save_record(small_record(run.id, **content), file, {key: known[key] for key in known if key != "units"})
    assert "units" not in read_metadata(file)
    assert [check.identical for check in verify_stored_runs(Results(tmp_path), [run.id], play)] == [True]

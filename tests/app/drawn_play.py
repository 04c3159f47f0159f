"""Plays runs by drawing their records instead of simulating them."""

from __future__ import annotations

import numpy as np

from simulator.records.record import headline
from simulator.studies.play import Failure
from tests.analysis.fake_runs import fake_record


def drawn(run):
    """A finished record of this run."""
    record = fake_record(tuple(sorted(lever.id for lever in run.levers)), run.seed)
    record.run_id, record.content = run.id, run.content()
    for table in record.tables.values():
        table["run"] = np.full(len(table["run"]), run.id, object)
    told = headline(run.id, record.content)
    for name in ("context", "behaviour"):
        record.tables["runs"][name] = np.array([told[name]], object)
    return record


class Played(list):
    """Runs that were asked for, in order; `fails` holds levers, or seeds, whose runs fail, `stop` ends the play after
    so many."""

    fails: tuple[str | int, ...] = ()
    stop: int | None = None

    def by(self, draw):
        """A stand-in for sweep.play.play_all. draw(run): the record that is kept."""
        def play_all(runs, store, *, workers=None, threads=None, on_run=None):
            failures = []
            for run in store.missing(runs):
                if self.stop == len(self):
                    raise KeyboardInterrupt
                levers = "+".join(lever.id for lever in run.levers)
                if levers and levers in self.fails or run.seed in self.fails:
                    failures.append(Failure(run.id, run.seed, levers, "ValueError: broke\non two lines"))
                    continue
                self.append(run)
                store.keep(draw(run))
                on_run(run)
            return failures

        return play_all

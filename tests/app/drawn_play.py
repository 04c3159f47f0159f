"""Plays runs by drawing their records at random instead of simulating them."""

from __future__ import annotations

import numpy as np

from simulator.records.record import identify_run
from simulator.studies.missing_runs import RunFailure
from tests.analysis.fake_runs import fake_record


def draw_record(run, **how):
    """A record of this run with random numbers. how: of `fake_record`."""
    record = fake_record(tuple(sorted(lever.id for lever in run.levers)), run.seed, **how)
    record.run_id, record.content = run.id, run.content()
    for table in record.tables.values():
        table["run"] = np.full(len(table["run"]), run.id, object)
    identity = identify_run(run.id, record.content)
    for name in ("context", "behaviour"):
        record.tables["runs"][name] = np.array([identity[name]], object)
    return record


class PlayedRuns(list):
    """The runs that were played, in order.

    fails: levers or seeds whose runs fail. stop: number of runs after which KeyboardInterrupt is raised.
    """

    fails: tuple[str | int, ...] = ()
    stop: int | None = None

    def make_player(self, draw):
        """A replacement for play_missing. draw(run): the record that is stored."""
        def play(runs, store, settings, listener):
            failures = []
            for run in store.list_missing_runs(runs):
                if self.stop == len(self):
                    raise KeyboardInterrupt
                levers = "+".join(lever.id for lever in run.levers)
                if levers and levers in self.fails or run.seed in self.fails:
                    failures.append(RunFailure(run.id, run.seed, levers, "ValueError: broke\non two lines"))
                    continue
                self.append(run)
                store.save(draw(run))
                listener.done(run)
            return failures

        return play

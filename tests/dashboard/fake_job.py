"""A job that writes fake runs under the ids that the page expects: `python -m tests.dashboard.fake_job FOLDER`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from simulator.records.files.run_files import save_record
from simulator.studies.store import Store
from tests.analysis.fake_runs import LEVERS, fake_record

SECONDS_PER_RUN = 0.1
"""Seconds that a fake run takes, so that there is progress to watch."""


def main(folder: Path) -> int:
    """Write a run for each id in page.json that is not stored yet."""
    page = json.loads((folder / "page.json").read_text(encoding="utf-8"))
    doses = {"baseline": {}} | {letter: one["doses"] for letter, one in zip("ABCDEF", page["choices"]["portfolios"])}
    for arm, runs in page["runs"].items():
        for seed, run in enumerate(runs, 1):
            file = folder / "runs" / f"{run}.parquet"
            if not Store(folder).has(run):
                time.sleep(SECONDS_PER_RUN)
                record = fake_record(tuple(sorted(set(doses[arm]) & set(LEVERS))), seed)
                record.run_id = run
                for table in record.tables.values():
                    table["run"] = np.full(len(table["run"]), run, object)
                save_record(record, file)
    print("done")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))

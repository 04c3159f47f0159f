"""A study on a cluster's queue: start Dask workers as jobs, play the study on them, let them go.

    python tools/cluster/jobqueue.py slurm --jobs 10 --cores 8 --memory 16GB --walltime 02:00:00 -- name=first_study

Needs dask-jobqueue (extra `distributed`). Every job must see the results folder and the same installation; else add
executor.shared=false, and finished runs travel through the scheduler. `local` starts the jobs on this machine: a trial.
"""

from __future__ import annotations

import argparse
import subprocess
import sys


def cluster(asked: argparse.Namespace) -> object:
    """The cluster of a queue, with no job yet. One worker process per core, one thread in each."""
    import dask_jobqueue
    from dask_jobqueue.local import LocalCluster

    kinds = {"slurm": dask_jobqueue.SLURMCluster, "pbs": dask_jobqueue.PBSCluster, "local": LocalCluster}
    more = {} if asked.kind == "local" else {"walltime": asked.walltime, "queue": asked.queue,
                                             "job_script_prologue": ["export NUMBA_NUM_THREADS=1"]}
    return kinds[asked.kind](cores=asked.cores, processes=asked.cores, memory=asked.memory, python=sys.executable,
                             **more)


def main() -> int:
    """Start the jobs, play, end them. The exit code is the study's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("slurm", "pbs", "local"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cores", type=int, default=1, help="of each job")
    parser.add_argument("--memory", default="4GB", help="of each job")
    parser.add_argument("--walltime", default="01:00:00")
    parser.add_argument("--queue", default=None, help="partition or queue; the cluster's own default when left out")
    parser.add_argument("words", nargs="+", help="words of resilience study, after --")
    asked = parser.parse_args()
    with cluster(asked) as jobs:  # type: ignore[attr-defined]
        jobs.scale(jobs=asked.jobs)
        words = [*asked.words, "executor=dask", f"executor.address={jobs.scheduler_address}"]
        return subprocess.run([sys.executable, "-m", "simulator", "study", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

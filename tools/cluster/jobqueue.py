"""Run a study on a cluster's queue: start Dask workers as jobs, run the study on them, end the jobs.

    python tools/cluster/jobqueue.py slurm --jobs 10 --cores 8 --memory 16GB --walltime 02:00:00 -- name=first_study

Needs dask-jobqueue (extra `distributed`). Every job needs this installation and must see the results folder; if it does
not, add executor.shared=false, and finished runs are sent through the scheduler. `local` starts the jobs on this
machine, to try it out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys


def create_cluster(args: argparse.Namespace) -> object:
    """A Dask cluster for a queue, with no job yet. One worker process per core, one thread in each."""
    import dask_jobqueue
    from dask_jobqueue.local import LocalCluster

    kinds = {"slurm": dask_jobqueue.SLURMCluster, "pbs": dask_jobqueue.PBSCluster, "local": LocalCluster}
    options = {} if args.kind == "local" else {"walltime": args.walltime, "queue": args.queue,
                                               "job_script_prologue": ["export NUMBA_NUM_THREADS=1"]}
    return kinds[args.kind](cores=args.cores, processes=args.cores, memory=args.memory, python=sys.executable,
                            **options)


def main() -> int:
    """Start the jobs, run the study, end the jobs. The exit code is the study's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("slurm", "pbs", "local"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cores", type=int, default=1, help="of each job")
    parser.add_argument("--memory", default="4GB", help="of each job")
    parser.add_argument("--walltime", default="01:00:00")
    parser.add_argument("--queue", default=None, help="partition or queue; the cluster's own default when left out")
    parser.add_argument("words", nargs="+", help="words of resilience study, after --")
    args = parser.parse_args()
    with create_cluster(args) as cluster:  # type: ignore[attr-defined]
        cluster.scale(jobs=args.jobs)
        words = [*args.words, "executor=dask", f"executor.address={cluster.scheduler_address}"]
        return subprocess.run([sys.executable, "-m", "simulator", "study", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

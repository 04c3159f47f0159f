"""Run a study on Kubernetes: Dask workers are pods of an image that holds this project.

    python tools/cluster/kubernetes.py my-registry/resilience:0.1 --workers 20 -- name=first_study

Needs dask-kubernetes and its operator in the cluster. Pods share no disk with this machine, so finished runs
are sent back.
"""

from __future__ import annotations

import argparse
import subprocess
import sys


def main() -> int:
    """Start the pods, run the study, end the pods. The exit code is the study's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("image")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("words", nargs="+", help="words of resilience study, after --")
    args = parser.parse_args()
    from dask_kubernetes.operator import KubeCluster

    with KubeCluster(name="resilience", image=args.image, n_workers=args.workers,
                     env={"NUMBA_NUM_THREADS": "1"}) as cluster:
        words = [*args.words, "executor=dask", f"executor.address={cluster.scheduler_address}",
                 "executor.shared=false"]
        return subprocess.run([sys.executable, "-m", "simulator", "study", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

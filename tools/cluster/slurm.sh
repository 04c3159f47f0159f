#!/usr/bin/env bash
# A study in one SLURM allocation, without dask-jobqueue: a scheduler, a worker per task, the study.
#     sbatch tools/cluster/slurm.sh name=first_study results=/shared/first_study
# Outside SLURM it starts two workers on this machine, to try it out. PBS: the same with #PBS lines, and pbsdsh or
# mpiexec for srun.
#SBATCH --job-name=resilience
#SBATCH --ntasks=16
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=2G
#SBATCH --time=02:00:00
set -euo pipefail
export NUMBA_NUM_THREADS=1
python=${PYTHON:-python}
scratch=$(mktemp -d "${TMPDIR:-$PWD}/resilience.XXXXXX") # all tasks must see it
trap 'kill $(jobs -p) 2>/dev/null || true; wait || true; rm -rf "$scratch"' EXIT

"$python" -m distributed.cli.dask_scheduler --port 0 --no-dashboard --scheduler-file "$scratch/scheduler.json" &
worker=("$python" -m distributed.cli.dask_worker --scheduler-file "$scratch/scheduler.json" --nthreads 1 --no-dashboard
    --local-directory "$scratch")
if command -v srun >/dev/null; then
    srun "${worker[@]}" &
else
    "${worker[@]}" & "${worker[@]}" &
fi
until [ -s "$scratch/scheduler.json" ]; do sleep 0.2; done
address=$("$python" -c 'import json, sys; print(json.load(open(sys.argv[1]))["address"])' "$scratch/scheduler.json")
"$python" -m simulator study "$@" executor=dask "executor.address=$address"

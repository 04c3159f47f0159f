"""Studies: designs of runs, worker processes that play them, and the resumable store of their records.

Begin with `study.py` (the card of a study), `missing_runs.py` (playing) and `store.py` (where runs are kept).
"""

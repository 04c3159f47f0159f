"""What commands share when they play runs: the batch, the results folder, evaluators for searches and the dashboard.

Begin with job_runner.py and batch.py.
"""

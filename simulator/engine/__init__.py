"""The simulation loop: its calendar, forks of a run, compilation ahead of runs, and verification.

Begin with loop.py.
"""

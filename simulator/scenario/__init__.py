"""What a run is: scenario, calendar, levers, parameters, seed. Its id is a hash of all these.

Begin with run.py.
"""

"""The three steps of the page: scenario, levers, result.

Each module draws one step. State is in the PageSession.
Begin with scenario_step.py.
"""

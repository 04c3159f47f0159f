"""The three steps of the page: scenario, levers, result.

State lives in the session, choices in the address.
Begin with scene_step.py.
"""

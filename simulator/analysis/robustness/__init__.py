"""Does a conclusion hold in every scenario? Regret, scenario discovery, choice of levers.

Reads records only.
Begin with choice.py.
"""

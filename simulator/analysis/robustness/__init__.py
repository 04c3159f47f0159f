"""Does a conclusion hold in every scenario? Regret, satisficing, groups left worse off, scenario discovery.

Works on outcomes by scenario, from records alone.
Begin with regret.py.
"""

"""From names, overrides and YAML to a checked Run: the only package that knows Hydra and official files.

Everything is checked here; nothing is simulated.
Begin with compose.py, then job.py.
"""

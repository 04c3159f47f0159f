"""From names, overrides and YAML to a Run: the only room that knows Hydra and official files.

Everything is checked here; nothing is played.
Begin with compose.py, then resolve.py.
"""

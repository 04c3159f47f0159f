"""A resident's story as text, from the trace of a replay.

text.py composes it, events.py formats one event. Begin with text.py.
"""

"""A resident's story as text.

Told from the trace of a replay.
Begin with story_text.py.
"""

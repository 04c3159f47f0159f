"""Hindcasts: the model held against published figures of real crises.

Begin with event_card.py (what an event is), then measures.py and scoring.py.
"""

"""Strict reading and checking of YAML cards, with messages that name the file and the line.

Nothing here knows levers or crises: each kind of card is a dataclass elsewhere (levers/card.py, crises/card.py).
Begin with reader.py.
"""

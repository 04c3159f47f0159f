"""Reading and checking YAML cards strictly, with messages that name the file and the line.

Knows no lever or crisis: each kind of card is a dataclass elsewhere.
Begin with reader.py.
"""

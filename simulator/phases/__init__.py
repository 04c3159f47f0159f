"""Floor 4: what happens in a step, one file a phase; order.py names the order."""

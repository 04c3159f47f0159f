"""Floor 6: the whole simulation as one loop, and forks of it."""

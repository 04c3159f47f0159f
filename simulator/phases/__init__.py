"""Floor 4: what happens in a step, one file a phase, in the order they are played."""

"""Floor 1: the equations, one scalar function each, called by kernels and by single residents alike."""

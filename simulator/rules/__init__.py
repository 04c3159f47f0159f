"""The equations of the model: one compiled scalar function each, called by kernels and, for one resident, from Python.

A parameter `p` is a group of numbers as a named tuple (`ParameterGroup.numbers`). `span` is the length of a step in
days, `u` a uniform random number in (0, 1). Probabilities are written P(…).
"""

"""Doubt about a conclusion, from runs in which each seed has its own plausible set of numbers.

How often a lever helps and comes first, what its effect varies with, which numbers would turn the ranking, and what a
team's own ranges change. The unit is the set of numbers: seeds that share one count by their mean.
Begin with rank_acceptability.py.
"""

"""Levers together under a budget: search, Pareto front, Shapley values, marginal returns.

Reads records only; app/commands/portfolio.py plays what the search asks for.
Begin with search.py.
"""

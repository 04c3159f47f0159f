"""Levers combined under a budget: search, Pareto front, Shapley values, marginal returns.

Works on outcomes that the caller gives; app/commands/portfolio.py simulates what the search asks for.
Begin with portfolio_search.py.
"""

"""Pairs of levers against the sum of their parts."""

"""Phases: what happens in a step, one module a phase; order.py names the order. Begin there."""

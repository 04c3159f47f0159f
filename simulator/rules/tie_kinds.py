"""Kinds of tie, and how many ties a resident can have (model 2.2)."""

from __future__ import annotations

TIE_KINDS = ("kin", "friend", "neighbour", "other", "project")
KIN, FRIEND, NEIGHBOUR, OTHER, PROJECT = range(5)
MAX_TIES = 24
"""Ties of one resident at most: communication capacity is finite (Miritello et al. 2013)."""

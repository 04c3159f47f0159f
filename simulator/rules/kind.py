"""Kinds of tie (model 2.2)."""

from __future__ import annotations

KINDS = ("kin", "friend", "neighbour", "other", "project")
KIN, FRIEND, NEIGHBOUR, OTHER, PROJECT = range(5)
SLOTS = 24
"""Ties one resident can keep up: a finite communication capacity (Miritello et al. 2013)."""

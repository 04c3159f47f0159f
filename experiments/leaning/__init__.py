"""Assumption screening: which assumed numbers conclusions depend on most, measured once for every crisis."""

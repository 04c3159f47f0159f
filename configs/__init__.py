"""Hydra's configuration groups: only what differs from the defaults declared in the code."""

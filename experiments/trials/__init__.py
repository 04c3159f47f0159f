"""Trials of strength: what the machine and its users may do to a study, done on purpose. See README.md."""

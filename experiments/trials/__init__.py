"""Robustness trials: killed processes, full disks, concurrent writers, damaged input. See README.md."""

"""Overhead of the study engine compared with plain loops."""

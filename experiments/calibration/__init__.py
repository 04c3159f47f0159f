"""Calibration against published patterns: what is varied, waves of runs, an emulator, the ensemble that is kept."""

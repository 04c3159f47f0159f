"""Benchmark of speed and memory: compiled loops, the reference implementation, a plain Mesa model, other libraries."""

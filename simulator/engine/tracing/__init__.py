"""The story of one resident: a run is replayed while a tracer records what happens to them and why.

Tracing does not change the outcome of a run, and a run without a tracer pays nothing for it. Begin with replay.py.
"""

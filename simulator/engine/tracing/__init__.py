"""One resident's story: a run is played again while a tracer notes what happens to them and why.

A traced run has the same bits; an untraced one costs nothing.
Begin with replay.py.
"""

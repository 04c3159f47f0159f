"""Tables that a run keeps only when asked: residents, pairs, ties, sites, the network.

They read the world and never write it.
Begin with schema.py and observer.py.
"""

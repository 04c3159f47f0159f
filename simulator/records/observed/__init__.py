"""Tables that a run writes only on request: residents, pairs, ties, sites, the network.

They read the world and never change it. Begin with schema.py and observer.py.
"""

"""Commands on folders of results: bundle, compact, export, publish, reproduce, verify.

Begin with verify.py.
"""

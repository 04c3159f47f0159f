"""The public Python face: the verbs of `import simulator as sim`, each with the names and refusals of the command line.

What goes in are dotted names of settings, what comes out are pandas frames and records. Begin with configuration.py.
"""

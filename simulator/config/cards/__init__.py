"""Cards as files: where they lie, how they are read, which kinds there are, their JSON Schemas.

Begin with card_files.py.
"""

"""Records as files: Parquet, checksums, where a file comes from, what a folder holds.

Begin with run_files.py.
"""

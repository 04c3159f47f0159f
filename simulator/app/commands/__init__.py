"""One module for each command of `resilience`.

Each has `command(line)`, the exit code of the command; app/cli/main.py imports it by name.
Begin with run.py (`resilience run`).
"""

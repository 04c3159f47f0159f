"""One module a command of `resilience`.

Each has `command(line)`; app/cli/main.py looks it up by name.
Begin with play.py (`resilience run`).
"""

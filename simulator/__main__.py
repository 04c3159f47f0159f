"""python -m simulator: the same as the command `resilience`."""

from .app.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())

"""Says that `python -m simulator.app.hydra_job` is now the command `resilience hydra`."""

from __future__ import annotations

import sys

from ..i18n.translation import choose_language, translate


def main(argv: list[str]) -> int:
    """Print one line on standard error; 2, as for bad input."""
    text = translate("python -m simulator.app.hydra_job is now a command: write resilience hydra -m …",
                     choose_language(argv))
    print(f"resilience: {text}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

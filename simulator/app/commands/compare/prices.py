"""Prices of all levers by dose in a territory: `python -m simulator.app.commands.compare.prices FILE setting=value …`.

The dashboard starts it as a process of its own: the territory has to be built to count the sites and homes that a
lever reaches.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ....config.budget import get_cost_terms
from ....config.compose import compose_config
from ....config.errors import UsageError
from ....config.job import resolve_job
from ....i18n.translation import choose_language
from ....records.files.parquet import write_text_atomically

if TYPE_CHECKING:
    from ....levers.budget import BudgetContext
    from ....levers.card import Lever

FOLDER_OPTION = "--config-dir"
DOSE_STEPS = 4
"""Doses above 0 at which a lever is priced, equally spaced up to its greatest."""


def main(words: list[str]) -> int:
    """Write lever -> [[dose, EUR a year, lowest, highest], …] as JSON, whole or not at all. Exit code 2 for bad input.

    words: the file, then settings and --config-dir options as `resilience compare` takes them.
    """
    file, *rest = words
    folders = [rest[k + 1] for k, word in enumerate(rest[:-1]) if word == FOLDER_OPTION]
    settings = [word for k, word in enumerate(rest)
                if word != FOLDER_OPTION and (not k or rest[k - 1] != FOLDER_OPTION)]
    try:
        job = resolve_job("compare", compose_config("compare", [*settings, "lever=all"], folders))
    except UsageError as problem:
        print(f"resilience: {problem.line(choose_language(settings))}", file=sys.stderr)
        return 2
    terms = get_cost_terms(job.baseline)
    write_text_atomically(Path(file), json.dumps({lever.id: list_dose_prices(lever, terms) for lever in job.levers}))
    return 0


def list_dose_prices(lever: Lever, terms: BudgetContext) -> list[list[float]]:
    """Rows [dose, EUR a year, lowest, highest] from dose 0 to the greatest plausible dose."""
    one, rows = terms.resolve_lever(lever), [[0.0, 0.0, 0.0, 0.0]]
    for step in range(1, DOSE_STEPS + 1):
        dose = lever.dose_high * step / DOSE_STEPS
        one.lever = replace(one.lever, dose=dose)
        flows = terms.list_payments(one, dose)
        rows.append([dose, *(sum(getattr(flow, name) for flow in flows) / terms.years
                             for name in ("value", "low", "high"))])
    return rows


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""What levers cost at their doses in one territory: `python -m simulator.app.commands.compare.prices FILE setting=value …`.

For the page. A process of its own, because a territory has to be built to know how many sites or homes a lever reaches.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ....config.budget import terms_of
from ....config.compose import compose
from ....config.errors import UsageError
from ....config.resolve import settle
from ....i18n.app_texts import language
from ....records.parquet import write_text

if TYPE_CHECKING:
    from ....levers.budget import Terms
    from ....levers.card import Lever

FOLDER = "--config-dir"
STEPS = 4
"""Doses from the least to the greatest at which a lever is priced, but for 0."""


def main(words: list[str]) -> int:
    """Write lever -> [[dose, EUR a year, lowest, highest], …] as JSON, whole or not at all."""
    file, *rest = words
    folders = [rest[k + 1] for k, word in enumerate(rest[:-1]) if word == FOLDER]
    settings = [word for k, word in enumerate(rest) if word != FOLDER and (not k or rest[k - 1] != FOLDER)]
    try:
        job = settle("compare", compose("compare", [*settings, "lever=all"], folders))
    except UsageError as problem:
        print(f"resilience: {problem.line(language(settings, 'fr'))}", file=sys.stderr)
        return 2
    terms = terms_of(job.baseline)
    write_text(Path(file), json.dumps({lever.id: priced(lever, terms) for lever in job.levers}))
    return 0


def priced(lever: Lever, terms: Terms) -> list[list[float]]:
    """[dose, EUR a year, lowest, highest] from no dose to the greatest that makes sense."""
    one, rows = terms.active(lever), [[0.0, 0.0, 0.0, 0.0]]
    for step in range(1, STEPS + 1):
        dose = lever.dose_high * step / STEPS
        one.lever = replace(one.lever, dose=dose)
        flows = terms.flows(one, dose)
        rows.append([dose, *(sum(getattr(flow, name) for flow in flows) / terms.years
                             for name in ("value", "low", "high"))])
    return rows


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""`resilience verify`: a random sample of stored runs, played again and compared byte for byte."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ...i18n.app_texts import say
from ...studies.verify import sample, verify
from ..cli.results_folder import numbers, only, opened

if TYPE_CHECKING:
    from ..cli.main import Line

MANY = 5


def command(line: Line) -> int:
    """Play and compare. 1 if one differs or cannot be played again."""
    asked = numbers("verify", line.words, {"sample": MANY, "seed": 1})
    only(line.words, 1, "verify")
    results = opened("verify", line.words)
    chosen = sample(results, asked["sample"], asked["seed"])
    if chosen:
        print(say("preparing", line.labels), file=sys.stderr, flush=True)
    same = 0
    for one in verify(results, chosen):
        same += one.same
        print(f"{one.run}  {'=' if one.same else one.why}", flush=True)
    print(say("verified", line.labels, count=len(chosen), all=len(results.table("kept")), same=same,
              other=len(chosen) - same))
    return 0 if same == len(chosen) else 1

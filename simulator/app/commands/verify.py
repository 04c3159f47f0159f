"""`resilience verify`: plays a random sample of stored runs again and compares the bytes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ...i18n.translation import localise, translate
from ...studies.replay_check import sample_stored_runs, verify_stored_runs
from ..cli.results_arguments import check_argument_count, open_named_results, parse_whole_settings

if TYPE_CHECKING:
    from ..cli.main import CommandLine

DEFAULT_SAMPLE_SIZE = 5


def command(line: CommandLine) -> int:
    """Play and compare. Exit code 1 if a run differs or cannot be played again."""
    options = parse_whole_settings("verify", line.arguments, {"sample": DEFAULT_SAMPLE_SIZE, "seed": 1})
    check_argument_count(line.arguments, 1, "verify")
    results = open_named_results("verify", line.arguments)
    chosen = sample_stored_runs(results, options["sample"], options["seed"])
    if chosen:
        print(translate("preparing the territory and the model (some minutes the first time: the model is compiled "
                        "once)", line.lang), file=sys.stderr, flush=True)
    identical = 0
    for replay in verify_stored_runs(results, chosen):
        identical += replay.identical
        print(f"{replay.run}  {'=' if replay.identical else localise(replay.reason, line.lang)}", flush=True)
    print(translate("{count} of {all} runs played again: {same} the same bytes, {other} not", line.lang,
                    count=len(chosen), all=len(results.table("kept")), same=identical, other=len(chosen) - identical))
    return 0 if identical == len(chosen) else 1

"""`resilience verify`: reads every stored file, plays a random sample of runs again, and compares the bytes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ....i18n.translation import localise, translate
from ....records.files.folder_check import check_summary_tables, list_damaged_files
from ....studies.replay_check import (
    list_rebuilt_runs,
    list_runs_under_other_keys,
    sample_stored_runs,
    verify_stored_runs,
)
from ...cli.progress import ProgressBar
from ...cli.results_arguments import check_argument_count, open_named_results, parse_whole_settings
from ...cli.time_left import TimeLeft
from ...jobs.batch import announce_time

if TYPE_CHECKING:
    from ...cli.main import CommandLine

DEFAULT_SAMPLE_SIZE = 5


def command(line: CommandLine) -> int:
    """Read all, play and compare. Exit code 1 if a file is damaged, or a run differs or cannot be played again.

    With sample=0, everything is read and nothing played.
    """
    options = parse_whole_settings("verify", line.arguments, {"sample": DEFAULT_SAMPLE_SIZE, "seed": 1})
    check_argument_count(line.arguments, 1, "verify")
    results = open_named_results("verify", line.arguments)
    check_summary_tables(results.folder)
    damaged, foreign = len(list_damaged_files(results.folder)), list_runs_under_other_keys(results)
    for run in foreign:
        print(f"{run}  {translate('its settings do not give its key', line.lang)}", flush=True)
    print(translate("{count} runs read: {damaged} damaged files, {foreign} under another key", line.lang,
                    count=len(results.table("kept")), damaged=damaged, foreign=len(foreign)), flush=True)
    chosen = sample_stored_runs(results, options["sample"], options["seed"])
    if chosen:
        print(translate("preparing the territory and the model (some minutes the first time: the model is compiled "
                        "once)", line.lang), file=sys.stderr, flush=True)
        announce_time(list_rebuilt_runs(results, chosen), line.lang, workers=1)
    identical = 0
    with ProgressBar(len(chosen), line.lang, "run") as progress:
        progress.clock = TimeLeft(dict.fromkeys(chosen, 1.0))
        for replay in verify_stored_runs(results, chosen):
            identical += replay.identical
            progress.clock.finish(replay.run)
            progress.advance()
            print(f"{replay.run}  {'=' if replay.identical else localise(replay.reason, line.lang)}", flush=True)
    if chosen:
        print(translate("{count} of {all} runs played again: {same} the same bytes, {other} not", line.lang,
                        count=len(chosen), all=len(results.table("kept")), same=identical,
                        other=len(chosen) - identical))
    return 0 if identical == len(chosen) and not damaged and not foreign else 1

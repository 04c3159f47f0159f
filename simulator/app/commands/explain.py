"""`resilience explain FOLDER`: one resident's story, in a stored run and in its counterfactual run without levers."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from ...config.errors import UsageError, to_usage_error
from ...i18n.translation import translate
from ...records.story import RESIDENT_CHOICES
from ..cli.progress import ProgressBar
from ..cli.results_arguments import check_argument_count, open_named_results, parse_text_settings, parse_whole_number
from ..jobs.batch import announce_time
from ..jobs.story_cache import tell_story_once

if TYPE_CHECKING:
    from ...records.results import Results
    from ...records.story import Story
    from ..cli.main import CommandLine

SETTINGS = ("resident", "lever", "seed", "run", "threads", "lang")
CASES_CHOICE = "cases"
"""Instead of one resident: six recognisable ones, in every arm."""
MAX_UINT32 = 2**32 - 1
MAX_THREADS = 1024


def command(line: CommandLine) -> int:
    """Replay the resident in both runs and print the story, as text or JSON; it is kept beside the runs."""
    options = parse_text_settings("explain", line.arguments, SETTINGS)
    check_argument_count(line.arguments, 1, "explain")
    resident = parse_resident(options.get("resident", RESIDENT_CHOICES[0]))
    results = open_named_results("explain", line.arguments)
    seed = parse_whole_number("seed", options["seed"], 0, MAX_UINT32) if "seed" in options else None
    threads = os.cpu_count() or 1
    if "threads" in options:
        threads = parse_whole_number("threads", options["threads"], 1, MAX_THREADS)
    from ...studies.story_replay import replay_story, select_stored_run

    if resident == CASES_CHOICE:
        return _explain_cases(results, threads, line)
    try:
        run = select_stored_run(results, options.get("lever", ""), seed, options.get("run", ""))

        def tell() -> str:
            print(translate("preparing the territory and the model (some minutes the first time: the model is compiled "
                            "once)", line.lang), file=sys.stderr, flush=True)
            passes = 1 if isinstance(resident, int) else 2
            announce_time([run], line.lang, workers=1, replays=passes * (2 if run.levers else 1))
            with ProgressBar(1, line.lang, "step") as progress:
                return _format_story(replay_story(run, resident, threads=threads, progress=progress.set_progress), line)

        text = tell_story_once(results.folder, (run.id, resident, line.lang, line.json), tell)
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    print(text)
    return 0


def _explain_cases(results: Results, threads: int, line: CommandLine) -> int:
    """Print the six cases of the folder; they are played once and kept beside the runs."""
    from ...report.stories.cases import format_cases
    from ...studies.stored_cases import is_case_file_current, load_cases, select_case_runs

    try:
        if not is_case_file_current(results):
            announce_time(select_case_runs(results), line.lang, workers=1)
        with ProgressBar(1, line.lang, "step") as progress:
            sheet = load_cases(results, threads=threads, progress=progress.set_progress)
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    print(json.dumps(asdict(sheet), ensure_ascii=False, indent=1) + "\n" if line.json
          else format_cases(sheet, line.lang), end="")
    return 0


def _format_story(story: Story, line: CommandLine) -> str:
    from ...report.stories.text import format_story

    if line.json:
        return json.dumps(story.to_dict(), ensure_ascii=False, indent=1)
    return format_story(story, line.lang)


def parse_resident(word: str) -> int | str:
    """A resident's number, one of RESIDENT_CHOICES, or "cases". UsageError for anything else."""
    if word in (*RESIDENT_CHOICES, CASES_CHOICE):
        return word
    if not (word.isascii() and word.isdigit() and int(word) <= MAX_UINT32):
        raise UsageError("{name} = {value!r}: expected {expected}", name="resident", value=word,
                         expected=f"a number, or one of {', '.join((*RESIDENT_CHOICES, CASES_CHOICE))}")
    return int(word)

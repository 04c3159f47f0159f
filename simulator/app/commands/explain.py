"""`resilience explain FOLDER`: one resident's story, in a stored run and in its counterfactual run without levers."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from ...config.errors import UsageError, to_usage_error
from ...i18n.translation import translate
from ...records.story import RESIDENT_CHOICES
from ..cli.progress import ProgressBar
from ..cli.results_arguments import check_argument_count, open_named_results, parse_text_settings, parse_whole_number

if TYPE_CHECKING:
    from ...records.story import Story
    from ..cli.main import CommandLine

SETTINGS = ("resident", "lever", "seed", "run", "threads", "lang")
MAX_UINT32 = 2**32 - 1
MAX_THREADS = 1024


def command(line: CommandLine) -> int:
    """Replay the resident in both runs and print the story, as text or JSON. Writes no file."""
    options = parse_text_settings("explain", line.arguments, SETTINGS)
    check_argument_count(line.arguments, 1, "explain")
    resident = parse_resident(options.get("resident", RESIDENT_CHOICES[0]))
    results = open_named_results("explain", line.arguments)
    seed = parse_whole_number("seed", options["seed"], 0, MAX_UINT32) if "seed" in options else None
    threads = os.cpu_count() or 1
    if "threads" in options:
        threads = parse_whole_number("threads", options["threads"], 1, MAX_THREADS)
    from ...studies.story_replay import replay_story, select_stored_run

    print(translate("preparing the territory and the model (some minutes the first time: the model is compiled "
                    "once)", line.lang), file=sys.stderr, flush=True)
    try:
        with ProgressBar(1, line.lang, "step") as progress:
            run = select_stored_run(results, options.get("lever", ""), seed, options.get("run", ""))
            story = replay_story(run, resident, threads=threads, progress=progress.set_progress)
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    _print_story(story, line)
    return 0


def _print_story(story: Story, line: CommandLine) -> None:
    from ...report.stories.text import format_story

    print(json.dumps(story.to_dict(), ensure_ascii=False, indent=1) if line.json
          else format_story(story, line.lang))


def parse_resident(word: str) -> int | str:
    """A resident's number, or one of RESIDENT_CHOICES. UsageError for anything else."""
    if word in RESIDENT_CHOICES:
        return word
    if not (word.isascii() and word.isdigit() and int(word) <= MAX_UINT32):
        raise UsageError("{name} = {value!r}: expected {expected}", name="resident", value=word,
                         expected=f"a number, or one of {', '.join(RESIDENT_CHOICES)}")
    return int(word)

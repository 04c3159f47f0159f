"""`resilience explain FOLDER`: one resident's story, in a stored run and in its twin without levers."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from ...config.errors import UsageError, one_line, refused
from ...i18n.app_texts import say
from ...records.story import CHOICES
from ..cli.progress import Progress
from ..cli.results_folder import given, only, opened

if TYPE_CHECKING:
    from ...records.story import Story
    from ..cli.main import Line

SETTINGS = ("resident", "lever", "seed", "run", "threads", "lang")
MOST = 2**32 - 1
MOST_THREADS = 1024


def command(line: Line) -> int:
    """Play the two lives again and tell them. Writes nothing but the text."""
    asked = given("explain", line.words, SETTINGS)
    only(line.words, 1, "explain")
    resident = resident_of(asked.get("resident", CHOICES[0]))
    results = opened("explain", line.words)
    seed = whole("seed", asked["seed"], 0, MOST) if "seed" in asked else None
    threads = whole("threads", asked["threads"], 1, MOST_THREADS) if "threads" in asked else os.cpu_count() or 1
    from ...studies.replay_story import retell, stored

    print(say("preparing", line.labels), file=sys.stderr, flush=True)
    try:
        with Progress(1, line.labels, "step") as progress:
            run = stored(results, asked.get("lever", ""), seed, asked.get("run", ""))
            story = retell(run, resident, threads=threads, progress=progress.reach)
    except ValueError as problem:
        raise refused(problem, str(results.folder)) from None
    _tell(story, line)
    return 0


def _tell(story: Story, line: Line) -> None:
    from ...report.stories.story_text import story_text

    print(json.dumps(story.plain(), ensure_ascii=False, indent=1) if line.json else story_text(story, line.labels))


def resident_of(word: str) -> int | str:
    """A resident's number, or one of CHOICES. UsageError for anything else."""
    if word in CHOICES:
        return word
    if not (word.isascii() and word.isdigit() and int(word) <= MOST):
        raise UsageError("wrong_type", name="resident", value=one_line(word),
                         expected=f"a number, or one of {', '.join(CHOICES)}")
    return int(word)


def whole(name: str, word: str, low: int, high: int) -> int:
    """A whole number in its range. UsageError for anything else."""
    if not (word.isascii() and word.isdigit() and low <= int(word) <= high):
        raise UsageError("whole", name=name, value=one_line(word), low=low, high=high)
    return int(word)

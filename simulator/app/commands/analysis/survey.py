"""`resilience survey CARD`: the questions of a published survey, put to simulated residents, beside its answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ....config.cards.card_files import list_card_names, list_config_folders
from ....config.errors import UsageError, check_language
from ....config.job import parse_seeds
from ....config.overrides import parse_override
from ...cli.progress import ProgressBar
from ...cli.results_arguments import check_argument_count, parse_whole_number
from ...cli.text_table import get_output_width
from ...jobs.batch import announce_time

if TYPE_CHECKING:
    from ...cli.main import CommandLine

OWN_SETTINGS = ("seeds", "results", "threads", "lang")
"""Settings that say how a survey is held; all others are those of `resilience run`."""
MAX_THREADS = 1024
LINE_WIDTH = 130
"""Characters of a line of the table where the terminal is not narrower."""


def command(line: CommandLine) -> int:
    """Play each seed until the survey's day, ask, print; with results=FOLDER the table is written too."""
    from ....analysis.survey.answers import ask_residents
    from ....api.survey import DEFAULT_SURVEY_SEEDS, find_survey, interview_residents, list_survey_runs
    from ....report.sheets.analysis_sheet import write_sheets
    from ....report.survey_table import build_survey_sheet, format_survey

    check_argument_count(line.arguments, 1, "survey")
    names = [word for word in line.arguments if "=" not in word]
    if not names:
        raise UsageError("survey of which card? expected a file, or one of {choices}: resilience survey apur_2023",
                         choices=", ".join(list_card_names("survey", list_config_folders(line.config_folders))))
    own, words = split_own_settings([word for word in line.arguments if "=" in word])
    card = find_survey(names[0], line.config_folders)
    seeds = parse_seeds(parse_override(f"seeds={own['seeds']}").value if "seeds" in own else DEFAULT_SURVEY_SEEDS)
    runs = list_survey_runs(card, words, line.config_folders, seeds)
    threads = parse_whole_number("threads", own.get("threads", "1"), 1, MAX_THREADS)
    runs_by_seed = {run.seed: run for run in runs}
    announce_time(runs, line.lang, workers=1)
    with ProgressBar(len(runs), line.lang, "run") as progress:
        progress.expect_work(runs)
        progress.clock.begin()
        people = list(interview_residents(card, runs, threads, lambda seed: progress.finish_run(runs_by_seed[seed])))
    answers = ask_residents(card, people)
    print(format_survey(card, answers, line.lang, get_output_width(LINE_WIDTH)), end="", flush=True)
    if "results" in own:
        for file in write_sheets([build_survey_sheet(card, answers)], Path(own["results"])):
            print(file)
    return 0


def split_own_settings(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Settings of this command, and the words that are settings of a run. UsageError for one given twice."""
    own: dict[str, str] = {}
    rest = []
    for word in words:
        name, _, value = word.partition("=")
        if name not in OWN_SETTINGS:
            rest.append(word)
        elif name in own:
            raise UsageError("setting {name!r} is given twice; keep one", name=name)
        else:
            own[name] = value
    check_language(own.get("lang", "fr"))
    return own, rest

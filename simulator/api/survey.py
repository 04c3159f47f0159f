"""`survey`: the questions of a published survey, put to simulated residents on its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..analysis.survey.answers import SurveyAnswer, ask_residents
from ..analysis.survey.survey_card import SurveyCard
from ..config.cards.card_files import list_config_folders
from ..config.cards.catalogue import find_card, load_card
from ..config.compose import compose_config
from ..config.errors import UsageError
from ..config.job import parse_seeds, resolve_job
from ..engine.calendar import compute_end_day
from ..engine.loop import play_until
from ..scenario.run import Run
from .setting_error import as_setting_errors
from .setting_words import format_setting_words, normalise_settings, to_plain_value

if TYPE_CHECKING:
    import pandas

SURVEY_TABLES = ("people",)
DEFAULT_SURVEY_SEEDS = 3


def survey(card: str | Path | SurveyCard, seeds: int | Sequence[int] = DEFAULT_SURVEY_SEEDS, *, threads: int = 1,
           config_dir: str | Path | Sequence[str | Path] = (), **settings: Any) -> pandas.DataFrame:
    """A published survey beside the model's answers: a pandas frame with one row for each question.

    card: name of a shipped survey (apur_2023, coconel_2020, insee_2021), or the file of one's own. seeds: how many,
    counted from 1, or a list. settings: as in `scenario`, over those of the card. Columns: id, question, published,
    unit, model (mean over seeds), model_low and model_high (lowest and highest seed), difference, respondents, use,
    source. SettingError for an unknown or faulty card, an invalid setting, or a day that the run does not reach.
    """
    import pandas

    folders = [str(one) for one in ([config_dir] if isinstance(config_dir, (str, Path)) else config_dir)]
    with as_setting_errors():
        chosen = card if isinstance(card, SurveyCard) else find_survey(str(card), folders)
        words = format_setting_words(normalise_settings(settings))
        runs = list_survey_runs(chosen, words, folders, parse_seeds(to_plain_value(seeds)))
    people = list(interview_residents(chosen, runs, threads))
    return pandas.DataFrame(list_answer_rows(chosen, ask_residents(chosen, people)))


def find_survey(name: str, user_folders: Sequence[str]) -> SurveyCard:
    """The card of a file, or of a name among the user's and the project's own. UsageError for none or a faulty one."""
    if Path(name).is_file():
        card: SurveyCard = load_card("survey", Path(name)).card
    else:
        card = find_card("survey", name, list_config_folders(user_folders)).card
    return card


def list_survey_runs(card: SurveyCard, words: Sequence[str], user_folders: Sequence[str],
                     seeds: Sequence[int]) -> list[Run]:
    """One run for each seed. words: name=value, over the settings of the card.

    UsageError for an invalid setting, or a survey's day outside the run.
    """
    given = {word.partition("=")[0] for word in words}
    own = [word for word in card.settings if word.partition("=")[0] not in given]
    folders = list_config_folders(list(user_folders))
    job = resolve_job("run", compose_config("run", [*own, *words], list(user_folders)), folders)
    runs = [replace(job.run(tuple(job.levers), seed), observe=SURVEY_TABLES) for seed in seeds]
    calendar, end = runs[0].scenario.calendar, compute_end_day(runs[0])
    if not 0 < calendar.day(card.date) <= end:
        raise UsageError("survey {name}: its day {day} is outside the run, {start} to {end}; change calendar.start, "
                         "calendar.levers or calendar.horizon_days", name=card.id, day=card.date, start=calendar.start,
                         end=calendar.date(end))
    return runs


def interview_residents(card: SurveyCard, runs: Sequence[Run], threads: int = 1,
                        on_run: Callable[[int], None] | None = None) -> Iterator[Mapping[str, np.ndarray]]:
    """The table `people` of each run on the survey's day, or at the end of the step that holds it.

    on_run: called with the seed of each run that is done.
    """
    for run in runs:
        engine = play_until(run, run.scenario.calendar.day(card.date), threads=threads)
        yield engine.finish_record().tables["people"]
        if on_run is not None:
            on_run(run.seed)


def list_answer_rows(card: SurveyCard, answers: Sequence[SurveyAnswer]) -> list[dict[str, Any]]:
    """The rows of the frame, in English, numbers unrounded."""
    return [{"id": answer.question.id, "question": answer.question.question_en, "published": answer.question.published,
             "unit": answer.question.unit, "model": answer.model, "model_low": answer.model_low,
             "model_high": answer.model_high, "difference": answer.difference, "respondents": answer.respondents,
             "use": answer.question.use, "source": card.source} for answer in answers]

"""`resilience analyse FOLDER`: which levers to act on, what that depends on, and what holds whatever comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...config.errors import UsageError, choices, one_line, refused
from ...config.points import missing_extra
from ..cli.results_folder import given as settings_of
from ..cli.results_folder import only, opened

if TYPE_CHECKING:
    from ...analysis.played import Played
    from ...report.analysis_sheet import Sheet
    from ..cli.main import Line

FOLDER = "analysis"
SETTINGS = ("what", "outcome", "smallest", "satisfy", "lever", "study", "lang")


@dataclass
class Question:
    """What is asked of a folder. smallest: None for the outcome's own. lever: "" for the best one."""

    played: Played
    outcome: str
    smallest: float
    conditions: list[str]
    lever: str
    lang: str


def command(line: Line) -> int:
    """Read, analyse, print; tables and figures go to FOLDER/analysis. Nothing is played."""
    given = settings_of("analyse", line.words, SETTINGS)
    only(line.words, 1, "analyse")
    results = opened("analyse", line.words)
    asked = given["what"].split(",") if "what" in given else list(PARTS)
    for one in asked:
        if one not in PARTS:
            raise UsageError("topic_name", topic="what", word=one_line(one), choices=", ".join(PARTS))
    try:
        told = tell(question(results, given, line.labels), asked, strict="what" in given)
    except ModuleNotFoundError as problem:
        raise missing_extra(problem) from None
    except ValueError as problem:
        raise refused(problem, str(results.folder)) from None
    return _show(told, results.folder / FOLDER)


def question(results: object, given: dict[str, str], lang: str) -> Question:
    """The question, checked against what was played. ValueError or UsageError naming what cannot be."""
    from ...analysis.effects.outcomes import OUTCOMES
    from ...analysis.played import played
    from ...analysis.robustness.regret import condition
    from ...records.results import Results

    assert isinstance(results, Results)
    outcome = given.get("outcome", "loss")
    if outcome not in OUTCOMES:
        raise UsageError("topic_name", topic="outcome", word=one_line(outcome), choices=choices(outcome, OUTCOMES))
    smallest = OUTCOMES[outcome].smallest
    if "smallest" in given:
        try:
            smallest = float(given["smallest"])
        except ValueError:
            smallest = -1.0
        if not 0.0 <= smallest < float("inf"):
            raise UsageError("wrong_type", name="smallest", value=given["smallest"],
                             expected=f"a number of {OUTCOMES[outcome].unit}, 0 or more")
    conditions = [part.strip() for part in given.get("satisfy", "").split(",") if part.strip()]
    for one in conditions:
        condition(one, list(OUTCOMES))
    found = played(results, given.get("study"))
    lever = given.get("lever", "")
    if lever and lever not in found.others:
        raise UsageError("topic_name", topic="lever", word=one_line(lever), choices=choices(lever, found.others))
    return Question(found, outcome, smallest, conditions, lever, lang)


def tell(asked: Question, parts: list[str], strict: bool) -> list[Sheet | str]:
    """Sheets of each part. One that these runs, or this installation, cannot answer is a sentence, or an error."""
    out: list[Sheet | str] = []
    for part in parts:
        try:
            out += PARTS[part](asked)
        except ValueError as problem:
            if strict:
                raise
            out.append(one_line(problem))
        except ModuleNotFoundError as problem:
            if strict:
                raise
            out.append(missing_extra(problem).line(asked.lang))
    return out


def _show(told: list[Sheet | str], folder: Path) -> int:
    from ...report.analysis_sheet import keep, write

    text = "\n\n".join(one if isinstance(one, str) else one.text.rstrip("\n") for one in told) + "\n"
    print(text)
    try:
        write(folder / "analysis.txt", text)
        keep([one for one in told if not isinstance(one, str)], folder)
    except OSError as problem:
        raise UsageError("results_write", path=folder, why=problem.strerror or one_line(problem)) from None
    print(folder)
    return 0


def _levers(asked: Question) -> list[Sheet | str]:
    from .answers import levers

    return list(levers(asked))


def _sensitivity(asked: Question) -> list[Sheet | str]:
    from .answers import sensitivity

    return list(sensitivity(asked))


def _scenarios(asked: Question) -> list[Sheet | str]:
    from .answers import scenarios

    return list(scenarios(asked))


def _portfolios(asked: Question) -> list[Sheet | str]:
    from .answers import portfolios

    return list(portfolios(asked))


PARTS: dict[str, Callable[[Question], list[Sheet | str]]] = {
    "levers": _levers, "sensitivity": _sensitivity, "scenarios": _scenarios, "portfolios": _portfolios}

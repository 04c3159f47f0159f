"""`resilience analyse FOLDER`: lever choice, sensitivity, robustness and portfolios, from stored runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ....cards.renamed import OUTCOMES as RENAMED_OUTCOMES
from ....config.errors import (
    UsageError,
    flatten_text,
    get_system_reason,
    make_renamed_error,
    missing_extra_error,
    suggest_names,
    to_usage_error,
)
from ....i18n.plain_text import make_printable
from ....i18n.translation import localise
from ...cli.results_arguments import check_argument_count, open_named_results, parse_text_settings
from .analysis_request import AnalysisRequest, judge_stored_arms, read_smallest_difference

if TYPE_CHECKING:
    from ....records.results import Results
    from ....report.sheets.analysis_sheet import AnalysisSheet
    from ...cli.main import CommandLine

ANALYSIS_FOLDER = "analysis"
SETTINGS = ("what", "outcome", "smallest", "worth", "satisfy", "lever", "study", "lang")


def command(line: CommandLine) -> int:
    """Read, analyse, print; tables and figures go to FOLDER/analysis. Nothing is simulated."""
    options = parse_text_settings("analyse", line.arguments, SETTINGS)
    check_argument_count(line.arguments, 1, "analyse")
    results = open_named_results("analyse", line.arguments)
    parts = options["what"].split(",") if "what" in options else list(ANALYSIS_PARTS)
    for part in parts:
        if part not in ANALYSIS_PARTS:
            raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="what", word=part,
                             choices=", ".join(ANALYSIS_PARTS))
    try:
        request = read_analysis_request(results, options, line.lang)
        sheets = build_analysis_sheets(request, parts, strict="what" in options)
    except ModuleNotFoundError as problem:
        raise missing_extra_error(problem) from None
    except ValueError as problem:
        raise to_usage_error(problem, str(results.folder)) from None
    return _print_and_save(sheets, results.folder / ANALYSIS_FOLDER)


def read_analysis_request(results: Results, options: dict[str, str], lang: str) -> AnalysisRequest:
    """The options of the command line, checked against the stored runs. ValueError or UsageError for a faulty one."""
    from ....analysis.effects.outcomes import OUTCOMES
    from ....analysis.robustness.regret import parse_condition
    from ....analysis.study_outcomes import load_study_outcomes
    from ....report.stored_threshold import find_stored_threshold

    outcome = options.get("outcome", "loss")
    if outcome in RENAMED_OUTCOMES:
        raise make_renamed_error("outcome", outcome, RENAMED_OUTCOMES[outcome])
    if outcome not in OUTCOMES:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="outcome", word=outcome,
                         choices=suggest_names(outcome, OUTCOMES))
    conditions = [part.strip() for part in options.get("satisfy", "").split(",") if part.strip()]
    for condition in conditions:
        parse_condition(condition, list(OUTCOMES))
    outcomes = load_study_outcomes(results, options.get("study"))
    lever = options.get("lever", "")
    if lever and lever not in outcomes.lever_arms:
        raise UsageError("unknown {topic} {word!r}: expected {choices}", topic="lever", word=lever,
                         choices=suggest_names(lever, outcomes.lever_arms))
    worth = find_stored_threshold(results.folder, options.get("worth"))
    smallest = read_smallest_difference(outcomes, outcome, options.get("smallest"), worth)
    is_own = "smallest" in options
    verdicts = judge_stored_arms(results, outcomes, outcome, worth, is_own)
    return AnalysisRequest(outcomes, outcome, smallest, conditions, lever, lang, verdicts, is_own)


def build_analysis_sheets(request: AnalysisRequest, parts: list[str], strict: bool) -> list[AnalysisSheet | str]:
    """The sheets of each part of the analysis.

    A part that these runs cannot answer, or for which a library is missing, becomes a sentence; if strict, an error
    (ValueError, ModuleNotFoundError).
    """
    out: list[AnalysisSheet | str] = []
    for part in parts:
        try:
            out += ANALYSIS_PARTS[part](request)
        except ValueError as problem:
            if strict:
                raise
            out.append(flatten_text(localise(problem, request.lang)))
        except ModuleNotFoundError as problem:
            if strict:
                raise
            out.append(missing_extra_error(problem).line(request.lang))
    return out


def _print_and_save(sheets: list[AnalysisSheet | str], folder: Path) -> int:
    from ....report.sheets.analysis_sheet import write_sheets, write_text_atomic

    text = "\n\n".join(sheet if isinstance(sheet, str) else sheet.text.rstrip("\n") for sheet in sheets) + "\n"
    print(text)
    try:
        write_text_atomic(folder / "analysis.txt", make_printable(text))
        write_sheets([sheet for sheet in sheets if not isinstance(sheet, str)], folder)
    except OSError as problem:
        raise UsageError("results = {path}: cannot be written ({why}); choose a folder you may write to", path=folder,
                         why=get_system_reason(problem)) from None
    print(folder)
    return 0


def _build_lever_sheets(request: AnalysisRequest) -> list[AnalysisSheet | str]:
    from .analysis_sheets import build_lever_sheets

    return list(build_lever_sheets(request))


def _build_sensitivity_sheets(request: AnalysisRequest) -> list[AnalysisSheet | str]:
    from .analysis_sheets import build_sensitivity_sheets

    return list(build_sensitivity_sheets(request))


def _build_scenario_sheets(request: AnalysisRequest) -> list[AnalysisSheet | str]:
    from .analysis_sheets import build_scenario_sheets

    return list(build_scenario_sheets(request))


def _build_portfolio_sheets(request: AnalysisRequest) -> list[AnalysisSheet | str]:
    from .analysis_sheets import build_portfolio_sheets

    return list(build_portfolio_sheets(request))


ANALYSIS_PARTS: dict[str, Callable[[AnalysisRequest], list[AnalysisSheet | str]]] = {
    "levers": _build_lever_sheets, "sensitivity": _build_sensitivity_sheets, "scenarios": _build_scenario_sheets,
    "portfolios": _build_portfolio_sheets}

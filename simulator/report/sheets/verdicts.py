"""The tables of verdicts: every lever against none (verdicts.csv), and levers against one another."""

from __future__ import annotations

from collections.abc import Sequence

from ...analysis.effects.arms import Arm, collect_arms, list_observation_seeds
from ...analysis.effects.judgement import Judgement, judge_arm_differences, judge_arms
from ...analysis.effects.target_group import measure_target_effect
from ...analysis.effects.verdict import parse_threshold
from ...records.files.run_files import RunTables
from .analysis_sheet import AnalysisSheet

JUDGED_COLUMNS = ("verdict", "worth", "seeds", "hit", "hit_fixed", "lost_per_hit", "saved_per_hit", "low", "high",
                  "saved_per_hit_year", "percent", "percent_low", "percent_high", "saved_per_resident",
                  "days_sooner_back", "better_off", "worse_off", "better_by", "worse_by", "permanent_added",
                  "permanent_low", "permanent_high", "more_seeds", "judged_by", "deaths_averted", "deaths_percent",
                  "deaths_percent_low", "deaths_percent_high")
"""Columns of a judgement. Days are person-days to the horizon but for days_sooner_back, which are days; better_off
and worse_off are residents a seed; permanent: functioning lost for good, 0-1."""


def list_judged_cells(one: Judgement) -> list[object]:
    """The cells of JUDGED_COLUMNS."""
    return [one.verdict, str(one.threshold), one.n, one.hit, int(one.is_fixed), one.base, one.gain, one.low, one.high,
            one.gain_year, one.share, one.share_low, one.share_high, one.per_resident, one.days, one.better, one.worse,
            one.better_each, one.worse_each, one.permanent, one.permanent_low, one.permanent_high, one.more_seeds,
            "deaths" if one.is_by_deaths else "loss", one.deaths, one.deaths_share, one.deaths_share_low,
            one.deaths_share_high]


def build_verdict_sheets(opened: RunTables) -> list[AnalysisSheet]:
    """verdicts: one row per arm, best first; arm_differences: one row per pair of arms. None without a baseline."""
    arms = collect_arms(opened)
    if len(arms) < 2 or arms[0].levers:
        return []
    threshold = parse_threshold(opened.worth)
    judged = judge_arms(arms[0], arms[1:], opened, threshold)
    for arm in arms[1:]:
        arm.judgement = judged[arm.portfolio]
    by_name = {arm.portfolio: arm for arm in arms}
    rows = [[_join_levers(by_name[name]), name, *list_judged_cells(one),
             *_list_target_cells(arms[0], by_name[name], opened)] for name, one in judged.items()]
    heads = ("levers", "portfolio", *JUDGED_COLUMNS, "meant_for", "percent_meant_for")
    sheets = [AnalysisSheet("verdicts", "", heads, rows)]
    if len(arms) > 2:
        sheets.append(_build_difference_sheet([by_name[name] for name in judged], opened))
    return sheets


def _join_levers(arm: Arm) -> str:
    return "+".join(arm.levers)


def _list_target_cells(baseline: Arm, arm: Arm, opened: RunTables) -> list[object]:
    """The group a lever is meant for and the per cent of its losses saved; empty without one."""
    found = measure_target_effect(baseline, arm, arm.content(opened).get("levers") or (),
                                  list_observation_seeds([baseline, arm]))
    return [".".join(found.group), found.share] if found else ["", float("nan")]


def _build_difference_sheet(arms: Sequence[Arm], opened: RunTables) -> AnalysisSheet:
    """Every pair, the better one first: what it saves beyond the other, and what it costs more."""
    by_name = {arm.portfolio: arm for arm in arms}
    rows = []
    for one in judge_arm_differences(arms, opened, parse_threshold(opened.worth)):
        first, second = by_name[one.portfolio], by_name[one.versus]
        rows.append([_join_levers(first), _join_levers(second), one.portfolio, one.versus, *list_judged_cells(one),
                     _measure_cost(first) - _measure_cost(second)])
    heads = ("levers", "versus", "portfolio", "versus_portfolio", *JUDGED_COLUMNS, "euros_more")
    return AnalysisSheet("arm_differences", "", heads, rows)


def _measure_cost(arm: Arm) -> float:
    """Mean cost over the whole run, EUR."""
    costs = [float(view.run["cost"]) for view in arm.runs.values()]
    return sum(costs) / len(costs)

"""The sheet of doubt: in how many plausible sets of numbers each lever helps and comes first, and what varies."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

from ...analysis.effects.arms import Arm, map_seeds_to_parameter_sets
from ...analysis.uncertainty.comparison_doubt import ComparisonDoubt, measure_comparison_doubt
from ...analysis.uncertainty.rank_acceptability import ShareInterval
from ...analysis.uncertainty.variance_shares import MIN_REPEATED_SETS, VARIANCE_PARTS, VarianceShares
from ...i18n.number_format import format_percent
from ...i18n.translation import mark, translate, translate_plural
from ...i18n.typography import insert_nbsp
from ...records.run_files import RunTables
from ...scenario.set_of_seed import count_seeds_for_repeats
from ..figures.findings import RankedEffects, rank_effects
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

TABLE, WIDTH = "doubt", 110
HEADS = ("levers", "portfolio", "helps", "helps_low", "helps_high", "best", "best_low", "best_high", "effective_sets",
         "rank_low", "rank_high", "ranks", *(f"share_{part}{end}" for part in VARIANCE_PARTS for end in ("", "_low",
                                                                                                       "_high")))
PART_LABELS: dict[str, str] = {"luck": mark("luck"), "numbers": mark("numbers"), "behaviour": mark("behaviour")}
COLUMN_HEADS = (mark("lever"), mark("helps in … of sets"), mark("best of all"), mark("rank"))


def build_doubt_sheet(opened: RunTables, lang: str) -> AnalysisSheet | None:
    """Shares of the sets in which each lever helps and is best, ranks, and variance by luck, numbers and variant.

    None below two observations, or without any arm that all others can be ranked with.
    """
    baseline, effects, units = rank_effects(opened)
    doubt = measure_comparison_doubt(baseline, [arm for arm, _ in effects], units, map_seeds_to_parameter_sets(opened))
    if len(units) < 2 or not doubt.ranks:
        return None
    text = [fill(insert_nbsp(format_doubt_lead(doubt, lang)), WIDTH), "", format_doubt_table(effects, doubt, lang)]
    if doubt.sets:
        text += [fill(insert_nbsp(format_variance_sentence(effects[0][0].label[lang],
                                                           doubt.shares[effects[0][0].portfolio], lang)), WIDTH), ""]
    return AnalysisSheet(TABLE, "\n".join(text), HEADS, [_build_row(arm, doubt) for arm, _ in effects])


def format_doubt_lead(doubt: ComparisonDoubt, lang: str) -> str:
    """What the probabilities are over: sets of numbers, or seeds alone."""
    if not doubt.sets:
        return translate("How sure, by luck alone: share of the {n} seeds in which each lever helps and is the best of "
                         "all, doing nothing included, with its 95% interval; ranks: nine seeds in ten. All of them "
                         "play the same numbers (uncertainty=seeds).", lang, n=len(doubt.units))
    return translate("How sure: share of the {n} plausible sets of numbers (behaviour variants: {variants}; seeds: "
                     "{seeds}) in which each lever helps and is the best of all, doing nothing included, with its 95% "
                     "interval; ranks: nine sets in ten.", lang, n=doubt.sets, variants=len(doubt.variants),
                     seeds=len(doubt.seeds))


def format_doubt_table(effects: RankedEffects, doubt: ComparisonDoubt, lang: str) -> str:
    """One line for each arm: how often it helps, how often it is best, between which ranks it lies."""
    rows = [[arm.label[lang], format_share_interval(doubt.ranks[arm.portfolio].helps, lang),
             format_share_interval(doubt.ranks[arm.portfolio].best, lang), format_rank_range(doubt, arm, lang)]
            for arm, _ in effects]
    return format_fixed_width_table([translate(head, lang) for head in COLUMN_HEADS], rows)


def format_share_interval(share: ShareInterval, lang: str) -> str:
    """A share with its interval: 83 % [44 à 97 %]."""
    low, high = format_percent(share.low, lang), format_percent(share.high, lang)
    return f"{format_percent(share.share, lang)} [{translate('{low} to {high}', lang, low=low, high=high)}]"


def format_rank_range(doubt: ComparisonDoubt, arm: Arm, lang: str) -> str:
    """1, or 1 to 3, of so many ranks, doing nothing included."""
    ranks = doubt.ranks[arm.portfolio]
    count = len(ranks.acceptability)
    if ranks.low == ranks.high:
        return translate("{rank} of {count}", lang, rank=ranks.low, count=count)
    return translate("{low} to {high} of {count}", lang, low=ranks.low, high=ranks.high, count=count)


def format_variance_sentence(name: str, shares: VarianceShares, lang: str) -> str:
    """What the effect of a lever varies with; or that these runs cannot tell, and what could."""
    if not shares.is_told:
        played = translate_plural("{n} set was played with two seeds", "{n} sets were played with two seeds",
                                  shares.repeated, lang)
        return translate("How much of the effect's variance is due to luck, to numbers and to the behaviour variant "
                         "cannot be told by these runs: {played}, {least} are needed (seeds={seeds}).", lang,
                         played=played, least=MIN_REPEATED_SETS, seeds=count_seeds_for_repeats(MIN_REPEATED_SETS))
    parts = [translate("{part} {share} ({low} to {high})", lang, part=translate(PART_LABELS[part], lang),
                       share=format_percent(share, lang), low=format_percent(low, lang),
                       high=format_percent(high, lang))
             for part, (share, low, high) in shares.shares.items() if share == share]
    return translate("The effect of “{lever}” varies from run to run with: {parts}. In brackets: nine in ten of "
                     "resampled sets.", lang, lever=name, parts=", ".join(parts))


def _build_row(arm: Arm, doubt: ComparisonDoubt) -> list[object]:
    ranks, shares = doubt.ranks[arm.portfolio], _list_share_cells(doubt.shares, arm)
    return ["+".join(arm.levers), arm.portfolio, ranks.helps.share, ranks.helps.low, ranks.helps.high,
            ranks.best.share, ranks.best.low, ranks.best.high, float(ranks.helps.n), ranks.low, ranks.high,
            " ".join(f"{share:.6g}" for share in ranks.acceptability), *shares]


def _list_share_cells(shares: Mapping[str, VarianceShares], arm: Arm) -> list[float]:
    if arm.portfolio not in shares:
        return [float("nan")] * (3 * len(VARIANCE_PARTS))
    return [number for part in VARIANCE_PARTS for number in shares[arm.portfolio].shares[part]]

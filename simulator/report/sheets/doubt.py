"""The sheet of doubt: in how many plausible sets of numbers each lever helps and comes first, and what varies."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

from ...analysis.effects.arms import Arm, map_seeds_to_parameter_sets
from ...analysis.effects.verdict import DEFAULT_THRESHOLD
from ...analysis.uncertainty.comparison_doubt import ComparisonDoubt, find_worthwhile, measure_comparison_doubt
from ...analysis.uncertainty.rank_acceptability import RankSummary, ShareInterval, estimate_share
from ...analysis.uncertainty.variance_shares import MIN_REPEATED_SETS, VARIANCE_PARTS, VarianceShares
from ...i18n.number_format import NO_VALUE, format_number, format_percent
from ...i18n.texts.verdict_texts import format_threshold
from ...i18n.translation import mark, translate, translate_plural
from ...i18n.typography import insert_nbsp
from ...records.files.run_files import RunTables
from ...scenario.set_of_seed import count_seeds_for_repeats
from ..figures.findings import RankedEffects, rank_effects
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

TABLE, WIDTH = "doubt", 110
HEADS = ("levers", "portfolio", "worthwhile", "worthwhile_low", "worthwhile_high", "helps", "helps_low", "helps_high",
         "best", "best_low", "best_high", "effective_sets", "rank_low", "rank_high", "ranks",
         *(f"share_{part}{end}" for part in VARIANCE_PARTS for end in ("", "_low", "_high")))
PART_LABELS: dict[str, str] = {"luck": mark("luck"), "numbers": mark("numbers"), "behaviour": mark("behaviour")}
COLUMN_HEADS = (mark("lever"), mark("worthwhile in … of sets"), mark("any gain"), mark("best of all"), mark("rank"))


def build_doubt_sheet(opened: RunTables, lang: str) -> AnalysisSheet | None:
    """Shares of the sets in which each lever helps and is best, ranks, and variance by luck, numbers and variant.

    None below two observations, or without any arm that all others can be ranked with.
    """
    baseline, effects, units = rank_effects(opened)
    arms = [arm for arm, _ in effects]
    doubt = measure_comparison_doubt(baseline, arms, units, map_seeds_to_parameter_sets(opened),
                                     worthwhile=find_worthwhile(baseline, arms, units, opened))
    if len(units) < 2 or not doubt.ranks:
        return None
    text = [fill(insert_nbsp(format_doubt_lead(arms[0], doubt, lang)), WIDTH), "",
            format_doubt_table(effects, doubt, lang)]
    if doubt.sets:
        text += [fill(insert_nbsp(format_variance_sentence(effects[0][0].label[lang],
                                                           doubt.shares[effects[0][0].portfolio], lang)), WIDTH), ""]
    return AnalysisSheet(TABLE, "\n".join(text), HEADS, [_build_row(arm, doubt) for arm, _ in effects])


def format_doubt_lead(arm: Arm, doubt: ComparisonDoubt, lang: str) -> str:
    """What the probabilities are over: sets of numbers, or seeds alone. arm: any, for the threshold it is judged by."""
    worth = format_worthwhile_gain(arm, lang)
    if not doubt.sets:
        return translate("How sure, by luck alone: share of the {n} seeds in which each lever gains what makes acting "
                         "worthwhile ({worth}), in which it gains anything at all, and in which it is the best of all, "
                         "doing nothing included, with 95% intervals; ranks: nine seeds in ten. All of them play the "
                         "same numbers (uncertainty=seeds).", lang, n=len(doubt.units), worth=worth)
    return translate("How sure: share of the {n} plausible sets of numbers (behaviour variants: {variants}; seeds: "
                     "{seeds}) in which each lever gains what makes acting worthwhile ({worth}), in which it gains "
                     "anything at all, and in which it is the best of all, doing nothing included, with 95% "
                     "intervals; ranks: nine sets in ten.", lang, n=doubt.sets, variants=len(doubt.variants),
                     seeds=len(doubt.seeds), worth=worth)


def format_worthwhile_gain(arm: Arm, lang: str) -> str:
    """From which gain on acting is worthwhile, in words."""
    one = arm.judgement
    threshold = one.threshold if one else DEFAULT_THRESHOLD
    if one is not None and one.is_by_deaths:
        return translate("{amount}% of expected deaths", lang, amount=format_number(threshold.amount, lang, 1))
    return format_threshold(threshold.amount, threshold.unit, lang)


def format_doubt_table(effects: RankedEffects, doubt: ComparisonDoubt, lang: str) -> str:
    """One line for each arm: how often it helps, how often it is best, between which ranks it lies."""
    rows = [[arm.label[lang], format_pays(doubt.ranks[arm.portfolio], lang),
             format_share_interval(doubt.ranks[arm.portfolio].helps, lang),
             format_share_interval(doubt.ranks[arm.portfolio].best, lang), format_rank_range(doubt, arm, lang)]
            for arm, _ in effects]
    return format_fixed_width_table([translate(head, lang) for head in COLUMN_HEADS], rows)


def format_pays(ranks: RankSummary, lang: str) -> str:
    """In how many sets an arm gains enough; – where that was not asked."""
    return format_share_interval(ranks.pays, lang) if ranks.pays else NO_VALUE


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


def format_variance_sentence(name: str, shares: VarianceShares, lang: str, options: bool = True) -> str:
    """What the effect of a lever varies with; or that these runs cannot tell, and what could.

    options: name the option of the command line that plays enough seeds.
    """
    if not shares.is_told:
        needed = count_seeds_for_repeats(MIN_REPEATED_SETS)
        played = translate_plural("{n} set was played with two seeds", "{n} sets were played with two seeds",
                                  shares.repeated, lang)
        return translate("How much of the effect's variance is due to luck, to numbers and to the behaviour variant "
                         "cannot be told by these runs: {played}, {least} are needed ({draws}).", lang,
                         played=played, least=MIN_REPEATED_SETS,
                         draws=f"seeds={needed}" if options else translate("{n} draws", lang, n=needed))
    parts = [translate("{part} {share} ({low} to {high})", lang, part=translate(PART_LABELS[part], lang),
                       share=format_percent(share, lang), low=format_percent(low, lang),
                       high=format_percent(high, lang))
             for part, (share, low, high) in shares.shares.items() if share == share]
    return translate("The effect of “{lever}” varies from run to run with: {parts}. In brackets: nine in ten of "
                     "resampled sets.", lang, lever=name, parts=", ".join(parts))


def _build_row(arm: Arm, doubt: ComparisonDoubt) -> list[object]:
    ranks, shares = doubt.ranks[arm.portfolio], _list_share_cells(doubt.shares, arm)
    pays = ranks.pays or estimate_share(float("nan"), 0)
    return ["+".join(arm.levers), arm.portfolio, pays.share, pays.low, pays.high, ranks.helps.share, ranks.helps.low,
            ranks.helps.high, ranks.best.share, ranks.best.low, ranks.best.high, float(ranks.helps.n), ranks.low,
            ranks.high, " ".join(f"{share:.6g}" for share in ranks.acceptability), *shares]


def _list_share_cells(shares: Mapping[str, VarianceShares], arm: Arm) -> list[float]:
    if arm.portfolio not in shares:
        return [float("nan")] * (3 * len(VARIANCE_PARTS))
    return [number for part in VARIANCE_PARTS for number in shares[arm.portfolio].shares[part]]

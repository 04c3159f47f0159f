"""The sheet of paths: what remains of each lever's effect with a channel cut in both arms, and what runs through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill

import numpy as np

from ...analysis.effects.arms import Arm
from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.paired_comparison import PairedEffect
from ...analysis.effects.path_effects import PATH_OUTCOMES, PathEffect, measure_path_effects
from ...i18n.number_format import NO_VALUE, format_estimate, format_interval_ends, format_percent
from ...i18n.texts.path_texts import CUT_STARTS, format_channels
from ...i18n.translation import mark, translate
from ...records.files.run_files import RunTables
from ..figures.findings import rank_effects
from ..figures.path_effects import ArmPaths, draw_paths_figure
from ..terminal.text_table import format_fixed_width_table
from .analysis_sheet import AnalysisSheet

TABLE, WIDTH, SHOWN = "paths", 110, 3
"""Name of the files; characters a line; levers shown in the terminal: the table has all."""
COUNTED_TWICE = mark("{channels}: one works through the other; {value} of the effect is counted in both.")
SEEN_TOGETHER = mark("{channels}: one stands in for the other; {value} of the effect is seen only with both cut.")
"""Two channels whose parts, added up, are more, or less, than what runs through both."""
HEADS = ("levers", "cut", "outcome", "unit", "seeds", "effect", "effect_low", "effect_high", "remains", "remains_low",
         "remains_high", "through", "through_low", "through_high", "share", "share_low", "share_high", "overlap",
         "overlap_low", "overlap_high", "cut_from")


def build_path_sheet(opened: RunTables, cut_tables: Mapping[tuple[str, ...], RunTables], start: str,
                     lang: str) -> AnalysisSheet:
    """The sheet of a comparison. cut_tables: its runs again with these channels cut, from `start` on."""
    order = [arm.portfolio for arm, _ in rank_effects(opened)[1]]
    found = {outcome: sorted(measure_path_effects(opened, cut_tables, outcome),
                             key=lambda pair: order.index(pair[0].portfolio)) for outcome in PATH_OUTCOMES}
    main = found[PATH_OUTCOMES[0]]
    note = format_path_note(main, start, lang)
    parts = [translate("By which path", lang), *(_format_arm_table(arm, paths, lang) for arm, paths in main[:SHOWN]),
             fill(note, WIDTH)]
    rows = [row for outcome, arms in found.items() for arm, paths in arms for row in _list_rows(arm, paths, outcome,
                                                                                               start)]
    return AnalysisSheet(TABLE, "\n\n".join(part.rstrip("\n") for part in parts) + "\n", HEADS, rows,
                         draw_paths_figure(main, start, lang))


def _format_arm_table(arm: Arm, paths: ArmPaths, lang: str) -> str:
    """One lever: every cut, what remains of the effect, what runs through the channel, its share."""
    effect = next(iter(paths.values())).effect
    head = translate("{lever}: {value} person-days per person hit", lang, lever=arm.label[lang],
                     value=format_estimate(effect.difference, effect.low, effect.high, lang))
    heads = [translate("cut in both arms", lang), translate("remains [95%]", lang),
             translate("runs through it [95%]", lang), translate("share of the effect", lang)]
    rows = [[format_channels(cut, lang), _format_effect(path.remaining, lang), _format_effect(path.through, lang),
             _format_share(path, lang)] for cut, path in paths.items() if not path.is_nothing]
    nothing = [format_channels(cut, lang) for cut, path in paths.items() if path.is_nothing]
    parts = [fill(head, WIDTH), *([format_fixed_width_table(heads, rows).rstrip("\n")] if rows else []),
             *(fill(line, WIDTH) for line in _describe_overlaps(paths, lang))]
    if nothing and not rows:
        parts.append(translate("Exactly nothing runs through any of these {n} cuts.", lang, n=len(nothing)))
    elif nothing:
        parts.append(fill(translate("Exactly nothing runs through: {channels}.", lang, channels=", ".join(nothing)),
                          WIDTH))
    return "\n\n".join(parts)


def _describe_overlaps(paths: ArmPaths, lang: str) -> Iterator[str]:
    """One sentence for each pair of channels that do not simply add up, where that is known."""
    for cut, path in paths.items():
        if path.overlap is None or not path.overlap.excludes_zero or len(cut) != 2:
            continue
        low, high = sorted((abs(path.overlap.low), abs(path.overlap.high)))
        value = format_estimate(abs(path.overlap.difference), low, high, lang, sign=False)
        is_chain = path.overlap.difference * path.effect.difference > 0
        yield translate(COUNTED_TWICE if is_chain else SEEN_TOGETHER, lang, channels=format_channels(cut, lang),
                        value=value)


def _format_effect(effect: PairedEffect, lang: str) -> str:
    return format_estimate(effect.difference, effect.low, effect.high, lang) if effect.n else NO_VALUE


def _format_share(path: PathEffect, lang: str) -> str:
    """The share of the effect with its interval; – where the sign of the effect is not known."""
    if not np.isfinite(path.share):
        return NO_VALUE
    if not np.isfinite([path.share_low, path.share_high]).all():
        return format_percent(path.share, lang)
    low, high = format_interval_ends(100 * path.share_low, 100 * path.share_high, lang, 0)
    return translate("{share} [{low} to {high}]", lang, share=format_percent(path.share, lang), low=low, high=high)


def format_path_note(arms: Sequence[tuple[Arm, ArmPaths]], start: str, lang: str) -> str:
    """How to read the table."""
    seeds = max((path.effect.n for _, paths in arms for path in paths.values()), default=0)
    return translate("The channel is cut with the lever and without it, from {start} on, with the same luck: {n} "
                     "seeds. What remains does not need the channel; shares of channels do not add up to 100%, "
                     "since one may work through another or stand in for it: see the pairs. – : the sign of the "
                     "effect is not known. All levers and outcomes: paths.csv.", lang, n=seeds,
                     start=translate(CUT_STARTS[start], lang))


def _list_rows(arm: Arm, paths: ArmPaths, outcome: str, start: str) -> Iterator[list[object]]:
    for cut, path in paths.items():
        yield ["+".join(arm.levers), "+".join(cut), outcome, OUTCOMES[outcome].unit, path.effect.n,
               *_list_ends(path.effect), *_list_ends(path.remaining), *_list_ends(path.through), path.share,
               path.share_low, path.share_high, *_list_ends(path.overlap), start]


def _list_ends(effect: PairedEffect | None) -> list[float]:
    return [effect.difference, effect.low, effect.high] if effect else [float("nan")] * 3

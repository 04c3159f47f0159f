"""What the terminal shows of a comparison: two tables and a plain answer."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import numpy as np

from ...analysis.effects.arms import Arm, played
from ...analysis.effects.cost import PricePerDay
from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.paired import Paired, compare
from ...analysis.effects.table import price
from ...i18n.number import chance, decimals_for, ends, estimate, euro_range, euros, number, percent, significant
from ...i18n.summary_texts import person_days, sentence
from ...records.folder import Opened
from ..figures.findings import Found, leading, ranked
from .table import fixed

WIDTH = 110
"""Characters a line of text gets."""
NAMED = 3
"""Levers named in one sentence."""


def comparison_text(opened: Opened, lang: str, width: int = WIDTH) -> str:
    """Levers against none: effects, for whom, at what price, and the answer in words. ValueError without a baseline."""
    baseline, found, seeds = ranked(opened)
    content = baseline.content(opened)
    parts = [sentence("compare_head", lang, seeds=seeds_text(played([baseline]), lang), **place(content, lang)),
             fill(baseline_text(baseline, seeds, lang), width), effect_table(baseline, found, seeds, lang),
             price_table(baseline, found, seeds, lang), *inside_text(found, lang, width),
             fill(answer(baseline, found, seeds, lang), width),
             fill(sentence("notes", lang), width)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def inside_text(found: Found, lang: str, width: int = WIDTH) -> list[str]:
    """What each portfolio holds whose name does not list its levers; one text, none without such a portfolio."""
    colon = " : " if lang == "fr" else ": "
    lines = [fill(arm.label[lang] + colon + arm.inside[lang], width, subsequent_indent="  ")
             for arm, _ in found if arm.inside]
    return ["\n".join(lines)] if lines else []


def seeds_text(n: int, lang: str) -> str:
    """How many seeds, in words."""
    return sentence("seed_one", lang) if n == 1 else sentence("seed_count", lang, n=n)


def place(content: dict[str, Any], lang: str) -> dict[str, str]:
    """Names of the territory and of the crises, from their cards."""
    scenario = content["scenario"]
    territory = scenario["territory"]
    crises = [str(card.get(f"label_{lang}") or card["id"]) for card in scenario.get("crises", ())]
    return {"territory": str(territory.get(f"label_{lang}") or territory.get("id", "")),
            "crises": " + ".join(crises) or sentence("no_crisis", lang)}


def recovery_text(times: np.ndarray, lang: str) -> str:
    """Days to recover, or how often recovery was not seen to end: a mean of censored times would lie."""
    open_ends = int(np.isnan(times).sum())
    if open_ends:
        return sentence("unfinished", lang, k=open_ends, n=len(times))
    return sentence("recovered", lang, days=number(float(times.mean()), lang))


def baseline_text(baseline: Arm, seeds: list[int], lang: str) -> str:
    """What happens without levers."""
    played = [seed for seed in seeds if seed in baseline.runs]
    loss, never = baseline.values("loss", played), baseline.values("never_reached", played)
    return sentence("baseline", lang, loss=significant(float(loss.mean()), lang), unit=person_days(loss.mean(), lang),
                    recovery=recovery_text(baseline.values("t95", played), lang), never=number(never.mean(), lang))


def versus(baseline: Arm, arm: Arm, outcome: str, seeds: list[int]) -> Paired:
    """One outcome of an arm against the baseline."""
    told = OUTCOMES[outcome]
    return compare(baseline.values(outcome, seeds), arm.values(outcome, seeds), told.better, told.smallest)


def effect_table(baseline: Arm, found: Found, seeds: list[int], lang: str) -> str:
    """Per lever: change in loss, how likely it helps, recovery, the poorest, the isolated, the unreached."""
    names = ("lever", "change", "percent", "helps", "t95", "poorest", "isolated", "unreached")
    rows = []
    for arm, one in found:
        poor, cut = (versus(baseline, arm, name, seeds) for name in ("loss_poorest", "loss_isolated"))
        rows.append([arm.label[lang], estimate(one.difference, one.low, one.high, lang),
                     percent(one.relative, lang, sign=True), chance(one.helps_next, lang),
                     _days(baseline, arm, seeds, lang), percent(poor.relative, lang, sign=True),
                     percent(cut.relative, lang, sign=True),
                     number(versus(baseline, arm, "never_reached", seeds).difference, lang, sign=True)])
    return fixed([sentence(name, lang) for name in names], rows)


def _days(baseline: Arm, arm: Arm, seeds: list[int], lang: str) -> str:
    """Change in days to recover; in how many runs it was not complete, if in any."""
    with_ = arm.values("t95", [seed for seed in seeds if seed in arm.runs])
    open_ends = int(np.isnan(with_).sum())
    if open_ends:
        return f"{open_ends}/{len(with_)} > {number(float(arm.column('horizon', seeds)[0]), lang)}"
    return number(versus(baseline, arm, "t95", seeds).difference, lang, sign=True)


def price_table(baseline: Arm, found: Found, seeds: list[int], lang: str) -> str:
    """Per lever: what it costs, what a person-day costs to save, and the seeds it takes to be sure."""
    rows = []
    for arm, one in found:
        middle, low, high = (float(np.nanmean(arm.column(name, seeds))) for name in ("cost", "cost_low", "cost_high"))
        more = "unknown" if one.n < 2 else "endless" if one.more_seeds < 0 else "settled"
        rows.append([arm.label[lang], f"{euros(middle, lang)} [{euro_range(low, high, lang)}]" if high > 0 else
                     sentence("free", lang), price_text(price(baseline, arm, seeds), lang),
                     number(one.more_seeds, lang) if one.more_seeds > 0 else sentence(more, lang)])
    return fixed([sentence(name, lang) for name in ("lever", "cost", "price", "seeds")], rows)


def price_text(found: PricePerDay, lang: str) -> str:
    """EUR per person-day with its range, or why there is none."""
    if found.verdict in ("not_better", "free"):
        return sentence(found.verdict, lang)
    if found.verdict == "single":
        return sentence("single", lang, value=euros(found.value, lang))
    return f"{euros(found.value, lang)} [{euro_range(found.low, found.high, lang)}]"


def answer(baseline: Arm, found: Found, seeds: list[int], lang: str) -> str:
    """Two sentences: which lever lowers losses most, and how sure that is."""
    if len(seeds) < 2:
        return sentence("lead_seed", lang)
    lead = leading(baseline, found, seeds)
    effect = {arm.portfolio: one for arm, one in found}
    base = float(np.nanmean(baseline.values("loss", seeds)))
    doubtful = [arm for arm, one in found if not one.settled]
    harmful = [arm for arm, one in found if one.low > 0]
    first = _lead_sentence(lead, effect, base, played([baseline]), lang)
    kind = "doubt_sets" if baseline.alike else "doubt"
    second = sentence(kind, lang, levers=listed(doubtful, lang)) if doubtful else sentence(f"no_{kind}", lang)
    harm = [sentence("harm", lang, levers=listed([arm], lang)) for arm in harmful]
    return " ".join([first, *harm, second])


def _lead_sentence(lead: list[Arm], effect: dict[str, Paired], lost: float, n: int, lang: str) -> str:
    base = significant(lost, lang)
    if not lead:
        return sentence("lead_none", lang, n=n, base=base, unit=person_days(lost, lang))
    if len(lead) > 1:
        saved = sorted(-effect[arm.portfolio].difference for arm in lead)
        places = decimals_for(min((effect[arm.portfolio].high - effect[arm.portfolio].low) / 2 for arm in lead))
        return sentence("lead_many", lang, n=n, levers=listed(lead, lang), base=base, unit=person_days(saved[-1], lang),
                        low=number(saved[0], lang, places), high=number(saved[-1], lang, places))
    one = effect[lead[0].portfolio]
    places = decimals_for((one.high - one.low) / 2)
    value, (low, high) = number(-one.difference, lang, places), ends(-one.high, -one.low, lang, places)
    return sentence("lead_one", lang, n=n, unit=person_days(-one.difference, lang), lever=lead[0].label[lang],
                    value=value, low=low, high=high, base=base)


def listed(chosen: Sequence[Arm], lang: str) -> str:
    """Names in a row, the last after an "and"; many are counted."""
    quote = "« {} »" if lang == "fr" else "“{}”"
    names = [quote.format(arm.label[lang]) for arm in chosen]
    if len(names) > NAMED:
        names = [*names[:NAMED - 1], sentence("others", lang, n=len(names) - NAMED + 1)]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {sentence('and', lang)} {names[-1]}"

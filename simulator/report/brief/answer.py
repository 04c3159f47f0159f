"""The answer of a brief: the question, two sentences with their doubt in plain words, notices, four numbers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...analysis.effects.outcomes import OUTCOMES
from ...analysis.effects.table import price
from ...analysis.played import BASELINE
from ...i18n.brief_texts import tell
from ...i18n.number import chance, ends, euro_range, euros, number, percent, significant
from ...i18n.summary_texts import sentence
from ..evidence import assumed, grades
from ..figures.equity import label
from ..terminal.summary import listed, place
from .case import SEVERAL, Case
from .reproduce import question
from .tables import CALM, calm_paired, calm_text, costs, days, fine, places, total

ENOUGH = 6
"""Draws below which a brief says that they are few."""
MANY = 200
"""People that are counted by tens."""
SHALLOW = 0.9
"""Functioning whose fall is told with a decimal of a per cent."""
LOW, HIGH = 10, 90
"""Per cent: between them lie eight cases out of ten."""


def asked(case: Case) -> str:
    """The question: the study's own where it has one."""
    own = question(case.results.folder, case.study, case.lang) if case.points >= SEVERAL or case.study else ""
    names = place(case.content, case.lang)
    if own:
        return own
    if case.search and case.crisis:
        return tell("question_search", case.lang, crises=names["crises"], budget=euros(case.search.budget, case.lang))
    if case.compared:
        return tell("question" if case.crisis else "question_calm", case.lang, crises=names["crises"])
    return tell("question_one" if case.crisis else "question_none", case.lang, crises=names["crises"])


def scene(case: Case) -> str:
    """Where, how many residents, how many draws."""
    n = len(case.seeds)
    key = ("draws" if n > 1 else "draw") if case.compared else ("draws_one" if n > 1 else "draw_one")
    played = tell("draws_sets" if case.sets else key, case.lang, n=len(case.draws), sets=n)
    if case.search:
        played = tell("draws_search" if case.search.fresh else "draws_search_open", case.lang, tried=case.search.tried,
                      n=len(case.search.seeds), fresh=len(case.search.fresh))
    if case.points >= SEVERAL:
        played = f"{tell('points', case.lang, n=case.points)} · {played}"
    return tell("scene", case.lang, territory=place(case.content, case.lang)["territory"], played=played,
                n=significant(float(case.view.run["residents"]), case.lang, 3))


def answer(case: Case) -> list[str]:
    """Two sentences: what was found, and how sure that is."""
    if not case.compared:
        return [_alone(case)]
    if not case.crisis:
        return [tell("calm", case.lang, found=_calm(case)), tell("calm_doubt", case.lang, assumed=share_assumed(case))]
    if len(case.seeds) < SEVERAL:
        return [tell("lead_seed", case.lang), _doubt(case)]
    if case.search:
        return [_best_of_search(case), _doubt(case)]
    if case.points >= SEVERAL:
        return [_across(case), _doubt(case)]
    return [_found(case), _doubt(case, sure=len(case.lead) == 1)]


def share_assumed(case: Case) -> str:
    """Share of the numbers that are assumptions, in the reader's writing."""
    return percent(assumed(grades(case.content, case.cards("levers"))), case.lang)


def _doubt(case: Case, sure: bool = False) -> str:
    kind = "_sets" if case.sets else ""
    if not sure:
        return tell(f"unsure{kind}", case.lang, assumed=share_assumed(case))
    one = dict((arm.portfolio, found) for arm, found in case.found)[case.lead[0].portfolio]
    return tell(f"sure{kind}", case.lang, assumed=share_assumed(case), chance=_in_hundred(one.helps_next, case.lang))


def _in_hundred(probability: float, lang: str) -> str:
    """A chance as so many times in a hundred, never 0 or 100."""
    return number(min(99.0, max(1.0, 100 * probability)), lang)


def _calm(case: Case) -> str:
    """Which levers change everyday life beyond doubt, and what of it."""
    assert case.baseline is not None
    parts = []
    for arm, _ in case.found:
        changes = [(label(name, case.lang).lower(), calm_paired(case.baseline, arm, name)) for name in CALM]
        told = [f"{name} {calm_text(one, case.lang)}" for name, one in changes if one.settled and one.difference]
        if told:
            parts.append(f"{listed([arm], case.lang)} ({', '.join(told)})")
    return tell("calm_found", case.lang, parts="; ".join(parts)) if parts else tell("calm_none", case.lang)


def _lost(case: Case) -> str:
    arm = case.baseline or case.arms[0]
    return significant(float(np.nanmean(arm.values("loss_total", case.seeds))), case.lang)


def _found(case: Case) -> str:
    lang, lead = case.lang, case.lead
    if not lead:
        return tell("lead_none", lang, base=_lost(case))
    changes = {arm.portfolio: total(case, arm) for arm in lead}
    if len(lead) > 1:
        order = sorted(changes.values(), key=lambda one: -one.difference)
        low, high = (days(one, lang, sign=False).lstrip("−") for one in (order[0], order[-1]))
        return tell("lead_many", lang, levers=listed(lead, lang), low=low, high=high, base=_lost(case))
    one, n = changes[lead[0].portfolio], len(case.found)
    gained, (low, high) = days(one, lang, sign=False).lstrip("−"), ends(-one.high, -one.low, lang, places(one))
    among, share = tell("among" if n > 1 else "among_one", lang, n=n), percent(-one.relative, lang, fine(one.relative))
    return tell("lead_one" if lead[0] is case.found[0][0] else "lead_settled", lang, lever=lead[0].label[lang],
                days=gained, low=low, high=high, base=_lost(case), among=among, share=share)


def _best_of_search(case: Case) -> str:
    """What the search found under its budget, by draws that had no part in finding it."""
    search, lang = case.search, case.lang
    assert search is not None
    known = {"budget": euros(search.budget, lang), "tried": number(search.tried, lang)}
    if not case.lead:
        return tell("search_none", lang, **known)
    one, fresh = total(case, case.first), len(search.fresh)
    low, high = ends(-one.high, -one.low, lang, places(one))
    told = tell("search_days", lang, share=percent(-one.relative, lang, fine(one.relative)), base=_lost_with(case),
                days=days(one, lang, sign=False).lstrip("−"), low=low, high=high)
    if case.points >= SEVERAL:
        told = _across(case)
    judged = tell("search_fresh" if fresh > 1 else "search_fresh_one", lang, n=fresh) if fresh else tell(
        "search_open", lang)
    return tell("search_one" if len(case.lead) == 1 else "search_many", lang, lever=case.first.label[lang],
                n=len(case.lead), judged=judged, told=told, **known)


def _lost_with(case: Case) -> str:
    """Losses without levers by the draws that the best portfolio was judged by."""
    assert case.baseline is not None
    seeds = [seed for seed in case.first.runs if seed in case.baseline.runs]
    return significant(float(np.nanmean(case.baseline.values("loss_total", seeds))), case.lang)


def _across(case: Case) -> str:
    told, lang, arm = case.played, case.lang, case.key(case.first)
    assert told is not None
    change, base = told.change("loss", arm), told.values("loss", BASELINE)
    known = np.isfinite(change) & (base > 0)
    share = -(change[known] / base[known])
    low, high = np.percentile(share, [LOW, HIGH])
    return tell("across", lang, cases=number(known.sum(), lang), points=told.points, n=len(told.seeds),
                lever=case.first.label[lang], share=chance(float((share > 0).mean()), lang),
                low=percent(float(low), lang, fine(low)), high=percent(float(high), lang, fine(high)))


def _alone(case: Case) -> str:
    """Nothing is compared: what the runs show."""
    arm, lang = case.baseline or case.arms[0], case.lang
    if not case.crisis:
        return tell("one_arm_calm", lang)
    lost = arm.values("loss_total", case.seeds)
    spread = tell("spread_one", lang)
    if len(case.seeds) >= SEVERAL:
        low, high = (significant(float(end), lang) for end in (lost.min(), lost.max()))
        spread = tell("spread", lang, low=low, high=high)
    name = tell("with", lang, levers=listed([arm], lang)) if arm.levers else arm.label[lang].lower()
    return tell("one_arm", lang, arm=name, base=_lost(case), spread=spread)


def notices(case: Case) -> Iterator[str]:
    """What a reader must know before trusting the answer."""
    lang, count = case.lang, case.count
    everything = sum(count.values())
    for name in ("failed", "missing"):
        if count[name]:
            yield tell(name, lang, **{name: number(count[name], lang)}, all=number(everything, lang))
    if case.points >= SEVERAL:
        yield tell("middle", lang, points=case.points)
    draws = len(case.first.runs) if case.search and case.found else len(case.seeds)
    if case.compared and 1 < draws < ENOUGH:
        yield tell("few_sets" if case.sets else "few", lang, n=draws)
    if case.compared and case.crisis:
        yield from _on_size(case)


def _on_size(case: Case) -> Iterator[str]:
    """Levers that do harm, and effects too small to act on."""
    harmful = [arm for arm, one in case.found if one.low > 0]
    if harmful:
        yield tell("harm", case.lang, levers=listed(harmful, case.lang))
    smallest = OUTCOMES["loss"].smallest
    best = dict((arm.portfolio, one) for arm, one in case.found)[case.first.portfolio]
    if -best.difference < smallest and case.lead:
        yield tell("small", case.lang, smallest=significant(smallest, case.lang, 1))


def facts(case: Case) -> list[tuple[str, str]]:
    """Four numbers, each with what it is."""
    if not case.crisis:
        return []
    return _facts_compared(case) if case.compared and case.first in case.lead else _facts_plain(case)


def _facts_compared(case: Case) -> list[tuple[str, str]]:
    assert case.baseline is not None
    lang, arm = case.lang, case.first
    change = total(case, arm)
    middle, low, high = costs(case, arm)
    worth = price(case.baseline, arm, case.seeds)
    out = [(days(change, lang, sign=False).lstrip("−"), tell("fact_gain", lang, base=_lost_with(case))),
           (chance(change.helps_next, lang), tell("fact_sure_sets" if case.sets else "fact_sure", lang))]
    if high > 0:
        out.append((euros(middle, lang), tell("fact_cost", lang, range=euro_range(low, high, lang))))
    if worth.verdict in ("bounded", "unbounded"):
        told = euro_range(worth.low, worth.high, lang)
        out.append((euros(worth.value, lang), tell("fact_price", lang, range=told)))
    return out


def _facts_plain(case: Case) -> list[tuple[str, str]]:
    lang, arm = case.lang, case.baseline or case.arms[0]
    low, back, never = (arm.values(name, case.seeds) for name in ("robustness", "t95", "never_reached"))
    recovered = number(float(back.mean()), lang) if np.isfinite(back).all() else sentence("endless_days", lang)
    least = float(low.mean())
    deep = percent(least, lang, 1 if least > SHALLOW else 0)
    missed = number(float(never.mean()), lang, -1 if never.mean() >= MANY else 0)
    return [(_lost(case), tell("fact_lost", lang)), (deep, tell("fact_low", lang)),
            (recovered, tell("fact_back", lang)), (missed, tell("fact_never", lang))]

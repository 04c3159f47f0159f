"""What the answer of a brief depends on: assumed numbers, evidence for the lever, behaviour variants, other scenarios.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...analysis.study_outcomes import NO_LEVERS_ARM, StudyOutcomes
from ...analysis.uncertainty.comparison_doubt import find_worthwhile, measure_comparison_doubt
from ...i18n.number_format import format_percent
from ...i18n.translation import mark, mark_all, translate
from ..evidence_grades import compute_assumed_share, count_evidence_grades
from ..sheets.assumptions import read_assumption_note
from ..sheets.doubt import (
    format_pays,
    format_share_interval,
    format_variance_sentence,
    format_worthwhile_gain,
)
from ..sheets.reference_screening import format_reference_screening
from ..terminal.lever_names import join_lever_names
from ..terminal.verdict_summary import UNSETTLED
from .case import SEVERAL, Case

VARIANTS: dict[str, str] = {"balanced": mark("balanced"), "selection_only": mark("selection only"),
                            "socialisation_only": mark("socialisation only"),
                            "random_joining": mark("joining at random"), "frozen_ties": mark("frozen ties"),
                            "frozen_beliefs": mark("frozen beliefs")}
"""Behaviour variants by name."""
DEBATED_VARIANTS = ("balanced", "selection_only", "socialisation_only")
"""Variants between which published patterns do not decide."""
SIZE_GRADES: dict[str, str] = mark_all({"measured": "measured", "published": "published", "derived": "derived",
                                        "assumption": "assumed"}, context="size")
"""How well the size of an effect is known, by its evidence grade; in the catalogue under the context "size"."""
VARIANCE_PARTS: dict[str, str] = {
    "numbers": mark("{share} from the model's calibrated numbers"),
    "luck": mark("{share} from luck"), "behaviour": mark("{share} from the behaviour variant"),
}
"""Where uncertainty comes from, by part of the variance."""


def list_assumption_notes(case: Case) -> list[str]:
    """One or two sentences for each thing that the answer rests on, or that would change it."""
    return [*_list_variance_notes(case), *_list_evidence_notes(case), *_list_behaviour_notes(case),
            *_list_other_scenario_notes(case), *_list_scenario_notes(case), *_list_unsettled_notes(case)]


def _list_variance_notes(case: Case) -> Iterator[str]:
    """Where the uncertainty of an ensemble comes from."""
    if not (case.parameter_sets and case.is_comparable and case.baseline):
        return
    lang, arms = case.lang, [arm for arm, _ in case.effects]
    doubt = measure_comparison_doubt(case.baseline, arms, case.seeds, case.parameter_sets, None,
                                     find_worthwhile(case.baseline, arms, case.seeds, case.opened))
    if case.best_arm.portfolio in doubt.ranks:
        ranks = doubt.ranks[case.best_arm.portfolio]
        yield translate("Of the {n} sets of numbers played, “{lever}” gains what makes acting worthwhile ({worth}) in "
                        "{pays}, anything at all in {helps}, and is the best of all, doing nothing included, in {best} "
                        "(in brackets: 95% interval).", lang, n=doubt.sets, lever=case.best_arm.label[lang],
                        worth=format_worthwhile_gain(case.best_arm, lang), pays=format_pays(ranks, lang),
                        helps=format_share_interval(ranks.helps, lang), best=format_share_interval(ranks.best, lang))
    shares = doubt.shares[case.best_arm.portfolio]
    parts = [translate(VARIANCE_PARTS[source], lang, share=format_percent(share, lang))
             for source, (share, _, _) in shares.shares.items() if np.isfinite(share)]
    if not parts:
        yield format_variance_sentence(case.best_arm.label[lang], shares, lang, options=False)
    else:
        yield translate("The uncertainty about the effect of “{lever}” comes, roughly, {parts}. Numbers that were not "
                        "calibrated are not counted in it.", lang, lever=case.best_arm.label[lang],
                        parts=", ".join(parts))


def _list_evidence_notes(case: Case) -> Iterator[str]:
    """How many numbers are assumed, on which of them the effect depends most, and what is known of the best lever."""
    lang, grades = case.lang, dict[str, Any](count_evidence_grades(case.content, case.cards("levers")))
    yield translate("Of {all} numbers (model, crisis, levers): measured, {measured}; published, {published}; derived, "
                    "{derived}; assumed, {assumption} ({share}).", lang, all=sum(grades.values()),
                    share=format_percent(compute_assumed_share(grades), lang), **grades)
    if not case.is_comparable:
        return
    arm = case.best_arm
    measured = read_assumption_note(case.results.folder, {"+".join(arm.levers): arm.label[lang]}, lang)
    if measured or case.crisis:
        crises = {str(card["id"]): str(card.get(f"label_{lang}") or card["id"]) for card in case.cards("crises")}
        yield measured or format_reference_screening(crises, lang, plain=True)
    card = next((card for card in case.cards("levers") if card["id"] in arm.levers), {})
    evidence = card.get("evidence") or {}
    text = str(evidence.get("text_fr" if lang == "fr" else "text") or evidence.get("text") or "").strip()
    if text:
        grade = translate(SIZE_GRADES[evidence.get("grade", "assumption")], lang, context="size")
        yield translate("Size of the effect of “{lever}”: {grade}. {text}", lang, text=text, grade=grade,
                        lever=str(card.get(f"label_{lang}") or card["id"]))
    yield translate("Costs are largely assumed; the range matters more than the central value.", lang)


def _list_behaviour_notes(case: Case) -> Iterator[str]:
    """The effect under each variant where several were played in the same scenarios, else which variants to play."""
    lang, results = case.lang, case.other_outcomes or case.outcomes
    if not case.is_comparable:
        return
    if len({variant for _, variant in case.parameter_sets.values()}) >= SEVERAL:
        yield _format_variants_of_seeds(case)
        return
    arm = case.outcome_key(case.best_arm, results)
    points_by_variant = _group_points_by_variant(results, arm) if results else {}
    if results is None or len(points_by_variant) < SEVERAL:
        played = str(case.sample_run.run["behaviour"])
        variant = format_variant(played, lang)
        yield translate("One behaviour variant was played ({behaviour}). Do members of a site trust more because they "
                        "joined, or join because they trust? Before deciding, have it played again under the other "
                        "answers: {others}.", lang, behaviour=variant, others=", ".join(
                            format_variant(name, lang) for name in DEBATED_VARIANTS if name != played))
        return
    change, base = results.change("loss", arm), results.values("loss", NO_LEVERS_ARM)
    parts = []
    for name, points in points_by_variant.items():
        known = np.isfinite(change[points])
        share = float(change[points][known].mean() / base[points][known].mean())
        parts.append(f"{format_variant(name, lang)} {format_percent(share, lang, 1, True)}")
    yield translate("“{lever}” by behaviour variant: {parts}.", lang, lever=case.best_arm.label[lang],
                    parts=", ".join(parts))


def _format_variants_of_seeds(case: Case) -> str:
    """The effect of the best lever under each variant, where seeds played several."""
    assert case.baseline is not None
    lang, arm, parts = case.lang, case.best_arm, []
    for name in dict.fromkeys(variant for _, variant in case.parameter_sets.values()):
        seeds = [seed for seed in case.seeds if case.parameter_sets[seed][1] == name]
        without, with_ = (one.values("loss", seeds) for one in (case.baseline, arm))
        known = np.isfinite(without) & np.isfinite(with_)
        if known.any() and without[known].sum() > 0:
            share = float((with_ - without)[known].sum() / without[known].sum())
            parts.append(f"{format_variant(name, lang)} {format_percent(share, lang, 1, True)}")
    return translate("“{lever}” by behaviour variant: {parts}.", lang, lever=arm.label[lang], parts=", ".join(parts))


def _group_points_by_variant(results: StudyOutcomes, arm: str) -> dict[str, list[int]]:
    """Behaviour variant to the points at which an arm was played, matched: what else varies is the same for each
    variant."""
    names = list(map(str, results.settings.get("behaviour", ())))
    played = np.isfinite(results.change("loss", arm)).any(axis=1)
    by_scenario: dict[tuple[str, ...], dict[str, int]] = {}
    for point, name in enumerate(names):
        if played[point]:
            scenario = tuple(str(values[point]) for key, values in results.settings.items() if key != "behaviour")
            by_scenario.setdefault(scenario, {})[name] = point
    variants = [name for name in dict.fromkeys(names) if any(name in points for points in by_scenario.values())]
    complete = [points for points in by_scenario.values() if len(points) == len(variants)]
    return {name: [points[name] for points in complete] for name in variants} if complete else {}


def format_variant(name: str, lang: str) -> str:
    """The name of a behaviour variant in the reader's language."""
    return translate(VARIANTS[name], lang) if name in VARIANTS else name


def _list_other_scenario_notes(case: Case) -> Iterator[str]:
    """What the best portfolio of a search did in scenarios that were not part of the search."""
    results, lang = case.other_outcomes, case.lang
    if results is None or not case.is_comparable:
        return
    change = results.change("loss", case.outcome_key(case.best_arm, results))
    base = results.values("loss", NO_LEVERS_ARM)
    searched = {str(view.run["context"]) for view in case.outcomes.runs.values()} if case.outcomes else set()
    shares = []
    for point in range(results.points):
        known = np.isfinite(change[point]) & (base[point] > 0)
        contexts = {str(view.run["context"]) for (_, of_point, _), view in results.runs.items() if of_point == point}
        if known.any() and not contexts & searched:
            shares.append(-float(change[point][known].sum() / base[point][known].sum()))
    if shares:
        low, high = (format_percent(end, lang) for end in (min(shares), max(shares)))
        yield translate("Played in {n} other scenarios of the same folder, “{lever}” lowers losses by {low} to {high}.",
                        lang, n=len(shares), lever=case.best_arm.label[lang], low=low, high=high)


def _list_scenario_notes(case: Case) -> Iterator[str]:
    """In how many scenarios of a study the best lever comes first, and in how many it does harm."""
    lang, results = case.lang, case.outcomes
    if results is None or case.scenario_count < SEVERAL:
        return
    change = {arm: np.array([np.nanmean(row) if np.isfinite(row).any() else np.nan
                             for row in results.change("loss", arm)]) for arm in results.lever_arms}
    table = np.array([change[arm] for arm in results.lever_arms])
    known = np.flatnonzero(np.isfinite(table).sum(axis=0) >= min(SEVERAL, len(table)))
    leads = Counter(results.lever_arms[int(np.nanargmin(table[:, point]))] for point in known)
    name, arm = case.best_arm.label[lang], case.outcome_key(case.best_arm)
    if not len(known):
        pass
    elif leads[arm] == len(known):
        yield translate("“{lever}” leads in each of the {points} scenarios played.", lang, lever=name,
                        points=len(known))
    else:
        others = [results.arms[other][lang] for other, _ in leads.most_common() if other != arm]
        yield translate("“{lever}” leads in {share} of the {points} scenarios; elsewhere: {others}.", lang, lever=name,
                        share=format_percent(leads[arm] / len(known), lang), points=len(known),
                        others=", ".join(others[:SEVERAL + 1]))
    if arm in change and (worse := int((change[arm] > 0).sum())):
        yield translate("On average over draws it does worse than no lever in {k} of {points} scenarios.", lang,
                        k=worse, points=len(known))


def _list_unsettled_notes(case: Case) -> Iterator[str]:
    """Levers of which it is not known yet whether to act."""
    doubtful = [arm for arm, _ in case.effects if arm.judgement is not None and arm.judgement.verdict in UNSETTLED]
    if case.is_comparable and case.crisis and doubtful:
        yield translate("Effect not settled: {levers}. More draws may settle it.", case.lang,
                        levers=join_lever_names(doubtful, case.lang))

"""The brief for decision makers as one HTML page, without scripts, other files or network access."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ...i18n.plain_text import make_printable
from ...i18n.texts.brief_labels import get_brief_label
from ...i18n.translation import mark, translate
from ...i18n.typography import insert_nbsp
from ...records.results import Results
from ..figures.equity import GroupEffect, compute_group_effects, draw_group_effects_figure
from ..figures.findings import format_effects_title
from ..figures.inline_svg import render_inline_svg
from ..figures.trade_off import draw_trade_off_figure
from ..maps.comparison_maps import BriefMap, build_place_table, draw_brief_map, draw_brief_tie_map
from . import parts
from .answer import format_brief_answer, list_notices
from .assumptions import list_assumption_notes
from .case import SEVERAL, Case, select_case
from .cases_table import build_cases_table
from .chain import build_case_chain, build_chain_section, build_chain_table
from .curve import draw_curve_figure, format_curve_note
from .first_page import build_first_page
from .key_figures import list_key_figures
from .mix_table import build_mix_table
from .question import format_brief_question, format_setup
from .ranking import build_ranking

if TYPE_CHECKING:
    from jinja2 import Template

    from ...world.places.outline import Outline

TEMPLATE = "brief.html"
HEADINGS_OF_BRIEF: dict[str, str] = {
    "kicker": mark("Briefing note"), "kind": mark("Exploration by simulation, under assumptions"),
    "detail": mark("The answer in detail"), "curve": mark("The recovery"),
    "ranking": mark("The levers, from most to least useful"), "chain": mark("From the lever to recovery"),
    "trade_off": mark("What it costs, what it changes"), "groups": mark("Who gains and who does not"),
    "where": mark("Where"), "leans": mark("What the answer leans on"), "out": mark("What the model leaves out"),
    "again": mark("Playing this again"), "annex": mark("Annexes"), "tables": mark("Tables"),
    "reference": mark("To look up"),
    "glossary": mark("Words used"), "cards": mark("The levers: mechanism, limits, side effects"),
    "table_of": mark("Table {n}. {title}"), "see": mark("figures: table {n}"),
    "leans_title": mark("The answer leans first on assumed numbers"),
    "out_title": mark("Help may also come from what the model ignores"),
    "again_title": mark("The same settings and the same draw give the same results again"),
    "foot": mark("Exploration under assumptions, not a forecast. Synthetic residents: nobody is real."),
}
"""Texts of the template, by the key that it gives to `get_text`."""


def render_brief(results: Results, lang: str, study: str | None = None,
                 outlines: Mapping[str, Outline] | None = None, worth: str | None = None) -> str:
    """The brief of a folder of results in French ("fr") or English ("en"), as an HTML page.

    study: its name where the folder holds several. outlines: of communes, for the map; without them the layout of
    the model. worth: from which difference on acting counts as worthwhile. ValueError if nothing was played, or if the
    folder holds several studies and none is named.
    """
    case = select_case(results, lang, study, worth)
    values = _collect_template_values(case, draw_brief_map(case, outlines), draw_brief_tie_map(case, outlines))
    return make_printable(_load_template().render(**values))


def _load_template() -> Template:
    """The page's template. It escapes every value but figures, which are SVG of this package and marked safe there."""
    from jinja2 import Environment, StrictUndefined

    source = (files(__package__) / TEMPLATE).read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                              finalize=insert_nbsp)
    return environment.from_string(source)


def _collect_template_values(case: Case, place_map: BriefMap | None, tie_map: BriefMap | None) -> dict[str, Any]:
    """All that the template shows, as text and markup."""
    lang = case.lang
    effects = _compute_group_effects(case)
    tables = parts.build_annex_tables(case, effects) | build_chain_table(chain := build_case_chain(case), lang)
    if place_map:
        tables["map"] = build_place_table(place_map, lang)
    more = {"mixes": build_mix_table(case), "cases": build_cases_table(case)}
    tables |= {name: table for name, table in more.items() if table}
    note = build_first_page(case)
    table_number = {name: number for number, name in enumerate(tables, 1)}
    return {
        "lang": lang,
        "get_text": lambda key, **facts: translate(HEADINGS_OF_BRIEF[key], lang, **facts),
        "note": note,
        "heading": note.headings(lang),
        "question": format_brief_question(case),
        "scene": format_setup(case),
        "answer": format_brief_answer(case),
        "facts": list_key_figures(case),
        "notices": list(list_notices(case)),
        "calm": tables.pop("calm", None),
        "trade_off": _build_trade_off_section(case),
        "curve": _build_curve_section(case),
        "ranking": _build_ranking_section(case),
        "chain": build_chain_section(chain, lang),
        "groups": _build_group_section(case, effects),
        "map": _build_map_section(place_map),
        "ties": _build_map_section(tie_map),
        "assumptions": list_assumption_notes(case),
        "exclusions": parts.list_exclusions(lang),
        "reproduction": parts.list_reproduction_settings(case),
        "tables": tables,
        "table_number": table_number,
        "cards": parts.build_lever_cards(case),
        "glossary": parts.build_glossary(case),
        "settings_note": translate("All settings are kept with every run. Same settings, same draw: the same results, "
                                   "byte for byte; “resilience verify {folder}” checks it by playing a sample again.",
                                   lang, folder=case.results.folder.name),
    }


def _build_curve_section(case: Case) -> dict[str, Any] | None:
    """Recovery; None where there is no crisis to recover from."""
    if not case.crisis:
        return None
    picture = draw_curve_figure(case)
    return {"title": picture.title, "svg": render_inline_svg(picture), "note": format_curve_note(case)}


def _build_ranking_section(case: Case) -> dict[str, Any] | None:
    """Levers in order; None where there is no crisis to recover from, or nothing to compare."""
    if not (case.is_comparable and case.crisis):
        return None
    heads = [get_brief_label(name, case.lang) for name in ("lever", "days", "share", "cost", "price")]
    return {"title": _format_ranking_title(case), "rows": build_ranking(case), "heads": heads,
            "note": _format_ranking_note(case), "costs": parts.format_costs_note(case)}


def _build_trade_off_section(case: Case) -> dict[str, Any] | None:
    """Cost against effects; None where there is nothing to weigh, or the levers come from a search."""
    if case.search or not (case.is_comparable and case.crisis):
        return None
    picture = draw_trade_off_figure(case.opened, case.lang, with_title=False)
    if picture is None:
        return None
    return {"title": picture.title, "svg": render_inline_svg(picture),
            "note": picture.alt_text.removeprefix(f"{picture.title}. ")}


def _format_ranking_note(case: Case) -> str:
    """How to read the ranking."""
    if case.search and case.search.fresh_seeds:
        return translate("Dot: mean of the draws played with and without these levers; bar: 95% interval; hollow dot: "
                         "the direction of the effect is not settled. The mixes in front are judged by {fresh} draws "
                         "that had no part in choosing them, the others (the best one for each lower budget) by the "
                         "{n} of the search, which flatters them somewhat.", case.lang, n=len(case.search.seeds),
                         fresh=len(case.search.fresh_seeds))
    if len(case.seeds) < SEVERAL:
        return translate("One draw only: differences may be luck.", case.lang)
    if case.parameter_sets:
        return translate("Dot: mean of {sets} sets of numbers ({n} draws played with and without the lever); bar: 95% "
                         "interval, which counts luck and the doubt about these numbers; hollow dot: the direction of "
                         "the effect is not settled.", case.lang, n=len(case.draws), sets=len(case.seeds))
    return translate("Dot: mean of {n} draws played with and without the lever; bar: 95% interval for all levers "
                     "at once; hollow dot: the direction of the effect is not settled.", case.lang, n=len(case.draws))


def _format_ranking_title(case: Case) -> str:
    assert case.baseline is not None
    lang, lead = case.lang, case.leading_arms
    if case.search and lead:
        if len(lead) > 1:
            return translate("{n} mixes lead: none does better than they in every respect", lang, n=len(lead))
        return translate("“{lever}”: none does better in every respect", lang, lever=case.best_arm.label[lang])
    if len(lead) > 1:
        return translate("{n} levers lead and cannot be told apart", lang, n=len(lead))
    if not lead:
        return format_effects_title(case.baseline, case.effects, case.seeds, lang)
    name = lead[0].label[lang]
    if lead[0] is not case.effects[0][0]:
        return translate("“{lever}”: the best settled gain in these draws", lang, lever=name)
    if lead[0] is not case.best_arm:
        return translate("“{lever}” leads in the scenario shown", lang, lever=name)
    return translate("“{lever}” leads, in these draws", lang, lever=name)


def _build_map_section(shown: BriefMap | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    return {"title": shown.picture.title, "svg": render_inline_svg(shown.picture), "note": shown.note}


def _compute_group_effects(case: Case) -> list[GroupEffect]:
    """Effects of the best arm by group; empty where too little was played to show them."""
    if not (case.is_comparable and case.crisis and case.baseline) or len(case.seeds) < SEVERAL:
        return []
    return compute_group_effects(case.baseline, case.best_arm, case.seeds, case.lang)


def _build_group_section(case: Case, effects: list[GroupEffect]) -> dict[str, Any] | None:
    if not effects:
        return None
    picture = draw_group_effects_figure(case, effects)
    lang, n = case.lang, effects[0].change.n
    over = translate("{n} sets of numbers", lang, n=n) if case.parameter_sets else translate("{n} draws", lang, n=n)
    note = translate("Change in each group's losses with “{lever}”, per 1,000 residents of the group. Bar: 95% "
                     "interval over {over}; hollow dot: effect not settled. Isolation measured before the levers.",
                     lang, lever=case.best_arm.label[lang], over=over)
    return {"title": picture.title, "svg": render_inline_svg(picture), "note": note}

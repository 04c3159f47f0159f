"""Texts of the page to hand on, in every language at once: a reader switches without loading anything."""

from __future__ import annotations

from ...i18n.translation import list_languages, mark, translate

SITE_TEXTS: dict[str, str] = {
    "title": mark("What levers change in a crisis"), "kind": mark("Exploration by simulation, under assumptions"),
    "scene": mark("Crisis and place"), "lever": mark("The lever"), "group": mark("Whose losses"),
    "place": mark("Place on the map"), "none": mark("None"),
    "language": mark("Language"), "print": mark("Print"), "link": mark("Link to this view"),
    "short": mark("In short"), "without": mark("Without levers"),
    "change": mark("Change"), "interval": mark("Interval (95%)"), "chance": mark("Chance that one more seed gains"),
    "cost": mark("Total cost, whole period"), "price": mark("Per person-day saved"), "people": mark("Residents"),
    "levers_title": mark("What each lever changes"),
    "loss_without": mark("Days of normal life lost per 1,000 residents, without levers"),
    "loss_change": mark("Change in these days"),
    "levers_axis": mark("Change in days of normal life lost per 1,000 residents (left: fewer)"),
    "levers_note": mark("Dot: mean over the seeds played with and without the lever. Bar: 95% interval over them. "
                        "Hollow dot: the direction of the effect is not settled."),
    "curve_title": mark("The recovery, day by day"), "curve_axis": mark("Functioning, % of normal"),
    "curve_note": mark("Line: mean over seeds; band: lowest to highest seed. The axis does not start at zero."),
    "curve_all": mark("No curve is kept for this group: the one shown is everyone's."),
    "away_title": mark("Those hit who are not back yet"), "away_axis": mark("Of those hit, %"),
    "days": mark("Days since the crisis began"), "steps_title": mark("From being hit to being helped"),
    "steps_axis": mark("Adults, mean over seeds"),
    "steps_note": mark("Of the adults hit: whose own means did not suffice, whose home's did not either, who asked, "
                       "and who was helped by whom. Somebody may be helped by several."),
    "groups_title": mark("Who gains and who does not"),
    "groups_note": mark("Groups of fewer than 30 residents are not shown."),
    "map_title": mark("Where"), "map_axis": mark("Person-days lost per resident"),
    "map_note": mark("Groups of fictional neighbourhoods or communes, never one neighbourhood alone. Click a place, or "
                     "choose it in the list."),
    "map_one": mark("This territory is a single place, or too small for a map."),
    "show_loss": mark("Loss without levers"), "show_change": mark("What the lever changes"),
    "doubt_title": mark("How sure this is"), "measure": mark("Measure"), "helps": mark("Chance of a gain"),
    "doubt_note": mark("Intervals count the luck of the model over the seeds that were played and, where each seed has "
                       "plausible numbers of its own, the doubt about these, no other doubt. This is an exploration, "
                       "not a forecast; residents are fictional."),
    "versus_title": mark("This lever against each other one"), "versus_other": mark("The other lever"),
    "versus_loss": mark("Days of normal life lost, all together"),
    "versus_gap": mark("Gap between poorest and richest fifth, days each"),
    "versus_reach": mark("People in need helped by nobody"), "versus_cost": mark("Total cost, whole period"),
    "versus_note": mark("The lever chosen minus the other one, same seeds, with the 95% interval. Below 0: the lever "
                        "chosen is better, or cheaper."),
    "seeds": mark("Seeds played"), "table": mark("The numbers of this figure"), "day": mark("Day"),
    "open": mark("direction not settled"),
    "less": mark("less loss"), "more": mark("more loss"), "never": mark("Helped by nobody"),
    "workbook": mark("All numbers (Excel)"),
    "left_out": mark("Scenarios left out because the page would be too large:"),
    "group_name": mark("Group"), "no_script": mark("This page needs JavaScript, which this browser has switched off."),
    "cases_title": mark("Recognisable residents"), "case_who": mark("Who"),
    "cases_note": mark("Days of functioning lost · days until back for good · helped by whom. Nobody is real; each is "
                       "chosen by rule among those hit, and has the same luck in every arm, of one seed."),
    "version": mark("Model"), "residents": mark("Residents"),
}
"""Keys that explorer.js uses, to their texts."""

STEP_LABELS: dict[str, str] = {
    "hit_adults": mark("hit"), "beyond_own": mark("own means do not suffice"),
    "beyond_home": mark("nor those of the home"), "asked": mark("asked for help"),
    "helped_by_persons": mark("helped by a person"), "helped_by_sites": mark("helped by a site"),
    "helped_by_groups": mark("helped by a group"), "helped_by_reserves": mark("helped by a reserve"),
    "helped_by_institutions": mark("helped by an institution"),
}
"""Columns of runs, from being hit to being helped, to their names."""


def say_in_all_languages(text: str) -> dict[str, str]:
    """Language to the text in it."""
    return {lang: translate(text, lang) for lang in list_languages()}


def collect_site_texts() -> dict[str, dict[str, str]]:
    """Key to the text in every language."""
    return {key: say_in_all_languages(text) for key, text in SITE_TEXTS.items()}

"""The terminal's text on one run: losses by group, and who met the needs."""

from __future__ import annotations

from textwrap import fill

import numpy as np

from ...analysis.effects.arms import format_portfolio_label
from ...analysis.effects.need_shares import compute_need_shares_by_source
from ...analysis.effects.outcomes import compute_loss_area, compute_loss_per_resident, compute_recovery_time
from ...analysis.run_view import RunView, compute_recovery_curve, iterate_run_views
from ...i18n.figure_texts import FIGURE_LABELS, get_group_label
from ...i18n.number_format import NO_VALUE, decimals_for_size, format_number, format_percent, format_significant
from ...i18n.summary_texts import format_person_day_unit
from ...i18n.translation import translate
from ...records.run_files import RunTables
from ...rules.need_domains import DOMAINS
from .comparison_summary import WIDTH, format_recovery_time, limit_width, list_scenario_labels
from .text_table import format_fixed_width_table

GROUPS_SHOWN = (("income", ("1", "2", "3", "4", "5")), ("age", ("60-74", "75+")),
                ("household", ("one_person", "lone_parent")), ("isolation", ("isolated",)))
NEED_SOURCES = {
    "home": ("own", "household"), "kin": ("kin",), "friend": ("friend",), "neighbour": ("neighbour", "stranger"),
    "other": ("other", "far"), "project": ("project",), "site": ("site",), "institution": ("institution",),
    "faded": ("faded",),
}
"""Column of the table of needs to the sources that it adds up."""


def format_run_summary(opened: RunTables, lang: str, width: int = WIDTH) -> str:
    """The first of these runs, in words and tables."""
    view = next(iterate_run_views(opened))
    content = opened.content[view.run["run"]]
    head = translate("{territory} · {crises} · {levers} · seed {seed}", lang,
                     levers=format_portfolio_label(content)[lang], seed=int(view.run["seed"]),
                     **list_scenario_labels(content, lang))
    if view.run["onset"] < 0:
        members, isolated = (format_number(float(view.series[name][-1]), lang) for name in ("members", "isolated"))
        calm = translate("No crisis: {n} residents, of whom {isolated} isolated and {members} members of a site at "
                         "the end.", lang, n=format_number(float(view.run["n"]), lang), isolated=isolated,
                         members=members)
        return f"{head}\n\n{fill(calm, width)}\n"
    parts = [head, fill(_format_loss(view, lang), width), fill(_format_reach(view, lang), width),
             format_group_table(view, lang, width), translate("Who met the needs of the crisis and of every day", lang),
             format_needs_table(view, lang, width),
             fill(translate("One seed, an exploration under assumptions: to compare levers, resilience compare.",
                            lang), width)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _format_loss(view: RunView, lang: str) -> str:
    """Loss, lowest functioning and its day, days to recover."""
    curve = compute_recovery_curve(view)
    k, loss = int(np.argmin(curve.value)), compute_loss_area(curve)
    return translate("{loss} {unit} of functioning lost per resident ({n} residents); lowest {low} on day "
                     "{day}; {recovery}.", lang, loss=format_significant(loss, lang),
                     unit=format_person_day_unit(loss, lang), n=format_number(float(view.run["n"]), lang),
                     low=format_percent(float(curve.value[k]), lang, 2), day=format_number(float(curve.day[k]), lang),
                     recovery=format_recovery_time(np.array([compute_recovery_time(curve, 0.95)]), lang))


def _format_reach(view: RunView, lang: str) -> str:
    """Residents in need, those whom nobody reached, the delay, expected deaths."""
    names = ("in_need", "never_reached", "isolated_never_reached", "contact_delay")
    needy, never, isolated, delay = (format_number(float(view.run[name]), lang) for name in names)
    return translate("{needy} people in need, {never} not reached, of whom {isolated} isolated; median delay "
                     "{delay} days; expected excess deaths in the model: {deaths}.", lang, needy=needy, never=never,
                     isolated=isolated, delay=delay, deaths=format_number(float(view.run["deaths_expected"]), lang, 1))


def format_group_table(view: RunView, lang: str, width: int = WIDTH) -> str:
    """Losses and reach of the groups that matter most."""
    rows = []
    places = decimals_for_size(compute_loss_area(compute_recovery_curve(view)))
    for dimension, groups in GROUPS_SHOWN:
        for group in groups:
            name = f"{translate(FIGURE_LABELS[dimension], lang)} · {get_group_label(dimension, group, lang)}"
            n, in_need, never = (view.group(dimension, group, column) for column in ("n", "in_need", "never_reached"))
            loss = NO_VALUE
            if n > 0:
                loss = format_number(compute_loss_per_resident(view, dimension, group), lang, places)
            rows.append([name, format_number(n, lang), loss, format_number(in_need, lang), format_number(never, lang)])
    heads = [translate("group", lang), translate("residents", lang), translate("loss/resident", lang),
             translate("in need", lang), translate("not reached", lang)]
    return format_fixed_width_table(heads, rows, most=limit_width(width))


def format_needs_table(view: RunView, lang: str, width: int = WIDTH) -> str:
    """Share of each domain's needs met by each source."""
    met = compute_need_shares_by_source(view)
    rows = []
    for k, domain in enumerate(DOMAINS):
        shares = [sum(met[source][k] for source in sources) for sources in NEED_SOURCES.values()]
        rows.append([translate(FIGURE_LABELS[domain], lang), *(format_percent(float(share), lang) for share in shares)])
    heads = [translate("need", lang), *(translate(FIGURE_LABELS[name], lang) for name in NEED_SOURCES)]
    return format_fixed_width_table(heads, rows, most=limit_width(width))

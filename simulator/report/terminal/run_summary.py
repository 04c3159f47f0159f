"""The terminal's text on one run: losses by group, who is hit, who met the needs, who made good what was left."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

import numpy as np

from ...analysis.effects.arms import format_portfolio_label
from ...analysis.effects.need_shares import compute_need_shares_by_source, compute_work_shares_by_source
from ...analysis.effects.outcomes import compute_loss_area, compute_loss_per_resident
from ...analysis.run_view import RunView, compute_recovery_curve, iterate_run_views
from ...i18n.number_format import NO_VALUE, decimals_for_size, format_number, format_percent, format_significant
from ...i18n.texts.figure_texts import FIGURE_LABELS, get_group_label
from ...i18n.texts.summary_texts import format_person_day_unit
from ...i18n.translation import translate
from ...records.files.run_files import RunTables
from ...rules.need_domains import DOMAINS
from .comparison_summary import WIDTH, format_return_time, limit_width, list_scenario_labels
from .text_table import format_fixed_width_table

GROUPS_SHOWN = (("income", ("1", "2", "3", "4", "5")), ("age", ("60-74", "75+")),
                ("household", ("one_person", "lone_parent")), ("isolation", ("isolated",)))
NEED_SOURCES = {
    "home": ("own", "household"), "kin": ("kin",), "friend": ("friend",), "neighbour": ("neighbour", "stranger"),
    "other": ("other", "far"), "project": ("project",), "site": ("site",), "group": ("group", "reserve"),
    "institution": ("institution",), "faded": ("faded",),
}
"""Row of the table of crisis needs to the sources that it adds up."""
WORK_SOURCES = {**{name: sources for name, sources in NEED_SOURCES.items() if name != "faded"},
                "insurance": ("insurance",), "given_up": ("given_up",)}
"""The same for the work that a crisis leaves behind."""


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
             format_group_table(view, lang, width), translate("Who met the needs of the crisis", lang),
             format_needs_table(view, lang, width), *_list_work_parts(view, lang, width),
             fill(translate("One seed, an exploration under assumptions: to compare levers, resilience compare.",
                            lang), width)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _format_loss(view: RunView, lang: str) -> str:
    """Loss, lowest functioning and its day, days until the hit are back."""
    curve = compute_recovery_curve(view)
    k, loss = int(np.argmin(curve.value)), compute_loss_area(curve)
    return translate("{loss} {unit} of functioning lost per resident ({n} residents); lowest {low} on day "
                     "{day}; {back}.", lang, loss=format_significant(loss, lang),
                     unit=format_person_day_unit(loss, lang), n=format_number(float(view.run["n"]), lang),
                     low=format_percent(float(curve.value[k]), lang, 2), day=format_number(float(curve.day[k]), lang),
                     back=format_return_time(np.array([float(view.run["back_80"])]),
                                             np.array([float(view.run["clock"])]), lang))


def _format_reach(view: RunView, lang: str) -> str:
    """Residents hit, what each loses, who lacked means, asked and was helped; displaced; expected deaths."""
    run = view.run
    names = ("hit", "hit_adults", "beyond_own", "beyond_home", "asked", "helped_by_persons", "helped_by_sites",
             "helped_by_groups", "helped_by_reserves", "helped_by_institutions", "never_reached",
             "isolated_never_reached", "displaced", "still_displaced")
    counts = {name: format_number(float(run[name]), lang) for name in names}
    return translate("{hit} people hit by the crisis lose {each} person-days each; {share} of them are not back when "
                     "the run ends, and {lost} of their functioning is lost for good. Of {hit_adults} adults hit, own "
                     "means do not suffice for {beyond_own}, nor those of the home for {beyond_home}; {asked} ask "
                     "people they know; helped by people: {helped_by_persons}, by sites: {helped_by_sites}, by groups "
                     "born of the crisis: {helped_by_groups}, by the crisis reserve: {helped_by_reserves}, by "
                     "institutions: {helped_by_institutions}. Helped by nobody though their means do not "
                     "suffice: {never_reached}, of whom "
                     "{isolated_never_reached} isolated. Displaced: {displaced}, still out when the run ends: "
                     "{still_displaced}. Expected excess deaths in the model: {deaths}.", lang, **counts,
                     each=format_significant(float(run["loss_per_hit"]), lang),
                     share=format_percent(float(run["not_back"]), lang, 1),
                     lost=format_percent(float(run["permanent_loss"]), lang, 1),
                     deaths=format_number(float(run["deaths_expected"]), lang, 1))


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
             translate("with a need", lang), translate("helped by nobody", lang)]
    return format_fixed_width_table(heads, rows, most=limit_width(width))


def format_needs_table(view: RunView, lang: str, width: int = WIDTH) -> str:
    """Share of each domain's crisis needs met by each source."""
    return _format_share_table(compute_need_shares_by_source(view), NEED_SOURCES, lang, width)


def _list_work_parts(view: RunView, lang: str, width: int) -> list[str]:
    """Title and table of who made good what the crisis left behind; nothing where it left nothing."""
    shares = compute_work_shares_by_source(view)
    if not any(np.isfinite(values).any() for values in shares.values()):
        return []
    return [translate("Who made good the work that the crisis left behind", lang),
            _format_share_table(shares, WORK_SOURCES, lang, width)]


def _format_share_table(by_source: Mapping[str, np.ndarray], rows: Mapping[str, tuple[str, ...]], lang: str,
                        width: int) -> str:
    """A row for each source or sum of sources, a column for each domain."""
    cells = []
    for name, sources in rows.items():
        shares = sum((by_source[source] for source in sources), np.zeros(len(DOMAINS)))
        cells.append([translate(FIGURE_LABELS[name], lang), *(format_percent(float(share), lang) for share in shares)])
    heads = ["", *(translate(FIGURE_LABELS[domain], lang) for domain in DOMAINS)]
    return format_fixed_width_table(heads, cells, most=limit_width(width))

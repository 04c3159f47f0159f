"""The map of ties between neighbourhoods or communes, with the sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...i18n.map_texts import MAP_LABELS, format_draw_count
from ...i18n.number_format import format_percent, format_significant
from ...i18n.translation import translate
from ...records.run_files import RunTables
from ..brief.case import Case
from ..figures.style import COLOURS, INK, SOFT, WIDTH, Picture, add_headline, create_figure, use_figure_style
from ..sheets.analysis_sheet import AnalysisSheet
from .base_map import BaseMap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADS = ("first", "second", "ties")
WIDEST, LARGEST = 5.0, 420.0
"""Width of the widest line, points; area of the largest disc, square points."""
MIN_LINE_SHARE = 0.02
"""Lines thinner than this share of the widest are left out: hundreds of them would hide the others."""
TALL = 4.6
"""Height of the figure, inches."""

PlaceTies = dict[tuple[str, str], float]
"""Two endpoints (neighbourhoods or communes) to the number of ties between them, mean over seeds."""


def count_place_ties(opened: RunTables, arm: Arm, seeds: list[int], base_map: BaseMap) -> PlaceTies:
    """Ties between neighbourhoods on a map of cells, else between communes."""
    counts: Counter[tuple[str, str]] = Counter()
    played = [seed for seed in seeds if seed in arm.runs]
    for seed in played:
        rows = opened.of("links", str(arm.runs[seed].run["run"]))
        for first, second, ties in zip(rows["neighbourhood_1"], rows["neighbourhood_2"], rows["ties"]):
            a, b = sorted(_find_endpoint(base_map, int(uid)) for uid in (first, second))
            counts[a, b] += float(ties) / len(played)  # type: ignore[assignment]
    return {ends: float(ties) for ends, ties in sorted(counts.items()) if "" not in ends}


def _find_endpoint(base_map: BaseMap, uid: int) -> str:
    """The endpoint of a neighbourhood's ties, "" where it is not on the map."""
    if base_map.kind == "cells":
        return str(uid) if uid in base_map.neighbourhood_positions else ""
    return base_map.place_of.get(uid, "")


def list_endpoint_positions(base_map: BaseMap) -> dict[str, tuple[float, float]]:
    """Endpoint of lines to its position."""
    if base_map.kind == "cells":
        return {str(uid): position for uid, position in base_map.neighbourhood_positions.items()}
    return dict(base_map.number_positions)


def draw_tie_map(case: Case, base_map: BaseMap) -> tuple[Picture, AnalysisSheet] | None:
    """The map and the table behind it; None where no ties were counted."""
    arm, lang = case.baseline or case.arms[0], case.lang
    counts = count_place_ties(case.opened, arm, case.draws, base_map)
    if not counts:
        return None
    within = sum(ties for (a, b), ties in counts.items() if a == b)
    share = format_percent(within / sum(counts.values()), lang)
    title = translate("{share} of ties stay within one commune", lang, share=share)
    if base_map.kind == "cells":
        title = translate("{share} of ties stay within one neighbourhood", lang, share=share)
    note = format_tie_map_note(case, base_map)
    with use_figure_style():
        figure = create_figure(WIDTH, TALL)
        axes = figure.subplots()
        _draw_base_map(axes, base_map)
        _draw_ties(axes, counts, list_endpoint_positions(base_map))
        if base_map.kind == "cells":
            _draw_sites(axes, case, arm, base_map)
        add_headline(figure, title, note)
    picture = Picture("map_ties", figure, title, f"{title}. {note}")
    return picture, AnalysisSheet("map_ties", title, HEADS, [[*ends, ties] for ends, ties in counts.items()], picture)


def format_tie_map_note(case: Case, base_map: BaseMap) -> str:
    """How to read the map."""
    arm = case.baseline or case.arms[0]
    most = _max_ties_between(count_place_ties(case.opened, arm, case.draws, base_map))
    places = translate("communes", case.lang)
    if base_map.kind == "cells":
        places = translate("neighbourhoods", case.lang)
    return translate("Line: ties between residents of two {places}, wider for more ({most} at most); disc: ties "
                     "within one. Before the crisis, without levers, {draws}.", case.lang,
                     most=format_significant(most, case.lang), draws=format_draw_count(len(arm.runs), case.lang),
                     places=places)


def _max_ties_between(counts: PlaceTies) -> float:
    """The largest number of ties between two different endpoints."""
    return max((ties for (a, b), ties in counts.items() if a != b), default=0.0)


def _draw_base_map(axes: Axes, base_map: BaseMap) -> None:
    """Pale shapes with the names of communes."""
    from matplotlib.patches import Polygon

    for shape in base_map.shapes:
        axes.add_patch(Polygon(shape.ring, closed=True, facecolor="#f1f3f6", edgecolor="white", lw=1.0, zorder=1))
    for _, name, x, y in base_map.name_labels:
        below = base_map.kind == "cells"
        axes.text(x, y - (0.1 if below else 0.0), name, ha="center", va="top" if below else "center", fontsize=6.8,
                  color=SOFT, zorder=6)
    west, south, east, north = base_map.bounds
    axes.set_xlim(west - 0.2, east + 0.2)
    axes.set_ylim(south - 0.5, north + 0.2)
    axes.set_aspect("equal")
    axes.axis("off")


def _draw_ties(axes: Axes, counts: PlaceTies, positions: dict[str, tuple[float, float]]) -> None:
    """A line between two endpoints, as wide as they have ties; a disc for the ties within one."""
    most = _max_ties_between(counts)
    most_within = max((ties for (a, b), ties in counts.items() if a == b), default=1.0)
    for (a, b), ties in counts.items():
        if a == b:
            axes.scatter(*positions[a], s=LARGEST * ties / most_within, color=COLOURS[5], alpha=0.55, lw=0, zorder=2)
        elif ties >= MIN_LINE_SHARE * most:
            (x, y), (x2, y2) = positions[a], positions[b]
            axes.plot([x, x2], [y, y2], color=COLOURS[0], lw=WIDEST * ties / most, alpha=0.15 + 0.5 * ties / most,
                      solid_capstyle="round", zorder=3)


def _draw_sites(axes: Axes, case: Case, arm: Arm, base_map: BaseMap) -> None:
    """Sites of the first run at their positions: real ones, generic ones, and those that a lever opens."""
    view = arm.runs[min(arm.runs)]
    rows = case.opened.of("sites", str(view.run["run"]))
    neighbourhoods = case.opened.of("neighbourhoods", str(view.run["run"]))
    commune_of = {int(uid): f"{int(code):05d}" for uid, code in zip(neighbourhoods["uid"], neighbourhoods["commune"])}
    communes = [commune_of.get(int(uid), "") for uid in rows["neighbourhood"]]
    kinds = (("real_site", "*", INK, 95), ("site", "o", "white", 26), ("planned_site", "^", COLOURS[4], 34))
    for name, mark, colour, size in kinds:
        chosen = [k for k in range(len(rows["uid"]))
                  if _classify_site(rows, k) == name and communes[k] in base_map.commune_offsets]
        if chosen:
            offsets = np.array([base_map.commune_offsets[communes[k]] for k in chosen])
            axes.scatter(rows["x"][chosen] + offsets[:, 0], rows["y"][chosen] + offsets[:, 1], marker=mark, s=size,
                         facecolor=colour, edgecolor=INK, lw=0.8, zorder=5,
                         label=translate(MAP_LABELS[name], case.lang))
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=7.5)


def _classify_site(rows: Mapping[str, np.ndarray], k: int) -> str:
    return "planned_site" if rows["planned"][k] else "real_site" if rows["real"][k] else "site"

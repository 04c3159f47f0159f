"""Ties between neighbourhoods, and the sites: who can reach whom before the crisis."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from ...analysis.effects.arms import Arm
from ...i18n.map_texts import draws, legend
from ...i18n.number import percent, significant
from ...records.folder import Opened
from ..analysis_sheet import Sheet
from ..brief.case import Case
from ..figures.style import COLOURS, INK, SOFT, WIDTH, Picture, canvas, headline, look
from .ground import Ground

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEADS = ("first", "second", "ties")
WIDEST, LARGEST = 5.0, 420.0
"""Points of the widest line; square points of the largest disc."""
FAINT = 0.02
"""Lines of less than this share of the widest are left out: hundreds of them hide the others."""
TALL = 4.6
"""Inches."""

Pairs = dict[tuple[str, str], float]
"""Two keys of spots to their ties, mean over seeds."""


def pairs(opened: Opened, arm: Arm, seeds: list[int], ground: Ground) -> Pairs:
    """Ties between neighbourhoods; between communes where those are the places of the map."""
    found: Counter[tuple[str, str]] = Counter()
    played = [seed for seed in seeds if seed in arm.runs]
    for seed in played:
        rows = opened.of("links", str(arm.runs[seed].run["run"]))
        for first, second, ties in zip(rows["first"], rows["second"], rows["ties"]):
            one, two = sorted(_key(ground, int(uid)) for uid in (first, second))
            found[one, two] += float(ties) / len(played)  # type: ignore[assignment]
    return {key: float(ties) for key, ties in sorted(found.items()) if "" not in key}


def _key(ground: Ground, uid: int) -> str:
    if ground.kind == "cells":
        return str(uid) if uid in ground.spots else ""
    return ground.home.get(uid, "")


def spots(ground: Ground) -> dict[str, tuple[float, float]]:
    """Where the ends of lines stand."""
    return {str(uid): at for uid, at in ground.spots.items()} if ground.kind == "cells" else dict(ground.at)


def ties_picture(case: Case, ground: Ground) -> tuple[Picture, Sheet] | None:
    """The map and the table behind it; None where no ties were counted."""
    arm, lang = case.baseline or case.arms[0], case.lang
    found = pairs(case.opened, arm, case.draws, ground)
    if not found:
        return None
    inside = sum(ties for (one, two), ties in found.items() if one == two)
    title = legend("title_ties" if ground.kind == "cells" else "title_ties_commune", lang,
                   share=percent(inside / sum(found.values()), lang))
    most, note = _most(found), ties_note(case, ground)
    with look():
        figure = canvas(WIDTH, TALL)
        axes = figure.subplots()
        _ground(axes, ground)
        _lines(axes, found, spots(ground), most)
        if ground.kind == "cells":
            _sites(axes, case, arm, ground)
        headline(figure, title, note)
    picture = Picture("map_ties", figure, title, f"{title}. {note}")
    return picture, Sheet("map_ties", title, HEADS, [[*key, ties] for key, ties in found.items()], picture)


def ties_note(case: Case, ground: Ground) -> str:
    """How to read the map."""
    arm = case.baseline or case.arms[0]
    most = _most(pairs(case.opened, arm, case.draws, ground))
    return legend("ties_note", case.lang, most=significant(most, case.lang), draws=draws(len(arm.runs), case.lang),
                  places=legend("quarters" if ground.kind == "cells" else "communes", case.lang))


def _most(found: Pairs) -> float:
    """The most ties between two places."""
    return max((ties for (one, two), ties in found.items() if one != two), default=0.0)


def _ground(axes: Axes, ground: Ground) -> None:
    from matplotlib.patches import Polygon

    for shape in ground.shapes:
        axes.add_patch(Polygon(shape.ring, closed=True, facecolor="#f1f3f6", edgecolor="white", lw=1.0, zorder=1))
    for _, name, x, y in ground.names:
        below = ground.kind == "cells"
        axes.text(x, y - (0.1 if below else 0.0), name, ha="center", va="top" if below else "center", fontsize=6.8,
                  color=SOFT, zorder=6)
    west, south, east, north = ground.box
    axes.set_xlim(west - 0.2, east + 0.2)
    axes.set_ylim(south - 0.5, north + 0.2)
    axes.set_aspect("equal")
    axes.axis("off")


def _lines(axes: Axes, found: Pairs, at: dict[str, tuple[float, float]], most: float) -> None:
    within = max((ties for (one, two), ties in found.items() if one == two), default=1.0)
    for (one, two), ties in found.items():
        if one == two:
            axes.scatter(*at[one], s=LARGEST * ties / within, color=COLOURS[5], alpha=0.55, lw=0, zorder=2)
        elif ties >= FAINT * most:
            (x, y), (x2, y2) = at[one], at[two]
            axes.plot([x, x2], [y, y2], color=COLOURS[0], lw=WIDEST * ties / most, alpha=0.15 + 0.5 * ties / most,
                      solid_capstyle="round", zorder=3)


def _sites(axes: Axes, case: Case, arm: Arm, ground: Ground) -> None:
    """Sites of the first run, where they stand: real ones, typical ones, and those that a lever opens."""
    view = arm.runs[min(arm.runs)]
    rows = case.opened.of("sites", str(view.run["run"]))
    home = case.opened.of("neighbourhoods", str(view.run["run"]))
    commune = {int(uid): f"{int(code):05d}" for uid, code in zip(home["uid"], home["commune"])}
    kinds = (("real_site", "*", INK, 95), ("site", "o", "white", 26), ("planned_site", "^", COLOURS[4], 34))
    for name, mark, colour, size in kinds:
        chosen = [k for k in range(len(rows["uid"])) if _kind(rows, k) == name and
                  commune.get(int(rows["neighbourhood"][k])) in ground.shift]
        if chosen:
            moved = np.array([ground.shift[commune[int(rows["neighbourhood"][k])]] for k in chosen])
            axes.scatter(rows["x"][chosen] + moved[:, 0], rows["y"][chosen] + moved[:, 1], marker=mark, s=size,
                         facecolor=colour, edgecolor=INK, lw=0.8, zorder=5, label=legend(name, case.lang))
    if axes.get_legend_handles_labels()[0]:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=7.5)


def _kind(rows: dict[str, np.ndarray], k: int) -> str:
    return "planned_site" if rows["planned"][k] else "real_site" if rows["real"][k] else "site"

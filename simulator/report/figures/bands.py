"""The recovery curve of an ensemble: what most of its runs share, and how far they part."""

from __future__ import annotations

import numpy as np

from ...analysis.effects.arms import arms
from ...i18n.figure_texts import LANGUAGES, say
from ...i18n.number import decimals_of, percent
from ...records.folder import Opened
from .recovery import curves, horizon, shade
from .style import COLOURS, INK, SOFT, WIDTH, Picture, canvas, headline, look, plain_axis
from .uncertainty import INNER

WORDS = {
    "title": ("Au plus bas, le fonctionnement moyen est de {low} à {high} de la normale selon les nombres et le hasard",
              "At its lowest, mean functioning is {low} to {high} of normal, depending on numbers and luck"),
    "note": ("Trait : médiane de {n} parties ; bande foncée : neuf parties sur dix ; bande claire : toutes",
             "Line: median of {n} runs; dark band: nine runs in ten; pale band: all of them"),
}


def ensemble_figure(opened: Opened, lang: str) -> Picture | None:
    """Median and bands of mean functioning over the runs of an ensemble; None without a crisis."""
    arm = arms(opened)[0]
    first = next(iter(arm.runs.values()))
    if int(first.run["onset"]) < 0:
        return None
    days, values = curves(arm)
    values = 100 * values
    low, high = np.percentile(values, INNER, axis=0)
    place = LANGUAGES.index(lang)
    least = values.min(axis=1)
    places = decimals_of(100 - float(least.max()), digits=1)
    title = WORDS["title"][place].format(low=percent(float(least.min()) / 100, lang, places),
                                         high=percent(float(least.max()) / 100, lang, places))
    note = WORDS["note"][place].format(n=len(values))
    with look():
        figure = canvas(WIDTH, 3.6)
        axes = figure.subplots()
        axes.fill_between(days, values.min(axis=0), values.max(axis=0), color=SOFT, alpha=0.18, lw=0)
        axes.fill_between(days, low, high, color=COLOURS[0], alpha=0.3, lw=0)
        axes.plot(days, np.median(values, axis=0), color=INK, lw=1.8)
        axes.set_xlim(0, horizon(arm))
        shade(axes, opened.content[first.run["run"]], lang)
        plain_axis(axes.yaxis, lang)
        axes.set_xlabel(say("days_since", lang))
        axes.set_ylabel(say("functioning", lang), fontsize=8)
        headline(figure, title, f"{note}\n{say('model_note', lang)}", width=74)
    return Picture("ensemble", figure, title, f"{title}. {note}.")

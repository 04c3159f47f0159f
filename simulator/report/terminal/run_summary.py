"""What the terminal shows of one run: losses by group, and who met the needs."""

from __future__ import annotations

from textwrap import fill

import numpy as np

from ...analysis.effects.arms import label
from ...analysis.effects.outcomes import loss_area, per_head, time_to
from ...analysis.needs import met_by_source
from ...analysis.run_view import RunView, recovery, views
from ...i18n.figure_texts import group_label, say
from ...i18n.number import NOTHING, decimals_of, number, percent, significant
from ...i18n.summary_texts import person_days, sentence
from ...records.folder import Opened
from ...rules.domain import DOMAINS
from .summary import WIDTH, place, recovery_text
from .table import fixed

SHOWN = (("income", ("1", "2", "3", "4", "5")), ("age", ("60-74", "75+")), ("household", ("one_person", "lone_parent")),
         ("isolation", ("isolated",)))
COLUMNS = {"home": ("own", "household"), "kin": ("kin",), "friend": ("friend",), "neighbour": ("neighbour", "stranger"),
           "other": ("other", "far"), "project": ("project",), "site": ("site",), "institution": ("institution",),
           "faded": ("faded",)}
"""Sources shown, and what is put together in each."""


def run_text(opened: Opened, lang: str, width: int = WIDTH) -> str:
    """The first of these runs, in words and tables."""
    view = next(views(opened))
    content = opened.content[view.run["run"]]
    head = sentence("run_head", lang, levers=label(content)[lang], seed=int(view.run["seed"]), **place(content, lang))
    if view.run["onset"] < 0:
        members, isolated = (number(float(view.series[name][-1]), lang) for name in ("members", "isolated"))
        calm = sentence("run_calm", lang, n=number(float(view.run["n"]), lang), isolated=isolated, members=members)
        return f"{head}\n\n{fill(calm, width)}\n"
    parts = [head, fill(_loss(view, lang), width), fill(_reach(view, lang), width), group_table(view, lang),
             sentence("met", lang) + "\n\n" + needs_table(view, lang), fill(sentence("one_run", lang), width)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _loss(view: RunView, lang: str) -> str:
    curve = recovery(view)
    low = int(np.argmin(curve.value))
    lost = loss_area(curve)
    return sentence("run_loss", lang, loss=significant(lost, lang), unit=person_days(lost, lang),
                    n=number(float(view.run["n"]), lang), low=percent(float(curve.value[low]), lang, 2),
                    day=number(float(curve.day[low]), lang),
                    recovery=recovery_text(np.array([time_to(curve, 0.95)]), lang))


def _reach(view: RunView, lang: str) -> str:
    run = {name: float(view.run[name]) for name in ("in_need", "never_reached", "isolated_never_reached", "delay")}
    return sentence("run_reach", lang, needy=number(run["in_need"], lang), never=number(run["never_reached"], lang),
                    isolated=number(run["isolated_never_reached"], lang), delay=number(run["delay"], lang),
                    deaths=number(float(view.run["deaths_expected"]), lang, 1))


def group_table(view: RunView, lang: str) -> str:
    """Losses and reach of the groups that matter most."""
    rows = []
    places = decimals_of(loss_area(recovery(view)))
    for dimension, groups in SHOWN:
        for group in groups:
            name = f"{say(dimension, lang)} · {group_label(dimension, group, lang)}"
            heads = view.group(dimension, group, "n")
            loss = number(per_head(view, dimension, group), lang, places) if heads > 0 else NOTHING
            rows.append([name, number(heads, lang), loss, number(view.group(dimension, group, "in_need"), lang),
                         number(view.group(dimension, group, "never_reached"), lang)])
    return fixed([sentence(name, lang) for name in ("group", "n", "loss", "in_need", "never")], rows)


def needs_table(view: RunView, lang: str) -> str:
    """Share of each domain's needs met by each source."""
    met = met_by_source(view)
    rows = []
    for k, domain in enumerate(DOMAINS):
        shares = [sum(met[source][k] for source in sources) for sources in COLUMNS.values()]
        rows.append([say(domain, lang), *(percent(float(share), lang) for share in shares)])
    return fixed([sentence("domain", lang), *(say(name, lang) for name in COLUMNS)], rows)

"""The flow charts of the model: a step, from a need to help, and what the card of a crisis does; from declarations."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import Field, fields, is_dataclass
from itertools import groupby
from types import ModuleType
from typing import Any, get_type_hints

from ..commands.describe.model import list_phase_handles
from .flow_chart import ChartArrow, ChartBand, ChartBox, FlowChart, link_in_turn
from .headings import get_odd_heading

RHYTHMS = {"weekly": "weekly", "crisis": "weekly or daily", "open": "after onset", "step": "every step"}
"""Kind of box of a phase to how often it plays."""
CRISIS_STAGES: dict[str, tuple[str, ...]] = {
    "exposure": ("exposure", "trust_loss"),
    "needs": ("mode", "needs", "kinds", "carry"),
    "services": ("services", "exposed_services", "sites", "institution_delay"),
    "heat": ("heat",),
    "strike": ("damage", "displaced", "lodged"),
}
"""What a crisis does, and by which entries of its card. Entries named nowhere here say when it comes and how hard."""
TELLING_ENTRIES = ("id", "label_fr", "label_en", "explanation_fr", "explanation_en", "sources", "sources_fr", "grades")
"""Entries of a crisis card that do nothing in a run."""


def get_chart_title(name: str, lang: str) -> str:
    """A chart's heading without its number."""
    return get_odd_heading(f"chart_{name}", lang).partition(" ")[2]


def get_phase_sentence(phase: ModuleType) -> str:
    """The first sentence of a phase's docstring, without the phase's name before it and the reference behind it."""
    first = (phase.__doc__ or "").strip().splitlines()[0]
    sentence = re.sub(r"\s*\(model [^)]*\)", "", first.partition(": ")[2] or first).partition(". ")[0].rstrip(".")
    return f"{sentence[:1].upper()}{sentence[1:]}."


def find_phase_rhythm(name: str, phase: ModuleType) -> str:
    """One of RHYTHMS: by HELP_PHASES and CRISIS_PHASES; weekly phases say so in their docstring.

    `cope` refills stocks in calm weeks too.
    """
    from ...phases.order import CRISIS_PHASES, HELP_PHASES

    if name in HELP_PHASES:
        return "crisis"
    if name in CRISIS_PHASES:
        return "step" if name == "cope" else "open"
    return "weekly" if re.search(r"^Weekly\b", phase.__doc__ or "", re.MULTILINE) else "step"


def chart_step(lang: str) -> FlowChart:
    """The schedule of a step: handles are set, phases act in their order, the record adds the step."""
    from ...phases.order import CRISIS_PHASES, HELP_PHASES, PHASES
    from ...records.schema import TABLE_SCHEMAS

    stacks = [tuple(_make_phase_box(name) for name in names)
              for _, names in groupby(PHASES, key=lambda name: (name in CRISIS_PHASES, name in HELP_PHASES
                                                                and name not in CRISIS_PHASES))]
    record = ChartBox("record", "record", (f"Adds the step to its tables: {', '.join(TABLE_SCHEMAS)}.",))
    stacks[-1] += (record,)
    inputs = ((ChartBox("levers", "levers", ("Each modifies handles, in its window, by its dose.",)),),
              (ChartBox("handles", "handles", ("Quantities of mechanisms, as modified for this step.",)),),
              (ChartBox("crises", "crises", ("Each modifies handles, by its severity, for those it hits.",)),))
    arrows = (ChartArrow("levers", "handles"), ChartArrow("crises", "handles"),
              *link_in_turn("handles", *PHASES, "record"))
    return FlowChart(get_chart_title("step", lang), (ChartBand(inputs), ChartBand(tuple(stacks))), arrows)


def _make_phase_box(name: str) -> ChartBox:
    from ...phases.order import PHASES

    kind = find_phase_rhythm(name, PHASES[name])
    return ChartBox(name, name, (get_phase_sentence(PHASES[name]),), kind, RHYTHMS[kind])


def chart_help(lang: str) -> FlowChart:
    """How a need becomes help: each phase leaves what it cannot meet to the next; in a crisis some stays as work."""
    from ...phases.order import CRISIS_PHASES, HELP_PHASES, PHASES
    from ...rules.aftermath import given_up_amount, scar_of_need
    from ...rules.need_domains import SOURCES
    from ...rules.needing import carry_over_need

    need = "need"
    crisis = [name for name in CRISIS_PHASES if name not in ("strike", need)]
    everyday = [name for name in HELP_PHASES if name != need]
    met = ChartBox("met", "met", ("Recorded by who met it: " + ", ".join(SOURCES) + ".",), tall=True)
    unmet = ChartBox("unmet", "unmet of everyday life", (get_rule_sentence(carry_over_need),))
    work = ChartBox("aftermath", "aftermath of the home", (get_rule_sentence(scar_of_need), "Served like needs, after "
                    "them, in every later step.", get_rule_sentence(given_up_amount)), "open")
    hurt = ChartBox("functioning", "functioning", (get_phase_sentence(PHASES["functioning"]),), "step")
    arrows = (ChartArrow("strike", need), ChartArrow(need, everyday[0], "everyday"),
              ChartArrow(need, crisis[0], "of a crisis"), *link_in_turn(*everyday, "unmet"),
              *link_in_turn(*crisis, "aftermath", "functioning"),
              *(ChartArrow(name, "met") for name in (*everyday, *crisis[:-1])))
    bands = (ChartBand(((_make_help_box("strike"),),)), ChartBand(((_make_help_box(need),),)),
             ChartBand((tuple(map(_make_help_box, everyday)), (met,), tuple(map(_make_help_box, crisis))), (3, 1.3, 4)),
             ChartBand(((unmet,), (work,)), (3, 4)), ChartBand(((hurt,),)))
    return FlowChart(get_chart_title("help", lang), bands, arrows)


def _make_help_box(name: str) -> ChartBox:
    from ...phases.order import PHASES

    handles = list_phase_handles(PHASES[name])
    modified = (f"Levers and crises modify {', '.join(handles)}.",) if handles else ()
    return ChartBox(name, name, (get_phase_sentence(PHASES[name]), *modified), find_phase_rhythm(name, PHASES[name]))


def get_rule_sentence(rule: Callable[..., Any]) -> str:
    """The first sentence of an equation's docstring."""
    return flatten_rule_doc(rule).partition(". ")[0].rstrip(".") + "."


def flatten_rule_doc(rule: Callable[..., Any]) -> str:
    """An equation's docstring on one line, as plain text."""
    return " ".join((rule.__doc__ or "").replace("`", "").split())


def chart_crisis(lang: str) -> FlowChart:
    """What the card of a crisis does: who is exposed, what breaks, which needs arise, what stops, the way back."""
    from ...crises.card import Crisis
    from ...rules.functioning import follow_ceiling

    entries, hints = {item.name: item for item in fields(Crisis)}, get_type_hints(Crisis)
    staged = [name for names in CRISIS_STAGES.values() for name in names]
    when = [name for name in entries if name not in staged and name not in TELLING_ENTRIES]
    boxes = {stage: ChartBox(stage, stage, tuple(_describe_entry(entries[name], hints[name]) for name in names), kind)
             for (stage, names), kind in zip({"crisis": when, **CRISIS_STAGES}.items(), ("crisis", *_STAGE_KINDS))}
    work = ChartBox("aftermath", "aftermath", tuple(_describe_numbers("aftermath", AFTERMATH_NUMBERS)), "open")
    back = ChartBox("functioning", "functioning", (flatten_rule_doc(follow_ceiling),
                                                   *_describe_numbers("functioning", FUNCTIONING_NUMBERS)), "step")
    arrows = (*link_in_turn("crisis", "exposure", "needs"), ChartArrow("exposure", "services"),
              ChartArrow("exposure", "strike"), ChartArrow("strike", "aftermath"),
              ChartArrow("needs", "aftermath", "what passes unmet"), ChartArrow("services", "aftermath", "less help"),
              ChartArrow("aftermath", "functioning"))
    bands = (ChartBand(((boxes["crisis"],), (boxes["heat"],)), (3, 2)), ChartBand(((boxes["exposure"],),)),
             ChartBand(((boxes["strike"],), (boxes["needs"],), (boxes["services"],)), (2, 2, 3)),
             ChartBand(((work,),)), ChartBand(((back,),)))
    return FlowChart(get_chart_title("crisis", lang), bands, (*arrows, ChartArrow("crisis", "heat")))


_STAGE_KINDS = ("plain", "plain", "plain", "step", "open")
AFTERMATH_NUMBERS = ("scar", "give_up", "wait")
FUNCTIONING_NUMBERS = ("fall", "climb", "well")
"""Numbers of the model that the chart of a crisis gives."""


def _describe_entry(item: Field[Any], hint: Any) -> str:
    """An entry of a card: its name, its meaning, and the names of its parts if it has any."""
    parts = f" ({', '.join(part.name for part in fields(hint))})" if is_dataclass(hint) else ""
    return f"{item.name}: {item.metadata['doc']}{parts}"


def _describe_numbers(group: str, names: tuple[str, ...]) -> list[str]:
    """Numbers of a group of the model, each with its meaning, value and unit."""
    from ...parameters import Model

    defaults = getattr(Model(), group)
    known = {item.name: item for item in fields(defaults)}
    return [f"{name}: {known[name].metadata['doc']}, {getattr(defaults, name):g} {known[name].metadata['unit']}"
            for name in names]


CHARTS: dict[str, Callable[[str], FlowChart]] = {"step": chart_step, "help": chart_help, "crisis": chart_crisis}
"""Name of each chart to what draws it up, in a language."""

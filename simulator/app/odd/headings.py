"""Headings of the ODD+D document. Its text is in English only, the language of papers."""

from __future__ import annotations

from ...i18n.translation import mark, mark_all, translate

HEADINGS: dict[str, str] = {
    "purpose": mark("1. Purpose and patterns"),
    "entities": mark("2. Entities, state variables and scales"),
    "schedule": mark("3. Process overview and scheduling"),
    "chart_step": mark("3.1 A step"),
    "chart_help": mark("3.2 From a need to help"),
    "chart_crisis": mark("3.3 What a crisis does"),
    "concepts": mark("4. Design concepts"),
    "background": mark("4.1 Theoretical and empirical background"),
    "decisions": mark("4.2 Individual decision making"),
    "learning": mark("4.3 Learning"),
    "sensing": mark("4.4 Individual sensing"),
    "prediction": mark("4.5 Individual prediction"),
    "interaction": mark("4.6 Interaction"),
    "collectives": mark("4.7 Collectives"),
    "heterogeneity": mark("4.8 Heterogeneity"),
    "stochasticity": mark("4.9 Stochasticity"),
    "observation": mark("4.10 Observation"),
    "initialisation": mark("5. Initialisation"),
    "input": mark("6. Input data"),
    "submodels": mark("7. Submodels"),
    "equations": mark("7.2 Equations"),
    "phases": mark("7.1 Phases"),
    "parameters": mark("8. Parameters"),
    "handles": mark("9. Handles"),
    "levers": mark("10. Levers"),
    "crises": mark("11. Crises"),
    "verification": mark("12. Verification"),
    "contents": mark("Contents"),
}
SUMMARY_HEADINGS: dict[str, str] = mark_all({
    "purpose": "Purpose",
    "entities": "Entities and scales",
    "schedule": "Schedule",
    "equations": "Main equations",
    "decisions": "Decisions",
    "chance": "Stochasticity",
    "left_out": "What is left out",
    "numbers": "Numbers and their grades",
    "data": "Data",
}, context="ODD summary")
TRACE_HEADINGS: dict[str, str] = {
    "problem": mark("Problem formulation"),
    "data": mark("Data evaluation"),
    "concept": mark("Evaluation of the conceptual model"),
    "implementation": mark("Implementation verification"),
    "calibration": mark("Calibration"),
    "corroboration": mark("Output corroboration"),
}
TITLE = mark("Resilience simulator: model description (ODD+D)")
NOTE = mark("This document is generated from the program by `resilience describe odd`.")

SUMMARY_TITLE = mark("Resilience simulator: the model in three pages")
SUMMARY_NOTE = mark("This summary is generated from the program by `resilience describe odd_summary`.")

TRACE_TITLE = mark("Resilience simulator: how the model was checked (TRACE)")
TRACE_NOTE = mark("This page is generated from the program by `resilience describe trace`.")


def get_odd_heading(key: str, lang: str) -> str:
    """The heading `key` in `lang`."""
    return translate(HEADINGS[key], lang)

"""Labels of figures and of groups of residents, by the word that data use for them."""

from __future__ import annotations

from ..translation import mark, translate

FIGURE_LABELS: dict[str, str] = {
    "everyone": mark("Everyone"),
    "poorest": mark("Poorest fifth"), "richest": mark("Richest fifth"), "isolated": mark("Isolated people"),
    "income": mark("Income (fifths)"), "age": mark("Age"), "household": mark("Household"),
    "isolation_before": mark("Isolation (15 and over)"), "income.1": mark("1 (poorest)"),
    "income.5": mark("5 (richest)"), "household.one_person": mark("one person"), "household.couple": mark("couple"),
    "household.couple_with_children": mark("couple, children"), "household.lone_parent": mark("lone parent"),
    "household.other": mark("other"), "isolation_before.isolated": mark("isolated"),
    "isolation_before.connected": mark("connected"), "isolation": mark("Isolation when the crisis began"),
    "isolation.isolated": mark("isolated"), "own": mark("oneself"), "kin": mark("kin"), "friend": mark("friends"),
    "neighbour": mark("neighbours"), "other": mark("other ties"), "project": mark("project ties"),
    "far": mark("ties beyond the map"), "stranger": mark("strangers"), "site": mark("project sites"),
    "institution": mark("institutions"), "faded": mark("nobody"), "given_up": mark("given up"),
    "home": mark("household"),
    "reserve": mark("crisis reserve"), "group": mark("groups"), "insurance": mark("insurance"),
    "food": mark("essentials"), "equipment": mark("place, kit"), "assistance": mark("hands"),
    "know_how": mark("know-how"),
}


def get_group_label(dimension: str, group: str, lang: str) -> str:
    """The display name of a group; the group itself where it needs no translation."""
    key = f"{dimension}.{group}"
    return translate(FIGURE_LABELS[key], lang) if key in FIGURE_LABELS else group

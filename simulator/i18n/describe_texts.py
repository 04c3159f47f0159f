"""Headings of what `describe` and `check` print, in English and French."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    "parameters": ("Parameters", "Paramètres"),
    "levers": ("Levers", "Leviers"),
    "crises": ("Crises", "Crises"),
    "territories": ("Territories", "Territoires"),
    "sites": ("Sites", "Lieux"),
    "phases": ("Phases, in the order in which they are played", "Phases, dans l'ordre où elles sont jouées"),
    "columns": ("Columns", "Colonnes"),
    "handles": ("Handles", "Poignées"),
    "name": ("name", "nom"),
    "default": ("default", "défaut"),
    "unit": ("unit", "unité"),
    "range": ("range", "bornes"),
    "grade": ("grade", "preuve"),
    "source": ("source", "source"),
    "doc": ("meaning", "sens"),
    "code": ("no.", "n°"),
    "label": ("label", "libellé"),
    "mechanism": ("mechanism", "mécanisme"),
    "turns": ("turns", "tourne"),
    "cost": ("cost", "coût"),
    "entry": ("entry", "entrée"),
    "value": ("value", "valeur"),
    "start": ("start", "début"),
    "days": ("days", "jours"),
    "mode": ("mode", "mode"),
    "phase": ("phase", "phase"),
    "writes": ("writes", "écrit"),
    "reads": ("handles read", "poignées lues"),
    "table": ("table", "table"),
    "column": ("column", "colonne"),
    "type": ("type", "type"),
    "file": ("file", "fichier"),
    "ops": ("operations", "opérations"),
    "graded": ("Grades of the {all} numbers: {parts}.", "Degrés de preuve des {all} nombres : {parts}."),
    "write_so": ("Set a parameter: model.joining.rate=0.2", "Régler un paramètre : model.joining.rate=0.2"),
}


def label(key: str, lang: str, **facts: object) -> str:
    """The heading `key` in `lang`."""
    text = LABELS[key][0 if lang == "en" else 1]
    return text.format(**facts) if facts else text

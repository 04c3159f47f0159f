"""Headings of the ODD+D document, in English and French. Its text is English: the language of papers."""

from __future__ import annotations

HEADINGS: dict[str, tuple[str, str]] = {
    "purpose": ("1. Purpose and patterns", "1. Objet et motifs à retrouver"),
    "entities": ("2. Entities, state variables and scales", "2. Entités, variables d'état et échelles"),
    "schedule": ("3. Process overview and scheduling", "3. Vue d'ensemble et ordre des processus"),
    "concepts": ("4. Design concepts", "4. Principes de conception"),
    "background": ("4.1 Theoretical and empirical background", "4.1 Fondements théoriques et empiriques"),
    "decisions": ("4.2 Individual decision making", "4.2 Décisions individuelles"),
    "learning": ("4.3 Learning", "4.3 Apprentissage"),
    "sensing": ("4.4 Individual sensing", "4.4 Perception individuelle"),
    "prediction": ("4.5 Individual prediction", "4.5 Anticipation individuelle"),
    "interaction": ("4.6 Interaction", "4.6 Interactions"),
    "collectives": ("4.7 Collectives", "4.7 Collectifs"),
    "heterogeneity": ("4.8 Heterogeneity", "4.8 Hétérogénéité"),
    "stochasticity": ("4.9 Stochasticity", "4.9 Hasard"),
    "observation": ("4.10 Observation", "4.10 Observation"),
    "initialisation": ("5. Initialisation", "5. Initialisation"),
    "input": ("6. Input data", "6. Données d'entrée"),
    "submodels": ("7. Submodels", "7. Sous-modèles"),
    "equations": ("7.2 Equations", "7.2 Équations"),
    "phases": ("7.1 Phases", "7.1 Phases"),
    "parameters": ("8. Parameters", "8. Paramètres"),
    "handles": ("9. Handles", "9. Poignées"),
    "levers": ("10. Levers", "10. Leviers"),
    "crises": ("11. Crises", "11. Crises"),
    "verification": ("12. Verification", "12. Vérification"),
    "contents": ("Contents", "Sommaire"),
}

TITLE = ("Resilience simulator: model description (ODD+D)", "Simulateur de résilience : description du modèle (ODD+D)")
NOTE = ("This document is generated from the program by `resilience describe odd`.",
        "Document produit à partir du programme par `resilience describe odd`. Titres et fiches sont en français ; le "
        "corps du texte est en anglais, langue des articles.")


def heading(key: str, lang: str) -> str:
    """The heading `key` in `lang`."""
    return HEADINGS[key][0 if lang == "en" else 1]

"""What the page says, in French and English."""

from __future__ import annotations

from .figure_texts import LANGUAGES, WORDS
from .page_results_texts import MORE
from .typography import held

TEXTS: dict[str, tuple[str, str]] = {
    # around
    "title": ("Comparer des leviers face à une crise", "Compare levers in a crisis"),
    "lead": ("Choisissez une crise, composez des portefeuilles de leviers, regardez ce qu'ils changent. C'est une "
             "exploration sous hypothèses, pas une prévision ; les habitants sont fictifs.",
             "Choose a crisis, put levers together, look at what they change. This is an exploration under "
             "assumptions, not a forecast; the residents are fictional."),
    "language": ("Langue", "Language"),
    "steps": ("Étapes", "Steps"),
    "step_1": ("1 · Scénario", "1 · Scenario"),
    "step_2": ("2 · Leviers", "2 · Levers"),
    "step_3": ("3 · Résultats", "3 · Results"),
    "next_levers": ("Continuer : les leviers", "Next: levers"),
    "next_results": ("Aller aux résultats", "Go to results"),
    "broken": ("La page n'a pas pu faire cela ({why}). Rechargez-la ; vos choix sont gardés.",
               "The page could not do this ({why}). Load it again; your choices are kept."),
    # scenario
    "place_head": ("Où", "Where"),
    "territory": ("Territoire", "Territory"),
    "around_sites": ("Les quartiers entiers à moins de {km} km des lieux-projets, pas les communes entières.",
                     "Whole neighbourhoods within {km} km of the project sites, not whole communes."),
    "small_place": ("{n} habitants fictifs : des réponses en quelques secondes, pour apprendre.",
                    "{n} fictional residents: answers in seconds, to learn with."),
    "whole_place": ("Commune ou département entier : {n} habitants fictifs.",
                    "Whole commune or département: {n} fictional residents."),
    "slow_place": ("Grand territoire : comptez plusieurs minutes par simulation et beaucoup de mémoire.",
                   "Large territory: expect several minutes a run and much memory."),
    "what": ("Quelles crises, quand", "Which crises, when"),
    "crises": ("Crises (elles peuvent se chevaucher)", "Crises (they may overlap)"),
    "first_day": ("Premier jour", "First day"),
    "duration": ("Durée, en jours", "Duration, days"),
    "severity": ("Sévérité", "Severity"),
    "severity_help": ("1 : la crise telle que documentée ; 2 : deux fois plus dure ; 0 : pas de crise",
                      "1: the crisis as documented; 2: twice as hard; 0: no crisis"),
    "times": ("Nombre de fois", "How many times"),
    "times_help": ("La même crise peut revenir, avec la même durée et la même sévérité",
                   "The same crisis may come back, as long and as severe"),
    "comes_back": ("Revient le ({n})", "Comes back on ({n})"),
    "calendar": ("Calendrier", "Calendar"),
    "crisis": ("Crise", "Crisis"),
    "dates": ("Dates", "Dates"),
    "levers_begin": ("les leviers commencent", "levers begin"),
    "from_to": ("du {start} au {end} ({days} jours)", "{start} to {end} ({days} days)"),
    "calendar_table": ("Le calendrier en tableau", "The calendar as a table"),
    "no_crisis": ("Choisissez au moins une crise pour comparer.", "Choose at least one crisis to compare."),
    "settings": ("Réglages", "Settings"),
    "levers_from": ("Les leviers commencent le", "Levers begin on"),
    "behaviour": ("Confiance et participation", "Trust and taking part"),
    "behaviour_help": ("On ne sait pas si la confiance vient de la participation ou l'inverse : vérifiez qu'une "
                       "conclusion tient dans les trois cas.",
                       "Nobody knows whether trust comes from taking part or the other way round: check that a "
                       "conclusion holds in all three cases."),
    "ensemble": ("Jeux de nombres calés (0 : nombres par défaut)", "Calibrated sets of numbers (0: default numbers)"),
    "ensemble_help": ("Plusieurs jeux de nombres retrouvent les mêmes chiffres publiés. Avec 10, les graines se les "
                      "partagent, et les intervalles comptent aussi le doute sur ces nombres. Prévoyez au moins deux "
                      "graines par jeu.",
                      "Several sets of numbers meet the same published figures. With 10, the seeds take them in turn, "
                      "and intervals also count the doubt about these numbers. Plan at least two seeds a set."),
    "balanced": ("L'une nourrit l'autre", "Each feeds the other"),
    "selection_only": ("Les confiants participent, sans effet en retour", "The trusting take part; no effect back"),
    "socialisation_only": ("Participer donne confiance, sans tri à l'entrée", "Taking part makes trust; no selection"),
    "sources": ("D'où viennent ces nombres", "Where these numbers come from"),
    # levers
    "portfolios": ("Composez de 1 à 6 portefeuilles ; chacun est comparé à l'absence de levier, avec le même hasard.",
                   "Put together 1 to 6 portfolios; each is compared with no lever, with the same luck."),
    "portfolio": ("Portefeuille {letter}", "Portfolio {letter}"),
    "portfolio_name": ("Nom du portefeuille {letter} (facultatif)", "Name of portfolio {letter} (optional)"),
    "levers": ("Leviers du portefeuille {letter}", "Levers of portfolio {letter}"),
    "choose_levers": ("Choisissez un ou plusieurs leviers", "Choose one or more levers"),
    "dose": ("{lever} ({unit})", "{lever} ({unit})"),
    "unit": ("dose", "dose"),
    "range": ("de {low} à {high}", "{low} to {high}"),
    "cost_year": ("environ {value} par an ({range})", "about {value} a year ({range})"),
    "cost_wait": ("coût en cours de calcul pour ce territoire…", "cost being worked out for this territory…"),
    "cost_unknown": ("coût connu après calcul", "cost known once played"),
    "no_cost": ("sans coût", "no cost"),
    "total_year": ("Portefeuille {letter} : environ {value} par an ({range})",
                   "Portfolio {letter}: about {value} a year ({range})"),
    "add": ("Ajouter un portefeuille", "Add a portfolio"),
    "remove": ("Retirer le portefeuille {letter}", "Remove portfolio {letter}"),
    "about": ("Ce que font ces leviers, ce qu'on en sait", "What these levers do and what is known"),
    "evidence": ("Preuve ({grade})", "Evidence ({grade})"),
    "limits": ("Limites", "Limits"),
    "side_effects": ("Effets indésirables", "Side effects"),
    "payer": ("Payé par", "Paid by"),
    "empty": ("Portefeuille {letter} : choisissez au moins un levier, ou retirez-le.",
              "Portfolio {letter}: choose at least one lever, or remove it."),
    "grade_measured": ("mesuré", "measured"), "grade_published": ("publié", "published"),
    "grade_derived": ("déduit", "derived"), "grade_assumption": ("hypothèse", "assumption"),
    **MORE,
}


def say(key: str, lang: str, **facts: object) -> str:
    """A text of the page, or of the figures, filled in. KeyError for an unknown key."""
    table = TEXTS if key in TEXTS else WORDS
    text = table[key][LANGUAGES.index(lang)].format(**facts)
    return held(text) if lang == "fr" else text

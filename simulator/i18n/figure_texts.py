"""What figures and tables say, in French and English."""

from __future__ import annotations

LANGUAGES = ("fr", "en")

WORDS: dict[str, tuple[str, str]] = {
    # outcomes
    "loss": ("fonctionnement perdu", "functioning lost"),
    "person_days": ("jours-personne par habitant", "person-days per resident"),
    "no_lever": ("Sans levier", "No lever"),
    "everyone": ("Ensemble", "Everyone"),
    "poorest": ("Cinquième le plus pauvre", "Poorest fifth"),
    "richest": ("Cinquième le plus aisé", "Richest fifth"),
    "isolated": ("Personnes isolées", "Isolated people"),
    # axes
    "days_since": ("Jours depuis le début de la crise", "Days since the crisis began"),
    "functioning": ("Fonctionnement moyen (% de la normale)", "Mean functioning (% of normal)"),
    "difference_axis": ("Écart avec l'absence de levier, en jours-personne par habitant",
                        "Difference from no lever, person-days per resident"),
    "less_loss": ("◂ moins de pertes", "◂ less loss"),
    "more_loss": ("plus de pertes ▸", "more loss ▸"),
    "loss_axis": ("Jours-personne perdus par habitant", "Person-days lost per resident"),
    "crisis": ("crise", "crisis"),
    "band": ("Trait : moyenne des graines ; bande : du plus bas au plus haut de {n} graines",
             "Line: mean over seeds; band: lowest to highest of {n} seeds"),
    "cut": ("L'axe s'arrête au jour {day} : ensuite, les courbes ne bougent presque plus.",
            "The axis ends on day {day}: after that the curves hardly move."),
    "one_seed": ("Une seule graine : l'écart peut tenir au hasard", "One seed only: a difference may be luck"),
    "dots": ("Point : moyenne de {n} graines appariées ; trait : intervalle à 95 % ; point vide : signe incertain",
             "Dot: mean of {n} paired seeds; bar: 95% interval; hollow dot: sign not settled"),
    "group_note": ("Moyenne de {n} graines ; isolement mesuré avant les leviers",
                   "Mean of {n} seeds; isolation measured before the levers"),
    "model_note": ("Exploration sous hypothèses, pas une prévision", "Exploration under assumptions, not a forecast"),
    "more_arms": ("et {n} autres leviers non tracés", "and {n} more levers not drawn"),
    # groups
    "income": ("Revenu (cinquièmes)", "Income (fifths)"),
    "age": ("Âge", "Age"),
    "household": ("Ménage", "Household"),
    "isolation_before": ("Isolement (15 ans et plus)", "Isolation (15 and over)"),
    "income.1": ("1 (plus pauvre)", "1 (poorest)"),
    "income.5": ("5 (plus aisé)", "5 (richest)"),
    "household.one_person": ("personne seule", "one person"),
    "household.couple": ("couple", "couple"),
    "household.couple_with_children": ("couple, enfants", "couple, children"),
    "household.lone_parent": ("parent seul", "lone parent"),
    "household.other": ("autre", "other"),
    "isolation_before.isolated": ("isolé", "isolated"),
    "isolation_before.connected": ("relié", "connected"),
    "isolation": ("Isolement au début de la crise", "Isolation when the crisis began"),
    "isolation.isolated": ("isolé", "isolated"),
    # sources and domains
    "own": ("soi-même", "oneself"), "kin": ("parenté", "kin"), "friend": ("amis", "friends"),
    "neighbour": ("voisins", "neighbours"), "other": ("autres liens", "other ties"),
    "project": ("liens de projet", "project ties"), "far": ("liens hors carte", "ties beyond the map"),
    "stranger": ("inconnus", "strangers"), "site": ("lieux-projets", "project sites"),
    "institution": ("institutions", "institutions"), "faded": ("personne", "nobody"),
    "home": ("ménage", "household"),
    "food": ("vivres", "essentials"), "kit": ("lieu, matériel", "place, kit"), "care": ("aide", "hands"),
    "know": ("savoirs", "know-how"),
}

TITLES: dict[str, tuple[str, str]] = {
    "recovery_best": ("{lever} : {share} de fonctionnement perdu en moins",
                      "{lever}: {share} less functioning lost"),
    "recovery_none": ("Aucun levier ne change nettement la reprise", "No lever clearly changes the recovery"),
    "effects_best": ("{lever} réduit le plus les pertes, en jours-personne par habitant : {value}",
                     "{lever} lowers losses most, in person-days per resident: {value}"),
    "effects_tied": ("{count} leviers en tête, sans qu'on puisse les départager",
                     "{count} levers lead and cannot be told apart"),
    "effects_none": ("Aucun levier ne se distingue nettement de l'absence de levier",
                     "No lever stands out clearly from no lever"),
    "groups": ("Sans levier, le cinquième le plus pauvre perd {ratio} fois plus que le plus aisé",
               "Without levers, the poorest fifth loses {ratio} times as much as the richest"),
    "groups_plain": ("Pertes selon les groupes", "Losses by group"),
    "run": ("Fonctionnement au plus bas à {low} ; 95 % de la chute rattrapés en {days} jours",
            "Functioning falls to {low}; 95% of the drop is made good in {days} days"),
    "run_open": ("Fonctionnement au plus bas à {low} ; reprise inachevée à la fin du calcul",
                 "Functioning falls to {low}; recovery not complete when the run ends"),
    "run_calm": ("Sans crise, le fonctionnement reste à sa normale", "Without a crisis, functioning stays normal"),
}


def say(key: str, lang: str, **values: object) -> str:
    """A word or sentence in a language, filled in. KeyError for an unknown key."""
    table = WORDS if key in WORDS else TITLES
    return table[key][LANGUAGES.index(lang)].format(**values)


def group_label(dimension: str, group: str, lang: str) -> str:
    """The name of a group, as it is where it needs no translation."""
    key = f"{dimension}.{group}"
    return say(key, lang) if key in WORDS else group

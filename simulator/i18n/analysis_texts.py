"""What the tables and figures of an analysis say, in French and English."""

from __future__ import annotations

from .figure_texts import LANGUAGES, WORDS

PHRASES: dict[str, tuple[str, str]] = {
    # verdicts
    "acts": ("agir", "act on"),
    "helps": ("aide, peut-être trop peu", "helps, perhaps too little"),
    "small": ("trop petit pour agir", "too small to act on"),
    "harms": ("nuit", "harms"),
    "open": ("indécis", "open"),
    # heads of tables
    "lever": ("levier", "lever"),
    "portfolio": ("portefeuille", "portfolio"),
    "change": ("écart [intervalle]", "change [interval]"),
    "verdict": ("verdict", "verdict"),
    "best": ("parmi les meilleurs", "among the best"),
    "behind": ("retard sur le meilleur autre", "behind the best other"),
    "gain": ("gain du hasard commun", "gain from shared luck"),
    "seeds": ("graines", "seeds"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "setting": ("réglage", "setting"),
    "mean_regret": ("regret moyen", "mean regret"),
    "regret_90": ("regret, 9 cas sur 10", "regret, 9 cases in 10"),
    "max_regret": ("regret maximal", "greatest regret"),
    "best_in": ("meilleur dans", "best in"),
    "satisfied": ("conditions tenues", "conditions met"),
    "fair": ("aucun groupe lésé", "no group worse off"),
    "kept": ("tenu", "kept"),
    "broken": ("rompu", "broken"),
    "worst_group": ("groupe le moins bien loti", "worst group"),
    "first": ("seul", "alone"),
    "total": ("avec ses interactions", "with its interactions"),
    "star": ("effet moyen", "mean effect"),
    "uneven": ("irrégularité", "unevenness"),
    "share": ("part", "share"),
    "pair": ("paire", "pair"),
    "together": ("ensemble, en plus", "together, beyond"),
    "cost": ("coût total", "total cost"),
    "saved": ("pertes évitées", "loss avoided"),
    "marginal": ("euros par jour-personne de plus", "euros per further person-day"),
    "worst": ("pire dixième", "worst tenth"),
    "equity": ("écart pauvres-riches", "gap poor-rich"),
    "loss": ("pertes", "loss"),
    "stays": ("reste au front", "stays on the front"),
    "optimism": ("flatterie", "optimism"),
    # choice
    "choice_best": ("{lever} : le seul qu'aucun autre ne dépasse à coup sûr",
                    "{lever}: the only one that no other surely beats"),
    "choice_tied": ("{count} leviers sur {all} ne se distinguent pas du meilleur",
                    "{count} of {all} levers cannot be told apart from the best"),
    "choice_few": ("Trop peu de graines pour départager les leviers : {n}",
                   "Too few seeds to tell levers apart: {n}"),
    "choice_small": ("Aucun levier ne change assez pour agir : moins de {smallest}",
                     "No lever changes enough to act on: less than {smallest}"),
    "choice_note": ("Point : moyenne de {n} graines appariées ; trait : intervalle à 95 % pour tous les leviers à la "
                    "fois, valable quel que soit le moment où l'on s'arrête ; bande grise : trop petit pour agir (± "
                    "{smallest}) ; losange : ne se distingue pas du meilleur",
                    "Dot: mean of {n} paired seeds; bar: 95% interval for all levers at once, valid whenever one "
                    "stops; grey band: too small to act on (± {smallest}); diamond: cannot be told apart from the "
                    "best"),
    "gain_line": ("Hasard commun : variance sans appariement sur variance avec, médiane {ratio} (de {low} à {high} "
                  "selon le levier) ; une paire vaut autant que {ratio} paires indépendantes.",
                  "Shared luck: variance without pairing over variance with it, median {ratio} ({low} to {high} by "
                  "lever); one pair is worth {ratio} independent ones."),
    "too_few": ("trop peu de graines", "too few seeds"),
    "change_axis": ("Écart avec l'absence de levier", "Difference from no lever"),
    # sensitivity
    "sobol_title": ("{name} explique le plus l'effet de « {lever} » ; le hasard : {luck}",
                    "{name} explains most of what “{lever}” changes; luck: {luck}"),
    "sobol_lucky": ("Le hasard pèse plus que les réglages dans l'effet de « {lever} » : {luck} de la variance",
                    "Luck weighs more than settings in what “{lever}” changes: {luck} of the variance"),
    "regret_always": ("{lever} : le meilleur choix dans tous les scénarios",
                      "{lever}: the best choice in every scenario"),
    "sobol_note": ("Part de la variance de l'effet moyen ; rond : seul ; carré : avec ses interactions ; traits : 95 "
                   "%. Variance de l'effet apparié : {settings} réglages, {luck} graines ; hasard restant dans les "
                   "moyennes : au plus {left}",
                   "Share of the mean effect's variance; round: alone; square: with its interactions; bars: 95%. "
                   "Variance of the paired effect: {settings} settings, {luck} seeds; luck left in the means: {left} "
                   "at most"),
    "sobol_axis": ("Part de la variance de l'effet", "Share of the effect's variance"),
    "morris_title": ("{name} déplace le plus l'effet de « {lever} » (réglages qui se distinguent du hasard : {count} "
                     "sur {all})",
                     "{name} moves what “{lever}” changes most (settings that stand out from luck: {count} of {all})"),
    "morris_none": ("Aucun réglage ne déplace l'effet de « {lever} » plus que le hasard",
                    "No setting moves what “{lever}” changes more than luck does"),
    "morris_note": ("Effet moyen, sans signe, d'un réglage sur toute son étendue (Morris) ; trait : 95 % ; tireté : "
                    "ce que le hasard seul donnerait",
                    "Mean unsigned effect of a setting over its whole range (Morris); bar: 95%; dashes: what luck "
                    "alone would give"),
    # robustness
    "regret_title": ("{lever} : au pire, {value} de plus que le meilleur choix",
                     "{lever}: at worst, {value} more than the best choice"),
    "regret_note": ("Regret : pertes en plus du meilleur choix du même scénario, {n} scénarios ; rond : dépassé dans "
                    "un cas sur dix ; carré : le pire cas",
                    "Regret: loss beyond the best choice of the same scenario, {n} scenarios; round: exceeded in one "
                    "case in ten; square: the worst case"),
    "regret_axis": ("Regret, en jours-personne par habitant", "Regret, person-days per resident"),
    "conditions": ("conditions : {text}", "conditions: {text}"),
    "box_title": ("« {lever} » {what} quand {where}", "“{lever}” {what} when {where}"),
    "box_fails": ("manque ses conditions", "misses its conditions"),
    "box_least": ("apporte le moins", "brings least"),
    "box_none": ("Aucun jeu simple de réglages ne dit quand « {lever} » {what}",
                 "No simple set of settings tells when “{lever}” {what}"),
    "box_met": ("« {lever} » tient ses conditions dans tous les scénarios ({text})",
                "“{lever}” meets its conditions in every scenario ({text})"),
    "box_unmet": ("« {lever} » ne tient ses conditions dans aucun scénario ({text})",
                  "“{lever}” meets its conditions in no scenario ({text})"),
    "box_line": ("Ces scénarios ({mass} de tous) contiennent {coverage} des cas cherchés (couverture) ; {density} "
                 "d'entre eux en sont (densité).",
                 "These scenarios ({mass} of all) hold {coverage} of the cases looked for (coverage); {density} of "
                 "them are such cases (density)."),
    "box_note": ("Plein : le cas cherché ({cases} sur {n}) ; creux : les autres ; cadre : la boîte trouvée (PRIM). "
                 "Les cas cherchés : {what}",
                 "Filled: the case looked for ({cases} of {n}); hollow: the others; frame: the box found (PRIM). "
                 "Cases looked for: {what}"),
    "least_what": ("le quart des scénarios où le levier évite le moins de pertes",
                   "the quarter of scenarios where the lever avoids least loss"),
    "stable": ("Retrouvé en refaisant la recherche sur des moitiés tirées au sort : {text}.",
               "Found again when searched for in random halves: {text}."),
    "box_weak": ("{title} (fragile)", "{title} (fragile)"),
    "and": ("et", "and"),
    "above": ("{name} ≥ {value}", "{name} ≥ {value}"),
    "below": ("{name} ≤ {value}", "{name} ≤ {value}"),
    "between": ("{name} de {low} à {high}", "{name} from {low} to {high}"),
    "is": ("{name} = {value}", "{name} = {value}"),
    # portfolios
    "shapley_title": ("{lever} apporte le plus : {share} de l'effet de tous ensemble",
                      "{lever} brings most: {share} of what all bring together"),
    "shapley_note": ("Part de Shapley : apport moyen d'un levier dans tous les ordres possibles ; les parts font "
                     "l'effet de tous ; trait : 95 %, {n} graines",
                     "Shapley share: a lever's mean contribution over all orders; shares add up to the effect of "
                     "all; bar: 95%, {n} seeds"),
    "shapley_sampled": ("Part de Shapley estimée : apport moyen d'un levier dans {orders} ordres tirés au sort ; "
                        "trait : 95 % pour ce tirage, non pour la chance du modèle ; {n} graines",
                        "Estimated Shapley share: a lever's mean contribution over {orders} random orders; bar: 95% "
                        "for the drawing of orders, not for the model's luck; {n} seeds"),
    "spared_title": ("{left} portefeuilles sur {all} lèsent un groupe de plus de {limit} jour-personne par habitant",
                     "{left} of {all} portfolios leave a group worse off by more than {limit} person-days a head"),
    "spared_note": ("Ils sont écartés du front. Groupe le moins bien loti par les autres, moyenne des graines, dans "
                    "son pire scénario ; tenu ou rompu : à 95 %, tous groupes ensemble ; sinon ouvert",
                    "They are left out of the front. For the others, the group that fares worst, mean over seeds, in "
                    "its worst scenario; kept or broken: at 95%, all groups together; else open"),
    "spared_by": ("pertes en plus", "more lost"),
    "pairs_sure": ("{pair} : l'un change ce que l'autre apporte", "{pair}: one changes what the other brings"),
    "pairs_none": ("Aucune paire de leviers ne s'aide ni ne se gêne à coup sûr",
                   "No pair of levers surely helps or hinders itself"),
    "pairs_note": ("Ce que deux leviers changent ensemble au-delà de ce que chacun change ; sous 0, ils s'aident ; "
                   "trait : 95 %, {n} graines",
                   "What two levers change together beyond what each changes; below 0 they help one another; bar: "
                   "95%, {n} seeds"),
    "returns_title": ("Au-delà de {cost}, un euro de plus achète nettement moins",
                      "Beyond {cost}, one more euro buys clearly less"),
    "returns_plain": ("Ce que l'argent achète, portefeuille par portefeuille",
                      "What money buys, portfolio by portfolio"),
    "returns_none": ("Aucun portefeuille n'évite de pertes", "No portfolio avoids any loss"),
    "returns_unsure": ("Aucun portefeuille n'évite de pertes à coup sûr, à ce nombre de graines",
                       "No portfolio surely avoids any loss at this number of seeds"),
    "returns_note": ("Meilleur portefeuille pour chaque budget ; {how} ; plein : aucun mélange ne ferait mieux ; "
                     "trait : 95 %",
                     "Best portfolio for each budget; {how}; filled: no mix would do better; bar: 95%"),
    "returns_split": ("choisi sur une graine sur deux, évalué sur les autres",
                      "chosen on every other seed, valued on the rest"),
    "returns_same": ("choisi et évalué sur les mêmes graines, donc un peu flatté",
                     "chosen and valued on the same seeds, so somewhat flattered"),
    "cost_axis": ("Coût total, milliers d'euros", "Total cost, thousands of euros"),
    "saved_axis": ("Jours-personne de fonctionnement évités", "Person-days of loss avoided"),
    "front_title": ("Portefeuilles qu'aucun autre ne dépasse : {count} sur {all}",
                    "Portfolios that no other beats: {count} of {all}"),
    "front_note": ("Écarts avec l'absence de levier ; à gauche et en bas : mieux ; cercle plus grand : écart "
                   "pauvres-riches plus grand ; plein : sur le front ; {confirmed}",
                   "Changes against no lever; left and below: better; larger circle: larger gap between poor and "
                   "rich; filled: on the front; {confirmed}"),
    "front_sure": ("front confirmé sur d'autres graines", "front confirmed on other seeds"),
    "front_open": ("front non confirmé : pas assez de graines", "front not confirmed: not enough seeds"),
    "worst_axis": ("Écart dans le pire dixième des scénarios", "Change in the worst tenth of scenarios"),
    "loss_axis": ("Écart de pertes moyennes, jours-personne par habitant",
                  "Change in mean loss, person-days per resident"),
    # what could not be said
    "no_sensitivity": ("Sensibilité : demande une étude dont design.kind est morris ou sobol.",
                       "Sensitivity: needs a study whose design.kind is morris or sobol."),
    "no_robust": ("Incertitude profonde : demande plusieurs scénarios.",
                  "Deep uncertainty: needs several scenarios."),
    "no_box": ("Découverte de scénarios : demande 20 scénarios ou plus.",
               "Scenario discovery: needs 20 scenarios or more."),
    "no_shapley": ("Attribution : demande tous les sous-ensembles de leviers (portfolios.design: factorial).",
                   "Attribution: needs every subset of levers (portfolios.design: factorial)."),
    "skipped": ("{what} : {why}", "{what}: {why}"),
}

SETTINGS: dict[str, tuple[str, str]] = {"severity": ("force de la crise ({card})", "strength of the crisis ({card})"),
                                        "dose": ("dose de {card}", "dose of {card}")}


def phrase(key: str, lang: str, **facts: object) -> str:
    """A phrase in a language, filled in. KeyError for an unknown key."""
    return PHRASES[key][LANGUAGES.index(lang)].format(**facts)


def setting_label(name: str, lang: str) -> str:
    """A setting's name as people read it; as it is written where there is nothing better."""
    parts = name.split(".")
    if len(parts) > 2 and parts[0] in ("crisis", "lever") and parts[-1] in SETTINGS:
        return SETTINGS[parts[-1]][LANGUAGES.index(lang)].format(card=parts[1])
    if name == "behaviour":
        return ("comportement", "behaviour")[LANGUAGES.index(lang)]
    return name.removeprefix("model.")


def group_name(key: str, lang: str) -> str:
    """dimension.group as people read it."""
    dimension, _, group = key.partition(".")
    told = WORDS[key][LANGUAGES.index(lang)] if key in WORDS else group
    head = WORDS[dimension][LANGUAGES.index(lang)] if dimension in WORDS else dimension
    return f"{head} : {told}" if lang == "fr" else f"{head}: {told}"

"""Captions, table heads, what is left out and the glossary of the brief, in French and English."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    # captions
    "curve_note": ("Trait plein gris : sans levier. Trait de couleur : avec le levier. Bandes : du plus bas au plus "
                   "haut "
                   "des {n} tirages. Le pourcentage est l'écart de pertes.",
                   "Grey line: no lever. Coloured line: with the lever. Bands: lowest to highest of the {n} draws. The "
                   "percentage is the difference in losses."),
    "curve_note_single": ("Une courbe par situation.", "One curve for each situation."),
    "curve_note_one": ("Une courbe par situation ; bande : du plus bas au plus haut de {n} tirages.",
                       "One curve for each situation; band: lowest to highest of {n} draws."),
    "effects_note": ("Point : moyenne de {n} tirages joués avec et sans le levier ; trait : intervalle à 95 % ; point "
                     "vide : le sens de l'effet n'est pas établi.",
                     "Dot: mean of {n} draws played with and without the lever; bar: 95% interval; hollow dot: the "
                     "direction of the effect is not settled."),
    "effects_note_search": ("Point : moyenne des tirages joués avec et sans ces leviers ; trait : intervalle à 95 % ; "
                            "point vide : le sens de l'effet n'est pas établi. Les combinaisons en tête sont jugées "
                            "sur {fresh} tirages qui n'ont pas servi à les choisir, les autres (la meilleure de chaque "
                            "budget plus petit) sur les {n} de la recherche, ce qui les flatte un peu.",
                            "Dot: mean of the draws played with and without these levers; bar: 95% interval; hollow "
                            "dot: the direction of the effect is not settled. The mixes in front are judged by {fresh} "
                            "draws that had no part in choosing them, the others (the best one for each lower budget) "
                            "by the {n} of the search, which flatters them somewhat."),
    "effects_note_sets": ("Point : moyenne de {sets} jeux de nombres ({n} tirages joués avec et sans le levier) ; "
                          "trait : intervalle à 95 %, qui compte le hasard et le doute sur ces nombres ; point vide : "
                          "le sens de l'effet n'est pas établi.",
                          "Dot: mean of {sets} sets of numbers ({n} draws played with and without the lever); bar: "
                          "95% interval, which counts luck and the doubt about these numbers; hollow dot: the "
                          "direction of the effect is not settled."),
    "gains_note": ("Écart de pertes de chaque groupe avec « {lever} », pour 1 000 habitants du groupe. Trait : "
                   "intervalle "
                   "à 95 % sur {over} ; point vide : effet non établi. Isolement mesuré avant les leviers.",
                   "Change in each group's losses with “{lever}”, per 1,000 residents of the group. Bar: 95% interval "
                   "over {over}; hollow dot: effect not settled. Isolation measured before the levers."),
    "curve_title": ("Sans levier, {told}", "Without levers, {told}"),
    "behaviour.balanced": ("équilibrée", "balanced"), "behaviour.selection_only": ("sélection seule", "selection only"),
    "behaviour.socialisation_only": ("socialisation seule", "socialisation only"),
    "cost_note": ("Coûts du {first} au {last}, écart avec l'absence de levier ; fourchette des prix au-dessous. "
                  "Journées gagnées : l'année qui suit le début de la crise.",
                  "Costs from {first} to {last}, beyond no lever; range of prices below. Days gained: the year "
                  "after the crisis began."),
    "one_note": ("Un seul tirage : les écarts peuvent tenir au hasard.", "One draw only: differences may be luck."),
    # heads of tables
    "lever": ("Levier", "Lever"), "days": ("Journées perdues : écart", "Days lost: change"),
    "interval": ("Intervalle à 95 %", "95% interval"), "share": ("en %", "in %"),
    "chance": ("Chances d'aider", "Chance it helps"), "cost": ("Coût total", "Total cost"),
    "range": ("Fourchette", "Range"), "payer": ("Payeur", "Payer"), "price": ("Par journée gagnée", "Per day gained"),
    "back": ("Reprise (jours)", "Recovery (days)"), "poorest": ("20 % aux plus bas revenus", "Lowest-income 20%"),
    "isolated": ("Personnes isolées", "Isolated people"), "never": ("Non rejointes", "Not reached"),
    "group": ("Groupe", "Group"), "people": ("Habitants", "Residents"),
    "without": ("Pertes sans levier (pour 1 000)", "Loss without levers (per 1,000)"),
    "change": ("Écart (pour 1 000)", "Change (per 1,000)"), "verdict": ("Lecture", "Reading"),
    "gains": ("y gagne", "gains"), "loses": ("y perd", "is worse off"), "open": ("non établi", "not settled"),
    "day": ("Jour", "Day"), "lowest": ("Plus bas", "Lowest"), "highest": ("Plus haut", "Highest"),
    "mean": ("Moyenne", "Mean"), "outcome": ("Repère", "Measure"), "value": ("Valeur", "Value"),
    "scenario": ("Scénario", "Scenario"), "best": ("Levier en tête", "Leading lever"),
    "helped": ("Gain de « {lever} »", "Gain from “{lever}”"),
    "title_curve": ("Fonctionnement moyen sans levier, % de la normale", "Mean functioning without levers, % of "
                                                                         "normal"),
    "title_curve_one": ("Fonctionnement moyen, % de la normale, {arm}", "Mean functioning, % of normal, {arm}"),
    "title_effects": ("Effets des leviers", "Effects of the levers"),
    "title_inside": ("Ce que contient chaque combinaison", "What each mix holds"),
    "mix": ("Combinaison", "Mix"), "levers": ("Leviers", "Levers"),
    "elsewhere": ("Rejouée dans {n} autres scénarios du même dossier, « {lever} » réduit les pertes de {low} à {high}.",
                  "Played in {n} other scenarios of the same folder, “{lever}” lowers losses by {low} to {high}."),
    "title_costs": ("Coûts des leviers", "Costs of the levers"),
    "title_groups": ("Effet de « {lever} » par groupe", "Effect of “{lever}” by group"),
    "title_calm": ("La vie ordinaire, sans crise", "Everyday life, without a crisis"),
    "title_points": ("Réponse selon le scénario", "The answer by scenario"),
    # payers
    "departement": ("Département", "Département"), "commune": ("commune", "commune"), "state": ("État", "State"),
    "association": ("association", "association"), "foundation": ("fondation", "foundation"),
    "landlord": ("bailleur", "landlord"), "region": ("Région", "Region"), "household": ("ménages", "households"),
    "none": ("sans coût", "no cost"),
    # groups
    "income": ("Revenu", "Income"), "age": ("Âge", "Age"), "household_kind": ("Ménage", "Household"),
    "isolation_before": ("Isolement", "Isolation"), "priority": ("Lieu de vie", "Place"),
    "priority.priority": ("quartier prioritaire", "priority district"), "priority.elsewhere": ("ailleurs", "elsewhere"),
    "gains_many": ("« {lever} » : gain établi pour {k} groupes sur {n} ; le plus grand : {group}",
                   "“{lever}”: gain settled for {k} of {n} groups; the largest: {group}"),
    "gains_one": ("« {lever} » : gain établi pour {k} groupe sur {n} : {group}",
                  "“{lever}”: gain settled for {k} of {n} groups: {group}"),
    "gains_none": ("Aucun groupe ne gagne nettement avec « {lever} »", "No group clearly gains from “{lever}”"),
    "gains_axis": ("Écart de pertes, journées pour 1 000 habitants", "Change in loss, days per 1,000 residents"),
    # what it leans on
    "graded": ("Sur {all} nombres (modèle, crise, leviers) : mesurés, {measured} ; publiés, {published} ; déduits, "
               "{derived} ; supposés, {assumption} ({share}).",
               "Of {all} numbers (model, crisis, levers): measured, {measured}; published, {published}; derived, "
               "{derived}; assumed, {assumption} ({share})."),
    "evidence": ("Taille de l'effet de « {lever} » : {grade}. {text}",
                 "Size of the effect of “{lever}”: {grade}. {text}"),
    "grade.measured": ("mesurée", "measured"), "grade.published": ("publiée", "published"),
    "grade.derived": ("déduite", "derived"), "grade.assumption": ("supposée", "assumed"),
    "one_variant": ("Une seule variante de comportement a été jouée ({behaviour}). Les membres d'un lieu font-ils plus "
                    "confiance parce qu'ils l'ont rejoint, ou le rejoignent-ils parce qu'ils font confiance ? Avant de "
                    "décider, rejouer avec behaviour=selection_only et behaviour=socialisation_only.",
                    "One behaviour variant was played ({behaviour}). Do members of a site trust more because they "
                    "joined, or join because they trust? Before deciding, play again with behaviour=selection_only and "
                    "behaviour=socialisation_only."),
    "variants": ("« {lever} » selon la variante de comportement : {parts}.",
                 "“{lever}” by behaviour variant: {parts}."),
    "not_settled": ("Effet non établi : {levers}. D'autres tirages peuvent trancher.",
                    "Effect not settled: {levers}. More draws may settle it."),
    "first_in": ("« {lever} » arrive en tête dans {share} des {points} scénarios ; dans les autres : {others}.",
                 "“{lever}” leads in {share} of the {points} scenarios; elsewhere: {others}."),
    "first_always": ("« {lever} » arrive en tête dans chacun des {points} scénarios joués.",
                     "“{lever}” leads in each of the {points} scenarios played."),
    "worse": ("Il fait moins bien que l'absence de levier, en moyenne des tirages, dans {k} scénarios sur {points}.",
              "On average over draws it does worse than no lever in {k} of {points} scenarios."),
    "analyse": ("Pour aller plus loin (sensibilité, regrets, scénarios où le levier échoue) : resilience analyse "
                "{folder}.",
                "To go further (sensitivity, regret, scenarios in which the lever fails): resilience analyse "
                "{folder}."),
    "money": ("Les coûts sont en grande partie supposés ; la fourchette compte plus que la valeur centrale.",
              "Costs are largely assumed; the range matters more than the central value."),
    # again
    "command": ("Commande", "Command"), "version": ("Version du modèle", "Model version"),
    "over": ("{n} tirages", "{n} draws"), "over_sets": ("{n} jeux de nombres", "{n} sets of numbers"),
    "sets": ("Jeux de nombres calés", "Calibrated sets of numbers"),
    "split": ("L'incertitude sur l'effet de « {lever} » vient, en gros, {parts}. Les nombres qui n'ont pas été calés "
              "n'y sont pas comptés.",
              "The uncertainty about the effect of “{lever}” comes, roughly, {parts}. Numbers that were not calibrated "
              "are not counted in it."),
    "split_numbers": ("pour {share} des nombres calés du modèle", "{share} from the model's calibrated numbers"),
    "split_both": ("pour {share} des nombres calés du modèle et du hasard, qu'un seul tirage par jeu ne sépare pas",
                   "{share} from the model's calibrated numbers and luck, which one draw a set cannot tell apart"),
    "split_luck": ("pour {share} du hasard", "{share} from luck"),
    "split_behaviour": ("pour {share} de la variante de comportement", "{share} from the behaviour variant"),
    "seeds": ("Tirages (graines)", "Draws (seeds)"), "dates": ("Dates du scénario", "Dates of the scenario"),
    "variant": ("Variante de comportement", "Behaviour variant"), "runs": ("Simulations", "Runs"),
    "all_settings": ("Tous les réglages sont gardés avec chaque simulation. Mêmes réglages, même tirage : mêmes "
                     "résultats, octet pour octet ; « resilience verify {folder} » le vérifie en rejouant un "
                     "échantillon.",
                     "All settings are kept with every run. Same settings, same draw: the same results, byte for "
                     "byte; “resilience verify {folder}” checks it by playing a sample again."),
    "dates_calm": ("leviers à partir du {levers} ; sans crise", "levers from {levers}; no crisis"),
    "dates_text": ("leviers à partir du {levers} ; {crises}", "levers from {levers}; {crises}"),
    "crisis_date": ("{crisis} le {day}, {days} jours", "{crisis} on {day}, {days} days"),
    "done": ("jouées : {done}, échouées : {failed}, à jouer : {missing}",
             "{done} played, {failed} failed, {missing} to play"),
    # cards
    "mechanism": ("Mécanisme", "Mechanism"), "limits": ("Limites", "Limits"), "side": ("Effets indésirables", "Side "
                                                                                                              "effects"),
    "data": ("Données personnelles", "Personal data"),
    # calm
    "members": ("Membres d'un lieu-projet", "Members of a site"), "alone": ("Personnes isolées", "Isolated people"),
    "ties": ("Liens", "Ties"), "strong": ("Adultes ayant un lien fort", "Adults with a strong tie"),
    "trust": ("Confiance dans les institutions (0 à 1)", "Trust in institutions (0 to 1)"),
}

OUT = {
    "fr": ("Le système de santé, la police, les prix et l'emploi, les migrations, les plateformes numériques et les "
           "routes : "
           "l'aide peut aussi venir de là, ou y manquer.",
           "Des personnes réelles : habitants, ménages, immeubles et liens sont tirés au sort pour s'accorder aux "
           "chiffres "
           "publiés par commune ; les quartiers y sont disposés par une règle.",
           "Une prévision : la note compare des situations sous les mêmes hypothèses ; elle ne dit ni ce qui "
           "arrivera, ni "
           "combien de personnes mourront, ni qui souffrira.",
           "La liste des leviers de l'Apur, qui n'a pas pu être lue : ceux d'ici sont reconstruits d'après le résumé "
           "public "
           "de son étude (2023) et d'autres sources, comme leurs effets et la plupart des coûts."),
    "en": ("The health system, the police, prices and jobs, migration, digital platforms and roads: help may come from "
           "there too, or be missing there.",
           "Real people: residents, households, buildings and ties are drawn to agree with published figures per "
           "commune; "
           "neighbourhoods are laid out by a rule.",
           "A forecast: this note compares situations under the same assumptions; it says neither what will happen, "
           "nor how "
           "many will die, nor who will suffer.",
           "Apur's own list of levers, which could not be read: those here are rebuilt from the public summary of "
           "its study "
           "(2023) and other sources, and so are their effects and most costs."),
}

GLOSSARY = {
    "fr": (("Fonctionnement", "part de la vie habituelle qu'une personne peut mener un jour donné : 100 % est sa "
                              "normale."),
           ("Journée de vie normale perdue", "une personne privée d'une journée de fonctionnement, ou deux personnes "
            "diminuées de moitié une journée (« jour-personne » dans les tableaux)."),
           ("Levier d'action", "ce que des acteurs institutionnels ou associatifs décident de faire ou de financer."),
           ("Lieu-projet", "jardin, tiers-lieu, café associatif, centre social ou lieu culturel ouvert aux habitants."),
           ("Tirage", "une partie jouée avec un hasard donné (« graine » dans les fichiers) ; le même tirage est "
                      "joué avec et "
            "sans chaque levier."),
           ("Intervalle à 95 %", "étendue où l'effet moyen se trouverait 95 fois sur 100 si seul le hasard du modèle "
            "comptait."),
           ("Lien fort, lien faible", "relation de confiance entre deux habitants, entretenue par le temps passé "
                                      "ensemble."),
           ("Isolé", "15 ans ou plus, moins de vingt contacts par an avec des proches, voisins ou membres d'un lieu."),
           ("Non rejoint", "personne en besoin qu'aucun lien, aucun lieu et aucune institution n'a aidée."),
           ("Aller-vers", "aller à la rencontre de personnes qui ne demandent rien, là où elles sont."),
           ("Pouvoir d'agir", "sentiment et capacité de peser sur ce qui arrive, seul et avec d'autres."),
           ("Quartier", "ici, environ 2 600 habitants disposés par le modèle, pas un contour officiel.")),
    "en": (("Functioning", "share of usual life that a person can lead on a given day: 100% is their own normal."),
           ("Day of normal life lost", "one person deprived of a day's functioning, or two people of half of it "
            "(“person-day” in tables)."),
           ("Lever", "what public or associative players decide to do or to fund."),
           ("Project site", "garden, third place, community café, social centre or cultural venue open to residents."),
           ("Draw", "one play with given luck (“seed” in files); the same draw is played with and without each lever."),
           ("95% interval", "range in which the mean effect would lie 95 times in 100 if only the model's luck "
                            "counted."),
           ("Strong tie, weak tie", "relation of trust between two residents, kept alive by time together."),
           ("Isolated", "aged 15 or over, fewer than twenty contacts a year with kin, neighbours or members of a "
                        "site."),
           ("Not reached", "a person in need whom no tie, site or institution helped."),
           ("Outreach", "going to meet people who ask for nothing, where they are."),
           ("Power to act", "the sense and the means of weighing on what happens, alone and with others."),
           ("Neighbourhood", "here some 2,600 residents laid out by the model, not an official outline.")),
}

OF_SETS = {
    "fr": (("Intervalle à 95 %", "étendue où l'effet moyen se trouverait 95 fois sur 100 si seuls comptaient le hasard "
                                 "du modèle et le doute sur ses nombres calés."),
           ("Jeu de nombres", "valeurs des nombres calés du modèle qui, ensemble, retrouvent des chiffres publiés ; "
            "plusieurs jeux y parviennent.")),
    "en": (("95% interval", "range in which the mean effect would lie 95 times in 100 if only the model's luck and the "
                            "doubt about its calibrated numbers counted."),
           ("Set of numbers", "values of the model's calibrated numbers that, together, meet published figures; "
            "several sets do.")),
}
"""What the glossary says of an ensemble instead, and beside."""

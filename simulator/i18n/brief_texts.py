"""What the brief says, in French and English: headings, answers, labels."""

from __future__ import annotations

from .figure_texts import LANGUAGES

BRIEF: dict[str, tuple[str, str]] = {
    "kicker": ("Note d'aide à la décision", "Briefing note"),
    "kind": ("Exploration par simulation, sous hypothèses", "Exploration by simulation, under assumptions"),
    # the question
    "question": ("{crises} : quels leviers aident les habitants à se relever ?",
                 "{crises}: which levers help residents recover?"),
    "question_search": ("{crises}, avec {budget} par an : quels leviers mettre ensemble ?",
                        "{crises}, with {budget} a year: which levers to put together?"),
    "question_calm": ("Que changent ces leviers dans des années sans crise ?",
                      "What do these levers change in years without a crisis?"),
    "question_one": ("{crises} : comment les habitants se relèvent-ils ?", "{crises}: how do residents recover?"),
    "question_none": ("Comment évoluent les liens dans des années sans crise ?",
                      "How do ties evolve in years without a crisis?"),
    "scene": ("{territory} · {n} habitants simulés · {played}", "{territory} · {n} simulated residents · {played}"),
    "draws": ("{n} tirages par levier", "{n} draws for each lever"),
    "draw": ("un seul tirage par levier", "a single draw for each lever"),
    "draws_sets": ("{n} tirages par levier, sur {sets} jeux de nombres",
                   "{n} draws for each lever, over {sets} sets of numbers"),
    "draws_one": ("{n} tirages", "{n} draws"), "draw_one": ("un seul tirage", "a single draw"),
    "draws_search": ("{tried} combinaisons essayées sur {n} tirages, les meilleures rejouées sur {fresh} autres",
                     "{tried} mixes tried on {n} draws, the best played again on {fresh} others"),
    "draws_search_open": ("{tried} combinaisons essayées sur {n} tirages", "{tried} mixes tried on {n} draws"),
    "points": ("{n} scénarios", "{n} scenarios"),
    # headings
    "short": ("En bref", "In short"), "curve": ("La reprise", "The recovery"),
    "ranking": ("Les leviers, du plus au moins utile", "The levers, from most to least useful"),
    "groups": ("Qui y gagne, qui n'y gagne pas", "Who gains and who does not"),
    "where": ("Où", "Where"), "leans": ("Sur quoi repose la réponse", "What the answer leans on"),
    "out": ("Ce que le modèle laisse de côté", "What the model leaves out"),
    "again": ("Rejouer", "Playing this again"), "annex": ("Annexes", "Annexes"),
    "tables": ("Tableaux", "Tables"), "glossary": ("Mots employés", "Words used"),
    "cards": ("Les leviers : mécanisme, limites et effets indésirables", "The levers: mechanism, limits, side effects"),
    "table_of": ("Tableau {n}. {title}", "Table {n}. {title}"), "see": ("chiffres : tableau {n}", "figures: table {n}"),
    "rank_title": ("{n} leviers en tête, sans qu'on puisse les départager",
                   "{n} levers lead and cannot be told apart"),
    "rank_one": ("« {lever} » en tête, d'après ces tirages", "“{lever}” leads, in these draws"),
    "rank_search": ("« {lever} » : aucune autre ne fait mieux à tous égards",
                    "“{lever}”: none does better in every respect"),
    "rank_search_many": ("{n} combinaisons en tête : aucune ne fait mieux qu'elles à tous égards",
                         "{n} mixes lead: none does better than they in every respect"),
    "rank_settled": ("« {lever} » : le gain le mieux établi d'après ces tirages", "“{lever}”: the best settled gain "
                                                                                  "in these "
                     "draws"),
    "rank_shown": ("« {lever} » en tête dans le scénario montré", "“{lever}” leads in the scenario shown"),
    "leans_title": ("La réponse tient d'abord à des nombres supposés", "The answer leans first on assumed numbers"),
    "out_title": ("L'aide peut aussi venir de ce que le modèle ignore", "Help may also come from what the model "
                                                                        "ignores"),
    "again_title": ("Les mêmes réglages et le même tirage redonnent les mêmes résultats",
                    "The same settings and the same draw give the same results again"),
    "foot": ("Exploration sous hypothèses, pas une prévision. Habitants synthétiques : personne n'est réel.",
             "Exploration under assumptions, not a forecast. Synthetic residents: nobody is real."),
    # the answer
    "lead_one": ("Dans ce modèle, « {lever} » est, {among}, celui qui évite le plus de pertes : {share} de journées de "
                 "vie normale perdues en moins, soit {days} journées sur {base} (fourchette à 95 % : de {low} à "
                 "{high}).",
                 "In this model, “{lever}” avoids most losses {among}: {share} fewer days of normal life lost, "
                 "{days} days out of {base} (95% range: {low} to {high})."),
    "lead_settled": ("Dans ce modèle, « {lever} » est, {among}, celui dont le gain est le mieux établi : {share} de "
                     "journées de "
                     "vie normale perdues en moins, soit {days} journées sur {base} (fourchette à 95 % : de {low} à "
                     "{high}) ; d'autres gagnent davantage en moyenne, sans que ce soit établi.",
                     "In this model, “{lever}” is the one {among} whose gain is best settled: {share} fewer days of "
                     "normal life lost, {days} days out of {base} (95% range: {low} to {high}); others gain more on "
                     "average, but that is not settled."),
    "lead_many": ("Dans ce modèle, {levers} évitent le plus de pertes, sans qu'on puisse les départager : de {low} à "
                  "{high} journées de vie normale perdues en moins, sur {base}.",
                  "In this model, {levers} avoid most losses and cannot be told apart: {low} to {high} fewer days of "
                  "normal life lost, out of {base}."),
    "search_none": ("Avec {budget} par an, aucune des {tried} combinaisons essayées ne fait mieux que l'absence de "
                    "levier.",
                    "With {budget} a year, none of the {tried} mixes tried does better than no lever."),
    "search_one": ("Avec {budget} par an, parmi {tried} combinaisons essayées, « {lever} » n'est battue par aucune "
                   "autre sur les pertes, l'écart entre revenus et les pires scénarios. {judged} : {told}",
                   "With {budget} a year, of {tried} mixes tried, none beats “{lever}” in losses, the gap between "
                   "incomes and the worst scenarios. {judged}: {told}"),
    "search_many": ("Avec {budget} par an, parmi {tried} combinaisons essayées, {n} ne sont battues par aucune autre "
                    "sur les pertes, l'écart entre revenus et les pires scénarios ; « {lever} » réduit le plus les "
                    "pertes. {judged} : {told}",
                    "With {budget} a year, of {tried} mixes tried, {n} are beaten by no other in losses, the gap "
                    "between incomes and the worst scenarios; “{lever}” lowers losses most. {judged}: {told}"),
    "search_fresh": ("Sur {n} tirages qui n'ont pas servi à la choisir",
                     "On {n} draws that had no part in choosing it"),
    "search_fresh_one": ("Sur un tirage qui n'a pas servi à la choisir", "On a draw that had no part in choosing it"),
    "search_open": ("Sur les tirages qui ont servi à la choisir, donc un peu flattée",
                    "On the draws that served to choose it, so somewhat flattered"),
    "search_days": ("{share} de journées de vie normale perdues en moins, soit {days} sur {base} (fourchette à 95 % : "
                    "de {low} à {high}).",
                    "{share} fewer days of normal life lost, {days} out of {base} (95% range: {low} to {high})."),
    "lead_none": ("Dans ce modèle, aucun des leviers comparés ne réduit nettement les pertes : {base} journées de vie "
                  "normale perdues sans levier.",
                  "In this model, none of the levers compared clearly lowers losses: {base} days of normal life lost "
                  "without levers."),
    "lead_seed": ("Un seul tirage a été joué : les écarts entre leviers peuvent tenir au hasard, et cette note ne "
                  "conclut pas.",
                  "Only one draw was played: differences between levers may be luck, and this note draws no "
                  "conclusion."),
    "among": ("parmi les {n} leviers comparés", "among the {n} levers compared"),
    "among_one": ("seul levier essayé", "the only lever tried"),
    "sure": ("Un nouveau tirage irait dans le même sens {chance} fois sur cent, mais ces écarts ne comptent que le "
             "hasard du modèle : {assumed} de ses nombres sont des hypothèses, et d'autres hypothèses donneraient "
             "d'autres écarts.",
             "One more draw would point the same way {chance} times in a hundred, but these ranges count only the "
             "model's luck: {assumed} of its numbers are assumptions, and other assumptions would give other "
             "differences."),
    "unsure": ("Ces écarts ne comptent que le hasard du modèle : {assumed} de ses nombres sont des hypothèses, et "
               "d'autres hypothèses pourraient changer la réponse.",
               "These ranges count only the model's luck: {assumed} of its numbers are assumptions, and other "
               "assumptions could change the answer."),
    "sure_sets": ("Un autre jeu de nombres irait dans le même sens {chance} fois sur cent. Ces écarts comptent le "
                  "hasard du modèle et le doute sur ses nombres calés, pas sur les autres : {assumed} de ses nombres "
                  "sont des hypothèses.",
                  "One more set of numbers would point the same way {chance} times in a hundred. These ranges count "
                  "the model's luck and the doubt about its calibrated numbers, not about the others: {assumed} of "
                  "its numbers are assumptions."),
    "unsure_sets": ("Ces écarts comptent le hasard du modèle et le doute sur ses nombres calés, pas sur les autres : "
                    "{assumed} de ses nombres sont des hypothèses.",
                    "These ranges count the model's luck and the doubt about its calibrated numbers, not about the "
                    "others: {assumed} of its numbers are assumptions."),
    "across": ("Sur {cases} cas joués ({points} scénarios, {n} tirages), « {lever} » fait mieux que l'absence de "
               "levier "
               "dans {share} des cas ; le gain va de {low} à {high} dans huit cas sur dix.",
               "Over {cases} cases played ({points} scenarios, {n} draws), “{lever}” does better than no lever in "
               "{share} of the cases; the gain lies between {low} and {high} in eight cases out of ten."),
    "harm": ("« {levers} » augmente les pertes.", "“{levers}” increases losses."),
    "small": ("L'écart reste plus petit que le seuil à partir duquel on jugerait utile d'agir ({smallest} "
              "jour-personne par habitant, seuil supposé, à débattre).",
              "The difference stays below the threshold from which acting is held to be worthwhile ({smallest} "
              "person-days per resident, an assumed threshold, open to debate)."),
    "calm_found": ("Écarts établis avec l'absence de levier : {parts}.", "Settled differences from no lever: {parts}."),
    "calm_none": ("Aucun écart avec l'absence de levier n'est établi.", "No difference from no lever is settled."),
    "calm": ("Dans ce modèle, sans crise, les leviers se jugent sur la vie ordinaire : liens, adhésions, isolement. "
             "{found}",
             "In this model, without a crisis, levers are judged by everyday life: ties, membership, isolation. "
             "{found}"),
    "calm_doubt": ("Ces écarts ne disent rien de pertes évitées et ne comptent que le hasard du modèle : {assumed} "
                   "de ses "
                   "nombres sont des hypothèses.",
                   "These differences say nothing of losses avoided and count only the model's luck: {assumed} of its "
                   "numbers are assumptions."),
    "one_arm": ("Dans ce modèle, {arm}, les habitants perdent {base} journées de vie normale ({spread}). Rien n'est "
                "comparé ici : la note ne dit pas quel levier aide.",
                "In this model, {arm}, residents lose {base} days of normal life ({spread}). Nothing is compared here: "
                "this note does not say which lever helps."),
    "one_arm_calm": ("Sans crise et sans comparaison, cette note décrit seulement la vie ordinaire dans le modèle. "
                     "Elle "
                     "ne dit pas quel levier aide.",
                     "Without a crisis and without a comparison, this note only describes everyday life in the model. "
                     "It does not say which lever helps."),
    "with": ("avec {levers}", "with {levers}"),
    "spread": ("entre {low} et {high} selon les tirages", "between {low} and {high} depending on the draw"),
    "spread_one": ("un seul tirage, qui peut tenir au hasard", "a single draw, which may be luck"),
    # notices
    "few": ("Peu de tirages : {n}. Les intervalles sont larges et peuvent bouger ; une dizaine de tirages serait plus "
            "sûre.",
            "Few draws: {n}. Intervals are wide and may move; ten or so would be safer."),
    "few_sets": ("Peu de jeux de nombres : {n}. Les intervalles sont larges et peuvent bouger ; une dizaine serait "
                 "plus sûre.",
                 "Few sets of numbers: {n}. Intervals are wide and may move; ten or so would be safer."),
    "failed": ("{failed} simulations sur {all} n'ont pas pu être jouées : la comparaison porte sur les autres.",
               "{failed} of {all} runs could not be played: the comparison is over the others."),
    "missing": ("{missing} simulations sur {all} restent à jouer : la réponse peut encore changer.",
                "{missing} of {all} runs are still to be played: the answer may still change."),
    "middle": ("Courbes, groupes et cartes montrent un scénario sur {points}, celui dont les pertes sans levier sont "
               "au milieu des autres ; la partie « Sur quoi repose la réponse » les compare tous.",
               "Curves, groups and maps show one scenario out of {points}, the one whose losses without levers lie in "
               "the middle; “What the answer leans on” compares them all."),
    # key facts
    "fact_gain": ("journées de vie normale gagnées, sur {base} perdues sans levier",
                  "days of normal life gained, out of {base} lost without levers"),
    "fact_sure": ("chances qu'un nouveau tirage montre un gain", "chance that one more draw shows a gain"),
    "fact_sure_sets": ("chances qu'un autre jeu de nombres montre un gain",
                       "chance that one more set of numbers shows a gain"),
    "fact_cost": ("coût total ({range})", "total cost ({range})"),
    "fact_price": ("par journée de vie normale gagnée ({range})", "per day of normal life gained ({range})"),
    "fact_lost": ("journées de vie normale perdues", "days of normal life lost"),
    "fact_low": ("fonctionnement moyen au plus bas", "lowest mean functioning"),
    "fact_back": ("jours pour rattraper 95 % de la chute", "days to make good 95% of the drop"),
    "fact_never": ("personnes en besoin que personne n'a rejointes", "people in need whom nobody reached"),
}


def tell(key: str, lang: str, **facts: object) -> str:
    """A sentence or heading of the brief, filled in. KeyError for an unknown key."""
    return BRIEF[key][LANGUAGES.index(lang)].format(**facts)

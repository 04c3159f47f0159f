"""Sentences and headings of the summaries, in French and English."""

from __future__ import annotations

from .figure_texts import LANGUAGES

SENTENCES: dict[str, tuple[str, str]] = {
    # headings
    "lever": ("levier", "lever"),
    "change": ("écart de pertes [95 %]", "change in loss [95%]"),
    "percent": ("en %", "in %"),
    "helps": ("aide (prob.)", "helps (prob.)"),
    "t95": ("reprise (j)", "recovery (d)"),
    "poorest": ("plus pauvres", "poorest"),
    "isolated": ("isolés", "isolated"),
    "unreached": ("non rejoints", "not reached"),
    "cost": ("coût [fourchette]", "cost [range]"),
    "price": ("euros par jour-personne sauvé", "euros per person-day saved"),
    "seeds": ("graines en plus", "more seeds"),
    "group": ("groupe", "group"), "n": ("habitants", "residents"), "loss": ("pertes/hab.", "loss/resident"),
    "in_need": ("en besoin", "in need"), "never": ("non rejoints", "not reached"),
    "domain": ("besoin", "need"),
    # compare
    "compare_head": ("{territory} · {crises} · {seeds}", "{territory} · {crises} · {seeds}"),
    "seed_count": ("{n} graines", "{n} seeds"), "seed_one": ("1 graine", "1 seed"),
    "one_day": ("jour-personne", "person-days"), "many_days": ("jours-personne", "person-days"),
    "baseline": ("Sans levier : {loss} {unit} de fonctionnement perdu par habitant ; {recovery} ; {never} "
                 "personnes en besoin non rejointes.",
                 "No lever: {loss} person-days of functioning lost per resident; {recovery}; {never} people in need "
                 "not reached."),
    "recovered": ("95 % de la chute rattrapés en {days} jours", "95% of the drop made good in {days} days"),
    "unfinished": ("reprise inachevée dans {k} cas sur {n}", "recovery not complete in {k} of {n}"),
    "lead_one": ("Dans ce modèle, sur {n} graines, « {lever} » réduit le plus le fonctionnement perdu : {value} "
                 "{unit} de moins par habitant sur {base} (intervalle à 95 % : {low} à {high}).",
                 "In this model, over {n} seeds, “{lever}” lowers lost functioning most: {value} person-days less per "
                 "resident out of {base} (95% interval {low} to {high})."),
    "lead_many": ("Dans ce modèle, sur {n} graines, {levers} réduisent le plus le fonctionnement perdu, sans qu'on "
                  "puisse les départager : de {low} à {high} {unit} de moins par habitant sur {base}.",
                  "In this model, over {n} seeds, {levers} lower lost functioning most and cannot be told apart: {low} "
                  "to {high} person-days less per resident out of {base}."),
    "lead_none": ("Dans ce modèle, sur {n} graines, aucun levier ne réduit nettement le fonctionnement perdu ({base} "
                  "{unit} par habitant sans levier).",
                  "In this model, over {n} seeds, no lever clearly lowers lost functioning ({base} person-days per "
                  "resident without levers)."),
    "lead_seed": ("Une seule graine a été jouée : un écart peut tenir au hasard ; jouez-en une dizaine pour conclure.",
                  "Only one seed was played: a difference may be luck; play ten or so to conclude."),
    "doubt": ("L'effet de {levers} reste incertain, et les intervalles ne comptent que le hasard du modèle, pas le "
              "doute sur ses nombres supposés.",
              "The effect of {levers} is not settled, and the intervals count only the model's luck, not the doubt "
              "about its assumed numbers."),
    "no_doubt": ("Les intervalles ne comptent que le hasard du modèle, pas le doute sur ses nombres supposés : c'est "
                 "une exploration, pas une prévision.",
                 "The intervals count only the model's luck, not the doubt about its assumed numbers: this is an "
                 "exploration, not a forecast."),
    "doubt_sets": ("L'effet de {levers} reste incertain. Les intervalles comptent le hasard du modèle et le doute sur "
                   "ses nombres calés, pas sur les autres.",
                   "The effect of {levers} is not settled. The intervals count the model's luck and the doubt about "
                   "its calibrated numbers, not about the others."),
    "no_doubt_sets": ("Les intervalles comptent le hasard du modèle et le doute sur ses nombres calés, pas sur les "
                      "autres : c'est une exploration, pas une prévision.",
                      "The intervals count the model's luck and the doubt about its calibrated numbers, not about the "
                      "others: this is an exploration, not a forecast."),
    "harm": ("{levers} augmente les pertes.", "{levers} increases losses."),
    "and": ("et", "and"), "others": ("{n} autres", "{n} others"),
    "notes": ("Pertes : jours-personne de fonctionnement perdus par habitant. Aide (prob.) : probabilité qu'une "
              "nouvelle graine montre moins de pertes. Reprise : jours pour rattraper 95 % de la chute. Plus pauvres, "
              "isolés : écart de leurs pertes. Euros : fourchette selon les graines et selon les prix.",
              "Loss: person-days of functioning lost per resident. Helps (prob.): probability that one more seed shows "
              "less loss. Recovery: days to make good 95% of the drop. Poorest, isolated: change in their losses. "
              "Euros: range over seeds and over prices."),
    "not_better": ("pas mieux que rien", "no better than nothing"),
    "free": ("sans coût", "no cost"),
    "single": ("{value} (une graine)", "{value} (one seed)"),
    "settled": ("–", "–"),
    "unknown": ("?", "?"),
    "endless_days": ("non atteint", "not reached"),
    "endless": ("> 10 000", "> 10,000"),
    # run
    "run_head": ("{territory} · {crises} · {levers} · graine {seed}", "{territory} · {crises} · {levers} · seed "
                                                                      "{seed}"),
    "no_crisis": ("sans crise", "no crisis"),
    "run_calm": ("Sans crise : {n} habitants, dont {isolated} isolés et {members} membres d'un lieu-projet à la fin.",
                 "No crisis: {n} residents, of whom {isolated} isolated and {members} members of a site at the end."),
    "run_loss": ("{loss} {unit} de fonctionnement perdu par habitant ({n} habitants) ; au plus bas {low} le "
                 "jour {day} ; {recovery}.",
                 "{loss} person-days of functioning lost per resident ({n} residents); lowest {low} on day {day}; "
                 "{recovery}."),
    "run_reach": ("{needy} personnes en besoin, {never} non rejointes, dont {isolated} isolées ; délai médian {delay} "
                  "jours ; surmortalité attendue dans le modèle : {deaths}.",
                  "{needy} people in need, {never} not reached, of whom {isolated} isolated; median delay {delay} "
                  "days; expected excess deaths in the model: {deaths}."),
    "met": ("Qui a répondu aux besoins nés de la crise et du quotidien", "Who met the needs of the crisis and of every "
                                                                         "day"),
    "one_run": ("Une seule graine, une exploration sous hypothèses : pour comparer des leviers, resilience compare.",
                "One seed, an exploration under assumptions: to compare levers, resilience compare."),
}


def sentence(key: str, lang: str, **facts: object) -> str:
    """A sentence in a language, filled in. KeyError for an unknown key."""
    return SENTENCES[key][LANGUAGES.index(lang)].format(**facts)


def person_days(amount: float, lang: str) -> str:
    """The unit as it is written after so many: French has a plural from two on."""
    return sentence("one_day" if amount < 2 else "many_days", lang)

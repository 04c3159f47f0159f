"""The words in which a resident's story is told, in French and English."""

from __future__ import annotations

import re

from .figure_texts import LANGUAGES
from .number import FIXED

KEPT = re.compile(r" [:;?»]|« ")
"""French signs that never begin a line, or end it."""

STORY: dict[str, tuple[str, str]] = {
    "no_crisis": ("sans crise", "no crisis"),
    "head": ("{who} · {territory} · {crises} · graine {seed}", "{who} · {territory} · {crises} · seed {seed}"),
    "man": ("Habitant n° {n}", "Resident {n}"), "woman": ("Habitante n° {n}", "Resident {n}"),
    "typical": ("Choix : perte médiane, parmi les adultes que la crise a mis en difficulté.",
                "Chosen: the median loss among adults whom the crisis put in need."),
    "isolated": ("Choix : perte médiane, parmi les adultes isolés que la crise a mis en difficulté.",
                 "Chosen: the median loss among isolated adults whom the crisis put in need."),
    "most_gained": ("Choix : l'adulte à qui les leviers épargnent le plus. Ce n'est pas leur effet moyen.",
                    "Chosen: the adult whom the levers spare most. This is not their mean effect."),
    "most_lost": ("Choix : l'adulte qui perd le plus du fait des leviers. Ce n'est pas leur effet moyen.",
                  "Chosen: the adult who loses most by the levers. This is not their mean effect."),
    # who they are
    "who": ("Qui est-ce ?", "Who they are"),
    "aged_man": ("{age} ans, homme, {job}, {commune}.", "{age}, man, {job}, {commune}."),
    "aged_woman": ("{age} ans, femme, {job}, {commune}.", "{age}, woman, {job}, {commune}."),
    "job0": ("sans emploi ni recherche d'emploi", "not in the labour force"), "job1": ("au chômage", "unemployed"),
    "job2": ("en emploi", "employed"), "child": ("enfant", "child"),
    "home0": ("Personne seule", "Lives alone"), "home1": ("En couple, sans enfant", "Couple without children"),
    "home2": ("Couple avec enfants, {persons} personnes", "Couple with children, {persons} persons"),
    "home3": ("Famille monoparentale, {persons} personnes", "Lone parent family, {persons} persons"),
    "home4": ("Ménage d'un autre type, {persons} personnes", "Other household, {persons} persons"),
    "income": ("{fifth}ᵉ cinquième de revenu (1 : le plus pauvre)", "income fifth {fifth} (1 is the poorest)"),
    "income1": ("1ᵉʳ cinquième de revenu, le plus pauvre", "income fifth 1, the poorest"),
    "storey": ("étage {floor} sur {floors}", "floor {floor} of {floors}"),
    "ground": ("rez-de-chaussée", "ground floor"),
    "poor_insulation": ("logement mal isolé", "poorly insulated"),
    "priority": ("quartier prioritaire", "priority neighbourhood"),
    "kit": ("de quoi se rafraîchir, se chauffer ou s'éclairer chez soi", "a fan, heater or lamp at home"),
    "no_kit": ("rien chez soi pour se rafraîchir, se chauffer ou s'éclairer", "no fan, heater or lamp at home"),
    "frail": ("santé fragile ({value} sur 1)", "frail ({value} of 1)"),
    "social": ("{hours} h par semaine avec d'autres", "{hours} h a week with others"),
    "barriers": ("Freins à la participation : {what}.", "Barriers to taking part: {what}."),
    "barrier0": ("langue", "language"), "barrier1": ("genre et charge des proches", "gender and care duties"),
    "barrier2": ("codes culturels", "culture"), "barrier3": ("handicap", "disability"),
    "then": (" ; ", "; "),
    # whom they knew
    "knew": ("Ses liens au {date}", "Whom they knew on {date}"),
    "tie": ("n° {n}, {kind}{near} : lui fait confiance à {trust}, en reçoit {back}",
            "no. {n}, {kind}{near}: trusts {trust}, is trusted {back}"),
    "near": (", même immeuble", ", same building"),
    "no_tie": ("Aucun lien dans le territoire.", "No tie in the territory."),
    "more_ties": ("et {n} autres liens", "and {n} more ties"),
    "far_ties": ("{n} liens hors du territoire, surtout utiles pour les savoir-faire.",
                 "{n} ties beyond the territory, mostly of use for know-how."),
    "far_one": ("1 lien hors du territoire, surtout utile pour les savoir-faire.",
                "1 tie beyond the territory, mostly of use for know-how."),
    "member": ("Membre de {site}.", "Member of {site}."),
    "aware": ("Connaît {sites} sans en être membre.", "Has heard of {sites}, not a member."),
    "no_site": ("Ne connaît aucun lieu-projet.", "Has heard of no project site."),
    "apart": ("Personne isolée : trop peu de contacts dans l'année.", "Isolated: too few contacts in a year."),
    "beliefs": ("Pouvoir d'agir {agency} ; confiance dans les institutions {trust} (de 0 à 1).",
                "Power to act {agency}; trust in institutions {trust} (0 to 1)."),
    # the arms
    "both": ("=", "="), "without": ("sans", "none"), "with": ("avec", "with"),
    "arms": ("« = » : dans les deux vies ; « sans » : seulement sans levier ; « avec » : seulement avec {levers}.",
             "“=”: in both lives; “none”: only without levers; “with”: only with {levers}."),
    "calm": ("Avant la crise", "Before the crisis"), "years": ("Les années jouées", "The years played"),
    "asked_count": ("Hors crise, demandes faites : {asked}, dont satisfaites : {helped} ; reçues : {was}, dont "
                    "satisfaites : {gave}.",
                    "In calm years, requests made: {asked}, of which met: {helped}; received: {was}, of which met: "
                    "{gave}."),
    "storm": ("Pendant et après la crise", "During and after the crisis"),
    "quiet": ("Rien ne manque : pas de besoin au-delà de ses propres moyens.",
              "Nothing lacking: no need beyond their own means."),
    "cut": ("… et {n} autres dates ; --json les donne toutes.", "… and {n} more dates; --json gives them all."),
    "until": ("du {a} au {b}", "{a} to {b}"),
    # the balance
    "balance": ("Bilan depuis le début de la crise", "The balance since the crisis began"),
    "lost": ("fonctionnement perdu (jours)", "functioning lost (days)"),
    "days_unmet": ("jours avec un besoin non couvert", "days with a need left unmet"),
    "did_help": ("fois où l'on a aidé quelqu'un", "times they helped somebody"),
    "met_by": ("{domain} ({unit}) : {source}", "{domain} ({unit}): {source}"),
    "dead": ("décès pendant la période", "died in the period"), "yes": ("oui", "yes"), "no": ("non", "no"),
    "less": ("Avec {levers}, cette personne perd {b} jour de fonctionnement au lieu de {a}.",
             "With {levers}, this person loses {b} days of functioning instead of {a}."),
    "same": ("Avec ou sans {levers}, cette personne perd autant : {a} jour de fonctionnement.",
             "With or without {levers}, this person loses the same: {a} days of functioning."),
    "parted": ("Les deux vies se séparent le {date}.", "The two lives part on {date}."),
    "never_parted": ("Rien de ce qui lui arrive ne diffère entre les deux vies.",
                     "Nothing that happens to them differs between the two lives."),
    "note": ("Personne n'est réel : les habitants sont tirés au sort pour ressembler aux chiffres publiés. Les deux "
             "vies ont le même hasard. Une histoire montre par où passe l'aide ; elle ne dit rien de l'effet moyen, "
             "que donne resilience compare.",
             "Nobody is real: residents are drawn to resemble published figures. Both lives have the same luck. A "
             "story shows the ways by which help comes; it says nothing of the mean effect, which resilience compare "
             "gives."),
    # what happens
    "ev_crisis": ("{crisis} : commence (exposition {exposure})", "{crisis} begins (exposure {exposure})"),
    "ev_dares": ("ose demander : {domains}", "dares to ask: {domains}"),
    "ev_silent": ("n'ose pas demander : {domains}", "does not dare to ask: {domains}"),
    "ev_found": ("quelqu'un s'aperçoit de son besoin ({domains}) : {by}",
                 "somebody notices the need ({domains}): {by}"),
    "by_neighbour": ("voisinage de l'immeuble", "a neighbour of the building"),
    "by_call": ("appel ou visite", "a call or a visit"),
    "by_tie": ("n° {n}, qui lui fait confiance", "no. {n}, who trusts them"),
    "ev_asked": ("demande ({domain}) au {who} : {answer}", "asks ({domain}) {who}: {answer}"),
    "for_child": (" (pour l'enfant n° {n})", " (for child {n})"),
    "voice": (" (par la voix du n° {n})", " (no. {n} speaks for them)"),
    "ev_was_asked": ("le {who}, lui demande ({domain}) : {answer}", "{who}, asks them ({domain}): {answer}"),
    "ev_got": ("{source} : {amount} ({domain})", "{source}: {amount} ({domain})"),
    "ev_applied": ("s'adresse à la mairie : {domains}", "applies to the town hall: {domains}"),
    "ev_institution_waits": ("la mairie n'a pas encore répondu : {domains}",
                             "the town hall has not answered yet: {domains}"),
    "ev_institution_empty": ("la mairie n'a plus de quoi répondre : {domains}",
                             "the town hall has nothing left: {domains}"),
    "ev_volunteered": ("donne {amount} : {source}", "gives {amount}: {source}"),
    "ev_died": ("décède", "dies"),
    "ev_heard": ("entend parler de {site}", "hears of {site}"), "ev_joined": ("rejoint {site}", "joins {site}"),
    "ev_left": ("quitte {site}", "leaves {site}"),
    "ev_queued": ("sur la liste d'attente de {site}", "on the waiting list of {site}"),
    "ev_gave_up": ("renonce à attendre {site}", "gives up waiting for {site}"),
    "reach_person": ("« {lever} » commence, et l'atteint en personne", "“{lever}” begins, and reaches them in person"),
    "reach_site": ("« {lever} » commence, par un lieu qui est à sa portée",
                   "“{lever}” begins, through a site within their reach"),
    "reach_commune": ("« {lever} » commence, par sa commune", "“{lever}” begins, through their town"),
    "reach_none": ("« {lever} » commence, sans l'atteindre directement",
                   "“{lever}” begins, without reaching them directly"),
    # answers
    "helped": ("reçoit {amount}", "gets {amount}"), "gave": ("donne {amount}", "gives {amount}"),
    "refused_load": ("refus, déjà trop de demandes (chance d'accord {chance})",
                     "refused, already asked too much (chance of a yes {chance})"),
    "refused_trust": ("refus, confiance {trust} insuffisante ce jour-là (chance d'accord {chance})",
                      "refused, trust of {trust} was not enough that day (chance of a yes {chance})"),
    "refused_luck": ("refus, malgré une chance d'accord de {chance}",
                     "refused, though the chance of a yes was {chance}"),
    "no_means_no_food": ("d'accord, mais n'a plus rien en réserve", "willing, but has no stock left"),
    "no_means_no_kit": ("d'accord, mais n'a rien à prêter", "willing, but has nothing to lend"),
    "no_means_no_time": ("d'accord, mais n'a plus de temps", "willing, but has no time left"),
    "person": ("n° {n}, {kind}", "no. {n}, {kind}"),
    "k_kin": ("famille", "kin"), "k_friend": ("amitié", "friend"), "k_neighbour": ("voisinage", "neighbour"),
    "k_other": ("connaissance", "acquaintance"), "k_project": ("lien de projet", "met at a project site"),
    "k_stranger": ("même immeuble, sans lien", "same building, no tie"),
    "u_food": ("{x} j", "{x} d"), "u_kit": ("{x} j", "{x} d"),
    "u_care": ("{x} h", "{x} h"), "u_know": ("{x} h", "{x} h"),
    "s_loan": ("matériel déjà prêté", "kit already on loan"),
    "s_stranger": ("inconnus de l'immeuble ou réserve", "strangers of the building, or reserve"),
    "s_reserve": ("réserve de crise", "crisis reserve"),
    "how_kit": ("{site} prête du matériel", "{site} lends kit"), "how_goods": ("{site} donne", "{site} gives"),
    "how_hands": ("bénévoles de {site}", "volunteers of {site}"), "how_room": ("accueil à {site}", "a room at {site}"),
    "site": ("lieu-projet n° {n} ({km} km)", "project site {n} ({km} km)"),
    "real_site": ("{name} ({km} km)", "{name} ({km} km)"),
}

MONTHS = (("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
          ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"))


def told(key: str, lang: str, **facts: object) -> str:
    """A word or sentence of a story, filled in; French signs stay with their word. KeyError for an unknown key."""
    text = STORY[key][LANGUAGES.index(lang)].format(**facts)
    return KEPT.sub(lambda sign: sign[0].replace(" ", FIXED), text) if lang == "fr" else text


def day_name(iso: str, lang: str) -> str:
    """An ISO date as people write it: 4 août 2027, 1ᵉʳ mai 2027 or 4 August 2027."""
    year, month, day = (int(part) for part in iso.split("-"))
    first = "1ᵉʳ" if lang == "fr" and day == 1 else str(day)
    return f"{first} {MONTHS[LANGUAGES.index(lang)][month - 1]} {year}"

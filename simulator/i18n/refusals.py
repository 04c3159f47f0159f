"""French for what the floors below say in English of a card or a number: their sentences have one form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

GRADES = {"measured": "mesuré", "published": "publié", "derived": "déduit", "assumption": "hypothèse"}

HEADS = {
    r" is not known$": " n'est pas connu", r" is missing$": " manque", r" is empty$": " est vide",
    r" is listed twice$": " figure deux fois", r" is written twice$": " est écrit deux fois",
    r": found no entries$": " : aucune entrée", r": is not a file$": " : n'est pas un fichier",
    r": cannot be read \((.*)\)$": r" : illisible (\1)", r": is not text in UTF-8$": " : n'est pas un texte en UTF-8",
    r": found a reference, (.*)$": r" : renvoi trouvé, \1", r" (\d+) bytes$": r" \1 octets",
    r" more than (\d+) entries inside each other$": r" plus de \1 entrées les unes dans les autres",
    r" more than (\d+) entries$": r" plus de \1 entrées", r" has no range$": " n'a pas de fourchette",
    r" has no price$": " n'a pas de prix", r" has (\d+) numbers$": r" a \1 nombres",
    r" has (\d+) lines$": r" a \1 lignes", r"\blow (\S+) and high (\S+)$": r"low \1 et high \2",
    r" are given$": " sont données", r"an entry's name is a list or a mapping$": "le nom d'une entrée est une liste",
    r"\bbetween (\S+) and (\S+)$": r"entre \1 et \2", r" is not for a card of this kind to set$":
        " ne se règle pas dans une telle fiche", r"^portfolio: lever (.*)": r"portefeuille : levier \1",
    r"^scenario: crisis (.*)": r"scénario : crise \1", r"^lever (.*)": r"levier \1", r"^crisis (.*)": r"crise \1",
    r"^site (\S+): (.*)": r"lieu \1 : \2", r": no place on the map$": " : pas de place sur la carte",
    r" : (.*): its least dose costs (\S+) EUR a year, more than (\S+)$":
        r" : \1 : sa plus petite dose coûte \2 EUR par an, plus que \3",
    r"^levier (\S+): its least dose costs (\S+) EUR a year, more than (\S+)$":
        r"levier \1 : sa plus petite dose coûte \2 EUR par an, plus que \3",
    r"^levier (\S+): at its greatest dose (\S+) it costs (\S+) EUR a year and cannot spend (\S+)$":
        r"levier \1 : à sa plus grande dose \2 il coûte \3 EUR par an et ne peut dépenser \4",
    r"starts on a trigger( \(\w+\))?, so that its yearly cost is not known beforehand$":
        r"commence sur un déclencheur\1, si bien que son coût annuel n'est pas connu d'avance",
    r"^portefeuille : levers (\S+) and (\S+) both set (\S+) at the same time$":
        r"portefeuille : les leviers \1 et \2 fixent tous deux \3 en même temps",
}
EXPECTED = {
    r"^(-?[\d.e+-]+) to (-?[\d.e+-]+)\b": r"de \1 à \2", r"\bor more\b": "ou plus", r"\bor less\b": "ou moins",
    r"^one of ": "l'un de : ", r"^a number$": "un nombre", r"^a whole number$": "un nombre entier",
    r"^a text$": "un texte", r"^true or false$": "true ou false", r"^a list$": "une liste",
    r"^named entries$": "des entrées nommées", r"^entries of (\w+)$": r"les entrées de \1",
    r"^a date such as ": "une date comme ", r"^'levers' or a date such as ": "'levers' ou une date comme ",
    r"^a date at least (\S+) days after the one before$": r"une date au moins \1 jours après la précédente",
    r"^a date$": "une date", r"^at most ": "au plus ", r"^a factor above 0$": "un facteur au-dessus de 0",
    r"^a share of needs above 0$": "une part de besoins au-dessus de 0", r"^it once$": "une seule fois",
    r"^each id once$": "chaque identifiant une fois", r"^a YAML file$": "un fichier YAML",
    r"^a share above 0 to drain the cushion$": "une part au-dessus de 0 pour vider la réserve", r"^a word$": "un mot",
    r"^entries such as 'id: …'$": "des entrées comme 'id: …'", r"^a card of at most ": "une fiche d'au plus ",
    r"^a card$": "une fiche", r"^small letters, digits and _, at most (\d+)$": r"minuscules, chiffres et _, \1 au plus",
    r"^another name than ": "un autre nom que ", r"^a list of points$": "une liste de points",
    r"^settings and their values$": "des réglages et leurs valeurs", r"^none for a ": "aucune pour ",
    r"^one set at most$": "un seul au plus", r"^a budget that pays for it$": "un budget qui la paie",
    r"^a smaller budget$": "un budget plus petit", r" days$": " jours", r" day$": " jour", r" share$": " (part)",
    r"\((measured|published|derived|assumption), source: (.*)\)$": lambda found: (
        f"({GRADES[found[1]]}, source : {'supposé' if found[2] == 'assumed' else found[2]})"),
    r"^codes of Seine-Saint-Denis, such as ": "des codes de Seine-Saint-Denis, comme ",
    r"^one commune\b": "une seule commune", r"^a list of values\b": "une liste de valeurs",
    r"^a value\b": "une valeur", r"^at least one value\b": "au moins une valeur", r", or \{": ", ou {",
    r"^low below high$": "low plus petit que high", r"^low above 0 and no whole numbers$":
        "low au-dessus de 0, sans nombres entiers", r"^whole bounds\b": "des bornes entières",
    r"^a setting of the model$": "un réglage du modèle", r"^a whole number, (\S+) to (\S+)$":
        r"un nombre entier, de \1 à \2", r"^a whole number\b": "un nombre entier",
    r"^the value itself, since a card looks nothing up$": "la valeur même : une fiche ne va rien chercher",
    r"^at least one site in territory.sites$": "au moins un lieu dans territory.sites",
    r"^lon and lat, or generic: true$": "lon et lat, ou generic: true",
}
REMEDIES = {
    "correct it": "corrigez", "correct the date": "corrigez la date", "correct one of them": "corrigez l'un des deux",
    "correct this number": "corrigez ce nombre", "correct this entry": "corrigez cette entrée",
    "correct the value": "corrigez la valeur", "correct the name": "corrigez le nom",
    "choose one of these": "choisissez l'un d'eux",
    "remove or rename it": "ôtez-le ou renommez-le", "remove it": "ôtez-le", "rename it": "renommez-le",
    "rename one": "renommez-en un", "rename or drop one": "renommez-en un ou ôtez-le", "shorten it": "raccourcissez-la",
    "write it as a mapping": "écrivez des lignes nom: valeur", "write it as name: value": "écrivez nom: valeur",
    "write it between [ and ], or one item a line": "écrivez-la entre [ et ], ou un élément par ligne",
    "write each as {setting: value}": "écrivez chacun {réglage: valeur}", "write the card": "écrivez la fiche",
    "remove one of the two": "ôtez l'un des deux", "check the path": "vérifiez le chemin",
    "raise most": "augmentez most",
    "save it as UTF-8": "enregistrez-le en UTF-8", "give one a domain": "donnez-en un par domaine",
    "give it, or set after_cushion: false": "donnez-la, ou mettez after_cushion: false",
    "give it, such as 0.2": "donnez-la, comme 0.2", "set design.kind: list": "mettez design.kind: list",
    "move it, or copy the card under another id": "déplacez-la, ou copiez la fiche sous un autre identifiant",
    "use op: set to bring a handle to 0": "prenez op: set pour mener une poignée à 0",
    "drop one, or move its window": "ôtez-en un, ou déplacez sa fenêtre", "leave it out": "ôtez-le",
    "leave it out, or compare without euros=": "ôtez-le, ou comparez sans euros=",
    "raise euros=, or narrow its target": "augmentez euros=, ou resserrez sa cible",
    "lower euros=, or widen its target": "baissez euros=, ou élargissez sa cible", "lower euros=": "baissez euros=",
    "swap or change them": "échangez-les ou changez-les", "write each value by itself": "écrivez chaque valeur seule",
    "leave log out": "ôtez log", "write dotted names, such as model.joining.rate: 0.2":
        "écrivez des noms à points, comme model.joining.rate: 0.2",
    "where, how and with which seeds it is played is said on the command line":
        "où, comment et avec quelles graines on joue se dit dans la commande",
    "change the operation": "changez l'opération", "write it out": "écrivez-la", "write it": "écrivez-le",
}
WHOLE = {
    r"(.*?:\d+): (.*): expected YAML; correct the text there":
        r"\1 : ce n'est pas du YAML (\2) ; corrigez le texte à cet endroit",
    r"(.*): (\w+) needs a number of points, such as 64": r"\1 : \2 demande un nombre de points, comme 64",
    r"(.*): a (\w+) has as many points as its values make; leave points out":
        r"\1 : un plan \2 a autant de points que ses valeurs en font ; ôtez points",
    r"(.*): sobol needs a power of two; take (\d+)": r"\1 : sobol demande une puissance de deux ; prenez \2",
    r"(.*): morris needs an even number; take (\d+)": r"\1 : morris demande un nombre pair ; prenez \2",
    r"(.*): nothing varies; add settings under vary": r"\1 : rien ne varie ; ajoutez des réglages sous vary",
    r"(.*): a grid of (\d+) points; expected (\d+) at most": r"\1 : une grille de \2 points ; attendu \3 au plus",
    r"(.*): a list takes rows, or lists under vary that are read side by side, not both":
        r"\1 : une liste prend rows, ou des listes sous vary lues côte à côte, pas les deux",
    r"(.*): a list reads its values side by side, so all need as many; found (.*)":
        r"\1 : une liste lit ses valeurs côte à côte, il en faut autant partout ; trouvé \2",
    r"(.*): a (?:lever|value) is listed twice; keep one": r"\1 : figure deux fois ; n'en gardez qu'un",
    r"(.*): (\d+) subsets of (\d+) levers; expected (\d+) at most":
        r"\1 : \2 parties de \3 leviers ; attendu \4 au plus",
    r"(.*): a grid takes a list of values, or low, high and levels \(2 or more\)":
        r"\1 : une grille prend une liste de valeurs, ou low, high et levels (2 ou plus)",
    r"(.*): no declared range; expected (.*)": r"\1 : pas de bornes déclarées ; attendu \2",
    r"(.*): ('.*') is not known; expected (.*)": r"\1 : \2 n'est pas connu ; attendu \3",
    r"(.*): only for executor=dask; leave it out": r"\1 : seulement pour executor=dask ; ôtez-le",
}
"""Sentences of studies, which have forms of their own."""
FORM = re.compile(r"(?P<found>.*?):? ?\bexpected (?P<expected>.*?)(?:; (?P<remedy>[^;()]*))?")


def french(text: str) -> str:
    """The sentence in French, piece by piece; a piece that is not known stays as it is."""
    for pattern, instead in WHOLE.items():
        if found := re.fullmatch(pattern, text):
            return found.expand(instead)
    told = FORM.fullmatch(text)
    if not told:
        return text
    remedy = told["remedy"] or ""
    added = re.fullmatch(r"add ('.*')", remedy)
    remedy = f"ajoutez {added[1]}" if added else REMEDIES.get(remedy, remedy)
    expected = re.sub(r", found (?!.*: expected)(.*)$", r", trouvé \1", _put(told["expected"], EXPECTED))
    return f"{_put(told['found'], HEADS)} : attendu {expected}" + (f" ; {remedy}" if remedy else "")


def _put(text: str, words: Mapping[str, Any]) -> str:
    for pattern, instead in words.items():
        text = re.sub(pattern, instead, text)
    return text

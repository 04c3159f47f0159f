"""What maps say, in French and English."""

from __future__ import annotations

from .figure_texts import LANGUAGES

MAP: dict[str, tuple[str, str]] = {
    "loss": ("Journées de vie normale perdues pour 1 000 habitants", "Days of normal life lost per 1,000 residents"),
    "unreached": ("Personnes non rejointes pour 1 000 en besoin", "People not reached per 1,000 in need"),
    "loss_change": ("Écart de pertes, journées pour 1 000 habitants", "Change in loss, days per 1,000 residents"),
    "unreached_change": ("Écart de personnes non rejointes, pour 1 000 en besoin",
                         "Change in people not reached, per 1,000 in need"),
    "short_loss": ("Pertes, journées\npour 1 000 habitants", "Losses, days per\n1,000 residents"),
    "short_unreached": ("Non rejoints, pour\n1 000 en besoin", "Not reached, per\n1,000 in need"),
    "short_loss_change": ("Écart de pertes avec\n« {lever} »", "Change in losses with\n“{lever}”"),
    "short_unreached_change": ("Écart de non rejoints\navec « {lever} »", "Change in not reached\nwith “{lever}”"),
    "head_before": ("{arm} : {what}", "{arm}: {what}"),
    "doubt": ("Hachures et couleur pâle : incertain", "Hatched and pale: uncertain"),
    "nothing": ("Gris : non joué, ou trop peu d'habitants", "Grey: not played, or too few residents"),
    "place": ("Lieu", "Place"), "value": ("Valeur", "Value"), "certain": ("établi", "settled"),
    "uncertain": ("incertain", "uncertain"),
    "groups": ("groupes de quartiers", "groups of neighbourhoods"), "communes": ("communes", "communes"),
    "quarters": ("quartiers", "neighbourhoods"),
    "title_change": ("« {lever} » : gain établi dans {k} des {n} {places}",
                     "“{lever}”: gain settled in {k} of {n} {places}"),
    "title_change_none": ("« {lever} » : gain établi dans aucun des {n} {places}",
                          "“{lever}”: gain settled in none of {n} {places}"),
    "title_loss": ("Les pertes vont de {low} à {high} journées pour 1 000 habitants selon le lieu",
                   "Losses range from {low} to {high} days per 1,000 residents, depending on the place"),
    "title_unreached": ("Selon le lieu, {low} à {high} personnes en besoin sur 1 000 ne sont pas rejointes",
                        "Depending on the place, {low} to {high} people in need out of 1,000 are not reached"),
    "title_ties": ("{share} des liens restent dans un même quartier", "{share} of ties stay within one neighbourhood"),
    "title_ties_commune": ("{share} des liens restent dans une même commune", "{share} of ties stay within one "
                                                                              "commune"),
    "ties_note": ("Trait : liens entre habitants de deux {places}, d'autant plus large qu'ils sont nombreux ({most} au "
                  "plus) ; disque : liens au sein d'un même lieu. Avant la crise, sans levier, {draws}.",
                  "Line: ties between residents of two {places}, wider for more ({most} at most); disc: ties "
                  "within one. Before the crisis, without levers, {draws}."),
    "draws": ("moyenne de {n} tirages", "mean of {n} draws"), "draw": ("un seul tirage", "a single draw"),
    "map_note": ("{Draws}. Résultats par {places}, jamais pour un seul quartier ni moins de {fewest} "
                 "habitants.",
                 "{Draws}. Results by {places}, never for one neighbourhood alone nor below {fewest} "
                 "residents."),
    "cells_note": ("Quartiers disposés par le modèle ; communes à l'échelle, placées côte à côte.",
                   "Neighbourhoods laid out by the model; communes to scale, set side by side."),
    "tiles_note": ("Chaque commune compte pour une case.", "Every commune is one tile."),
    "outlines_note": ("Contours fournis par l'utilisateur.", "Outlines given by the user."),
    "real_site": ("lieu-projet réel", "real project site"), "site": ("lieu-projet type", "typical project site"),
    "planned_site": ("lieu ouvert par un levier", "site opened by a lever"),
    "none": ("trop peu d'habitants pour une carte : attendu au moins deux lieux de {fewest} habitants ou plus, chacun "
             "de deux quartiers ou plus",
             "too few residents for a map: expected at least two places of {fewest} residents or more, each of two "
             "neighbourhoods or more"),
    "no_crisis": ("sans crise, ni pertes ni personnes à rejoindre : aucune carte", "without a crisis nobody loses or "
                                                                                   "has "
                  "to be reached: no map"),
}


def legend(key: str, lang: str, **facts: object) -> str:
    """A title, legend or note of a map, filled in. KeyError for an unknown key."""
    return MAP[key][LANGUAGES.index(lang)].format(**facts)


def draws(n: int, lang: str) -> str:
    """Over how many draws a map is a mean."""
    return legend("draws" if n > 1 else "draw", lang, n=n)

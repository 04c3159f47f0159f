"""The tile map of Seine-Saint-Denis, in which all communes have the same size.

The layout is the project's own: each commune has the free tile that keeps it nearest to its true position and beside
the communes that it touches.
"""

from __future__ import annotations

ROWS = (
    "                                          93073      ",
    "93031 93079 93072 93030 93013 93005 93071 93078      ",
    "      93039 93066 93027 93029 93007 93057 93046 93074",
    "      93070 93001 93055 93008 93010 93062 93014 93015",
    "            93061 93045 93063 93053 93077 93032 93047",
    "                  93006 93048 93064 93049 93050 93033",
    "                                          93051      ",
)
"""INSEE codes from north to south and west to east, six characters a tile."""
WIDE = 6
"""Characters of a tile."""
MERGED_COMMUNES = {"93059": "93066"}
"""Communes merged into another since the published counts: Pierrefitte-sur-Seine joined Saint-Denis in 2025."""

TILES = {code: (place // WIDE, len(ROWS) - 1 - row) for row, line in enumerate(ROWS)
         for place in range(0, len(line), WIDE) if (code := line[place:place + WIDE].strip())}
"""INSEE code to column from the west and row from the south."""
SHORT_NAMES = {
    "93031": "Épinay", "93079": "Villeta-\nneuse", "93005": "Aulnay", "93039": "L'Île-St-D.", "93066": "Saint-Denis",
    "93027": "La Cour-\nneuve", "93007": "Le Blanc-\nMesnil", "93057": "Pavillons-\nss-Bois",
    "93046": "Livry-\nGargan", "93070": "Saint-Ouen", "93001": "Auber-\nvilliers", "93014": "Clichy-\nss-Bois",
    "93061": "Le Pré-\nSt-Gervais", "93063": "Romain-\nville", "93053": "Noisy-\nle-Sec", "93077": "Villem-\nomble",
    "93047": "Mont-\nfermeil", "93064": "Rosny", "93049": "Neuilly-\nPlaisance", "93050": "Neuilly-\nsur-Marne",
    "93033": "Gournay", "93051": "Noisy-le-\nGrand", "93073": "Tremblay",
}
"""Short names for communes whose whole name does not fit into a tile."""

"""Short names of communes, for maps, and communes that were merged."""

from __future__ import annotations

MERGED_COMMUNES = {"93059": "93066"}
"""Communes merged into another since the published counts: Pierrefitte-sur-Seine joined Saint-Denis in 2025."""
SHORT_NAMES = {
    "93031": "Épinay", "93079": "Villetaneuse", "93005": "Aulnay", "93039": "L'Île-St-Denis", "93027": "La Courneuve",
    "93007": "Le Blanc-Mesnil", "93057": "Pavillons-ss-Bois", "93046": "Livry-Gargan", "93070": "Saint-Ouen",
    "93014": "Clichy-ss-Bois", "93061": "Le Pré-St-Gervais", "93064": "Rosny", "93049": "Neuilly-Plaisance",
    "93050": "Neuilly-sur-Marne", "93033": "Gournay", "93051": "Noisy-le-Grand", "93073": "Tremblay",
    "93063": "Romainville", "93053": "Noisy-le-Sec", "93077": "Villemomble", "93047": "Montfermeil",
}
"""Short names for communes whose whole name is long."""

"""The sites of a scenario on a map: real ones by name, generic ones, those that a lever opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...analysis.effects.arms import Arm
from ...records.files.run_files import RunTables
from ...world.sites.site_card import SiteCard
from .base_map import BaseMap

SHORT = 26
"""Letters of a short name at most."""


@dataclass(frozen=True)
class MapSite:
    """A site on a map. kind: "real_site", "site" or "planned_site". name: "" unless it is real."""

    kind: str
    name: str
    x: float
    y: float

    @property
    def short(self) -> str:
        """The first words of the name."""
        words, out = self.name.split(), ""
        for word in words:
            if len(out) + len(word) >= SHORT:
                break
            out = f"{out} {word}".strip()
        return out if out == self.name else f"{out} …"


def list_map_sites(opened: RunTables, arm: Arm, base_map: BaseMap, lang: str) -> list[MapSite]:
    """The sites of the first run of an arm where their neighbourhood is drawn, in the order of the table."""
    content = arm.content(opened)
    run = str(arm.runs[min(arm.runs)].run["run"])
    rows = opened.of("sites", run)
    names = {SiteCard(id=card["id"]).uid: str(card.get(f"label_{lang}") or card["id"]).split(",")[0]
             for card in content["scenario"].get("sites") or ()}
    out = []
    for k, home in enumerate(rows["neighbourhood"]):
        shift = base_map.offsets.get(int(home))
        if shift is not None:
            kind = _classify_site(rows, k)
            name = names.get(int(rows["uid"][k]), "") if kind == "real_site" else ""
            out.append(MapSite(kind, name, float(rows["x"][k]) + shift[0], float(rows["y"][k]) + shift[1]))
    return out


def _classify_site(rows: Mapping[str, np.ndarray], k: int) -> str:
    return "planned_site" if rows["planned"][k] else "real_site" if rows["real"][k] else "site"

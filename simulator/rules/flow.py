"""Names of the flows that a step's ledger counts: goods, money, events."""

from __future__ import annotations

GOODS = ("restocked", "consumed", "passed", "donated", "delivered", "relieved", "kits_in", "kits_out", "kits_back",
         "kits_lost")
MONEY = ("grants", "own", "wages", "running")
COUNTS = ("asked", "accepted", "refused", "found", "applied", "aided", "let_down", "joined", "left", "queued",
          "turned_away", "born", "ended", "evicted", "attended", "met_pairs", "deaths", "opened", "closed")

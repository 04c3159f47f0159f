"""Names of what the ledger of a step counts: flows of goods and money, and numbers of events."""

from __future__ import annotations

GOODS = ("restocked", "consumed", "shared", "donated", "delivered", "distributed", "kits_added", "kits_lent",
         "kits_returned", "kits_lost")
MONEY = ("grants", "own_income", "wages", "running_costs")
COUNTS = ("asked", "accepted", "refused", "detected", "applied", "aid_granted", "disappointed", "joined", "left",
          "queued", "turned_away", "ties_created", "ties_ended", "ties_displaced", "attendances", "pairs_met", "deaths",
          "sites_opened", "sites_closed", "crisis_asked", "crisis_accepted", "crisis_aided", "crisis_disappointed")

"""Floor 4: crises as data: cards, who is exposed, what stops working, for how long."""

"""Floor 4: action levers as data: cards, whom they reach, when, which handles they turn, what they cost."""

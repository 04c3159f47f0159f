"""Floor 2: what exists: territory, people, households, ties, sites, institutions."""

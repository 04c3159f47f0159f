"""Floor 8: outcomes, paired effects and prices, from records alone."""

"""A budget of 300,000 euros a year: which portfolio, and what would change the choice."""

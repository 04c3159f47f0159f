"""How many seeds an effect needs."""

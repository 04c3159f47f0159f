"""Published surveys put to simulated residents: the card of a survey, and what residents answer."""

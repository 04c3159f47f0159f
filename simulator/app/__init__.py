"""Floor 10: the commands, and the only place that knows Hydra and the catalogue of cards."""

"""Floor 0: columns, keyed luck, compiled loops. Knows nothing of residents."""

"""Floor 3: what is remembered of a run: tables, their schema, their files."""

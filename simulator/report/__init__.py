"""Layer 11: figures, maps, tables, briefs and summaries in French and English, from stored results."""

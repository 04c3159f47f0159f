"""Floor 9: figures and summaries in French and English."""

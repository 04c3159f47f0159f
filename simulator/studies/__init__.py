"""Floor 7: studies: runs kept whole, played by several processes."""

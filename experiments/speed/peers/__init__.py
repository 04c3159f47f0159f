"""One task, played by this project's compiled loops and by other libraries for agent-based models."""

"""What the engine of studies costs, beside plain loops."""

"""What each channel is worth: every crisis with it and without it, the same people and luck."""

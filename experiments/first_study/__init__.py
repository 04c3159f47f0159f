"""A first study of three levers in a heat wave."""

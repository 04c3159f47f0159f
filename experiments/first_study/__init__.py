"""A first study: three levers in heat waves of three strengths."""

"""The model's description after ODD+D, generated from the declarations and docstrings it describes."""

"""More of each lever: half a dose, one, two."""

"""The speed benchmark: kernels, resident by resident, and a plain Mesa model of the same rules."""

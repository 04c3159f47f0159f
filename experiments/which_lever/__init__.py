"""Which single lever for each of the nine crises, in three neighbourhoods, under three behaviour variants."""

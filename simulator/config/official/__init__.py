"""Files that statistical offices publish, as people download them: read, checked, and settled into a territory."""

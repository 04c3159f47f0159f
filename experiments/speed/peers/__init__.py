"""The same task played by this project's kernels and by the libraries people would otherwise take."""

"""Layer 10: outcomes, paired effects, costs, sensitivity, robustness and portfolios, computed from records alone.

Begin with run_view.py (one run) and effects/ (what a lever changed).
"""

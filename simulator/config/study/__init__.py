"""Studies: what a card asks for, its points, and the settings of each.

Begin with study_request.py.
"""

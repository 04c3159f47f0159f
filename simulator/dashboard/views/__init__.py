"""The views of a result: answer, groups, days, map, stories, folder, and the charts and tables they use.

Each module named *_view draws one tab from a Comparison.
Begin with answer_view.py.
"""

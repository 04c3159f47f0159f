"""What a result shows: answer, groups, days, map, stories, tables, charts.

Each view draws one tab from a comparison.
Begin with answer_view.py.
"""

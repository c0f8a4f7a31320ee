"""Make tidy tables from the cube: specifications as data, rankings, percentages, and the comparison with the study.

What does not belong here: persons (see `population`), disclosure control, wording of the report, charts.
"""

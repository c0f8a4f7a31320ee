"""Count persons once over every dimension that tables use. Counts add up, so those of parts do too.

What does not belong here: persons' own columns (`population`), tables and percentages (`tables`).
"""

"""Make persons of the rows without errors, and count them: who is excluded, age class, route, municipality, the cube.

What does not belong here: whether a value is allowed (`validation`), tables and percentages (`tables`).
"""

"""Make persons of the rows without errors: who is excluded, and each person's age class, route and municipality.

What does not belong here: whether a value is allowed (`validation`), counting (`cube`).
"""

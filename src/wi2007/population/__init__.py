"""From rows that hold to persons: who is excluded, and each person's age class, route and municipality.

What does not belong here: whether a value is allowed (`validation`), counting (`cube`).
"""

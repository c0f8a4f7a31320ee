"""Map the fields of a file to our columns: which field is which, and how its values are written the usual way.

What does not belong here: opening files (`delivery`), whether a value is right (`validation`).
"""

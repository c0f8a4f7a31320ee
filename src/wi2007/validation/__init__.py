"""Holding a delivery against its contract, and saying what is wrong: rules, failures with row numbers, the report.

What does not belong here: opening files (`delivery`), what a value means (`population`), the contract (`schemas`).
"""

"""Check a delivery against its contract: rules, failures with row numbers, the report.

What does not belong here: opening files (`delivery`), what a value means (`population`), the contract (`schemas`).
"""

"""Opening a delivery: what kind of file it is, its header, and its rows as a stream of batches with row numbers.

What does not belong here: whether a value is right (`validation`), or what it means (`population`).
"""
